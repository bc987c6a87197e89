import { sha3_224, sha3_256, sha3_384, sha3_512, shake256_64 } from "@noble/hashes/sha3.js";

// In a file of its own so that a page loads it only for a signature that is made with it.

export const SHA3 = {
  "SHA3-224": sha3_224,
  "SHA3-256": sha3_256,
  "SHA3-384": sha3_384,
  "SHA3-512": sha3_512,
  SHAKE256: shake256_64,
} as const;
