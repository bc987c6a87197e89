import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as OID from "../../lib/asn1/oids.ts";
import {
  bitString,
  boolean,
  element,
  enumerated,
  generalizedTime,
  integer,
  nullValue,
  octetString,
  oid,
  sequence,
  time,
} from "../../lib/asn1/write.ts";
import { concat, fromLatin1 } from "../../lib/bytes/bytes.ts";
import { ecdsaWithSha256 } from "../../lib/crypto/algorithms.ts";
import { parseCrl } from "../../lib/revocation/crl.ts";
import { MAX_SAME_SERIAL } from "../../lib/revocation/crl-entries.ts";
import { mutations, orFault, RUNS } from "../worlds/mutate.ts";
import { NOW, newWorld } from "../worlds/world.ts";
import { DAY, extension, rawCrl, rawEntry } from "./raw-crl.ts";

const world = await newWorld({ seed: "revocation/crl" });
const by = world.issuingCa;
const SERIAL = Uint8Array.of(0x10, 0x20);
const REASON = extension(OID.reasonCode, enumerated(1));

test("every part of a CRL is read", () => {
  const invalidity = extension(OID.invalidityDate, generalizedTime(NOW - 3 * DAY));
  const number = extension(OID.crlNumber, integer(7));
  const entries = [rawEntry(Uint8Array.of(1)), rawEntry(SERIAL, [REASON, invalidity])];
  const crl = parseCrl(rawCrl({ by, entries, extensions: [number] }));
  expect(crl).toMatchObject({
    version: 2,
    thisUpdate: NOW,
    nextUpdate: NOW + 7 * DAY,
    extensions: [{ oid: OID.crlNumber }],
  });
  expect(crl.issuer.raw).toEqual(by.certificate.subject.raw);
  expect(crl.entries).toMatchObject({ count: 2, strange: false, hasIssuers: false });
  const [at] = crl.entries.find(SERIAL);
  expect(crl.entries.read(at ?? -1)).toEqual({
    revokedAt: NOW - DAY,
    reason: 1,
    invalidityDate: NOW - 3 * DAY,
    certificateIssuer: undefined,
  });
  expect(crl.entries.find(Uint8Array.of(0x10))).toEqual([]);
});

test.each([
  ["version 1, which has no extensions", { version: "none" as const }, { version: 1, extensions: [] }],
  ["no next update", { times: [time(NOW)] }, { nextUpdate: undefined }],
  ["times behind 2049", { times: [generalizedTime(NOW), generalizedTime(NOW + DAY)] }, { nextUpdate: NOW + DAY }],
  ["an empty list in place of none", { list: sequence() }, { version: 2 }],
])("%s is read", (_, parts, expected) => {
  expect(parseCrl(rawCrl({ by, ...parts }))).toMatchObject(expected);
});

describe("malformed is", () => {
  const number = extension(OID.crlNumber, integer(1));
  const outside = (...inner: readonly Uint8Array[]) => ({ list: sequence(sequence(...inner)) });
  const good = time(NOW);
  test.each<[string, string, Omit<Parameters<typeof rawCrl>[0], "by">]>([
    ["version 1 written out", "crl_malformed", { version: integer(0) }],
    ["version 3", "crl_malformed", { version: integer(2) }],
    ["an extension in version 1", "crl_malformed", { version: "none", extensions: [number] }],
    ["an entry's extension in version 1", "crl_malformed", { version: "none", entries: [rawEntry(SERIAL, [REASON])] }],
    ["no issuer", "crl_malformed", { issuer: sequence() }],
    ["an extension twice", "x509_malformed", { extensions: [number, number] }],
    ["another algorithm outside", "crl_malformed", { outer: sequence(oid(OID.sha256WithRSAEncryption), nullValue()) }],
    ["no time", "der_malformed", { times: [] }],
    ["something behind the extensions", "der_malformed", { behind: [nullValue()] }],
    ["an entry that is none", "der_malformed", { list: sequence(nullValue()) }],
    ["an entry without a date", "der_malformed", outside(integer(1))],
    ["an entry with something behind", "der_malformed", outside(integer(1), good, nullValue())],
    [
      "an entry with two lists of extensions",
      "crl_malformed",
      outside(integer(1), good, sequence(sequence()), sequence()),
    ],
    ["an entry with an empty list of extensions", "crl_malformed", outside(integer(1), good, sequence())],
    ["a serial number with padding", "der_malformed", outside(element(2, Uint8Array.of(0, 1)), good)],
    ["a negative serial number with padding", "der_malformed", outside(element(2, Uint8Array.of(0xff, 0x80)), good)],
    ["an empty serial number", "der_malformed", outside(element(2), good)],
    ["a date without seconds", "der_malformed", outside(integer(1), element(0x17, fromLatin1("2701010000Z")))],
    ["a date that is no number", "der_malformed", outside(integer(1), element(0x17, fromLatin1("27010100000xZ")))],
    ["a date of another zone", "der_malformed", outside(integer(1), element(0x17, fromLatin1("270101000000+")))],
    ["a length that is too long", "der_malformed", outside(concat(Uint8Array.of(2, 0x81, 1), Uint8Array.of(5)), good)],
    ["an indefinite length", "der_malformed", outside(Uint8Array.of(0x30, 0x80, 0, 0), good)],
    ["an extension without a value", "der_malformed", outside(integer(1), good, sequence(sequence(oid("1.2.3"))))],
    [
      "an extension with something behind",
      "der_malformed",
      outside(integer(1), good, sequence(sequence(oid("1.2.3"), octetString(nullValue()), nullValue()))),
    ],
    [
      "an extension that is critical in two octets",
      "der_malformed",
      outside(
        integer(1),
        good,
        sequence(sequence(oid("1.2.3"), element(1, Uint8Array.of(0xff, 0)), octetString(nullValue()))),
      ),
    ],
    [
      "an extension that is neither critical nor not",
      "der_malformed",
      outside(
        integer(1),
        good,
        sequence(sequence(oid("1.2.3"), element(1, Uint8Array.of(1)), octetString(nullValue()))),
      ),
    ],
    ["an entry of 20,000 octets", "der_limit", { entries: [rawEntry(new Uint8Array(20_000).fill(1))] }],
  ])("%s", (_, code, parts) => {
    expect(() => parseCrl(rawCrl({ by, ...parts }))).toThrow(expect.objectContaining({ code }));
  });

  test("a CRL with something behind it, or cut short, or none", () => {
    const whole = rawCrl({ by });
    for (const octets of [concat(whole, Uint8Array.of(0)), whole.subarray(0, -1), new Uint8Array(0)])
      expect(() => parseCrl(octets)).toThrow(expect.objectContaining({ code: "der_malformed" }));
  });

  test("a fourth field of the CRL itself", () => {
    const tbs = sequence(integer(1), ecdsaWithSha256(), by.certificate.subject.raw, time(NOW));
    const octets = sequence(tbs, ecdsaWithSha256(), bitString(by.sign(tbs)), nullValue());
    expect(() => parseCrl(octets)).toThrow(expect.objectContaining({ code: "der_malformed" }));
  });

  test("a day that does not exist, where the entry is asked for", () => {
    const crl = parseCrl(rawCrl({ by, entries: [rawEntry(SERIAL, [], element(0x17, fromLatin1("270230000000Z")))] }));
    const [at = -1] = crl.entries.find(SERIAL);
    expect(() => crl.entries.read(at)).toThrow(expect.objectContaining({ code: "der_malformed" }));
  });
});

