/** Below, RSA is no longer accepted (NIST SP 800-131A); above, checking costs more than any issuer needs. */
const MIN_BITS = 2048;
const MAX_BITS = 8192;
/** FIPS 186-5 §A.1.1: an odd exponent, 2^16 < e < 2^256. An exponent of one signs nothing. */
const MIN_EXPONENT = 2n ** 16n;
const MAX_EXPONENT = 2n ** 256n;

/** Small primes; a modulus of the flawed generator leaves, modulo each, a power of 65537. */
const SMALL_PRIMES = [
  3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103, 107, 109, 113,
  127, 131, 137, 139, 149, 151, 157, 163, 167,
];

/** @param n modulus, unsigned big-endian  @param e public exponent, the same way */
export function isStrongRsa(n: Uint8Array, e: Uint8Array): boolean {
  // Before any big integer is made: a key set can hold anything.
  if (n.length > MAX_BITS / 8 + 1 || e.length > 33) return false;
  const modulus = toInteger(n);
  const exponent = toInteger(e);
  if (modulus < 1n << BigInt(MIN_BITS - 1) || modulus >= 1n << BigInt(MAX_BITS) || (modulus & 1n) === 0n) return false;
  if (exponent <= MIN_EXPONENT || exponent >= MAX_EXPONENT || (exponent & 1n) === 0n) return false;
  return !isFactorable(modulus);
}

function toInteger(octets: Uint8Array): bigint {
  let value = 0n;
  for (const octet of octets) value = (value << 8n) | BigInt(octet);
  return value;
}

/**
 * The trace of CVE-2017-15361 (ROCA): primes of the form k·M + 65537^a mod M can be found by factoring. That generator was
 * in the smart cards of several national identity schemes. One sound modulus in some 2^28 looks like that by chance.
 */
function isFactorable(modulus: bigint): boolean {
  return SMALL_PRIMES.every((prime) => powers(prime).has(Number(modulus % BigInt(prime))));
}

/** @returns the residues 65537^a modulo `prime` */
function powers(prime: number): ReadonlySet<number> {
  const residues = new Set<number>();
  for (let value = 1; !residues.has(value); value = (value * 65537) % prime) residues.add(value);
  return residues;
}
