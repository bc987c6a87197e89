import { expect, test } from "vitest";
import { SUB_INDICATIONS } from "../../lib/validate/report.ts";
import { RULES } from "../../lib/validate/rules.ts";
import {
  anchor,
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
  withSigner,
} from "./facts.ts";
import { type Case, one, withCertificates, withCms, withSignature, withSignerInfo } from "./one.ts";

/** For each rule facts on which it fails, and such that it passes where the usual facts do not even raise the question. */
type Row = { readonly bad: Case; readonly good?: Case; readonly verdict: "VALID" | "INVALID" | "CANNOT_TELL" };

const unstamped = { timestamps: [] };
const plain = signature({}, unstamped);
const revoked = (changes: Parameters<typeof revocation>[1] = {}) =>
  revocation("signer", { status: "revoked", revokedAt: iso("2027-02-01"), reason: "superseded", ...changes });
const ca = CERTIFICATES.ca ?? certificate("CA");
const oneTime = CERTIFICATES.signer ?? certificate("Signer");
const second = (revision: number) => signature({ fieldName: "Second", cover: cover({ revision }) }, unstamped);
const usual = withSigner({}, { revocation: [revocation("signer")], signatures: [plain] });

const TABLE: Readonly<Record<string, Row>> = {
  "format.kind": { bad: { facts: withSignature({ subFilter: "adbe.x509.rsa_sha1" }) }, verdict: "CANNOT_TELL" },
  "format.byte-range": {
    bad: { facts: withSignature({ cover: cover({ problems: ["byte_range_starts_late"] }) }) },
    verdict: "INVALID",
  },
  "format.covers-a-save": {
    bad: { facts: withSignature({ cover: cover({ wholeFile: false, revision: null }) }) },
    good: { facts: withSignature({ cover: cover({ wholeFile: false, revision: 1 }) }) },
    verdict: "INVALID",
  },
  "format.container": {
    bad: { facts: withSignature({ container: { ok: false, code: "cms_malformed" } }) },
    verdict: "INVALID",
  },
  "format.one-signer": { bad: { facts: withCms({ signers: 2 }) }, verdict: "INVALID" },
  "format.detached": { bad: { facts: withCms({ encapsulates: true }) }, verdict: "INVALID" },
  "format.attributes-der": { bad: { facts: withSignerInfo({ signedAttributes: "not-der" }) }, verdict: "INVALID" },
  "format.content-type": { bad: { facts: withSignerInfo({ contentType: "mismatch" }) }, verdict: "INVALID" },
  "format.message-digest": { bad: { facts: withSignerInfo({ messageDigest: "repeated" }) }, verdict: "INVALID" },
  "format.not-confusable": { bad: { facts: withSignerInfo({ confusable: true }) }, verdict: "INVALID" },
  "certificate.found": {
    bad: { facts: withSignerInfo({ certificate: null, signature: "no-certificate" }) },
    verdict: "CANNOT_TELL",
  },
  "certificate.reference": { bad: { facts: withSignerInfo({ signingCertificate: "mismatch" }) }, verdict: "INVALID" },
  "certificate.reference-readable": {
    bad: { facts: withSignerInfo({ signingCertificate: "repeated" }) },
    verdict: "CANNOT_TELL",
  },
  "certificate.reference-present": {
    bad: { facts: withSignerInfo({ signingCertificate: "missing" }) },
    verdict: "CANNOT_TELL",
  },
  "certificate.identified": { bad: { facts: withSignerInfo({ identified: false }) }, verdict: "VALID" },
  "certificate.issuer-serial": { bad: { facts: withSignerInfo({ issuerSerial: "mismatch" }) }, verdict: "VALID" },
  "policy.available": {
    bad: {
      facts: withSignerInfo({ signedAttributeTypes: ["1.2.840.113549.1.9.16.2.15"] }),
      policy: { signaturePolicy: "required" },
    },
    good: { policy: { signaturePolicy: "required" } },
    verdict: "CANNOT_TELL",
  },
  "policy.named": {
    bad: { facts: withSignerInfo({ signedAttributeTypes: ["1.2.840.113549.1.9.16.2.15"] }) },
    verdict: "VALID",
  },
  "cryptography.content": { bad: { facts: withSignerInfo({ messageDigest: "no-content" }) }, verdict: "CANNOT_TELL" },
  "cryptography.digest": { bad: { facts: withSignerInfo({ messageDigest: "mismatch" }) }, verdict: "INVALID" },
  "cryptography.signature": { bad: { facts: withSignerInfo({ signature: "invalid" }) }, verdict: "INVALID" },
  "cryptography.algorithm-protection": {
    bad: { facts: withSignerInfo({ algorithmProtection: "mismatch" }) },
    verdict: "INVALID",
  },
  "cryptography.supported": {
    bad: { facts: withSignerInfo({ signature: "unsupported", signatureAlgorithm: null }) },
    verdict: "CANNOT_TELL",
  },
  "chain.found": { bad: { facts: withCertificates({ signer: { ...oneTime, paths: [] } }) }, verdict: "CANNOT_TELL" },
  "chain.sound": {
    bad: {
      facts: withCertificates({
        signer: {
          ...oneTime,
          paths: [
            {
              certificates: ["signer", "ca"],
              anchor: "root",
              violations: [{ code: "signature_invalid", certificate: 0 }],
            },
          ],
        },
      }),
    },
    verdict: "CANNOT_TELL",
  },
  "chain.constraints": {
    bad: {
      facts: withCertificates({
        signer: {
          ...oneTime,
          paths: [
            {
              certificates: ["signer", "ca"],
              anchor: "root",
              violations: [{ code: "name_excluded", certificate: 0 }],
            },
          ],
        },
      }),
    },
    verdict: "CANNOT_TELL",
  },
  "chain.signed-before-revocation": {
    bad: {
      facts: withSigner(
        {},
        {
          revocation: [revoked()],
          signatures: [second(3)],
          documentTimestamps: [
            documentTimestamp({ cover: cover({ revision: 2 }), timestamp: timestamp({ genTime: iso("2027-02-02") }) }),
          ],
        },
      ),
    },
    good: {
      facts: withSigner(
        {},
        {
          revocation: [revoked()],
          signatures: [second(3)],
          documentTimestamps: [
            documentTimestamp({ cover: cover({ revision: 2 }), timestamp: timestamp({ genTime: iso("2027-01-30") }) }),
          ],
        },
      ),
    },
    verdict: "INVALID",
  },
  "chain.not-revoked": {
    bad: { facts: withSigner({}, { revocation: [revoked()], signatures: [plain] }) },
    verdict: "CANNOT_TELL",
  },
  "chain.ca-not-revoked": {
    bad: {
      facts: withSigner(
        {},
        {
          revocation: [
            revocation("signer"),
            revocation("ca", { status: "revoked", revokedAt: iso("2027-02-01"), signer: "root" }),
          ],
          signatures: [plain],
        },
      ),
    },
    verdict: "CANNOT_TELL",
  },
  "chain.anchor-in-force": {
    bad: { facts: { ...usual, anchors: { root: anchor({ until: iso("2027-02-01") }) } } },
    verdict: "CANNOT_TELL",
  },
  "time.not-too-early": {
    bad: { facts: withCms({ timestamps: [timestamp({ genTime: "2027-01-15T02:54:59.000Z" })] }) },
    verdict: "INVALID",
  },
  "time.not-too-late": {
    bad: {
      facts: facts({
        signatures: [second(3)],
        documentTimestamps: [documentTimestamp({ cover: cover({ revision: 2 }) })],
      }),
    },
    verdict: "INVALID",
  },
  "chain.in-time": { bad: { facts: facts({ signatures: [plain] }) }, verdict: "CANNOT_TELL" },
  "chain.in-time-not-revoked": {
    bad: {
      facts: withSigner(
        { notAfter: iso("2027-02-27") },
        { revocation: [revocation("signer", { thisUpdate: iso("2027-02-26") })], signatures: [plain] },
      ),
    },
    verdict: "CANNOT_TELL",
  },
  "chain.revocation-data-lasting": {
    bad: {
      facts: withSigner(
        {},
        {
          revocation: [
            revocation("signer", {
              kind: "ocsp",
              signer: "responder",
              authority: "delegated",
              thisUpdate: iso("2027-02-19"),
            }),
          ],
          certificates: {
            ...CERTIFICATES,
            signer: lasting(),
            responder: certificate("Responder", { ocspNoCheck: true, notAfter: iso("2027-02-20") }),
          },
          signatures: [plain],
        },
      ),
    },
    verdict: "CANNOT_TELL",
  },
  "chain.not-suspended": {
    bad: { facts: withSigner({}, { revocation: [revoked({ reason: "certificateHold" })], signatures: [plain] }) },
    verdict: "CANNOT_TELL",
  },
  "chain.status-known": { bad: { facts: withSigner({}, { signatures: [plain] }) }, verdict: "CANNOT_TELL" },
  "chain.algorithms": {
    bad: {
      facts: withCertificates({
        signer: { ...oneTime, signatureAlgorithm: { kind: "rsa-pkcs1", hash: "SHA-1" } },
        ca: { ...ca, key: { kind: "rsa", bits: 2048, curve: null } },
      }),
    },
    verdict: "CANNOT_TELL",
  },
  "chain.key-usage": {
    bad: { facts: withCertificates({ signer: { ...oneTime, keyUsage: ["keyEncipherment"] } }) },
    verdict: "CANNOT_TELL",
  },
  "time.order": {
    bad: {
      facts: withSigner(
        {},
        {
          revocation: [revocation("signer")],
          signatures: [
            signature(
              { cover: cover({ stampedBy: [0] }) },
              { timestamps: [timestamp({ genTime: iso("2027-02-02") })] },
            ),
          ],
          documentTimestamps: [documentTimestamp()],
        },
      ),
    },
    verdict: "CANNOT_TELL",
  },
  "time.proven": {
    bad: { facts: usual, policy: { provenTime: "required" } },
    good: { policy: { provenTime: "required" } },
    verdict: "CANNOT_TELL",
  },
  "acceptance.algorithms-when-made": {
    bad: { facts: withSignerInfo({ digestAlgorithm: "SHA-1", signatureAlgorithm: { kind: "ecdsa", hash: "SHA-1" } }) },
    verdict: "CANNOT_TELL",
  },
  "acceptance.algorithms": {
    bad: {
      facts: withSigner(
        { notBefore: iso("2026-06-01"), notAfter: iso("2040-01-01"), key: { kind: "rsa", bits: 2048, curve: null } },
        {
          revocation: [revocation("signer", { thisUpdate: iso("2029-02-01"), nextUpdate: iso("2029-04-01") })],
          signatures: [
            signature(
              {},
              { ...unstamped, signer: signer({ signatureAlgorithm: { kind: "rsa-pss", hash: "SHA-256" } }) },
            ),
          ],
        },
      ),
      at: Date.parse("2029-03-01"),
    },
    verdict: "CANNOT_TELL",
  },
  "acceptance.algorithms-agree": { bad: { facts: withSignerInfo({ algorithmsAgree: false }) }, verdict: "VALID" },
  "acceptance.listed": {
    bad: { facts: withSignerInfo({ signatureAlgorithm: { kind: "eddsa", hash: null } }) },
    verdict: "VALID",
  },
  "acceptance.padding": {
    bad: { facts: withSignerInfo({ signatureAlgorithm: { kind: "rsa-pkcs1", hash: "SHA-256" } }) },
    verdict: "VALID",
  },
  "acceptance.reference-hash": { bad: { facts: withSignerInfo({ signingCertificateVersion: 1 }) }, verdict: "VALID" },
  "acceptance.purpose": {
    bad: { facts: withCertificates({ signer: { ...oneTime, extendedKeyUsage: ["1.3.6.1.5.5.7.3.1"] } }) },
    verdict: "VALID",
  },
  "acceptance.signer-is-no-ca": {
    bad: { facts: withCertificates({ signer: { ...oneTime, keyUsage: ["digitalSignature", "keyCertSign"] } }) },
    verdict: "VALID",
  },
  "acceptance.in-form": { bad: { facts: withSignature({ inForm: false }) }, verdict: "VALID" },
};

