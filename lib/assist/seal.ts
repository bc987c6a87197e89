import { hmacSha256 } from "#crypto";
import { type Bytes, concat, equal, fromLatin1 } from "../bytes/bytes.ts";
import { Fault } from "../fault/fault.ts";
import type { SharedSecret } from "./agree.ts";

/** Octets of a sealed part: an item of DynamoDB takes 400 KB, its keys and attributes included. */
export const PART_LIMIT = 300 * 1024;
/** Octets of what is handed over: what a phone on a slow network still gets within minutes. */
export const HANDOVER_LIMIT = 20 * 1024 * 1024;

const SALT_OCTETS = 16;
const TAG_OCTETS = 16;
const KEY_OCTETS = 32;
/** The nonce is this and the number of the part, 12 octets together (SP 800-38D §8.2.1, deterministic construction). */
const NONCE_OCTETS = 8;
/** Octets of the whole in one part. */
export const PART_OCTETS = PART_LIMIT - SALT_OCTETS - TAG_OCTETS;
export const MAX_PARTS = Math.ceil(HANDOVER_LIMIT / PART_OCTETS);

const NOTHING = new Uint8Array(0);

/**
 * Encrypts what an officer hands over, in parts that the service relays: AES-256-GCM (SP 800-38D), each part bound to its number and to
 * how many there are. Key and nonces follow from the content as well, so that a page that was loaded again makes the same parts, and
 * other content never meets the same key.
 *
 * @param whole 1 octet to 20 MiB
 * @returns the parts in order: salt (16 octets, the same in all), ciphertext, tag
 * @throws Fault `pdf_too_large`; RangeError nothing to seal
 */
export async function sealParts(secret: SharedSecret, whole: Uint8Array): Promise<readonly Bytes[]> {
  if (whole.length === 0) throw new RangeError("there is nothing to seal");
  if (whole.length > HANDOVER_LIMIT) throw new Fault("pdf_too_large", `more than ${HANDOVER_LIMIT} octets`);
  const salt = await saltOf(secret, whole);
  const { key, nonce } = await partKey(secret, salt, "encrypt");
  const count = Math.ceil(whole.length / PART_OCTETS);
  const sealed: Bytes[] = [];
  for (let number = 0; number < count; number++) {
    const plain = Uint8Array.from(whole.subarray(number * PART_OCTETS, (number + 1) * PART_OCTETS));
    const box = await crypto.subtle.encrypt(parameters(nonce, number, count), key, plain);
    sealed.push(concat(salt, new Uint8Array(box)));
  }
  return sealed;
}

/**
 * @param sealed all parts, in order
 * @throws Fault `handover_malformed`: a part that is missing, changed, in another place, of another assistance or under other keys
 */
export async function openParts(secret: SharedSecret, sealed: readonly Uint8Array[]): Promise<Bytes> {
  const count = sealed.length;
  const [first] = sealed;
  if (first === undefined || count > MAX_PARTS) throw malformed();
  const salt = first.slice(0, SALT_OCTETS);
  if (salt.length !== SALT_OCTETS) throw malformed();
  const { key, nonce } = await partKey(secret, salt, "decrypt");
  const opened: Bytes[] = [];
  for (const [number, part] of sealed.entries()) {
    if (part.length > PART_LIMIT || !equal(part.subarray(0, SALT_OCTETS), salt)) throw malformed();
    try {
      const box = part.slice(SALT_OCTETS);
      opened.push(new Uint8Array(await crypto.subtle.decrypt(parameters(nonce, number, count), key, box)));
    } catch (cause) {
      // One reason for all: what was wrong is nobody's business but the sender's.
      throw new Fault("handover_malformed", "a part does not open", { cause });
    }
  }
  return concat(...opened);
}

const malformed = () => new Fault("handover_malformed", "the parts do not belong together");

async function saltOf(secret: SharedSecret, whole: Uint8Array): Promise<Bytes> {
  const key = await secret.derive("salt", NOTHING, KEY_OCTETS);
  // WebCrypto hashes ten times as fast as anything in JavaScript.
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", Uint8Array.from(whole)));
  return hmacSha256(key, hash).slice(0, SALT_OCTETS);
}

async function partKey(secret: SharedSecret, salt: Uint8Array, use: "encrypt" | "decrypt") {
  const octets = await secret.derive("parts", salt, KEY_OCTETS + NONCE_OCTETS);
  const key = await crypto.subtle.importKey("raw", octets.slice(0, KEY_OCTETS), "AES-GCM", false, [use]);
  return { key, nonce: octets.slice(KEY_OCTETS) };
}

function parameters(nonce: Uint8Array, number: number, count: number): AesGcmParams {
  const [at, of] = [uint32(number), uint32(count)];
  return {
    name: "AES-GCM",
    iv: concat(nonce, at),
    additionalData: concat(fromLatin1("motlan/assist/part/v1\0"), at, of),
    tagLength: 8 * TAG_OCTETS,
  };
}

function uint32(value: number): Bytes {
  const octets = new Uint8Array(4);
  new DataView(octets.buffer).setUint32(0, value);
  return octets;
}
