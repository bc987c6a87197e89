import { generateKeyPairSync, sign as signNow } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fromBase64Url } from "../../lib/bytes/base64.ts";
import type { Signer } from "../../lib/ports/ports.ts";
import { checkResult } from "../../lib/service/check-result.ts";
import { generateOneTimeKey } from "../../lib/service/one-time-key.ts";
import { type SigningPorts, signTransaction } from "../../lib/service/sign.ts";
import { newSigningWorld, type SigningWorld } from "./signing-world.ts";

let world: SigningWorld;
beforeAll(async () => {
  world = await newSigningWorld();
});
afterAll(() => world.close());

const stranger: Signer = (() => {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return { sign: async (message) => new Uint8Array(signNow("sha256", message, privateKey)) };
})();

/** The last octet of s is another: what a bad cable or a bad cast would do. */
const spoilt = (signer: Signer): Signer => ({
  sign: async (message) => {
    const signature = Uint8Array.from(await signer.sign(message));
    signature[signature.length - 1] = (signature[signature.length - 1] ?? 0) ^ 1;
    return signature;
  },
});

const strangersKey = (): ReturnType<SigningPorts["oneTimeKey"]> => {
  const [named, used] = [generateOneTimeKey(), generateOneTimeKey()];
  return { ...used, spki: named.spki };
};

test.each<[string, (ports: SigningPorts) => Partial<SigningPorts>, RegExp]>([
  ["the issuing CA's key is another", () => ({ issuingCa: stranger }), /chain/],
  ["the issuing CA's signature is spoilt", ({ issuingCa }) => ({ issuingCa: spoilt(issuingCa) }), /chain/],
  ["the TSA's key is another", () => ({ tsa: stranger }), /./],
  ["the TSA's signature is spoilt", ({ tsa }) => ({ tsa: spoilt(tsa) }), /./],
  ["the one-time key is not the certificate's", () => ({ oneTimeKey: strangersKey }), /./],
])("%s: nothing is signed, the reason is named, and the next attempt signs", async (_, change, why) => {
  const transaction = await world.open();
  const token = await world.token(transaction.commitment);
  const broken = { ...world.ports, ...change(world.ports) };
  const refused = signTransaction(broken, transaction, token);
  await expect(refused).rejects.toMatchObject({ code: "result_not_verified" });
  await expect(refused).rejects.toThrow(why);
  expect(await world.ports.store.read(transaction.id)).toMatchObject({ state: "pending" });
  const again = await world.ports.store.read(transaction.id);
  if (again === undefined) throw new Error("the transaction is gone");
  expect(await signTransaction(world.ports, again, token)).toMatchObject({ state: "signed" });
});

test("a signature over another digest than the approved one is not handed out", async () => {
  const transaction = await world.open();
  const { result } = await signTransaction(world.ports, transaction, await world.token(transaction.commitment));
  const cms = result?.signatures[0] ?? new Uint8Array();
  const digest = fromBase64Url(transaction.preimage.documents[0]?.digest ?? "") ?? new Uint8Array();
  await expect(checkResult(world.pki, { cms, digest }, world.time.now)).resolves.toBeUndefined();
  const other = digest.map((octet, index) => (index === 0 ? octet ^ 1 : octet));
  await expect(checkResult(world.pki, { cms, digest: other }, world.time.now)).rejects.toMatchObject({
    code: "result_not_verified",
  });
});
