import { octetString, sequence } from "../asn1/write.ts";
import { type Bytes, concat, equal } from "../bytes/bytes.ts";
import { fromHex, toHex } from "../bytes/hex.ts";
import { HASHES, type HashName, hashAlgorithmNull, type SignatureAlgorithm } from "./algorithms.ts";
import { power } from "./modular.ts";
import type { PublicKey } from "./public-key.ts";

type RsaKey = Extract<PublicKey, { kind: "rsa" }>;
type Pss = Extract<SignatureAlgorithm, { kind: "rsa-pss" }>;
type Digest = (hash: HashName, ...parts: readonly Uint8Array[]) => Bytes;

// Verification only, with public values: nothing here has to run in constant time. WebCrypto knows neither SHA-3 nor a mask function
// with a digest of its own, node:crypto not the latter; this does.

/**
 * RSASSA-PKCS1-v1_5 (RFC 8017 §8.2.2): the encoded message is built and compared. Parsing it instead is how forged signatures
 * with rubbish in the padding came to be accepted (CVE-2006-4339).
 */
export function verifyPkcs1(
  key: RsaKey,
  hash: HashName,
  message: Uint8Array,
  signature: Uint8Array,
  digest: Digest,
): boolean {
  const encoded = recover(key, signature);
  const info = sequence(hashAlgorithmNull(hash), octetString(digest(hash, message)));
  const padding = key.modulus.length - info.length - 3;
  // At least eight octets of padding (RFC 8017 §9.2 step 3).
  if (encoded === undefined || padding < 8) return false;
  return equal(encoded, concat(Uint8Array.of(0, 1), new Uint8Array(padding).fill(0xff), Uint8Array.of(0), info));
}

/** RSASSA-PSS (RFC 8017 §8.1.2, §9.1.2) with MGF1. */
export function verifyPss(
  key: RsaKey,
  algorithm: Pss,
  message: Uint8Array,
  signature: Uint8Array,
  digest: Digest,
): boolean {
  const recovered = recover(key, signature);
  if (recovered === undefined) return false;
  // emBits is one less than the modulus has; where that is a multiple of eight the encoded message is an octet shorter.
  const bits = key.bits - 1;
  const length = Math.ceil(bits / 8);
  if (length < recovered.length && recovered[0] !== 0) return false;
  const encoded = recovered.subarray(recovered.length - length);
  const hashLength = HASHES[algorithm.hash].length;
  if (length < hashLength + algorithm.saltLength + 2 || encoded[length - 1] !== 0xbc) return false;
  const masked = encoded.subarray(0, length - hashLength - 1);
  const h = encoded.subarray(length - hashLength - 1, length - 1);
  const unusedMask = 0xff >> (8 * length - bits);
  if (((masked[0] as number) & ~unusedMask) !== 0) return false;
  const block = mgf1(h, masked.length, algorithm.mgfHash, digest);
  for (let i = 0; i < block.length; i++) block[i] = (block[i] as number) ^ (masked[i] as number);
  block[0] = (block[0] as number) & unusedMask;
  const zeros = masked.length - algorithm.saltLength - 1;
  if (!block.subarray(0, zeros).every((octet) => octet === 0) || block[zeros] !== 1) return false;
  const salt = block.subarray(zeros + 1);
  return equal(h, digest(algorithm.hash, new Uint8Array(8), digest(algorithm.hash, message), salt));
}

/** MGF1 (RFC 8017 App. B.2.1). */
function mgf1(seed: Uint8Array, length: number, hash: HashName, digest: Digest): Bytes {
  const blocks: Bytes[] = [];
  for (let counter = 0; counter * HASHES[hash].length < length; counter++) {
    blocks.push(digest(hash, seed, Uint8Array.of(counter >> 24, counter >> 16, counter >> 8, counter)));
  }
  return concat(...blocks).slice(0, length);
}

/**
 * RSAVP1 (RFC 8017 §5.2.2).
 *
 * @returns as many octets as the modulus has; undefined where the signature has another length or is not below the modulus
 */
function recover(key: RsaKey, signature: Uint8Array): Bytes | undefined {
  if (signature.length !== key.modulus.length) return undefined;
  const modulus = BigInt(`0x${toHex(key.modulus)}`);
  const base = BigInt(`0x${toHex(signature)}`);
  if (base >= modulus) return undefined;
  return fromHex(
    power(base, key.exponent, modulus)
      .toString(16)
      .padStart(2 * key.modulus.length, "0"),
  );
}
