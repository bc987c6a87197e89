import { expect, test } from "vitest";
import type { ChangesFacts, DocumentFacts, SignatureFacts } from "../../lib/facts/facts.ts";
import { CHANGES } from "../../lib/text/changes.ts";
import { FINDINGS } from "../../lib/text/findings.ts";
import { SIGNATURE_CLASSES } from "../../lib/trust/signature-class.ts";
import { anchor, CERTIFICATES, certificate, cover, documentTimestamp, facts, name, signature } from "./facts.ts";
import { codes, judged, one, withCertificates, withSignature, withSignerInfo } from "./one.ts";

const changes = (result: ChangesFacts["result"]): Partial<SignatureFacts> => ({
  cover: cover({ wholeFile: false, revision: 1 }),
  changes: { result, items: [] },
});

test("changes behind a signature decide, and what was signed stays what it was", () => {
  const after = (result: ChangesFacts["result"]) => one({ facts: withSignature(changes(result)) });
  expect(after("none").verdict).toBe("VALID");
  expect(after("permitted")).toMatchObject({ verdict: "VALID", changes: "permitted", coverage: "earlier-revision" });
  expect(after("forbidden")).toMatchObject({ verdict: "INVALID", indication: "TOTAL_PASSED", integrity: "intact" });
  expect(after("unknown").verdict).toBe("CANNOT_TELL");
  expect(codes(after("forbidden"))).toContain("changes_forbidden");
  expect(codes(after("permitted"))).toEqual(expect.arrayContaining(["changes_permitted", "earlier_revision"]));
  expect(after("forbidden").sevenFields.validAtSigningTime).toBe("valid");
});

test("octets behind the last save are changes of which nothing can be said", () => {
  const document: DocumentFacts = { ...facts().document, strayOctets: 12 };
  const partly = facts({ document, signatures: [signature(changes("permitted"))] });
  expect(one({ facts: partly })).toMatchObject({ verdict: "CANNOT_TELL", changes: "unknown" });
  expect(judged({ facts: partly }).findings.map(({ code }) => code)).toEqual(["stray_octets"]);
  expect(one({ facts: facts({ document, signatures: [signature(changes("forbidden"))] }) }).verdict).toBe("INVALID");
  expect(one({ facts: facts({ document }) }).verdict).toBe("VALID");
});

test("a file is as good as the worst of its signatures", () => {
  const good = signature();
  const open = signature({ subFilter: "unknown.kind" });
  const bad = signature({ cover: cover({ problems: ["byte_range_overlaps"] }) });
  const of = (...signatures: SignatureFacts[]) => judged({ facts: facts({ signatures }) }).verdict;
  expect(of(good, good)).toBe("VALID");
  expect(of(good, open)).toBe("CANNOT_TELL");
  expect(of(open, bad, good)).toBe("INVALID");
});

test("without a signature there is no verdict on one; timestamps alone are nobody's signature", () => {
  const none = judged({ facts: facts({ signatures: [] }) });
  expect([none.verdict, ...none.findings.map(({ code }) => code)]).toEqual(["NO_SIGNATURE", "no_signature"]);
  const stamped = judged({ facts: facts({ signatures: [], documentTimestamps: [documentTimestamp()] }) });
  expect([stamped.verdict, ...stamped.findings.map(({ code }) => code)]).toEqual([
    "NO_SIGNATURE",
    "only_document_timestamps",
  ]);
  expect(stamped.documentTimestamps).toHaveLength(1);
});

test("what is odd about the file is said beside the verdict", () => {
  const document = { ...facts().document, rebuilt: true, encrypted: true };
  expect(judged({ facts: facts({ document }) }).findings.map(({ code }) => code)).toEqual([
    "document_rebuilt",
    "document_encrypted",
  ]);
});

test("the three axes stand apart: cryptography, trust and policy fail each by itself", () => {
  const axes = ({ integrity, trust, policy }: ReturnType<typeof one>) => [integrity, trust, policy];
  const oneTime = CERTIFICATES.signer ?? certificate("Signer");
  expect(axes(one())).toEqual(["intact", "trusted", "met"]);
  expect(axes(one({ facts: withSignerInfo({ messageDigest: "mismatch" }) }))).toEqual(["broken", "trusted", "met"]);
  const unknown = withCertificates({ signer: { ...oneTime, paths: [] } });
  expect(axes(one({ facts: unknown }))).toEqual(["intact", "untrusted", "met"]);
  const old = withSignerInfo({ signatureAlgorithm: { kind: "rsa-pkcs1", hash: "SHA-1" } });
  expect(axes(one({ facts: old }))).toEqual(["intact", "trusted", "not-met"]);
  const server = withCertificates({ signer: { ...oneTime, extendedKeyUsage: ["1.3.6.1.5.5.7.3.1"] } });
  expect(one({ facts: server })).toMatchObject({ verdict: "VALID", policy: "not-met" });
  const odd = withSignerInfo({ signature: "unsupported", signatureAlgorithm: null });
  expect(one({ facts: odd }).integrity).toBe("unsupported");
});

