import { expect, test } from "vitest";
import type { CmsFacts, Facts, RevocationFacts, SignatureFacts, SignerFacts } from "../../lib/facts/facts.ts";
import {
  CERTIFICATES,
  certificate,
  cover,
  documentTimestamp,
  facts,
  iso,
  lasting,
  path,
  revocation,
  signature,
  signer,
  timestamp,
} from "./facts.ts";
import { codes, one, withCms, withSignature, withSignerInfo } from "./one.ts";

const levelOf = (given: Facts) => one({ facts: given }).level;

test("B-B is met, and each of its requirements is one", () => {
  expect(levelOf(withCms({ timestamps: [] }))).toBe("B-B");
  const dictionary: Partial<SignatureFacts>[] = [
    { hasCert: true },
    { claimed: null },
    { subFilter: "adbe.pkcs7.detached" },
  ];
  for (const changes of dictionary) expect(levelOf(withSignature(changes)), JSON.stringify(changes)).toBeNull();
  const message: Partial<CmsFacts>[] = [
    { der: false },
    { version: 4 },
    { contentType: "1.2.3" },
    { certificates: 0 },
    { encapsulates: true },
    { signers: 2 },
  ];
  for (const changes of message) expect(levelOf(withCms(changes)), JSON.stringify(changes)).toBeNull();
  const info: Partial<SignerFacts>[] = [
    { signedAttributes: "absent" },
    { signingCertificate: "missing" },
    { signingCertificates: 2 },
    { signingTime: iso("2027-01-15") },
    { messageDigest: "mismatch" },
    { certificate: null },
  ];
  for (const changes of info) expect(levelOf(withSignerInfo(changes)), JSON.stringify(changes)).toBeNull();
});

test("a commitment and a reason exclude each other", () => {
  const commitment = { signer: signer({ signedAttributeTypes: ["1.2.840.113549.1.9.16.2.16"] }) };
  expect(levelOf(facts({ signatures: [signature({}, commitment)] }))).toBe("B-T");
  expect(levelOf(facts({ signatures: [signature({ reason: "Tôi đồng ý" }, commitment)] }))).toBeNull();
  expect(levelOf(withSignature({ reason: "Tôi đồng ý" }))).toBe("B-T");
});

test("no level is said to be of the older kind, or below the baseline, and neither decides anything", () => {
  const older = one({ facts: withSignature({ subFilter: "adbe.pkcs7.detached" }) });
  expect(older).toMatchObject({ verdict: "VALID", level: null });
  expect(codes(older)).toContain("not_pades");
  const below = one({ facts: withCms({ der: false }) });
  expect(below).toMatchObject({ verdict: "VALID", level: null });
  expect(codes(below)).toContain("below_baseline");
});

test("B-T takes a sound timestamp of the certificate's period, whoever vouches for it", () => {
  expect(levelOf(facts())).toBe("B-T");
  const untrusted = facts({ certificates: { ...CERTIFICATES, tsa: certificate("TSA") } });
  expect(levelOf(untrusted)).toBe("B-T");
  expect(levelOf(withCms({ timestamps: [timestamp({ imprint: "mismatch" })] }))).toBe("B-B");
  expect(levelOf(withCms({ timestamps: [timestamp({ genTime: iso("2027-01-16") })] }))).toBe("B-B");
  expect(levelOf(withCms({ timestamps: [{ ok: false, code: "tsp_malformed" }] }))).toBe("B-B");
});

