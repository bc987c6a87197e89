import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign, verify } from "node:crypto";
import type { Case } from "./interleave.ts";

/** A stand-in for what is signed each time: signed attributes, a TBSCertificate and a TSTInfo all have a few hundred octets. */
const MESSAGE = randomBytes(400);

/**
 * The least that one signature of this kind costs on this machine: one P-256 key pair, three signatures (the one-time key's, the
 * issuing CA's, the TSA's) and one SHA-256 over the document; node:crypto, synchronous, with nothing around it.
 */
export function machineLimit(name: string, document: Uint8Array, format: PublicFormat = "jwk"): Case {
  const authority = newKey("jwk");
  return {
    name,
    run() {
      const key = newKey(format);
      createHash("sha256").update(document).digest();
      for (const each of [key, authority, authority]) sign("sha256", MESSAGE, each);
    },
  };
}

/** {@link machineLimit}, and one verification of a P-256 signature: the identity token's. */
export function machineLimitWithToken(name: string, document: Uint8Array): Case {
  const { run } = machineLimit(name, document);
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const signature = sign("sha256", MESSAGE, privateKey);
  return {
    name,
    run() {
      run();
      verify("sha256", MESSAGE, publicKey, signature);
    },
  };
}

/** {@link machineLimit}, and the five verifications without which nobody knows what was signed. */
export function machineLimitChecked(name: string, document: Uint8Array): Case {
  const { run } = machineLimit(name, document);
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const signature = sign("sha256", MESSAGE, privateKey);
  return {
    name,
    run() {
      run();
      for (let i = 0; i < 5; i++) verify("sha256", MESSAGE, publicKey, signature);
    },
  };
}

/** The speed at which this machine hashes. */
export function machineSha256(name: string, document: Uint8Array): Case {
  return { name, run: () => void createHash("sha256").update(document).digest() };
}

/**
 * How the new key's public half is asked for; a key whose public half nobody knows is of no use. JWK is what costs least. SPKI is what a
 * certificate holds and what one would ask for: OpenSSL takes longer to encode it than to make the key.
 */
export type PublicFormat = "jwk" | "spki";

// The types of node:crypto lack the overload that encodes the public half only.
const generate = generateKeyPairSync as unknown as (
  type: "ec",
  options: { namedCurve: "P-256"; publicKeyEncoding: object },
) => { privateKey: KeyObject };

function newKey(format: PublicFormat): KeyObject {
  const publicKeyEncoding = format === "jwk" ? { format } : { format: "der", type: "spki" };
  return generate("ec", { namedCurve: "P-256", publicKeyEncoding }).privateKey;
}