describe("extensions of entries", () => {
  const read = (...extensions: readonly ReturnType<typeof extension>[]) =>
    parseCrl(rawCrl({ by, entries: [rawEntry(Uint8Array.of(9)), rawEntry(SERIAL, extensions)] })).entries;

  test("one that is critical and not understood is noted, wherever it is", () => {
    expect(read(extension("1.2.3", nullValue(), true)).strange).toBe(true);
    // Of the same arc, one number beside those that are understood.
    for (const type of [OID.holdInstructionCode, OID.crlNumber, "2.5.29.21.1"])
      expect(read(extension(type, nullValue(), true)).strange, type).toBe(true);
    expect(read(REASON, extension("1.2.3", nullValue(), true)).strange).toBe(true);
  });

  test("those that are understood may be critical, and others may be there", () => {
    for (const type of [OID.reasonCode, OID.invalidityDate, OID.certificateIssuer])
      expect(read(extension(type, nullValue(), true)).strange, type).toBe(false);
    expect(read(extension("1.2.3", nullValue())).strange).toBe(false);
    expect(read(extension(OID.holdInstructionCode, nullValue())).strange).toBe(false);
  });

  test("FALSE written out is not critical", () => {
    const written = sequence(oid("1.2.3"), boolean(false), octetString(nullValue()));
    const list = sequence(sequence(integer(1), time(NOW), sequence(written)));
    expect(parseCrl(rawCrl({ by, list })).entries.strange).toBe(false);
  });
});

const serials = fc.uint8Array({ minLength: 1, maxLength: 21 }).map((octets) => {
  // Minimal: no sign octet that says nothing.
  const copy = Uint8Array.from(octets);
  if (copy.length > 1 && (copy[0] === 0 || copy[0] === 0xff)) copy[0] = 0x11;
  return copy;
});

test("an entry is found exactly where a list of objects has one, before and after the entries are sorted", () => {
  const lists = fc.array(serials, { minLength: 0, maxLength: 40 });
  fc.assert(
    fc.property(lists, serials, (list, stranger) => {
      // The search sorts from 1,024 entries on: the list is repeated until it is that long.
      const all = list.length === 0 ? [] : Array.from({ length: 1100 }, (_, i) => list[i % list.length] as Uint8Array);
      const { entries } = parseCrl(rawCrl({ by, list: sequence(...all.map((serial) => rawEntry(serial))) }));
      const places = new Map<string, number>();
      for (const serial of all) places.set(String(serial), (places.get(String(serial)) ?? 0) + 1);
      for (let round = 0; round < 60; round++) {
        const wanted = round % 2 === 0 ? stranger : (all[round] ?? stranger);
        const found = entries.find(wanted);
        expect(found.length).toBe(Math.min(places.get(String(wanted)) ?? 0, MAX_SAME_SERIAL + 1));
        expect([...found].sort((a, b) => a - b)).toEqual(found);
      }
    }),
    { numRuns: Math.min(RUNS, 50) },
  );
});

test("any change to a CRL gives a CRL or a Fault, never another error", () => {
  const octets = rawCrl({
    by,
    entries: [rawEntry(Uint8Array.of(1), [extension("1.2.3", nullValue(), true)]), rawEntry(SERIAL, [REASON])],
    extensions: [extension(OID.crlNumber, integer(1))],
  });
  fc.assert(
    fc.property(mutations(octets), (changed) => {
      const crl = orFault(() => parseCrl(changed));
      for (const at of crl?.entries.find(SERIAL) ?? []) orFault(() => crl?.entries.read(at));
    }),
    { numRuns: RUNS },
  );
});

test("octets of chance are a Fault", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (octets) => {
      expect(orFault(() => parseCrl(octets))).toBeUndefined();
    }),
    { numRuns: RUNS },
  );
});
