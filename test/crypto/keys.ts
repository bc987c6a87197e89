import { generateKeyPairSync, type KeyObject } from "node:crypto";

/** A key pair that OpenSSL made; the public half as DER SubjectPublicKeyInfo. */
export type TestKey = { readonly spki: Uint8Array; readonly privateKey: KeyObject };

const pair = ({ publicKey, privateKey }: { publicKey: KeyObject; privateKey: KeyObject }): TestKey => ({
  spki: Uint8Array.from(publicKey.export({ format: "der", type: "spki" })),
  privateKey,
});

export const ecKey = (namedCurve: string): TestKey => pair(generateKeyPairSync("ec", { namedCurve }));
export const rsaKey = (modulusLength: number): TestKey => pair(generateKeyPairSync("rsa", { modulusLength }));
export const edKey = (curve: "Ed25519" | "Ed448"): TestKey =>
  pair(curve === "Ed25519" ? generateKeyPairSync("ed25519") : generateKeyPairSync("ed448"));

/** A key for RSASSA-PSS only, tied to parameters. */
export function pssKey(hash: string, mgfHash: string, saltLength: number): TestKey {
  const options = { modulusLength: 1024, hashAlgorithm: hash, mgf1HashAlgorithm: mgfHash, saltLength };
  // The types of node:crypto lack the overload without encodings.
  const generate = generateKeyPairSync as unknown as (type: "rsa-pss", options: object) => Parameters<typeof pair>[0];
  return pair(generate("rsa-pss", options));
}
