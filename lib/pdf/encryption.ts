import { cbc } from "@noble/ciphers/aes.js";
import { md5 } from "@noble/hashes/legacy.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { type Bytes, concat, fromLatin1 } from "../bytes/bytes.ts";
import { Fault } from "../fault/fault.ts";
import { legacyFileKey, modernFileKey, type Passwords } from "./file-key.ts";
import type { Resolve } from "./filters.ts";
import { isDict, isString, type PdfDict, type PdfObject } from "./object.ts";
import { rc4 } from "./rc4.ts";
import { damaged } from "./scanner.ts";
import { stringOctets } from "./string.ts";

/** How one kind of data is encrypted (ISO 32000-2 table 25). */
type Method = "none" | "rc4" | "aes128" | "aes256";
type Direction = "encrypt" | "decrypt";

/** An opened standard security handler (§7.6.4). Object numbers are those of the object that holds the data. */
export type Encryption = {
  readonly string: (direction: Direction, octets: Uint8Array, number: number, generation: number) => Bytes;
  /** @param filter the crypt filter that the stream itself names; otherwise the document's one for streams */
  readonly stream: (
    direction: Direction,
    octets: Uint8Array,
    number: number,
    generation: number,
    filter?: string,
  ) => Bytes;
};

const SALT = fromLatin1("sAlT");
const BLOCK = 16;

/**
 * Opens the security handler with the empty user password.
 *
 * @param id first element of the trailer's /ID, empty where there is none
 * @throws Fault `pdf_encrypted` where a password is needed, `pdf_unsupported` for other handlers, `pdf_invalid`
 */
export function openEncryption(dict: PdfDict, id: Uint8Array, resolve: Resolve): Encryption {
  const integer = (key: string, missing: number): number => {
    const value = resolve(dict.get(key));
    return typeof value === "number" ? value : missing;
  };
  const handler = resolve(dict.get("Filter"));
  if (handler !== "Standard")
    throw new Fault("pdf_unsupported", "the file is encrypted by a handler other than /Standard");
  const version = integer("V", 0);
  const passwords = passwordsOf(dict, id, integer("R", 0), integer("P", 0), resolve);
  // ISO/TS 32004: a message authentication code over the whole file, which an appended revision would break.
  if (dict.has("KDFSalt")) throw new Fault("pdf_unsupported", "the file protects its integrity by a MAC");
  if (version === 1 || version === 2) {
    const key = legacyFileKey(passwords, version === 1 ? 5 : keyOctets(integer("Length", 40)));
    return encryption(needed(key), "rc4", "rc4", () => "none");
  }
  if (version !== 4 && version !== 5) throw new Fault("pdf_unsupported", `encryption algorithm V ${version}`);
  const method = (name: string): Method => methodOf(name, dict, version, resolve);
  const strings = method(filterName(resolve(dict.get("StrF"))));
  const streams = method(filterName(resolve(dict.get("StmF"))));
  const key = version === 5 ? modernFileKey(passwords) : shortKey(passwords, dict, integer("Length", 128), resolve);
  return encryption(needed(key), strings, streams, method);
}

function needed(key: Bytes | undefined): Bytes {
  if (key === undefined) throw new Fault("pdf_encrypted", "the file does not open without a password");
  return key;
}

/** V 4 has 128 bits by the standard, but RC4 crypt filters with another /Length exist: what opens the file is right. */
function shortKey(passwords: Passwords, dict: PdfDict, bits: number, resolve: Resolve): Bytes | undefined {
  const filter = cryptFilter(filterName(resolve(dict.get("StmF"))), dict, resolve);
  const announced = resolve(filter?.get("Length"));
  // Octets by the standard, bits in some files.
  const own = typeof announced === "number" ? (announced < 40 ? announced : announced >> 3) : 16;
  for (const length of new Set([16, Math.min(Math.max(own, 5), 16), keyOctets(bits)])) {
    const key = legacyFileKey(passwords, length);
    if (key !== undefined) return key;
  }
  return undefined;
}

function keyOctets(bits: number): number {
  if (bits % 8 !== 0 || bits < 40 || bits > 128) throw damaged(`an encryption key of ${bits} bits`);
  return bits / 8;
}

