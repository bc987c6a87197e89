import { toLatin1 } from "../bytes/bytes.ts";
import { Fault } from "../fault/fault.ts";
import { DEPTH_LIMIT, GENERATION_LIMIT, ITEM_LIMIT, STRING_LIMIT, TOKEN_LIMIT } from "./limits.ts";
import type { Indirect, PdfDict, PdfObject, PdfRef, PdfStream, PdfString } from "./object.ts";
import { isDict } from "./object.ts";
import { classAt, damaged, isDigit, REGULAR, readUnsigned, type Scanner, skipSpace, takeKeyword } from "./scanner.ts";

/** Words that stand between objects: inside one they mean that the file is damaged there. */
const STRUCTURE = new Set(["obj", "endobj", "stream", "endstream", "xref", "trailer", "startxref"]);

/**
 * One object, white space before it skipped (ISO 32000-2 §7.3). Lenient where nothing depends on it: an unknown word
 * becomes a token that is written back as it was.
 *
 * @throws Fault `pdf_invalid` where no object can be read, `pdf_limit` where it nests too deep or has too many parts
 */
export function parseObject(s: Scanner): PdfObject {
  return parseValue(s, 0);
}

/**
 * `12 0 obj … ` up to and without `endobj`; where `stream` follows a dictionary, the place of its data (§7.3.8.1).
 *
 * @throws Fault as {@link parseObject}
 */
export function parseIndirect(s: Scanner): Indirect {
  const at = s.at;
  const number = readUnsigned(s);
  const generation = readUnsigned(s);
  if (number === undefined || generation === undefined || !takeKeyword(s, "obj")) throw damaged("no object", at);
  if (generation > GENERATION_LIMIT) throw damaged(`generation ${generation}`, at);
  skipSpace(s);
  // "1 0 obj endobj" is how some programs write null.
  if (takeKeyword(s, "endobj")) return { number, generation, value: null };
  const value = parseValue(s, 0);
  const found = isDict(value) && takeKeyword(s, "stream") ? streamOf(s, value) : value;
  return s.repeats ? { number, generation, value: found, repeats: true } : { number, generation, value: found };
}

function streamOf(s: Scanner, dict: PdfDict): PdfStream {
  return { kind: "stream", dict, start: dataStart(s) };
}

/** `stream` is followed by CR LF or LF; a lone CR is met in old files and is not part of the data either. */
function dataStart(s: Scanner): number {
  const { source } = s;
  // Spaces behind the keyword are wrong and harmless.
  while (source[s.at] === 0x20) s.at++;
  if (source[s.at] === 13) s.at++;
  if (source[s.at] === 10) s.at++;
  return s.at;
}

function parseValue(s: Scanner, depth: number): PdfObject {
  if (depth > DEPTH_LIMIT) throw new Fault("pdf_limit", `objects nest deeper than ${DEPTH_LIMIT} at offset ${s.at}`);
  if (++s.items > ITEM_LIMIT) throw new Fault("pdf_limit", `an object has more than ${ITEM_LIMIT} parts`);
  skipSpace(s);
  const octet = s.at < s.end ? (s.source[s.at] as number) : -1;
  switch (octet) {
    case 0x2f: // "/"
      return readName(s);
    case 0x28: // "("
      return stringFrom(s, literalEnd(s));
    case 0x5b: // "["
      return readArray(s, depth);
    case 0x3c: // "<"
      return s.source[s.at + 1] === 0x3c ? readDict(s, depth) : stringFrom(s, hexEnd(s));
    default:
      return isDigit(octet) ? readNumberOrRef(s) : readWord(s);
  }
}

function readDict(s: Scanner, depth: number): PdfDict {
  const dict = new Map<string, PdfObject>();
  s.at += 2;
  for (;;) {
    skipSpace(s);
    const octet = s.source[s.at];
    if (s.at >= s.end) throw damaged("a dictionary does not end", s.at);
    if (octet === 0x3e && s.source[s.at + 1] === 0x3e) break;
    if (octet !== 0x2f) throw damaged("a dictionary key is not a name", s.at);
    const key = readName(s);
    const size = dict.size;
    dict.set(key, parseValue(s, depth + 1));
    if (dict.size === size) s.repeats = true;
  }
  s.at += 2;
  return dict;
}

