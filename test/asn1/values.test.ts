import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readBer, readDer } from "../../lib/asn1/read.ts";
import * as values from "../../lib/asn1/values.ts";
import { concat, fromLatin1 } from "../../lib/bytes/bytes.ts";
import { toHex } from "../../lib/bytes/hex.ts";
import { Fault } from "../../lib/fault/fault.ts";
import vectors from "../vectors/asn1/values.json" with { type: "json" };
import { fault, hex, RUNS } from "./help.ts";

type Vector = { name: string; hex?: string; ascii?: string; value?: unknown; fault?: string };

/** `ascii` is the tag in hexadecimal, a colon and the content. */
function octetsOf(v: Vector): Uint8Array {
  if (v.hex !== undefined) return hex(v.hex);
  const [, tag = "", content = ""] = /^(..):(.*)$/s.exec(v.ascii ?? "") ?? [];
  return concat(hex(tag), Uint8Array.of(content.length), fromLatin1(content));
}

const READERS: Record<string, (bytes: Uint8Array) => unknown> = {
  integer: (bytes) => String(values.integer(readDer(bytes))),
  boolean: (bytes) => values.boolean(readDer(bytes)),
  oid: (bytes) => values.oid(readDer(bytes)),
  bits: (bytes) => toHex(values.bits(readDer(bytes))),
  namedBits: (bytes) => values.namedBits(readDer(bytes)),
  time: (bytes) => values.time(readDer(bytes)),
  preciseTime: (bytes) => values.preciseTime(readDer(bytes)),
  text: (bytes) => values.text(readDer(bytes)),
};

const { source: _, ...groups } = vectors;
for (const [group, cases] of Object.entries(groups)) {
  const read = READERS[group];
  if (read === undefined) throw new Error(`no reader for ${group}`);
  describe(group, () => {
    for (const v of cases as readonly Vector[]) {
      if (v.fault !== undefined)
        test(`${v.name} is refused`, () => expect(() => read(octetsOf(v))).toThrow(fault(v.fault ?? "")));
      else
        test(`${v.name} is read`, () =>
          expect(read(octetsOf(v))).toEqual(group.endsWith("ime") ? Date.parse(String(v.value)) : v.value));
    }
  });
}

test("a value that is tagged implicitly is read under the tag that the caller names, and no other", () => {
  expect(values.integer(readDer(hex("800105")), 0x80)).toBe(5n);
  expect(() => values.integer(readDer(hex("810105")), 0x80)).toThrow(fault("der_malformed"));
  expect(() => values.integer(readDer(hex("800105")))).toThrow(fault("der_malformed"));
});

test("smallInteger agrees with integer up to 48 bits and refuses more", () => {
  expect(values.smallInteger(readDer(hex("0206800000000000")))).toBe(-(2 ** 47));
  expect(values.smallInteger(readDer(hex("02067fffffffffff")))).toBe(2 ** 47 - 1);
  expect(() => values.smallInteger(readDer(hex("020700800000000000")))).toThrow(fault("der_limit"));
  expect(values.smallInteger(readDer(hex("0a0102")), 0x0a)).toBe(2);
});

test("BER lets a BOOLEAN be true in 255 ways, a list of bits end in zeros and a fraction end in zero", () => {
  expect(values.boolean(readBer(hex("010101")))).toBe(true);
  expect(values.namedBits(readBer(hex("03020080")))).toEqual([0]);
  const genTime = concat(Uint8Array.of(0x18, 19), fromLatin1("20261125101500.120Z"));
  expect(values.preciseTime(readBer(genTime))).toBe(Date.UTC(2026, 10, 25, 10, 15, 0, 120));
});

test("an octet string in pieces under an implicit tag is joined under BER and refused under DER", () => {
  const pieces = hex("a006 0401aa 0401bb");
  expect(values.octets(readBer(pieces), 0x80)).toEqual(hex("aabb"));
  expect(() => values.octets(readDer(pieces), 0x80)).toThrow(fault("der_malformed"));
});

test("BER lets a text come in pieces", () => {
  expect(values.text(readBer(hex("2c80 0401 c3 0401 a9 0000")))).toBe("é");
});

test("an INTEGER or OBJECT IDENTIFIER that is absurdly long is refused", () => {
  const long = (tag: number, length: number) =>
    concat(Uint8Array.of(tag, 0x82, length >> 8, length & 0xff), new Uint8Array(length).fill(1));
  expect(() => values.integer(readDer(long(2, 2050)))).toThrow(fault("der_limit"));
  expect(() => values.oid(readDer(long(6, 300)))).toThrow(fault("der_limit"));
});

test("any value on any octets: a result or a Fault, never another error", () => {
  const tags = fc.constantFrom(1, 2, 3, 4, 5, 6, 0x0a, 0x0c, 0x12, 0x13, 0x14, 0x16, 0x17, 0x18, 0x1a, 0x1c, 0x1e);
  const contents = fc.oneof(fc.uint8Array({ maxLength: 40 }), fc.stringMatching(/^[0-9.Z+]{0,20}$/).map(fromLatin1));
  fc.assert(
    fc.property(tags, contents, fc.constantFrom(...Object.keys(READERS)), (tag, content, reader) => {
      try {
        READERS[reader]?.(concat(Uint8Array.of(tag, content.length), content));
      } catch (error) {
        if (!(error instanceof Fault)) throw error;
      }
    }),
    { numRuns: RUNS * 5 },
  );
});
