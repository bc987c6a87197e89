import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as OID from "../../lib/asn1/oids.ts";
import { readDer } from "../../lib/asn1/read.ts";
import { element, ia5String, oid, printableString, sequence, setOf, utf8String } from "../../lib/asn1/write.ts";
import { fullName } from "../../lib/x509/full-name.ts";
import { formatName, type Name, nameAttribute, readName } from "../../lib/x509/name.ts";
import { nameStartsWith, namesMatch } from "../../lib/x509/name-match.ts";
import { fullNameAttributes, isNameText, MAX_COMMON_NAME, writeName } from "../../lib/x509/write-name.ts";
import { hex, RUNS } from "../asn1/help.ts";

type Pair = readonly [string, Uint8Array];
/** Relative names as in the encoding, most general first. */
const name = (...rdns: readonly (readonly Pair[])[]): Name =>
  readName(readDer(sequence(...rdns.map((rdn) => setOf(...rdn.map(([type, value]) => sequence(oid(type), value)))))));
const cn = (value: Uint8Array): Pair => [OID.commonName, value];
const dc = (value: string): Pair => [OID.domainComponent, ia5String(value)];
const example = [[dc("net")], [dc("example")]] as const;

describe("RFC 4514 §4: names as text", () => {
  const cases: readonly [string, Name][] = [
    ["UID=jsmith,DC=example,DC=net", name(...example, [[OID.userId, utf8String("jsmith")]])],
    [
      "OU=Sales+CN=J.  Smith,DC=example,DC=net",
      name(...example, [[OID.organizationalUnitName, utf8String("Sales")], cn(utf8String("J.  Smith"))]),
    ],
    ['CN=James \\"Jim\\" Smith\\, III,DC=example,DC=net', name(...example, [cn(utf8String('James "Jim" Smith, III'))])],
    ["CN=Before\\0dAfter,DC=example,DC=net", name(...example, [cn(utf8String("Before\rAfter"))])],
    ["1.3.6.1.4.1.1466.0=#04024869", name([["1.3.6.1.4.1.1466.0", hex("04024869")]])],
    ["CN=Lučić", name([cn(utf8String("Lučić"))])],
  ];
  for (const [text, value] of cases) test(text, () => expect(formatName(value)).toBe(text));

  test("spaces at the ends, a number sign at the beginning and every special character are escaped", () => {
    expect(formatName(name([cn(utf8String(" a "))]))).toBe("CN=\\ a\\ ");
    expect(formatName(name([cn(utf8String("#a"))]))).toBe("CN=\\#a");
    expect(formatName(name([cn(utf8String("a+b;c<d>e\\f"))]))).toBe("CN=a\\+b\\;c\\<d\\>e\\\\f");
  });

  test("characters that cannot be seen, or that turn the writing around, are shown by their octets", () => {
    expect(formatName(name([cn(utf8String("a\u0000\u202eb\u200b"))]))).toBe("CN=a\\00\\e2\\80\\aeb\\e2\\80\\8b");
  });

  test("a value that is no text is shown by its octets", () => {
    expect(formatName(name([cn(hex("0c02c080"))]))).toBe("CN=#0c02c080");
  });
});

test("an attribute is found wherever it stands, the most specific one first, and only as text", () => {
  const value = name([cn(utf8String("first"))], [[OID.countryName, printableString("VN")], cn(utf8String("last"))]);
  expect(nameAttribute(value, OID.commonName)).toBe("last");
  expect(nameAttribute(value, OID.surname)).toBeUndefined();
  expect(nameAttribute(name([cn(element(0x05))]), OID.commonName)).toBeUndefined();
});

describe("RFC 5280 §7.1: which names match", () => {
  const of = (text: string, write = utf8String) => name([[OID.countryName, printableString("VN")]], [cn(write(text))]);
  // Whether it comes first or last among the encodings depends on how long its neighbour is.
  const ou: Pair = [OID.organizationalUnitName, utf8String("bbbb")];
  const matching: readonly [string, Name, Name][] = [
    ["letter case", of("Nguyễn Văn An"), of("NGUYỄN VĂN AN")],
    ["runs of white space", of("Nguyen  Van An "), of("Nguyen Van An")],
    ["string types", of("Nguyen Van An"), of("Nguyen Van An", printableString)],
    ["composed and decomposed letters", of("Ánh".normalize("NFD")), of("Ánh")],
    ["invisible characters", of("An\u200b"), of("An")],
    ["the order inside a relative name", name([cn(utf8String("a    a")), ou]), name([cn(utf8String("a a")), ou])],
    ["values that are no text, octet for octet", name([cn(hex("0500"))]), name([cn(hex("0500"))])],
  ];
  for (const [what, a, b] of matching)
    test(`${what} does not count`, () => expect([namesMatch(a, b), namesMatch(b, a)]).toEqual([true, true]));

  const different: readonly [string, Name, Name][] = [
    ["another value", of("An"), of("Ân")],
    ["another type", name([cn(utf8String("a"))]), name([[OID.surname, utf8String("a")]])],
    ["another order of relative names", name([cn(utf8String("a"))], [dc("b")]), name([dc("b")], [cn(utf8String("a"))])],
    [
      "one relative name more",
      of("An"),
      name([[OID.countryName, printableString("VN")]], [cn(utf8String("An"))], [dc("a")]),
    ],
    [
      "one relative name of two against two of one",
      name([cn(utf8String("a")), dc("b")]),
      name([cn(utf8String("a"))], [dc("b")]),
    ],
    ["a text that spells the octets of another value", name([cn(hex("0500"))]), name([cn(utf8String("#0500"))])],
    [
      "a value with a separator against two values",
      name([cn(utf8String('a"],["b'))]),
      name([cn(utf8String("a")), cn(utf8String("b"))]),
    ],
  ];
  for (const [what, a, b] of different)
    test(`${what} counts`, () => expect([namesMatch(a, b), namesMatch(b, a)]).toEqual([false, false]));

  test("a name lies in the subtree of its own beginnings, and in no other", () => {
    const whole = name([dc("vn")], [dc("example")], [cn(utf8String("a"))]);
    expect(nameStartsWith(whole, name([dc("VN")], [dc("example")]))).toBe(true);
    expect(nameStartsWith(whole, name())).toBe(true);
    expect(nameStartsWith(whole, name([dc("example")]))).toBe(false);
    expect(nameStartsWith(name([dc("vn")]), whole)).toBe(false);
  });
});