test("a signature of an unknown kind, or without a certificate, is not called broken", () => {
  expect(one({ facts: withSignature({ subFilter: "adbe.x509.rsa_sha1" }) }).integrity).toBe("unsupported");
  expect(one({ facts: withSignerInfo({ certificate: null, signature: "no-certificate" }) })).toMatchObject({
    integrity: "unsupported",
    trust: "untrusted",
  });
  expect(one({ facts: withSignature({ container: { ok: false, code: "der_malformed" } }) })).toMatchObject({
    integrity: "broken",
    verdict: "INVALID",
    level: null,
  });
});

test("adbe.pkcs7.sha1 carries the SHA-1 of the file, which is too weak whatever signs it", () => {
  const inside = signature({ subFilter: "adbe.pkcs7.sha1" }, { encapsulates: true });
  expect(one({ facts: facts({ signatures: [inside] }) })).toMatchObject({
    integrity: "intact",
    policy: "not-met",
    subIndication: "CRYPTO_CONSTRAINTS_FAILURE",
    verdict: "CANNOT_TELL",
  });
});

test("adbe signatures may go without a reference to the certificate", () => {
  const signer = {
    ...withSignerInfo({ signingCertificate: "missing", signingCertificateVersion: null }).signatures[0],
  };
  const older = facts({ signatures: [signature({ ...signer, subFilter: "adbe.pkcs7.detached" })] });
  expect(one({ facts: older }).verdict).toBe("VALID");
});

test("the seven fields of Circular 15/2025 article 6 are all there", () => {
  expect(one().sevenFields).toEqual({
    issuer: "Issuing CA",
    signer: "Nguyễn Văn A",
    managingUnit: "NEAC",
    signingTime: {
      time: "2027-01-15T03:00:00.000Z",
      source: "timestamp",
      proven: "2027-01-15T03:00:00.000Z",
      logged: null,
      claimed: "2027-01-15T03:00:00.000Z",
    },
    integrity: "intact",
    validAtSigningTime: "valid",
    certificateValidity: { notBefore: "2027-01-15T02:55:00.000Z", notAfter: "2027-01-15T03:10:00.000Z" },
  });
});

test("people are named with their organisation; nobody's managing unit is taken from a certificate", () => {
  const oneTime = CERTIFICATES.signer ?? certificate("Signer");
  const officer = { ...oneTime, subject: { ...name("Lê Văn C"), organization: "Sở Tư pháp" }, paths: [] };
  expect(one({ facts: withCertificates({ signer: officer }) }).sevenFields).toMatchObject({
    signer: "Lê Văn C, Sở Tư pháp",
    managingUnit: null,
  });
  const bare = { ...oneTime, subject: { ...name("x"), commonName: null, text: "C=VN" } };
  expect(one({ facts: withCertificates({ signer: bare }) }).sevenFields.signer).toBe("C=VN");
});

test("what a certification permits is said", () => {
  for (const [permission, code] of [
    [1, "certifies_nothing_more"],
    [2, "certifies_forms"],
    [3, "certifies_comments"],
  ] as const)
    expect(codes(one({ facts: withSignature({ certifies: permission }) }))).toContain(code);
});

test("a certification behind another signature is told of", () => {
  const first = signature({ cover: cover({ wholeFile: false, revision: 1 }) });
  const later = signature({ fieldName: "Two", certifies: 2, cover: cover({ revision: 2 }) });
  const said = (...signatures: SignatureFacts[]) => judged({ facts: facts({ signatures }) }).signatures.map(codes);
  expect(said(first, later)[1]).toContain("certification_not_first");
  expect(said({ ...later, cover: cover({ revision: 1 }) }, signature())[0]).not.toContain("certification_not_first");
});

test("a message that stands alone has no level, and is not blamed for it", () => {
  const alone = facts({
    document: { ...facts().document, size: 0, revisions: 0 },
    signatures: [signature({ subFilter: null, claimed: null, cover: cover({ byteRange: null, revision: null }) })],
  });
  const report = one({ facts: alone });
  expect(report).toMatchObject({ verdict: "VALID", level: null });
  expect(codes(report).filter((code) => /pades|baseline/.test(code))).toEqual([]);
  expect(codes(one({ facts: withSignature({ subFilter: null }) }))).toContain("not_pades");
});

