import { randomBytes } from "node:crypto";
import { toBase64Url } from "../lib/bytes/base64.ts";
import { byteRangeDigest } from "../lib/pades/byte-range.ts";
import { embedSignature } from "../lib/pades/embed.ts";
import { prepareSignature } from "../lib/pades/prepare.ts";
import { checkResult } from "../lib/service/check-result.ts";
import { createTransaction } from "../lib/service/create.ts";
import { type SigningPorts, signTransaction } from "../lib/service/sign.ts";
import type { Immediate } from "./immediate.ts";
import type { Case } from "./interleave.ts";

const CLAIMED_TIME = Date.UTC(2026, 0, 1);
const OWNER_HASH = toBase64Url(randomBytes(32));

/**
 * A whole B-T signature: prepare, digest, open the transaction, sign it, embed. Whoever approves has been authenticated
 * before the clock starts.
 */
export async function wholeSignature(name: string, pdf: Uint8Array, { ports, token }: Immediate): Promise<Case> {
  const who = await ports.authenticate(await token("once"), "once", Date.now());
  return { name, run: () => signOnce(pdf, { ...ports, authenticate: async () => who }, "") };
}

/**
 * The same, and the identity token's signature and claims are judged each time. The token is made beforehand (that is the
 * identity provider's work), so its nonce is one and the same.
 */
export async function wholeSignatureWithToken(
  name: string,
  pdf: Uint8Array,
  { ports, token }: Immediate,
): Promise<Case> {
  const nonce = "once";
  const made = await token(nonce);
  const authenticate: SigningPorts["authenticate"] = (given, _, now) => ports.authenticate(given, nonce, now);
  return { name, run: () => signOnce(pdf, { ...ports, authenticate }, made) };
}

/** The same as {@link wholeSignature}, and our own validator judges what was signed, as the service has it. */
export async function wholeSignatureChecked(name: string, pdf: Uint8Array, world: Immediate): Promise<Case> {
  const { ports, token } = world;
  return wholeSignature(name, pdf, { ports: { ...ports, checkResult }, token });
}

/** What happens to the file itself: prepare, digest, embed a CMS of the usual size. */
export function fileOnly(name: string, pdf: Uint8Array): Case {
  const cms = new Uint8Array(4096);
  cms.set([0x30, 0x82, 0x0f, 0xfc]);
  return {
    name,
    run() {
      const prepared = prepare(pdf, toBase64Url(randomBytes(16)));
      byteRangeDigest(pdf, prepared);
      embedSignature(prepared, cms);
    },
  };
}

async function signOnce(pdf: Uint8Array, ports: SigningPorts, token: string): Promise<number> {
  const id = toBase64Url(randomBytes(16));
  const prepared = prepare(pdf, id);
  const digest = toBase64Url(byteRangeDigest(pdf, prepared));
  const transaction = await createTransaction(ports, {
    ...{ id, ownerHash: OWNER_HASH, locale: "vi", ttlSeconds: 900 },
    documents: [{ alg: "SHA-256", digest, title: "Đơn đề nghị" }],
  });
  const signed = await signTransaction(ports, transaction, token);
  const cms = signed.result?.signatures[0];
  if (cms === undefined) throw new Error("no signature came out");
  return embedSignature(prepared, cms).length;
}

function prepare(pdf: Uint8Array, fieldId: string) {
  return prepareSignature(pdf, { fieldId, claimedTime: CLAIMED_TIME, offsetMinutes: 420 });
}
