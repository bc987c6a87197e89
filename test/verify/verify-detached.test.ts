import { expect, test } from "vitest";
import { digest } from "#crypto";
import { gatherDetached } from "../../lib/facts/detached.ts";
import { DEFAULT_POLICY } from "../../lib/validate/policy.ts";
import { verifyDetached } from "../../lib/verify/verify-detached.ts";
import { newMessage, type SignerOptions } from "../worlds/message.ts";
import { flipBit } from "../worlds/mutate.ts";
import { stampBy } from "../worlds/pades.ts";
import { newCa, newParty, newTsa } from "../worlds/parties.ts";
import { trusted } from "../worlds/trusted.ts";
import { newWorld } from "../worlds/world.ts";

const world = await newWorld();
const anchors = [trusted(world.root.certificate)];
const ca = newCa(world);
const tsa = newTsa(world);
const signer = newParty(world, { issuer: ca });
const CONTENT = new TextEncoder().encode("Đơn đề nghị cấp giấy phép");
const DIGEST = { hash: "SHA-256", value: digest("SHA-256", CONTENT) } as const;
const input = { anchors, at: world.now + 86_400_000, policy: DEFAULT_POLICY };

function message(options: Partial<SignerOptions> = {}): Promise<Uint8Array> {
  const timestamps = async (signature: Uint8Array) => [await stampBy(tsa, signature, world.now)];
  return newMessage({
    content: CONTENT,
    signers: [{ party: signer, timestamps, ...options }],
    certificates: [signer.certificate.raw, ca.certificate.raw],
    container: "der",
  });
}

test("a signature that stands alone is judged as in a file, but has no level of PAdES", async () => {
  const { verification, facts, certificates } = await verifyDetached(await message(), DIGEST, input);
  expect(verification).toMatchObject({
    verdict: "VALID",
    signatures: [{ level: null, integrity: "intact", trust: "trusted", coverage: "whole-file", changes: "none" }],
  });
  expect(facts.document).toMatchObject({ size: 0, revisions: 0 });
  expect(JSON.parse(JSON.stringify(facts))).toEqual(facts);
  expect(await gatherDetached(await message({}), DIGEST, { anchors })).toMatchObject({ documentTimestamps: [] });
  expect(certificates.size).toBe(4);
});

test("another digest, or one by another hash, is not what was signed", async () => {
  const cms = await message();
  const other = { hash: "SHA-256", value: flipBit(DIGEST.value, 77) } as const;
  const longer = { hash: "SHA-512", value: digest("SHA-512", CONTENT) } as const;
  for (const wrong of [other, longer])
    expect((await verifyDetached(cms, wrong, input)).verification).toMatchObject({
      verdict: "INVALID",
      signatures: [{ integrity: "broken", subIndication: "HASH_FAILURE" }],
    });
});

test("what is no message is told as a signature that cannot be read", async () => {
  for (const nonsense of [new Uint8Array(0), new Uint8Array(64), new TextEncoder().encode("hello")])
    expect((await verifyDetached(nonsense, DIGEST, input)).verification).toMatchObject({
      verdict: "INVALID",
      signatures: [{ subIndication: "FORMAT_FAILURE" }],
    });
});
