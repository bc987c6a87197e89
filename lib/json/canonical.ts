import type { JsonValue } from "./value.ts";

/** What this service hashes is at most five levels deep; past this depth a value is a cycle or a mistake. */
const MAX_DEPTH = 64;

/**
 * The one text of a JSON value (RFC 8785, JSON Canonicalization Scheme): no white space, members sorted by the UTF-16 code
 * units of their names, numbers and strings as ECMAScript writes them. Hash its UTF-8 octets.
 *
 * @throws TypeError whatever JSON or I-JSON (RFC 7493 §2) cannot carry unchanged: undefined, a hole in an array, NaN, an
 *   infinity, a lone surrogate, an object that is not plain, a cycle
 */
export function canonicalJson(value: JsonValue): string {
  return write(value, 0);
}

function write(value: unknown, depth: number): string {
  if (depth > MAX_DEPTH) throw new TypeError("the value is nested too deeply or refers to itself");
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "number") return writeNumber(value);
  if (typeof value === "string") return writeString(value);
  let text = "";
  if (Array.isArray(value)) {
    // By index: the methods of arrays pass over holes.
    for (let i = 0; i < value.length; i++) text += `${i === 0 ? "" : ","}${write(value[i], depth + 1)}`;
    return `[${text}]`;
  }
  if (typeof value === "object" && isPlain(value)) {
    // The default order of sort() is the one that §3.2.3 asks for; localeCompare is not.
    for (const name of Object.keys(value).sort())
      text += `${text === "" ? "" : ","}${writeString(name)}:${write(value[name], depth + 1)}`;
    return `{${text}}`;
  }
  throw new TypeError(`a value of type ${typeof value} has no JSON text`);
}

/** §3.2.2.3: `Number::toString` of ECMAScript, which writes minus zero as 0. */
function writeNumber(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError("NaN and the infinities have no JSON text");
  return String(value);
}

/** What stands in a JSON text as it is. `JSON.stringify` takes several times as long to find that out, and nearly every string is like this. */
const AS_IT_IS = /^[^"\\\p{Cc}\p{Cs}]*$/u;

/** §3.2.2.2: the escapes of `JSON.stringify` are the ones that are wanted, except that it lets lone surrogates pass. */
function writeString(value: string): string {
  if (AS_IT_IS.test(value)) return `"${value}"`;
  if (!value.isWellFormed()) throw new TypeError("a lone surrogate has no UTF-8 octets");
  return JSON.stringify(value);
}

/** A Date, a Map or a class instance would be written as something that its reader cannot turn back. */
function isPlain(value: object): value is Record<string, unknown> {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