/** Everybody names a source, and the DSS dictionary has data about everybody. */
function archived(
  changes: {
    readonly without?: string;
    readonly stampedBy?: number[];
    readonly source?: RevocationFacts["source"];
  } = {},
): Facts {
  const named = { crlUris: ["http://crl.example/"] };
  const data = (about: string, by: string): RevocationFacts =>
    revocation(about, {
      signer: by,
      source: changes.source ?? "dss",
      stampedBy: changes.stampedBy ?? [0],
      thisUpdate: iso("2027-01-15T04:00:00"),
      nextUpdate: iso("2027-04-01"),
    });
  const all = [data("signer", "ca"), data("ca", "root"), data("tsa", "root")];
  return facts({
    document: { ...facts().document, hasDss: true },
    certificates: {
      ...CERTIFICATES,
      signer: lasting(),
      ca: certificate("Issuing CA", { paths: path("ca"), ...named }),
      tsa: certificate("TSA", { paths: path("tsa"), ...named }),
    },
    signatures: [signature({ cover: cover({ wholeFile: false, stampedBy: [0] }) })],
    documentTimestamps: [documentTimestamp({ timestamp: timestamp({ genTime: iso("2027-02-01") }) })],
    revocation: all.filter(({ certificate: about }) => about !== changes.without),
  });
}

test("B-LTA has the material about every path below a document timestamp", () => {
  const report = one({ facts: archived() });
  expect(report).toMatchObject({ verdict: "VALID", level: "B-LTA" });
});

test("without a document timestamp over the material it is B-LT, without part of the material B-T", () => {
  expect(levelOf(archived({ stampedBy: [] }))).toBe("B-LT");
  for (const without of ["signer", "ca", "tsa"]) expect(levelOf(archived({ without })), without).toBe("B-T");
  for (const source of ["cms", "archival", "given", "fetched"] as const)
    expect(levelOf(archived({ source }))).toBe("B-T");
  const noDss = archived();
  expect(levelOf({ ...noDss, document: { ...noDss.document, hasDss: false } })).toBe("B-T");
});

test("a document timestamp that is wrongly made archives nothing", () => {
  const given = archived();
  const wrong = [documentTimestamp({ timestamp: timestamp({ imprint: "mismatch" }) })];
  expect(levelOf({ ...given, documentTimestamps: wrong })).toBe("B-LT");
});

test("a short-term certificate needs no material of its own, but some must be there", () => {
  const given = archived({ without: "signer" });
  const short = { ...given, certificates: { ...given.certificates, signer: lasting({ shortTerm: true }) } };
  expect(levelOf(short)).toBe("B-LTA");
  expect(levelOf({ ...short, revocation: [], certificates: { ...CERTIFICATES } })).toBe("B-T");
});

test("material about the unit of a signature's timestamp is asked for, of a document timestamp's not", () => {
  const given = archived({ without: "tsa" });
  const silent = certificate("TSA 2", { paths: path("tsa2") });
  const other = signer({ certificate: "tsa2" });
  const stampedBy2 = [documentTimestamp({ timestamp: timestamp({ genTime: iso("2027-02-01"), signer: other }) })];
  const certificates = { ...given.certificates, tsa2: silent };
  expect(levelOf({ ...given, certificates, documentTimestamps: stampedBy2 })).toBe("B-T");
  expect(levelOf({ ...archived(), certificates, documentTimestamps: stampedBy2 })).toBe("B-LTA");
});

test("who names no source can have no material", () => {
  const given = archived({ without: "ca" });
  const ca = certificate("Issuing CA", { paths: path("ca") });
  expect(levelOf({ ...given, certificates: { ...given.certificates, ca } })).toBe("B-LTA");
});

test("one document timestamp over all of the material is enough, over part of it none is", () => {
  const given = archived();
  const outer = { ...given, signatures: [signature({ cover: cover({ wholeFile: false, stampedBy: [0, 1] }) })] };
  const two = [
    ...given.documentTimestamps,
    documentTimestamp({ timestamp: timestamp({ genTime: iso("2027-02-02") }) }),
  ];
  expect(levelOf({ ...outer, documentTimestamps: two })).toBe("B-LTA");
  const part = given.revocation.map((fact, index) => (index === 0 ? { ...fact, stampedBy: [] } : fact));
  expect(levelOf({ ...given, revocation: part })).toBe("B-LT");
});
