import { Fault } from "../fault/fault.ts";
import { CONSTRUCTED } from "./tags.ts";

/** Deepest nesting that is followed. Real CMS with certificates and a time stamp inside stays under 30. */
export const MAX_DEPTH = 64;
/** Most elements that one search for an end-of-contents may meet: a CMS with long chains has a few thousand. */
export const MAX_SCANNED = 200_000;
/** Most direct children of one element: a CRL with a quarter of a million entries still fits, a flood of `05 00` does not. */
export const MAX_CHILDREN = 262_144;
/** Largest input, octets. Nothing that is read here (certificates, CRLs, CMS, OCSP) comes near it. */
export const MAX_OCTETS = 64 * 1024 * 1024;
/** Four length octets reach 4 GiB; nothing that this service reads is as large as that. */
const MAX_LENGTH_OCTETS = 4;

export type Rules = "der" | "ber";

/** One element, as offsets into the octets that it was read from. Nothing is copied. */
export type Node = {
  readonly source: Uint8Array;
  /** Identifier octet: class, constructed bit, number 0 … 30. */
  readonly tag: number;
  /** Offset of the identifier octet. */
  readonly start: number;
  /** Offset of the first content octet. */
  readonly content: number;
  /** Offset behind the last content octet; the end-of-contents octets are not content. */
  readonly contentEnd: number;
  /** Offset behind the element, end-of-contents octets included. */
  readonly end: number;
  /** What its children are held to. */
  readonly rules: Rules;
  /** 0 at the root. */
  readonly depth: number;
};

/**
 * Reads exactly one element by the distinguished rules (X.690 §10): minimal definite lengths, no constructed strings,
 * nothing behind it. Lazy: what is inside is checked when it is visited.
 *
 * @throws Fault `der_malformed`, `der_limit`
 */
export function readDer(bytes: Uint8Array): Node {
  return root(bytes, "der", "none");
}

/**
 * Reads exactly one element by the basic rules, bounded: indefinite lengths, lengths that are longer than need be and constructed
 * strings are allowed (a tenth of the CMS in circulation has them), depth, number of elements and size are capped.
 *
 * @param options `trailing: "zeros"` lets zero octets follow, as the padding in a PDF's /Contents does (ISO 32000-2 §12.8.1)
 * @throws Fault `der_malformed`, `der_limit`
 */
export function readBer(bytes: Uint8Array, options: { readonly trailing?: "none" | "zeros" } = {}): Node {
  return root(bytes, "ber", options.trailing ?? "none");
}

/**
 * The direct children, held to the same rules as the root.
 *
 * @throws Fault `der_malformed` (also for a primitive element), `der_limit`
 */
export function children(node: Node): Node[] {
  const found: Node[] = [];
  for (let at = firstChild(node); at < node.contentEnd; ) {
    const child = childAt(node, at);
    found.push(child);
    if (found.length > MAX_CHILDREN) throw new Fault("der_limit", `more than ${MAX_CHILDREN} elements in one`);
    at = child.end;
  }
  return found;
}

/** @returns the offset where children start. @throws Fault `der_malformed`: a primitive element has none */
export function firstChild(node: Node): number {
  if ((node.tag & CONSTRUCTED) === 0)
    throw new Fault("der_malformed", `primitive element at ${node.start} where a constructed one belongs`);
  return node.content;
}

/** The child that starts at `at`, an offset inside the node's content. @throws Fault `der_malformed`, `der_limit` */
export function childAt(node: Node, at: number): Node {
  return element(node.source, at, node.contentEnd, node.rules, node.depth + 1);
}

/** The whole element, header included; a view on the source. */
export function raw(node: Node): Uint8Array {
  return node.source.subarray(node.start, node.end);
}

/** The content octets; a view on the source. For strings that may be constructed see `octets`. */
export function contents(node: Node): Uint8Array {
  return node.source.subarray(node.content, node.contentEnd);
}

function root(bytes: Uint8Array, rules: Rules, trailing: "none" | "zeros"): Node {
  if (bytes.length > MAX_OCTETS) throw new Fault("der_limit", `more than ${MAX_OCTETS} octets`);
  const node = element(bytes, 0, bytes.length, rules, 0);
  for (let i = trailing === "zeros" ? behindZeros(bytes, node.end) : node.end; i < bytes.length; i++) {
    if (trailing === "none" || bytes[i] !== 0) throw new Fault("der_malformed", `octets behind the element, at ${i}`);
  }
  return node;
}

/** Steps over zeros four at a time, as long as there are four: /Contents of a signature ends with thousands. */
function behindZeros(bytes: Uint8Array, from: number): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = from;
  while (at + 4 <= bytes.length && view.getUint32(at) === 0) at += 4;
  return at;
}