function readArray(s: Scanner, depth: number): PdfObject[] {
  const array: PdfObject[] = [];
  s.at++;
  for (;;) {
    skipSpace(s);
    if (s.at >= s.end) throw damaged("an array does not end", s.at);
    if (s.source[s.at] === 0x5d) break;
    array.push(parseValue(s, depth + 1));
  }
  s.at++;
  return array;
}

/** `#20` stands for a space since PDF 1.2 (§7.3.5); a `#` without two digits stands for itself. */
function readName(s: Scanner): string {
  const from = ++s.at;
  let escaped = false;
  while (classAt(s, s.at) === REGULAR) if (s.source[s.at++] === 0x23) escaped = true;
  const name = latin1(s.source, from, s.at);
  if (!escaped) return name;
  return name.replace(/#([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** Names and words are short: building them up beats a call with many arguments. */
function latin1(source: Uint8Array, from: number, to: number): string {
  if (to - from > TOKEN_LIMIT) throw new Fault("pdf_limit", `a name or number of more than ${TOKEN_LIMIT} octets`);
  if (to - from > 64) return toLatin1(source, from, to);
  let text = "";
  for (let i = from; i < to; i++) text += String.fromCharCode(source[i] as number);
  return text;
}

function readNumberOrRef(s: Scanner): PdfObject {
  const from = s.at;
  const number = readUnsigned(s);
  if (number === undefined || classAt(s, s.at) === REGULAR) {
    s.at = from;
    return readWord(s);
  }
  return refBehind(s, number) ?? number;
}

/** Two integers and an R are a reference; anything else leaves the scanner behind the first integer. */
function refBehind(s: Scanner, number: number): PdfRef | undefined {
  const { source } = s;
  const back = s.at;
  skipSpace(s);
  if (isDigit(source[s.at])) {
    const generation = readUnsigned(s);
    skipSpace(s);
    if (generation !== undefined && source[s.at] === 0x52 && classAt(s, s.at + 1) !== REGULAR && s.at < s.end) {
      s.at++;
      return { kind: "ref", number, generation };
    }
  }
  s.at = back;
  return undefined;
}

/** A run of regular octets: a signed or real number, `true`, `false`, `null`, or something unknown. */
function readWord(s: Scanner): PdfObject {
  const from = s.at;
  while (classAt(s, s.at) === REGULAR) s.at++;
  if (s.at === from) throw damaged("no object", from);
  const text = latin1(s.source, from, s.at);
  if (text === "true") return true;
  if (text === "false") return false;
  if (text === "null") return null;
  if (STRUCTURE.has(text)) throw damaged(`"${text}" inside an object`, from);
  if (/^[+-]?\d{1,15}$/.test(text)) return Number(text) + 0;
  return { kind: "token", text };
}

function stringFrom(s: Scanner, end: number): PdfString {
  const at = s.file ? s.at : -1;
  const raw = s.source.subarray(s.at, end);
  s.at = end;
  return { kind: "string", raw, at, sealed: s.sealed };
}

/** Parentheses balance unless a backslash stands before them (§7.3.4.2). */
function literalEnd(s: Scanner): number {
  const { source } = s;
  const end = Math.min(s.end, s.at + STRING_LIMIT);
  let open = 0;
  for (let at = s.at; at < end; at++) {
    const octet = source[at];
    if (octet === 0x5c) at++;
    else if (octet === 0x28) open++;
    else if (octet === 0x29 && --open === 0) return at + 1;
  }
  throw endless(s);
}

function hexEnd(s: Scanner): number {
  // /Contents of a signature has tens of thousands of digits; the engine looks through them faster than a loop.
  const length = s.source.subarray(s.at, Math.min(s.end, s.at + STRING_LIMIT)).indexOf(0x3e);
  if (length < 0) throw endless(s);
  return s.at + length + 1;
}

function endless(s: Scanner): Fault {
  if (s.end - s.at > STRING_LIMIT) return new Fault("pdf_limit", `a string of more than ${STRING_LIMIT} octets`);
  return damaged("a string does not end", s.at);
}