test("every rule has its row", () => {
  expect(Object.keys(TABLE).sort()).toEqual(RULES.map(({ id }) => id).sort());
  expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length);
});

for (const rule of RULES) {
  const row = TABLE[rule.id];
  if (row === undefined) continue;
  test(`${rule.id} passes, and fails where it must`, () => {
    const good = one(row.good).rules.find(({ id }) => id === rule.id);
    expect(good).toMatchObject({ result: "passed", source: rule.source });
    const report = one(row.bad);
    const bad = report.rules.find(({ id }) => id === rule.id);
    expect(bad?.result).toBe(rule.sub === null ? "warning" : "failed");
    expect(report.verdict).toBe(row.verdict);
    if (rule.sub !== null) {
      expect(report.subIndication).toBe(rule.sub);
      expect(bad?.subIndication).toBe(rule.sub);
    }
    expect(report.rules).toHaveLength(RULES.length);
  });
}

test("every sub-indication is reached but the one that cannot arise here", () => {
  const reached = new Set(Object.values(TABLE).map(({ bad }) => one(bad).subIndication));
  const missing = SUB_INDICATIONS.filter((sub) => !reached.has(sub));
  // No policy document is ever processed, so none can fail to be processed.
  expect(missing).toEqual(["POLICY_PROCESSING_ERROR"]);
});

test("the usual facts pass every rule that they raise, and path() is what the table takes it for", () => {
  expect(one().rules.filter(({ result }) => result !== "passed" && result !== "skipped")).toEqual([]);
  expect(one({ facts: usual }).verdict).toBe("VALID");
  expect(path("a")[0]?.anchor).toBe("root");
});
