import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { toBase64 } from "../../lib/bytes/base64.ts";
import { concat, fromUtf8 } from "../../lib/bytes/bytes.ts";
import { Fault } from "../../lib/fault/fault.ts";
import type { TrustAnchor } from "../../lib/trust/anchor.ts";
import { parseFingerprint } from "../../lib/trust/parse-fingerprint.ts";
import { isOtherJson, parseTrustProfile, writeTrustProfile } from "../../lib/trust/profile.ts";
import { bareAnchor, mergeAnchors, readAnchorFile } from "../../lib/trust/read-anchors.ts";
import type { Certificate } from "../../lib/x509/certificate.ts";
import { fingerprint } from "../../lib/x509/fingerprint.ts";
import { toPem } from "../../lib/x509/pem.ts";
import { newWorld } from "../worlds/world.ts";

const RUNS = process.env.SLOW ? 20_000 : 200;

let root: Certificate;
let tsa: Certificate;
let ca: Certificate;
beforeAll(async () => {
  const world = await newWorld({ seed: "trust" });
  [root, tsa, ca] = [world.root.certificate, world.tsa.certificate, world.issuingCa.certificate];
});

const entry = (changes: Record<string, unknown> = {}): Record<string, unknown> => ({
  certificate: toBase64(root.raw),
  sha256: fingerprint(root),
  class: "PUBLIC_CA",
  source: "https://neac.gov.vn/, 2027-01-15",
  ...changes,
});
const profile = (...anchors: unknown[]): string => JSON.stringify({ version: 1, anchors });
const codeOf = (deed: () => unknown): string => {
  try {
    deed();
    return "done";
  } catch (error) {
    if (error instanceof Fault) return error.code;
    throw error;
  }
};

describe("a trust profile", () => {
  test("says who is trusted, for what, since when, until when, and by which source", () => {
    const [anchor] = parseTrustProfile(
      profile(
        entry({
          from: "2026-01-01T00:00:00Z",
          until: "2030-01-01T00:00:00.500Z",
          managingUnit: "Trung tâm Chứng thực điện tử quốc gia",
          test: true,
          uses: ["timestamp"],
        }),
      ),
    );
    expect(anchor).toMatchObject({
      class: "PUBLIC_CA",
      from: Date.UTC(2026, 0, 1),
      until: Date.UTC(2030, 0, 1) + 500,
      managingUnit: "Trung tâm Chứng thực điện tử quốc gia",
      test: true,
      uses: ["timestamp"],
    });
    expect(anchor?.certificate.raw).toEqual(root.raw);
  });

  test("trusts for both uses, for ever and in earnest where it says nothing of that; PEM is as good as base64", () => {
    const [anchor] = parseTrustProfile(profile(entry({ certificate: toPem("CERTIFICATE", root.raw) })));
    expect(anchor).toMatchObject({ test: false, uses: ["signature", "timestamp"] });
    expect(anchor).not.toHaveProperty("from");
    expect(anchor).not.toHaveProperty("until");
  });

  test.each<[string, () => string]>([
    ["another fingerprint", () => profile(entry({ sha256: fingerprint(tsa) }))],
    ["a fingerprint in capitals", () => profile(entry({ sha256: fingerprint(root).toUpperCase() }))],
    ["no fingerprint", () => profile(entry({ sha256: undefined }))],
    ["a class of its own", () => profile(entry({ class: "QUALIFIED" }))],
    ["no class", () => profile(entry({ class: undefined }))],
    ["no source", () => profile(entry({ source: "" }))],
    ["a source that hides something", () => profile(entry({ source: "neac\u202e.gov.vn" }))],
    ["a slip of the pen", () => profile(entry({ untill: "2030-01-01T00:00:00Z" }))],
    ["a date that is none", () => profile(entry({ until: "2030-02-30T00:00:00Z" }))],
    ["a date without a time", () => profile(entry({ until: "2030-02-28" }))],
    ["a date with an offset", () => profile(entry({ until: "2030-02-28T00:00:00+07:00" }))],
    [
      "an end before the beginning",
      () => profile(entry({ from: "2030-01-01T00:00:00Z", until: "2029-01-01T00:00:00Z" })),
    ],
    ["a use that is not known", () => profile(entry({ uses: ["signature", "everything"] }))],
    ["no use", () => profile(entry({ uses: [] }))],
    ["a test that is a word", () => profile(entry({ test: "true" }))],
    ["a damaged certificate", () => profile(entry({ certificate: toBase64(root.raw.subarray(1)) }))],
    ["two certificates in one PEM", () => profile(entry({ certificate: toPem("CERTIFICATE", root.raw).repeat(2) }))],
    ["no certificate", () => profile(entry({ certificate: undefined }))],
    ["the same certificate twice", () => profile(entry(), entry({ class: "DEDICATED" }))],
    ["another version", () => JSON.stringify({ version: 2, anchors: [] })],
    ["no list", () => JSON.stringify({ version: 1, anchors: {} })],
    ["a member beside the list", () => JSON.stringify({ version: 1, anchors: [], also: 1 })],
    ["a member twice", () => '{"version":1,"anchors":[],"anchors":[]}'],
    ["no object", () => "[]"],
    ["no JSON", () => "{"],
    ["too many", () => profile(...Array.from({ length: 2001 }, () => 0))],
  ])("with %s is refused", (_, text) => {
    expect(codeOf(() => parseTrustProfile(text()))).toBe("trust_malformed");
  });

  test("has one text, whatever the order; what is written is read again", () => {
    const anchors: TrustAnchor[] = [
      ...parseTrustProfile(profile(entry({ until: "2030-01-01T00:00:00Z", managingUnit: "A" }))),
      bareAnchor(tsa, "tsa.pem"),
      bareAnchor(ca, "ca.pem"),
    ];
    const text = writeTrustProfile(anchors);
    expect(writeTrustProfile(anchors.toReversed())).toBe(text);
    expect(writeTrustProfile(parseTrustProfile(text))).toBe(text);
    expect(text.split("\n")).toHaveLength(anchors.length + 3);
    expect(parseTrustProfile(writeTrustProfile([]))).toEqual([]);
  });

  test("any octets are a profile or a fault", () => {
    const text = fromUtf8(profile(entry({ from: "2026-01-01T00:00:00Z" })));
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.uint8Array({ maxLength: 4 }), (at, put) => {
        codeOf(() => parseTrustProfile(concat(text.subarray(0, at), put, text.subarray(at + put.length))));
      }),
      { numRuns: RUNS },
    );
  });
});

