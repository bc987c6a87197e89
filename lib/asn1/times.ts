import { toLatin1 } from "../bytes/bytes.ts";
import { Fault } from "../fault/fault.ts";
import { contents, type Node } from "./read.ts";
import { TAG } from "./tags.ts";

const UTC = /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/;
const GENERALIZED = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d+))?Z$/;
/** `YYYYMMDDHHMMSS.` + 15 digits + `Z`: finer than any clock; longer ones are nonsense. */
const MAX_TIME_OCTETS = 31;

/**
 * UTCTime or GeneralizedTime in the form of RFC 5280 §4.1.2.5: seconds present, `Z`, no fraction.
 * Two-digit years are 1950 … 2049.
 *
 * @param tag the identifier octet, where the time is tagged implicitly; it is then read as a GeneralizedTime
 * @returns milliseconds since 1970
 * @throws Fault `der_malformed`
 */
export function time(node: Node, tag?: number): number {
  return read(node, tag, false);
}

/**
 * The GeneralizedTime of a time stamp (RFC 3161 §2.4.2): may have a fraction of a second. Under DER the fraction does not end in
 * zero (X.690 §11.7.3).
 *
 * @returns milliseconds since 1970, finer digits dropped
 * @throws Fault `der_malformed`
 */
export function preciseTime(node: Node): number {
  if (node.tag !== TAG.generalizedTime) throw malformed(node);
  return read(node, undefined, true);
}

function read(node: Node, tag: number | undefined, fractions: boolean): number {
  const utc = node.tag === TAG.utcTime && tag === undefined;
  if (!utc && node.tag !== (tag ?? TAG.generalizedTime)) throw malformed(node);
  const octets = contents(node);
  const found = octets.length <= MAX_TIME_OCTETS ? (utc ? UTC : GENERALIZED).exec(toLatin1(octets)) : null;
  if (found === null) throw malformed(node);
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found.slice(1, 7).map(Number);
  const fraction = found[7];
  if (fraction !== undefined && (!fractions || (node.rules === "der" && fraction.endsWith("0")))) throw malformed(node);
  const ms = fraction === undefined ? 0 : Number(fraction.padEnd(3, "0").slice(0, 3));
  return toMs(node, utc ? (year < 50 ? 2000 + year : 1900 + year) : year, month, day, hour, minute, second) + ms;
}

function toMs(
  node: Node,
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
): number {
  const date = new Date(0);
  // Not Date.UTC: it takes the years 0 … 99 for 1900 … 1999.
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second, 0);
  // A Date rolls 31 February over into March, minute 60 into the next hour and second 60 into the next minute: what is out of its
  // range shows in the next larger field.
  const same = date.getUTCMonth() === month - 1 && date.getUTCHours() === hour && date.getUTCMinutes() === minute;
  if (!same) throw malformed(node);
  return date.getTime();
}

function malformed(node: Node): Fault {
  return new Fault("der_malformed", `not a time at ${node.start}`);
}
