import { type Step, stepOn } from "../asn1/step.ts";
import { TAG } from "../asn1/tags.ts";
import { Fault } from "../fault/fault.ts";
import { type CrlEntry, readCrlEntry } from "./crl-entry.ts";
import { scanEntries } from "./crl-scan.ts";
import { newSerialSearch } from "./crl-search.ts";

/** Most entries with one serial number that are looked at; a direct CRL has one, an indirect one as many as there are issuers that chose it. */
export const MAX_SAME_SERIAL = 1024;
/** Most octets of entries that are read in one CRL, ever: some 20,000 of them, and no hostile one is read for each certificate anew. */
const MAX_READ = 1024 * 1024;

/**
 * The entries of a CRL (RFC 5280 §5.1.2.6), which stay the octets that they came as: a list of a million costs no million objects. They
 * are all checked once, and read where they are asked for.
 */
export type CrlEntries = {
  readonly count: number;
  /** An entry has a critical extension that is not understood: the CRL must not be used (RFC 5280 §5.3). */
  readonly strange: boolean;
  /** An entry has the extension certificateIssuer, which belongs into indirect CRLs only (RFC 5280 §5.3.3). */
  readonly hasIssuers: boolean;
  /**
   * @param serial content octets of the INTEGER
   * @returns where the entries with this serial number are, in their order, and at most one more than {@link MAX_SAME_SERIAL}
   */
  find(serial: Uint8Array): readonly number[];
  /** @throws Fault `der_malformed`, `x509_malformed`; `der_limit`: too much was read in this CRL already */
  read(at: number): CrlEntry;
  /**
   * The entry, this or one before it, whose certificateIssuer holds for the entry (RFC 5280 §5.3.3); undefined: the CRL's own issuer.
   *
   * @throws Fault as {@link read}
   */
  issuerOf(at: number): CrlEntry | undefined;
};

/**
 * @param from where the content of revokedCertificates is in `source`, and `to` where it ends; equal for an empty list
 * @param extensible whether entries may have extensions: not in version 1
 * @throws Fault `crl_malformed`, `der_malformed`, `der_limit`
 */
export function readCrlEntries(source: Uint8Array, from: number, to: number, extensible: boolean): CrlEntries {
  const { count, strange, issuers } = scanEntries(source, from, to, extensible);
  const find = newSerialSearch(source, from, to, count);
  const known = new Map<number, CrlEntry>();
  let left = MAX_READ;
  const read = (at: number): CrlEntry => {
    const found = known.get(at);
    if (found !== undefined) return found;
    const step: Step = { content: 0, end: 0 };
    stepOn(source, at, to, TAG.sequence, step);
    left -= step.end - at;
    if (left < 0) throw new Fault("der_limit", `more than ${MAX_READ} octets of entries in one CRL`);
    const entry = readCrlEntry(source.subarray(at, step.end));
    known.set(at, entry);
    return entry;
  };
  return {
    count,
    strange,
    hasIssuers: issuers.length > 0,
    find: (serial) => find(serial, MAX_SAME_SERIAL + 1),
    read,
    issuerOf: (at) => {
      const mark = lastUpTo(issuers, at);
      return mark === undefined ? undefined : read(mark);
    },
  };
}

/** The greatest of ascending numbers that is not above `bound`. */
function lastUpTo(ascending: readonly number[], bound: number): number | undefined {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] as number) <= bound) low = middle + 1;
    else high = middle;
  }
  return ascending[low - 1];
}
