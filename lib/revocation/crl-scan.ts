import * as OID from "../asn1/oids.ts";
import { type Step, stepOn } from "../asn1/step.ts";
import { TAG } from "../asn1/tags.ts";
import { oid } from "../asn1/write.ts";
import { Fault } from "../fault/fault.ts";

/** Longest entry, octets. One with every extension of RFC 5280 and a long name has under 1,000. */
const MAX_ENTRY = 16 * 1024;

/** Extensions of entries that are understood; the whole OBJECT IDENTIFIER. */
const REASON_CODE = oid(OID.reasonCode);
const INVALIDITY_DATE = oid(OID.invalidityDate);
const CERTIFICATE_ISSUER = oid(OID.certificateIssuer);
/** They differ in their last octet only: `06 03 55 1d xx`. */
const COMMON = REASON_CODE.subarray(0, 4);

export type Scan = {
  readonly count: number;
  readonly strange: boolean;
  /** Where the entries with certificateIssuer are, ascending. */
  readonly issuers: readonly number[];
};

/**
 * Goes through all entries once: each must be well formed, and what would keep the CRL from being used is noted. No object for an entry:
 * this is the one loop that a CRL of a million entries spends its time in.
 *
 * @throws Fault `crl_malformed`, `der_malformed`, `der_limit`
 */
export function scanEntries(source: Uint8Array, from: number, to: number, extensible: boolean): Scan {
  const step: Step = { content: 0, end: 0 };
  const issuers: number[] = [];
  let count = 0;
  let strange = false;
  for (let at = from; at < to; ) {
    stepOn(source, at, to, TAG.sequence, step);
    const end = step.end;
    if (end - at > MAX_ENTRY) throw new Fault("der_limit", `an entry of ${end - at} octets`);
    stepOn(source, step.content, end, TAG.integer, step);
    checkInteger(source, step.content, step.end);
    const extensions = checkTime(source, step.end, end, step);
    if (extensions < end) {
      if (!extensible) throw new Fault("crl_malformed", "extensions of an entry in version 1");
      stepOn(source, extensions, end, TAG.sequence, step);
      if (step.end !== end || step.content === end) throw new Fault("crl_malformed", `an entry's extensions at ${at}`);
      const seen = scanExtensions(source, step.content, end, step);
      if ((seen & STRANGE) !== 0) strange = true;
      if ((seen & ISSUER) !== 0) issuers.push(at);
    }
    count++;
    at = end;
  }
  return { count, strange, issuers };
}

/** What an entry's extensions have among them: bits of a number, for the sake of speed. */
const STRANGE = 1;
const ISSUER = 2;

function scanExtensions(source: Uint8Array, from: number, to: number, step: Step): number {
  let seen = 0;
  for (let at = from; at < to; ) {
    stepOn(source, at, to, TAG.sequence, step);
    const end = step.end;
    const type = step.content;
    stepOn(source, type, end, TAG.oid, step);
    let next = step.end;
    let critical = false;
    if (source[next] === TAG.boolean && next < end) {
      stepOn(source, next, end, TAG.boolean, step);
      const value = source[step.content];
      if (step.end - step.content !== 1 || (value !== 0 && value !== 0xff))
        throw new Fault("der_malformed", `not a BOOLEAN at ${next}`);
      critical = value !== 0;
      next = step.end;
    }
    stepOn(source, next, end, TAG.octetString, step);
    if (step.end !== end) throw new Fault("der_malformed", `an element too many at ${step.end}`);
    const name = nameOf(source, type);
    if (name === CERTIFICATE_ISSUER) seen |= ISSUER;
    if (critical && name === undefined) seen |= STRANGE;
    at = end;
  }
  return seen;
}

function nameOf(source: Uint8Array, at: number): Uint8Array | undefined {
  for (let i = 0; i < COMMON.length; i++) if (source[at + i] !== COMMON[i]) return undefined;
  const last = source[at + 4];
  if (last === CERTIFICATE_ISSUER[4]) return CERTIFICATE_ISSUER;
  if (last === REASON_CODE[4]) return REASON_CODE;
  return last === INVALIDITY_DATE[4] ? INVALIDITY_DATE : undefined;
}

/** Minimal two's complement, as `integerOctets` demands it (X.690 §8.3.2). */
function checkInteger(source: Uint8Array, from: number, to: number): void {
  const first = source[from] as number;
  const padded =
    to - from > 1 &&
    ((first === 0x00 && (source[from + 1] as number) < 0x80) ||
      (first === 0xff && (source[from + 1] as number) >= 0x80));
  if (from === to || padded) throw new Fault("der_malformed", `not an INTEGER at ${from}`);
}

/** Form and digits; whether there is such a day is seen when the entry is read. @returns the offset behind it */
function checkTime(source: Uint8Array, at: number, limit: number, step: Step): number {
  const utc = source[at] === TAG.utcTime;
  stepOn(source, at, limit, utc ? TAG.utcTime : TAG.generalizedTime, step);
  const last = step.end - 1;
  let well = step.end - step.content === (utc ? 13 : 15) && source[last] === 0x5a;
  for (let i = step.content; well && i < last; i++) well = ((source[i] as number) - 0x30) >>> 0 <= 9;
  if (!well) throw new Fault("der_malformed", `not a time at ${at}`);
  return step.end;
}
