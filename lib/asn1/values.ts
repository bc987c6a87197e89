import { equal } from "../bytes/bytes.ts";
import { Fault } from "../fault/fault.ts";
import { malformed, primitive } from "./primitive.ts";
import type { Node } from "./read.ts";
import { TAG } from "./tags.ts";

export { octets } from "./octet-string.ts";
export { text } from "./strings.ts";
export { preciseTime, time } from "./times.ts";

/** Longest OID, content octets: a 128-bit arc under 2.25 takes 20, the longest in use under 40. */
const MAX_OID_OCTETS = 128;
/** Longest INTEGER that is turned into a number: an RSA modulus of 16,384 bits and its sign octet. */
const MAX_INTEGER_OCTETS = 2049;
/** 47 bits and a sign: every value is a safe integer. */
const MAX_SMALL_OCTETS = 6;
/** Named bit lists have 9 bits (KeyUsage, ReasonFlags) or 27 (PKIFailureInfo). */
const MAX_NAMED_BITS_OCTETS = 8;

// In each of these, `tag` is the identifier octet that the node must have; give it where the value is tagged implicitly.

/** @throws Fault `der_malformed`: not BOOLEAN, or neither 00 nor ff (X.690 §11.1) */
export function boolean(node: Node, tag: number = TAG.boolean): boolean {
  const value = primitive(node, tag);
  if (value.length !== 1 || (node.rules === "der" && value[0] !== 0 && value[0] !== 0xff))
    throw malformed(node, "BOOLEAN");
  return value[0] !== 0;
}

/** Two's complement content octets, proved minimal (X.690 §8.3.2); a view. @throws Fault `der_malformed` */
export function integerOctets(node: Node, tag: number = TAG.integer): Uint8Array {
  const value = primitive(node, tag);
  const [first, second] = value;
  const padded = second !== undefined && ((first === 0x00 && second < 0x80) || (first === 0xff && second >= 0x80));
  if (first === undefined || padded) throw malformed(node, "INTEGER");
  return value;
}

/** @throws Fault `der_malformed`, `der_limit`: longer than 16,384 bits */
export function integer(node: Node, tag: number = TAG.integer): bigint {
  const value = integerOctets(node, tag);
  if (value.length > MAX_INTEGER_OCTETS)
    throw new Fault("der_limit", `INTEGER of ${value.length} octets at ${node.start}`);
  let hex = "";
  for (const octet of value) hex += octet.toString(16).padStart(2, "0");
  return BigInt.asIntN(value.length * 8, BigInt(`0x${hex}`));
}

/** An INTEGER or, with `TAG.enumerated`, an ENUMERATED of at most 48 bits. @throws Fault `der_malformed`, `der_limit` */
export function smallInteger(node: Node, tag: number = TAG.integer): number {
  const value = integerOctets(node, tag);
  if (value.length > MAX_SMALL_OCTETS)
    throw new Fault("der_limit", `INTEGER of ${value.length} octets at ${node.start}`);
  let found = (value[0] as number) >= 0x80 ? -1 : 0;
  for (const octet of value) found = found * 256 + octet;
  return found;
}

/** @throws Fault `der_malformed` */
export function nothing(node: Node, tag: number = TAG.null): void {
  if (primitive(node, tag).length !== 0) throw malformed(node, "NULL");
}

/** Dotted decimal (X.660 §7.6). @throws Fault `der_malformed`: padding, a cut arc, no arc; `der_limit` */
export function oid(node: Node, tag: number = TAG.oid): string {
  const value = primitive(node, tag);
  if (value.length > MAX_OID_OCTETS)
    throw new Fault("der_limit", `OBJECT IDENTIFIER of ${value.length} octets at ${node.start}`);
  const hash = hashOf(value);
  const known = KNOWN.get(hash);
  if (known !== undefined && equal(known.octets, value)) return known.dotted;
  const dotted = readOid(node, value);
  if (KNOWN.size === MAX_KNOWN) KNOWN.clear();
  KNOWN.set(hash, { octets: value.slice(), dotted });
  return dotted;
}

/** What was met before: a certificate has two dozen identifiers, and writing one in digits takes a microsecond. */
const KNOWN = new Map<number, { readonly octets: Uint8Array; readonly dotted: string }>();

/** More than all that are in use here; a file that has as many of its own costs the next one a microsecond each. */
const MAX_KNOWN = 512;

function hashOf(octets: Uint8Array): number {
  let hash = octets.length;
  for (let i = 0; i < octets.length; i++) hash = (hash * 31 + (octets[i] as number)) | 0;
  return hash;
}

function readOid(node: Node, value: Uint8Array): string {
  if (value.length === 0 || (value[value.length - 1] as number) >= 0x80) throw malformed(node, "OBJECT IDENTIFIER");
  const arcs: (number | bigint)[] = [];
  for (let at = 0; at < value.length; ) {
    if (value[at] === 0x80) throw malformed(node, "OBJECT IDENTIFIER");
    let end = at;
    while ((value[end] as number) >= 0x80) end++;
    arcs.push(arc(value.subarray(at, end + 1)));
    at = end + 1;
  }
  const first = arcs[0] as number | bigint;
  // The first two arcs share one number; only under 2 may the second exceed 39 (X.690 §8.19.4).
  const head = first < 80 ? `${first < 40 ? 0 : 1}.${Number(first) % 40}` : `2.${BigInt(first) - 80n}`;
  return [head, ...arcs.slice(1)].join(".");
}

/** Base 128. Seven octets are 49 bits, still exact in a number. */
function arc(digits: Uint8Array): number | bigint {
  if (digits.length <= 7) {
    let value = 0;
    for (const digit of digits) value = value * 128 + (digit & 0x7f);
    return value;
  }
  let value = 0n;
  for (const digit of digits) value = (value << 7n) | BigInt(digit & 0x7f);
  return value;
}

/** The octets of a BIT STRING of whole octets: no bits unused. A view. @throws Fault `der_malformed` */
export function bits(node: Node, tag: number = TAG.bitString): Uint8Array {
  const value = primitive(node, tag);
  if (value[0] !== 0) throw malformed(node, "BIT STRING of whole octets");
  return value.subarray(1);
}

/**
 * The numbers of the bits that are set, ascending. Under DER, trailing zero bits are not encoded (X.690 §11.2.2).
 *
 * @throws Fault `der_malformed`, `der_limit`: more than 64 bits
 */
export function namedBits(node: Node, tag: number = TAG.bitString): number[] {
  const value = primitive(node, tag);
  const unused = value[0];
  if (unused === undefined || unused > 7 || (value.length === 1 && unused !== 0)) throw malformed(node, "BIT STRING");
  if (value.length - 1 > MAX_NAMED_BITS_OCTETS)
    throw new Fault("der_limit", `a list of ${value.length - 1} octets of named bits at ${node.start}`);
  const last = value[value.length - 1] as number;
  if (value.length > 1 && (last & ((1 << unused) - 1)) !== 0) throw malformed(node, "BIT STRING");
  if (node.rules === "der" && value.length > 1 && ((last >> unused) & 1) === 0) throw malformed(node, "BIT STRING");
  const set: number[] = [];
  for (let bit = 0; bit < (value.length - 1) * 8; bit++) {
    if (((value[1 + (bit >> 3)] as number) & (0x80 >> (bit & 7))) !== 0) set.push(bit);
  }
  return set;
}