const read = (der: Uint8Array) => readName(readDer(der));
const full = (text: string) => fullName(read(writeName(fullNameAttributes(text))));

describe("names that we write", () => {
  test("Vietnamese letters are UTF8String in NFC, whichever way they came in", () => {
    const composed = "Nguyễn Thị Ánh Nguyệt";
    const nfd = writeName([{ type: OID.commonName, value: composed.normalize("NFD") }]);
    expect(nfd).toEqual(writeName([{ type: OID.commonName, value: composed }]));
    expect(nameAttribute(read(nfd), OID.commonName)).toBe(composed);
    expect(read(nfd).rdns[0]?.[0]?.raw[0]).toBe(0x0c);
  });

  test("country and serial number are PrintableString", () => {
    const written = read(
      writeName([
        { type: OID.countryName, value: "VN" },
        { type: OID.serialNumber, value: "PNOVN-0123" },
      ]),
    );
    expect(written.rdns.map(([attribute]) => attribute?.raw[0])).toEqual([0x13, 0x13]);
  });

  const refused: readonly [string, string, string][] = [
    ["an empty text", OID.commonName, ""],
    ["a line feed", OID.commonName, "An\nBình"],
    ["a NUL", OID.commonName, "An\u0000"],
    ["a letter that turns the writing around", OID.commonName, "An\u202e"],
    ["a letter that cannot be seen", OID.commonName, "An\u200bBình"],
    ["a lone surrogate", OID.commonName, "An\ud800"],
    ["a space at the end", OID.commonName, "An "],
    ["a character for private use", OID.commonName, "An\ue000"],
    ["a common name of 65 characters", OID.commonName, "a".repeat(65)],
    ["a country in small letters", OID.countryName, "vn"],
    ["a country of three letters", OID.countryName, "VNM"],
    ["a serial number with an underscore", OID.serialNumber, "PNOVN-a_b"],
    ["a serial number of 65 characters", OID.serialNumber, "1".repeat(65)],
    ["an e-mail address beyond ASCII", OID.emailAddress, "á@b.vn"],
  ];
  for (const [what, type, value] of refused)
    test(`${what} is refused`, () => expect(() => writeName([{ type, value }])).toThrow(RangeError));

  test("64 characters beyond the basic plane are 64 characters", () => {
    expect(
      nameAttribute(read(writeName([{ type: OID.commonName, value: "𠮷".repeat(64) }])), OID.commonName)?.length,
    ).toBe(128);
  });
});

describe("a person's full name", () => {
  test("is the common name up to 64 characters", () => {
    const text = "Công Tằng Tôn Nữ Thị Hoàng Dung Ngọc Anh Thư Quỳnh Mai Trúc Lina";
    expect(text.length).toBe(64);
    expect(fullNameAttributes(text)).toEqual([{ type: OID.commonName, value: text }]);
    expect(full(text)).toBe(text);
  });

  test("of more than 64 characters stands in `name`, and the common name says that it is cut, between words", () => {
    const text = "Công Tằng Tôn Nữ Thị Hoàng Dung Ngọc Anh Thư Quỳnh Mai Trúc Linh Chi";
    const [commonName, name] = fullNameAttributes(text);
    expect(commonName).toEqual({
      type: OID.commonName,
      value: "Công Tằng Tôn Nữ Thị Hoàng Dung Ngọc Anh Thư Quỳnh Mai Trúc…",
    });
    expect(name).toEqual({ type: OID.name, value: text });
    expect(full(text)).toBe(text);
  });

  test("any name comes back whole, and no common name is longer than it may be", () => {
    const letters = fc.constantFrom(..."aAáÁộƯđ 𠮷");
    const names = fc
      .string({ unit: letters, minLength: 1, maxLength: 200 })
      .map((text) => text.trim())
      .filter((text) => text !== "");
    fc.assert(
      fc.property(names, fc.boolean(), (text, decomposed) => {
        expect(full(decomposed ? text.normalize("NFD") : text)).toBe(text.normalize("NFC"));
        const commonName = fullNameAttributes(text)[0]?.value ?? "";
        expect(Array.from(commonName).length).toBeLessThanOrEqual(MAX_COMMON_NAME);
      }),
      { numRuns: RUNS },
    );
  });
});

test("of the first 65,536 characters, those stand in a name that are seen, assigned, and no half of a pair", () => {
  for (let code = 0; code < 0x10000; code++) {
    const character = String.fromCharCode(code);
    const unfit = /[\p{Cc}\p{Cf}\p{Cn}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/u.test(character);
    if (isNameText(`a${character}a`) === unfit) throw new Error(`U+${code.toString(16)}`);
  }
});

test("whatever isNameText accepts can be written, and what it refuses cannot", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", minLength: 1, maxLength: 20 }), (text) => {
      const write = () => writeName([{ type: OID.commonName, value: text }]);
      if (isNameText(text.normalize("NFC")))
        expect(nameAttribute(read(write()), OID.commonName)).toBe(text.normalize("NFC"));
      else expect(write).toThrow(RangeError);
    }),
    { numRuns: RUNS },
  );
});