function passwordsOf(
  dict: PdfDict,
  id: Uint8Array,
  revision: number,
  permissions: number,
  resolve: Resolve,
): Passwords {
  if (revision < 2 || revision > 6) throw new Fault("pdf_unsupported", `security handler revision ${revision}`);
  const octets = (key: string): Bytes => {
    const value = resolve(dict.get(key));
    return isString(value) ? stringOctets(value) : new Uint8Array(0);
  };
  const encryptMetadata = resolve(dict.get("EncryptMetadata")) !== false;
  return { revision, owner: octets("O"), user: octets("U"), userKey: octets("UE"), permissions, encryptMetadata, id };
}

function filterName(value: unknown): string {
  return typeof value === "string" ? value : "Identity";
}

function cryptFilter(name: string, dict: PdfDict, resolve: Resolve): PdfDict | undefined {
  const filters = resolve(dict.get("CF"));
  const filter = isDict(filters) ? resolve(filters.get(name)) : null;
  return isDict(filter) ? filter : undefined;
}

function methodOf(name: string, dict: PdfDict, version: number, resolve: Resolve): Method {
  if (name === "Identity") return "none";
  const filter = cryptFilter(name, dict, resolve);
  const method: PdfObject | unknown = resolve(filter?.get("CFM"));
  if (filter === undefined) throw damaged("a crypt filter is missing");
  if (method === "AESV3" && version === 5) return "aes256";
  if (method === "AESV2" && version === 4) return "aes128";
  if (method === "V2" && version === 4) return "rc4";
  if (method === "None" || method === undefined || method === null) return "none";
  throw new Fault("pdf_unsupported", "a crypt filter uses an unknown method");
}

function encryption(key: Bytes, strings: Method, streams: Method, method: (name: string) => Method): Encryption {
  return {
    string: (direction, octets, number, generation) => apply(strings, direction, key, octets, number, generation),
    stream: (direction, octets, number, generation, filter) =>
      apply(filter === undefined ? streams : method(filter), direction, key, octets, number, generation),
  };
}

function apply(
  method: Method,
  direction: Direction,
  fileKey: Bytes,
  octets: Uint8Array,
  number: number,
  generation: number,
): Bytes {
  if (method === "none") return Uint8Array.from(octets);
  const key = method === "aes256" ? fileKey : objectKey(fileKey, number, generation, method === "aes128");
  if (method === "rc4") return rc4(key, octets);
  return direction === "decrypt" ? decryptAes(key, octets) : encryptAes(key, octets, number, generation);
}

/** Algorithm 1: the key of one object (§7.6.3.2). */
function objectKey(fileKey: Bytes, number: number, generation: number, aes: boolean): Bytes {
  const suffix = Uint8Array.of(number, number >> 8, number >> 16, generation, generation >> 8);
  const key = md5(concat(fileKey, suffix, aes ? SALT : new Uint8Array(0)));
  return Uint8Array.from(key.subarray(0, Math.min(fileKey.length + 5, 16)));
}

/** Damaged padding is not refused: what depends on the text finds out, and other readers show it too. */
function decryptAes(key: Bytes, octets: Uint8Array): Bytes {
  const whole = octets.length - (octets.length % BLOCK);
  if (whole < 2 * BLOCK) return new Uint8Array(0);
  const plain = cbc(key, octets.slice(0, BLOCK), { disablePadding: true }).decrypt(octets.slice(BLOCK, whole));
  const padding = plain[plain.length - 1] as number;
  return Uint8Array.from(padding >= 1 && padding <= BLOCK ? plain.subarray(0, plain.length - padding) : plain);
}

/**
 * The initialisation vector is derived from the key, the place and the text instead of chance, so that preparing the same
 * file twice gives the same octets. It never repeats for two different texts of one file, which is all that CBC asks here.
 */
function encryptAes(key: Bytes, octets: Uint8Array, number: number, generation: number): Bytes {
  const place = fromLatin1(`motlan iv ${number} ${generation} `);
  const iv = sha256(concat(place, key, octets)).slice(0, BLOCK);
  return concat(iv, cbc(key, iv).encrypt(Uint8Array.from(octets)));
}