describe("a file of anchors", () => {
  const pem = (...certificates: Certificate[]) =>
    fromUtf8(certificates.map(({ raw }) => toPem("CERTIFICATE", raw)).join("A comment\r\n"));

  test("is DER, PEM with several certificates, or a profile; bare certificates have no legal class", () => {
    for (const [octets, count] of [
      [root.raw, 1],
      [pem(root, tsa, ca), 3],
      [fromUtf8(profile(entry())), 1],
      [fromUtf8(`\ufeff ${profile(entry())}`), 1],
    ] as const)
      expect(readAnchorFile(octets, "x").anchors).toHaveLength(count);
    expect(readAnchorFile(root.raw, "root.der").anchors[0]).toMatchObject({
      class: "OTHER_CONFIRMATION",
      source: "root.der",
      test: false,
      uses: ["signature", "timestamp"],
    });
  });

  test("passes over keys, and counts what cannot be read instead of trusting none of it", () => {
    const text = `${toPem("PRIVATE KEY", new Uint8Array(40))}${toPem("CERTIFICATE", new Uint8Array([0x30, 0]))}${toPem("CERTIFICATE", root.raw)}`;
    expect(readAnchorFile(fromUtf8(text), "x")).toMatchObject({ unreadable: 1, anchors: [{ source: "x" }] });
  });

  test.each([
    ["nothing", ""],
    ["a text", "Xin chào"],
    ["a key alone", toPem("PRIVATE KEY", new Uint8Array(40))],
    ["PEM without an end", "-----BEGIN CERTIFICATE-----\nAAAA"],
  ])("of %s is refused", (_, text) => {
    expect(codeOf(() => readAnchorFile(fromUtf8(text), "x"))).toBe("trust_malformed");
  });

  test("of JSON that is about something else is told apart from a profile that is damaged", () => {
    expect(isOtherJson('{"name":"package"}')).toBe(true);
    expect(isOtherJson("[1]")).toBe(true);
    expect(isOtherJson(profile(entry()))).toBe(false);
    expect(isOtherJson(profile(entry()).slice(0, -5))).toBe(false);
  });

  test("in several files one certificate is one anchor, and a profile goes before a bare certificate", () => {
    const bare = readAnchorFile(pem(root, tsa), "bundle.pem");
    const told = readAnchorFile(fromUtf8(profile(entry())), "trust.json");
    for (const files of [
      [bare, told],
      [told, bare],
      [bare, told, bare, told],
    ])
      expect(mergeAnchors(files).map((anchor) => anchor.class)).toEqual(
        expect.arrayContaining(["PUBLIC_CA", "OTHER_CONFIRMATION"]),
      );
    expect(mergeAnchors([bare, told])).toHaveLength(2);
  });

  test("two profiles that say different things of one certificate are refused, another source alone is no difference", () => {
    const one = readAnchorFile(fromUtf8(profile(entry())), "a");
    const other = (changes: Record<string, unknown>) => readAnchorFile(fromUtf8(profile(entry(changes))), "b");
    expect(codeOf(() => mergeAnchors([one, other({ source: "another" })]))).toBe("done");
    expect(codeOf(() => mergeAnchors([one, other({ class: "DEDICATED" })]))).toBe("trust_malformed");
    expect(codeOf(() => mergeAnchors([one, other({ test: true })]))).toBe("trust_malformed");
    expect(codeOf(() => mergeAnchors([one, other({ until: "2040-01-01T00:00:00Z" })]))).toBe("trust_malformed");
  });
});

test("a fingerprint may be written as people copy it", () => {
  const hex = "0123456789abcdef".repeat(4);
  for (const text of [hex, hex.toUpperCase(), (hex.match(/../g) ?? []).join(":"), (hex.match(/.{4}/g) ?? []).join(" ")])
    expect(parseFingerprint(text)).toBe(hex);
  for (const text of ["", hex.slice(1), `${hex}0`, hex.replace("0", "g")])
    expect(parseFingerprint(text)).toBeUndefined();
});
