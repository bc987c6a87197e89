import { createHash, createPublicKey, verify } from "node:crypto";
import type { PasskeyEvidence } from "../../lib/service/proof.ts";

/**
 * Verifies the evidence of a passkey again as an auditor would, with node:crypto and what docs/FORMATS.md says ("Proof"): nothing of ours,
 * and nothing of the library that accepted it.
 */
export function verifiesAgain({ publicKey, assertion, rpId, origin }: PasskeyEvidence, commitment: string): boolean {
  const client = JSON.parse(octets(assertion.clientDataJSON).toString("utf8")) as Record<string, unknown>;
  const data = octets(assertion.authenticatorData);
  const cose = octets(publicKey);
  // ES256 (RFC 9053 §7.1.1): a map of five, x and y behind their heads of three octets.
  const jwk = {
    ...{ kty: "EC", crv: "P-256" },
    x: cose.subarray(10, 42).toString("base64url"),
    y: cose.subarray(45, 77).toString("base64url"),
  };
  const key = createPublicKey({ key: jwk, format: "jwk" });
  const signed = Buffer.concat([data, sha256(octets(assertion.clientDataJSON))]);
  return (
    client.type === "webauthn.get" &&
    client.origin === origin &&
    client.challenge === commitment &&
    data.subarray(0, 32).equals(sha256(Buffer.from(rpId))) &&
    ((data[32] as number) & 0x05) === 0x05 &&
    verify("sha256", signed, key, octets(assertion.signature))
  );
}

const octets = (text: string) => Buffer.from(text, "base64url");
const sha256 = (input: Uint8Array) => createHash("sha256").update(input).digest();
