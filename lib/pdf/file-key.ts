import { cbc } from "@noble/ciphers/aes.js";
import { md5 } from "@noble/hashes/legacy.js";
import { sha256, sha384, sha512 } from "@noble/hashes/sha2.js";
import { type Bytes, concat, equal } from "../bytes/bytes.ts";
import { rc4 } from "./rc4.ts";

/** What an empty password is padded with: the whole of it (ISO 32000-2 §7.6.4.3.2 step a). */
const PADDING = Uint8Array.from([
  0x28, 0xbf, 0x4e, 0x5e, 0x4e, 0x75, 0x8a, 0x41, 0x64, 0x00, 0x4e, 0x56, 0xff, 0xfa, 0x01, 0x08, 0x2e, 0x2e, 0x00,
  0xb6, 0xd0, 0x68, 0x3e, 0x80, 0x2f, 0x0c, 0xa9, 0xfe, 0x64, 0x53, 0x69, 0x7a,
]);
const NOTHING = new Uint8Array(0);

/** What the encryption dictionary says about passwords (§7.6.4.2, table 21). */
export type Passwords = {
  readonly revision: number;
  readonly owner: Uint8Array;
  readonly user: Uint8Array;
  readonly userKey: Uint8Array;
  readonly permissions: number;
  readonly encryptMetadata: boolean;
  /** First element of the trailer's /ID; empty where there is none. */
  readonly id: Uint8Array;
};

/**
 * The file's key where it opens with the empty user password: algorithms 2, 4 and 5 for revisions 2 to 4.
 *
 * @param length of the key, octets
 * @returns undefined where the file wants a password
 */
export function legacyFileKey(p: Passwords, length: number): Bytes | undefined {
  const permissions = Uint8Array.of(p.permissions, p.permissions >> 8, p.permissions >> 16, p.permissions >> 24);
  const metadata = p.revision >= 4 && !p.encryptMetadata ? Uint8Array.of(255, 255, 255, 255) : NOTHING;
  let key = md5(concat(PADDING, p.owner.subarray(0, 32), permissions, p.id, metadata)).slice(0, length);
  if (p.revision === 2) return equal(rc4(key, PADDING), p.user.subarray(0, 32)) ? key : undefined;
  for (let round = 0; round < 50; round++) key = md5(key).slice(0, length);
  let check: Bytes = Uint8Array.from(md5(concat(PADDING, p.id)));
  for (let round = 0; round < 20; round++) {
    check = rc4(
      key.map((octet) => octet ^ round),
      check,
    );
  }
  // Only 16 octets are defined; the rest of /U is arbitrary.
  return equal(check, p.user.subarray(0, 16)) ? key : undefined;
}

/**
 * The same for revisions 5 and 6 (algorithm 2.A): 32 octets.
 *
 * @returns undefined where the file wants a password
 */
export function modernFileKey(p: Passwords): Bytes | undefined {
  const hash = p.revision === 5 ? (salt: Uint8Array): Uint8Array => sha256(salt) : hardenedHash;
  if (p.user.length < 48 || p.userKey.length < 32) return undefined;
  if (!equal(hash(p.user.subarray(32, 40)), p.user.subarray(0, 32))) return undefined;
  const wrapping = hash(p.user.subarray(40, 48));
  return Uint8Array.from(cbc(wrapping, new Uint8Array(16), { disablePadding: true }).decrypt(p.userKey.slice(0, 32)));
}

/** Algorithm 2.B for the empty user password: 64 rounds and more, until the last octet says so. */
function hardenedHash(salt: Uint8Array): Uint8Array {
  let key: Uint8Array = sha256(salt);
  let last = 0;
  for (let round = 0; round < 64 || last > round - 32; round++) {
    const repeated = new Uint8Array(64 * key.length);
    for (let i = 0; i < 64; i++) repeated.set(key, i * key.length);
    const scrambled = cbc(key.slice(0, 16), key.slice(16, 32), { disablePadding: true }).encrypt(repeated);
    let remainder = 0;
    // 256 leaves 1 when divided by 3, so that the sum of the octets tells the remainder of the 128-bit number.
    for (let i = 0; i < 16; i++) remainder += scrambled[i] as number;
    key = remainder % 3 === 0 ? sha256(scrambled) : remainder % 3 === 1 ? sha384(scrambled) : sha512(scrambled);
    last = scrambled[scrambled.length - 1] as number;
  }
  return key.subarray(0, 32);
}