test("every change is told in its own words, and one that is not known here still in some", () => {
  const item = { permitted: false, revision: 2, page: 3, field: null, object: 7 };
  const items = [
    { ...item, code: "page_added" },
    { ...item, code: "of_a_later_version" },
  ];
  const report = one({ facts: withSignature({ changes: { result: "forbidden", items } }) });
  expect(report.changeList).toEqual([
    { ...items[0], ...CHANGES.page_added },
    { ...items[1], vi: FINDINGS.changes_forbidden.vi, en: FINDINGS.changes_forbidden.en },
  ]);
});

/** R2: the words for "equivalent to handwritten" in either language, whatever else a sentence says. */
const EQUIVALENCE = /tương đương|viết tay|equivalent|equate|handwritten/i;

test("R1, R2: every class is shown, and equivalence is said of three, never of a test, never of what is not valid", () => {
  const table = SIGNATURE_CLASSES.flatMap((signatureClass) =>
    [false, true].flatMap((isTest) =>
      (["none", "forbidden"] as const).map((result) => {
        const report = one({
          facts: facts({
            anchors: { root: anchor({ class: signatureClass, test: isTest }) },
            signatures: [signature(changes(result))],
          }),
        });
        expect(report.class).toBe(signatureClass);
        const said = (language: "vi" | "en") => report.findings.some((found) => EQUIVALENCE.test(found[language]));
        expect([said("vi"), said("en")]).toEqual([report.equivalentToHandwritten, report.equivalentToHandwritten]);
        return `${signatureClass}${isTest ? " test" : ""} ${report.verdict}: ${report.equivalentToHandwritten}`;
      }),
    ),
  );
  expect(table).toMatchSnapshot();
});

test("a demonstration says so", () => {
  const demo = one({ facts: facts({ anchors: { root: anchor({ test: true }) } }) });
  expect(demo).toMatchObject({ verdict: "VALID", test: true });
  expect(codes(demo)).toContain("test_anchor");
});

test("a plain good file is told of in few words, heaviest first", () => {
  expect(codes(one())).toEqual([
    "revocation_no_source",
    "revocation_not_needed",
    "time_proven",
    "expired_proven",
    "equivalent",
  ]);
});

test("algorithms, key and path are shown as they are", () => {
  const report = one();
  expect(report.algorithms).toEqual({ signature: "ecdsa", digest: "SHA-256", key: "P-256" });
  expect(report.chain).toEqual([
    { subject: "CN=Nguyễn Văn A,C=VN", sha256: "signer", anchor: false },
    { subject: "CN=Issuing CA,C=VN", sha256: "ca", anchor: false },
    { subject: "CN=Root,C=VN", sha256: "root", anchor: true },
  ]);
  const oneTime = CERTIFICATES.signer ?? certificate("Signer");
  const rsa = withCertificates({ signer: { ...oneTime, key: { kind: "rsa", bits: 2048, curve: null }, paths: [] } });
  expect(one({ facts: rsa })).toMatchObject({
    algorithms: { key: "RSA-2048" },
    chain: [{ sha256: "signer", anchor: false }],
  });
  const none = one({ facts: withCertificates({ signer: { ...oneTime, key: null } }) });
  expect(none.algorithms.key).toBeNull();
});

test("form that is wrong is anomalous or broken, and not only by the standard's words", () => {
  const nowhere = one({ facts: withSignature({ cover: cover({ wholeFile: false, revision: null }) }) });
  expect(nowhere).toMatchObject({ coverage: "anomalous", verdict: "INVALID" });
  for (const facts of [
    withSignerInfo({ contentType: "mismatch" }),
    withSignerInfo({ signedAttributes: "not-der" }),
    withSignerInfo({ algorithmProtection: "malformed" }),
  ])
    expect(one({ facts }).integrity).toBe("broken");
});

test("a digest by SHA-1 makes a signature weak, whatever signs it", () => {
  expect(one({ facts: withSignerInfo({ digestAlgorithm: "SHA-1" }) })).toMatchObject({
    policy: "not-met",
    subIndication: "CRYPTO_CONSTRAINTS_FAILURE",
  });
  const own = withSignerInfo({ digestAlgorithm: null, signatureAlgorithm: { kind: "eddsa", hash: null } });
  expect(one({ facts: own }).verdict).toBe("VALID");
});

test("a reference that cannot be compared leaves open who signed", () => {
  for (const grade of ["malformed", "unsupported", "unknown"])
    expect(one({ facts: withSignerInfo({ signingCertificate: grade }) })).toMatchObject({
      verdict: "CANNOT_TELL",
      subIndication: "SIG_CONSTRAINTS_FAILURE",
    });
});