function element(source: Uint8Array, start: number, limit: number, rules: Rules, depth: number): Node {
  if (depth > MAX_DEPTH) throw new Fault("der_limit", `nested deeper than ${MAX_DEPTH}`);
  const tag = readTag(source, start, limit, rules);
  const { length, content } = readLength(source, start + 1, limit, rules);
  if (length !== undefined) {
    const end = content + length;
    return { source, tag, start, content, contentEnd: end, end, rules, depth };
  }
  if ((tag & CONSTRUCTED) === 0)
    throw new Fault("der_malformed", `indefinite length of a primitive element at ${start}`);
  const end = endOfContents(source, content, limit, depth);
  return { source, tag, start, content, contentEnd: end - 2, end, rules, depth };
}

/** Universal types whose values are strings, and may be cut into pieces under BER (X.690 §8.6, §8.7, §8.23). */
const STRINGS = new Set([3, 4, 12, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 30]);
/** Universal types that are always constructed: EXTERNAL, EMBEDDED PDV, SEQUENCE, SET, CHARACTER STRING. */
const ALWAYS_CONSTRUCTED = new Set([8, 11, 16, 17, 29]);

function readTag(source: Uint8Array, at: number, limit: number, rules: Rules): number {
  const tag = at < limit ? source[at] : undefined;
  if (tag === undefined) throw new Fault("der_malformed", `an element is missing at ${at}`);
  const number = tag & 0x1f;
  if (number === 0x1f) throw new Fault("der_malformed", `high tag number at ${at}`);
  if ((tag & 0xc0) === 0) {
    if (number === 0) throw new Fault("der_malformed", `end-of-contents without a beginning at ${at}`);
    const constructed = (tag & CONSTRUCTED) !== 0;
    const allowed = constructed
      ? ALWAYS_CONSTRUCTED.has(number) || (rules === "ber" && STRINGS.has(number))
      : !ALWAYS_CONSTRUCTED.has(number);
    if (!allowed) throw new Fault("der_malformed", `type ${number} has the wrong form at ${at}`);
  }
  return tag;
}

/**
 * Length octets (X.690 §8.1.3, §10.1).
 *
 * @returns `length` undefined for the indefinite form; `content` is the offset behind the length octets
 * @throws Fault `der_malformed`, `der_limit`
 */
function readLength(
  source: Uint8Array,
  at: number,
  limit: number,
  rules: Rules,
): { length: number | undefined; content: number } {
  const first = at < limit ? source[at] : undefined;
  if (first === undefined) throw new Fault("der_malformed", `a length is missing at ${at}`);
  if (first < 0x80) return within(first, at + 1, limit);
  if (first === 0x80) {
    if (rules === "der") throw new Fault("der_malformed", `indefinite length at ${at}`);
    return { length: undefined, content: at + 1 };
  }
  const count = first & 0x7f;
  // Also covers the reserved octet ff.
  if (count > MAX_LENGTH_OCTETS) throw new Fault("der_limit", `${count} length octets at ${at}`);
  const content = at + 1 + count;
  if (content > limit) throw new Fault("der_malformed", `length cut short at ${at}`);
  let length = 0;
  // Not shifts: those would turn lengths from 2 GiB on negative.
  for (let i = at + 1; i < content; i++) length = length * 256 + (source[i] as number);
  if (rules === "der" && (length < 0x80 || source[at + 1] === 0))
    throw new Fault("der_malformed", `length is not minimal at ${at}`);
  return within(length, content, limit);
}

function within(length: number, content: number, limit: number): { length: number; content: number } {
  if (length > limit - content) throw new Fault("der_malformed", `length ${length} at ${content} runs over the end`);
  return { length, content };
}

/**
 * Finds the end-of-contents that belongs to an element of indefinite length, without recursion. Elements of definite length are
 * stepped over, whatever is in them.
 *
 * @returns the offset behind the two end-of-contents octets
 */
function endOfContents(source: Uint8Array, from: number, limit: number, depth: number): number {
  let open = 1;
  let at = from;
  for (let seen = 0; seen < MAX_SCANNED; seen++) {
    if (source[at] === 0 && at + 1 < limit) {
      if (source[at + 1] !== 0) throw new Fault("der_malformed", `end-of-contents with a length at ${at}`);
      at += 2;
      open--;
      if (open === 0) return at;
      continue;
    }
    const tag = readTag(source, at, limit, "ber");
    const { length, content } = readLength(source, at + 1, limit, "ber");
    if (length !== undefined) {
      at = content + length;
      continue;
    }
    if ((tag & CONSTRUCTED) === 0)
      throw new Fault("der_malformed", `indefinite length of a primitive element at ${at}`);
    open++;
    if (depth + open > MAX_DEPTH) throw new Fault("der_limit", `nested deeper than ${MAX_DEPTH}`);
    at = content;
  }
  throw new Fault("der_limit", `more than ${MAX_SCANNED} elements under an indefinite length`);
}
