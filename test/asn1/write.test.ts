import { execFileSync } from "node:child_process";
import fc from "fast-check";
import forge from "node-forge";
import { describe, expect, test } from "vitest";
import { children, raw, readDer } from "../../lib/asn1/read.ts";
import * as read from "../../lib/asn1/values.ts";
import * as write from "../../lib/asn1/write.ts";
import { equal, toLatin1 } from "../../lib/bytes/bytes.ts";
import { toHex } from "../../lib/bytes/hex.ts";
import { judge } from "../judges/judge.ts";
import { hex, RUNS } from "./help.ts";

function check<T>(arbitrary: fc.Arbitrary<T>, predicate: (value: T) => unknown): void {
  const property = fc.property(arbitrary, (value) => {
    predicate(value);
  });
  fc.assert(property, { numRuns: RUNS });
}

describe("what is written is read again", () => {
  test("integers", () =>
    check(fc.bigInt(), (value) => expect(read.integer(readDer(write.integer(value)))).toBe(value)));
  test("enumerated", () =>
    check(fc.integer(), (value) => expect(read.smallInteger(readDer(write.enumerated(value)), 0x0a)).toBe(value)));
  test("octet strings", () =>
    check(fc.uint8Array({ maxLength: 300 }), (value) =>
      expect(equal(read.octets(readDer(write.octetString(value))), value)).toBe(true),
    ));
  test("bit strings", () =>
    check(fc.uint8Array(), (value) => expect(equal(read.bits(readDer(write.bitString(value))), value)).toBe(true)));
  test("named bits", () => {
    check(fc.uniqueArray(fc.nat(63)), (value) =>
      expect(read.namedBits(readDer(write.namedBitString(value)))).toEqual(value.toSorted((a, b) => a - b)),
    );
  });
  test("texts", () =>
    check(fc.string({ unit: "grapheme" }), (value) => expect(read.text(readDer(write.utf8String(value)))).toBe(value)));
  test("booleans", () =>
    check(fc.boolean(), (value) => expect(read.boolean(readDer(write.boolean(value)))).toBe(value)));
  test("object identifiers", () => {
    const oids = fc
      .tuple(fc.constantFrom(0, 1), fc.nat(39), fc.array(fc.bigInt(0n, 1n << 128n), { maxLength: 4 }))
      .map((arcs) => arcs.flat().join("."));
    const underTwo = fc
      .array(fc.bigInt(0n, 1n << 128n), { minLength: 1, maxLength: 4 })
      .map((arcs) => ["2", ...arcs].join("."));
    check(fc.oneof(oids, underTwo), (value) => expect(read.oid(readDer(write.oid(value)))).toBe(value));
  });
  test("times, to the second", () => {
    const seconds = fc.integer({ min: -62_167_219_200, max: 253_402_300_799 });
    check(seconds, (value) => {
      expect(read.time(readDer(write.time(value * 1000)))).toBe(value * 1000);
      expect(read.time(readDer(write.generalizedTime(value * 1000 + 999)))).toBe(value * 1000);
    });
  });
  test("times, to the millisecond", () => {
    check(fc.integer({ min: -62_167_219_200_000, max: 253_402_300_799_999 }), (value) => {
      expect(read.preciseTime(readDer(write.preciseTime(value)))).toBe(value);
    });
  });
});

test("an object identifier that was written before is written the same again, though the caller wrote into the first", () => {
  const first = write.oid("1.2.3.4.5");
  const second = write.oid("1.2.3.4.5");
  expect(second).toEqual(first);
  second.fill(0);
  first.fill(0);
  expect(toHex(write.oid("1.2.3.4.5"))).toBe("06042a030405");
});

test("an unsigned magnitude is written without needless zeros and never as a negative number", () => {
  check(fc.uint8Array({ maxLength: 20 }), (magnitude) => {
    expect(read.integer(readDer(write.integer(magnitude)))).toBe(BigInt(`0x0${toHex(magnitude)}`));
  });
});

test("UTCTime serves through 2049, GeneralizedTime from 2050 and before 1950", () => {
  expect(write.time(Date.UTC(2049, 11, 31, 23, 59, 59))[0]).toBe(0x17);
  expect(write.time(Date.UTC(2050, 0, 1))[0]).toBe(0x18);
  expect(write.time(Date.UTC(1950, 0, 1))[0]).toBe(0x17);
  expect(write.time(Date.UTC(1949, 11, 31))[0]).toBe(0x18);
  expect(write.time(Date.UTC(1950, 0, 1) - 0.5)[0]).toBe(0x18);
});

