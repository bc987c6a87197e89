import { toUtf8 } from "../bytes/bytes.ts";
import { Fault } from "../fault/fault.ts";
import type { JsonValue } from "./value.ts";

export type JsonLimits = {
  /** Longest text, UTF-16 code units. */
  readonly length: number;
  /** Deepest nesting of objects and arrays; 1 is a flat object. */
  readonly depth: number;
};

/** Tokens, key sets and requests stay far below; the worst megabyte takes a tenth of a second. */
const DEFAULTS: JsonLimits = { length: 1 << 20, depth: 32 };

/**
 * Parses JSON that somebody else wrote, so that every reader sees the same value or none (I-JSON, RFC 7493): well-formed
 * UTF-8, no member name twice in an object, no lone surrogate, no number that overflows, bounded depth and length.
 *
 * `JSON.parse` keeps the last of two members with one name, other parsers the first: whoever signs the one and shows the
 * other decides what is read where. Names are compared after unescaping.
 *
 * @param source text, or its UTF-8 octets
 * @returns a fresh value; a member called `__proto__` is an own property like any other
 * @throws Fault json_malformed
 */
export function parseJson(source: string | Uint8Array, limits: Partial<JsonLimits> = {}): JsonValue {
  const { length, depth } = { ...DEFAULTS, ...limits };
  if (source.length > 3 * length) throw new Fault("json_malformed", "the JSON text is too long");
  const text = typeof source === "string" ? source : toUtf8(source);
  if (text === undefined) throw new Fault("json_malformed", "the JSON text is not well-formed UTF-8");
  if (text.length > length) throw new Fault("json_malformed", "the JSON text is too long");
  scan(text, depth);
  return parse(text);
}

/** What an open brace or bracket remembers: the names seen so far, or undefined for an array. */
type Frame = Set<string> | undefined;

/**
 * Walks over the tokens that matter for nesting and names. It does not check the grammar: on text that is JSON it sees
 * exactly the objects and names that are there, and anything else is refused by `JSON.parse` afterwards.
 */
function scan(text: string, maxDepth: number): void {
  const open: Frame[] = [];
  let atName = false;
  for (let i = 0; i < text.length; i++) {
    switch (text.charCodeAt(i)) {
      case 0x7b: // {
      case 0x5b: // [
        atName = text[i] === "{";
        open.push(atName ? new Set() : undefined);
        if (open.length > maxDepth) throw new Fault("json_malformed", "the JSON text is nested too deeply");
        break;
      case 0x7d: // }
      case 0x5d: // ]
        open.pop();
        atName = false;
        break;
      case 0x2c: // ,
        atName = open.at(-1) !== undefined;
        break;
      case 0x22: {
        const end = stringEnd(text, i);
        if (atName) addName(open.at(-1), text.slice(i, end));
        atName = false;
        i = end - 1;
      }
    }
  }
}

/** @returns the index behind the closing quotation mark, or the end of the text */
function stringEnd(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x5c) i++;
    else if (code === 0x22) return i + 1;
  }
  return text.length;
}

function addName(names: Frame, token: string): void {
  // Without a backslash the name is what stands between the marks; what else may not stand there, JSON.parse finds.
  const name = token.includes("\\") ? parse(token) : token.slice(1, -1);
  // The name itself is not repeated in the message: it can be personal data.
  if (names === undefined || typeof name !== "string" || names.has(name))
    throw new Fault("json_malformed", "an object of the JSON text has two members with one name");
  names.add(name);
}

function parse(text: string): JsonValue {
  let portable = true;
  let value: JsonValue;
  try {
    value = JSON.parse(text, (name: string, item: JsonValue) => {
      if (typeof item === "number") portable &&= Number.isFinite(item);
      else if (typeof item === "string") portable &&= item.isWellFormed();
      portable &&= name.isWellFormed();
      return item;
    });
  } catch {
    // The engine's message quotes the text, which can hold personal data.
    throw new Fault("json_malformed", "the text is not JSON");
  }
  if (!portable) throw new Fault("json_malformed", "the JSON text holds a number or a string that is not portable");
  return value;
}