test("a SET OF is in ascending order of its encodings, whatever order it is given in", () => {
  const parts = fc.array(fc.uint8Array({ maxLength: 6 }).map(write.octetString), { maxLength: 8 });
  fc.assert(
    fc.property(parts, (list) => {
      const encodings = children(readDer(write.setOf(...list))).map((node) => toHex(raw(node)));
      expect(encodings).toEqual(encodings.toSorted());
      expect(write.setOf(...list.toReversed())).toEqual(write.setOf(...list));
      expect(encodings.length).toBe(list.length);
    }),
    { numRuns: RUNS },
  );
});

describe("known encodings", () => {
  const cases: readonly [string, Uint8Array, string][] = [
    ["explicit", write.explicit(0, write.integer(2)), "a003020102"],
    ["implicit primitive", write.implicit(6, write.ia5String("a")), "860161"],
    ["implicit constructed", write.implicit(1, write.sequence()), "a100"],
    ["NULL", write.nullValue(), "0500"],
    ["no bits", write.namedBitString([]), "030100"],
    ["contentCommitment", write.namedBitString([1]), "03020640"],
    ["the ninth bit", write.namedBitString([8]), "0303070080"],
    [
      "a fraction of a second",
      write.preciseTime(Date.UTC(2026, 0, 1, 0, 0, 0, 120)),
      "18123230323630313031303030303030" + "2e31325a",
    ],
  ];
  for (const [name, found, expected] of cases) test(name, () => expect(toHex(found)).toBe(expected));
  test("length octets grow at 128, 256, 65,536 and 16,777,216", () => {
    const header = (length: number) => toHex(write.element(4, new Uint8Array(length)).subarray(0, 6));
    expect(header(127).slice(0, 4)).toBe("047f");
    expect(header(128).slice(0, 6)).toBe("048180");
    expect(header(256).slice(0, 8)).toBe("04820100");
    expect(header(65_536).slice(0, 10)).toBe("0483010000");
    expect(header(16_777_216)).toBe("048401000000");
  });
});

describe("what no DER exists for is a programmer's misuse", () => {
  const misuses: readonly [string, () => unknown][] = [
    ["an object identifier of one arc", () => write.oid("1")],
    ["an object identifier under 3", () => write.oid("3.1")],
    ["a second arc beyond 39", () => write.oid("1.40")],
    ["an arc with a leading zero", () => write.oid("1.02")],
    ["a lone surrogate", () => write.utf8String("\ud800")],
    ["an underscore in a PrintableString", () => write.printableString("a_b")],
    ["a letter beyond ASCII in an IA5String", () => write.ia5String("é")],
    ["unused bits that are set", () => write.bitString(hex("81"), 1)],
    ["unused bits of nothing", () => write.bitString(hex(""), 1)],
    ["the year 10,000", () => write.time(Date.UTC(10_000, 0, 1))],
    ["no time", () => write.time(Number.NaN)],
    ["tag number 31", () => write.explicit(31, write.nullValue())],
    ["an implicit tag for nothing", () => write.implicit(0, hex(""))],
    ["an integer with a fraction", () => write.integer(1.5)],
  ];
  for (const [name, misuse] of misuses) test(name, () => expect(misuse).toThrow(RangeError));
});

/** One of each. */
const everything = write.sequence(
  write.integer(-129),
  write.integer(1n << 200n),
  write.oid("2.25.74445959159661278694421732641767477053.1.1"),
  write.boolean(true),
  write.nullValue(),
  write.namedBitString([5, 6]),
  write.octetString(new Uint8Array(200)),
  write.setOf(write.printableString("VN"), write.ia5String("a@b"), write.utf8String("Nguyễn")),
  write.explicit(0, write.enumerated(3)),
  write.time(Date.UTC(2026, 0, 1)),
  write.time(Date.UTC(2050, 0, 1)),
  write.preciseTime(Date.UTC(2026, 0, 1, 0, 0, 0, 5)),
);

test.skipIf(!judge("openssl", "that OpenSSL parses what the DER writer writes"))("OpenSSL parses one of each", () => {
  const out = execFileSync("openssl", ["asn1parse", "-inform", "DER"], { input: everything, encoding: "utf8" });
  for (const expected of [
    "INTEGER :-81",
    "2.25.74445959159661278694421732641767477053.1.1",
    "BOOLEAN :255",
    "UTCTIME :260101000000Z",
    "GENERALIZEDTIME :20500101000000Z",
    "ENUMERATED :03",
    "GENERALIZEDTIME :20260101000000.005Z",
  ]) {
    expect(out.replace(/ +:/g, " :")).toContain(expected);
  }
});

test("node-forge parses one of each, to the last octet", () => {
  const parsed = forge.asn1.fromDer(toLatin1(everything));
  expect(Array.isArray(parsed.value) && parsed.value.length).toBe(12);
  expect(forge.asn1.toDer(parsed).getBytes()).toBe(toLatin1(everything));
});
