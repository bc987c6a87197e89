import fc from "fast-check";
import { expect, test } from "vitest";
import { VerificationSchema } from "../../lib/api/verification-schema.ts";
import type {
  CertificateFacts,
  CmsFacts,
  Facts,
  RevocationFacts,
  SignatureFacts,
  SignerFacts,
} from "../../lib/facts/facts.ts";
import { judge } from "../../lib/validate/judge.ts";
import { DEFAULT_POLICY } from "../../lib/validate/policy.ts";
import type { Verification } from "../../lib/validate/report.ts";
import {
  anchor,
  CERTIFICATES,
  certificate,
  cover,
  documentTimestamp,
  facts,
  iso,
  lasting,
  revocation,
  signature,
  signer,
  timestamp,
} from "./facts.ts";

const RUNS = process.env.SLOW ? 20_000 : 300;

const time = fc.integer({ min: Date.parse("2026-10-01"), max: Date.parse("2038-01-01") });
const isoTime = time.map((ms) => new Date(ms).toISOString());
/** Mostly the good value, so that whole files come out good often enough. */
const mostly = <T>(good: T, ...bad: T[]) =>
  fc.oneof({ weight: 12, arbitrary: fc.constant(good) }, { weight: 1, arbitrary: fc.constantFrom(good, ...bad) });

const anySigner = (id: string): fc.Arbitrary<SignerFacts> =>
  fc
    .record({
      certificate: mostly<string | null>(id, null, "nobody"),
      digestAlgorithm: mostly<string | null>("SHA-256", "SHA-1", "MD5", null),
      signatureAlgorithm: mostly<SignerFacts["signatureAlgorithm"]>(
        { kind: "ecdsa", hash: "SHA-256" },
        { kind: "rsa-pkcs1", hash: "SHA-256" },
        { kind: "eddsa", hash: null },
        null,
      ),
      signedAttributes: mostly<SignerFacts["signedAttributes"]>("der", "not-der", "absent"),
      messageDigest: mostly("match", "mismatch", "missing", "unsupported", "no-content", "unneeded"),
      contentType: mostly("match", "mismatch", "missing", "unneeded"),
      signature: mostly<SignerFacts["signature"]>("valid", "invalid", "unsupported", "no-certificate", "no-content"),
      signingCertificate: mostly("match", "mismatch", "missing", "repeated", "unknown"),
      confusable: mostly(false, true),
      algorithmProtection: mostly<SignerFacts["algorithmProtection"]>("absent", "match", "mismatch"),
    })
    .map(signer);

const anyTimestamp = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .record({
        genTime: fc.oneof(isoTime, fc.constant("2027-01-15T03:00:00.000Z")),
        imprint: mostly<"match" | "mismatch" | "unsupported">("match", "mismatch", "unsupported"),
        usage: mostly<"good" | "missing" | "not-sole">("good", "missing", "not-sole"),
        signer: anySigner("tsa"),
      })
      .map(timestamp),
  },
  { weight: 1, arbitrary: fc.constant({ ok: false as const, code: "tsp_malformed" }) },
);

const anyCover = fc
  .record({
    problems: mostly<readonly string[]>([], ["byte_range_overlaps"]),
    wholeFile: fc.boolean(),
    revision: fc.constantFrom(1, 2, 3, null),
    stampedBy: fc.subarray([0, 1]),
  })
  .map(cover);

const anyCms: fc.Arbitrary<Partial<CmsFacts>> = fc.record({
  encapsulates: mostly(false, true),
  signers: mostly(1, 2),
  signer: mostly<SignerFacts | null>(signer(), null).chain((s) =>
    s === null ? fc.constant(null) : anySigner("signer"),
  ),
  timestamps: fc.array(anyTimestamp, { maxLength: 3 }),
});

const anySignature: fc.Arbitrary<SignatureFacts> = fc
  .tuple(
    fc.record({
      subFilter: mostly<string | null>("ETSI.CAdES.detached", "adbe.pkcs7.detached", "adbe.pkcs7.sha1", "other", null),
      cover: anyCover,
      claimed: fc.option(isoTime.map((t) => ({ text: "D:", time: t }))),
      changes: mostly<SignatureFacts["changes"]["result"]>("none", "permitted", "forbidden", "unknown").map(
        (result) => ({
          result,
          items: [],
        }),
      ),
    }),
    anyCms,
  )
  .map(([changes, inside]) => signature(changes, inside));

const anyData = (about: string, by: string): fc.Arbitrary<RevocationFacts> =>
  fc
    .record({
      status: mostly<RevocationFacts["status"]>("good", "revoked", "unknown"),
      revokedAt: fc.option(isoTime),
      reason: fc.constantFrom(null, "keyCompromise", "certificateHold", "removeFromCRL"),
      thisUpdate: isoTime,
      nextUpdate: fc.option(isoTime),
      signature: mostly<RevocationFacts["signature"]>("valid", "invalid"),
      stampedBy: fc.subarray([0, 1]),
      source: fc.constantFrom<RevocationFacts["source"]>("dss", "given", "archival"),
    })
    .map((changes) => revocation(about, { signer: by, ...changes }));

const anyPeople: fc.Arbitrary<Partial<CertificateFacts>> = fc.record({
  shortTerm: fc.boolean(),
  crlUris: fc.constantFrom<readonly string[]>([], ["http://crl.example/"]),
  keyUsage: mostly<readonly string[] | null>(["contentCommitment"], null, ["keyEncipherment"]),
  notBefore: fc.constantFrom(iso("2026-06-01"), iso("2027-01-15")),
  notAfter: isoTime,
});

const world: fc.Arbitrary<Facts> = fc
  .record({
    signatures: fc.array(anySignature, { maxLength: 3 }),
    stamps: fc.array(fc.tuple(anyCover, anyTimestamp), { maxLength: 2 }),
    people: anyPeople,
    revocation: fc.array(fc.oneof(anyData("signer", "ca"), anyData("ca", "root"), anyData("tsa", "root")), {
      maxLength: 5,
    }),
    strayOctets: mostly(0, 5),
    hasDss: fc.boolean(),
  })
  .map(({ signatures, stamps, people, revocation: data, strayOctets, hasDss }) =>
    facts({
      document: { ...facts().document, strayOctets, hasDss },
      signatures,
      documentTimestamps: stamps.map(([coverage, stamp], index) =>
        documentTimestamp({
          cover: { ...coverage, stampedBy: coverage.stampedBy.filter((by) => by > index && by < stamps.length) },
          timestamp: stamp,
        }),
      ),
      certificates: {
        ...CERTIFICATES,
        signer: lasting(people),
        tsa: {
          ...certificate("TSA", { keyUsage: ["digitalSignature"] }),
          paths: [{ certificates: ["tsa"], anchor: "time", violations: [] }],
        },
      },
      anchors: { root: anchor(), time: anchor() },
      revocation: data,
    }),
  );

const check = (given: Facts, at: number): Verification => judge(given, { at, policy: DEFAULT_POLICY });
const without = (given: Facts, removed: string): Facts => ({
  ...given,
  anchors: Object.fromEntries(Object.entries(given.anchors).filter(([id]) => id !== removed)),
});
const verdicts = (answer: Verification) => answer.signatures.map(({ verdict }) => verdict);

test("any facts give an answer of the documented form, the same each time, and leave the facts alone", () => {
  fc.assert(
    fc.property(world, time, (given, at) => {
      const before = JSON.stringify(given);
      const answer = check(given, at);
      expect(VerificationSchema.safeParse(JSON.parse(JSON.stringify(answer))).error).toBeUndefined();
      expect(check(JSON.parse(before), at)).toEqual(answer);
      expect(JSON.stringify(given)).toBe(before);
    }),
    { numRuns: RUNS },
  );
});

test("VALID is never said without every reason for it", () => {
  let valid = 0;
  fc.assert(
    fc.property(world, time, (given, at) => {
      for (const report of check(given, at).signatures) {
        const { verdict, indication, subIndication, integrity, coverage, changes, trust, rules } = report;
        expect(indication === "TOTAL_PASSED").toBe(subIndication === null);
        expect(indication === "TOTAL_PASSED").toBe(rules.every(({ result }) => result !== "failed"));
        if (indication === "TOTAL_FAILED" || integrity === "broken") expect(verdict).toBe("INVALID");
        if (verdict !== "VALID") {
          expect(report.equivalentToHandwritten).toBe(false);
          expect(report.findings.some(({ severity }) => severity === "error")).toBe(true);
          continue;
        }
        valid += 1;
        expect([indication, integrity, trust]).toEqual(["TOTAL_PASSED", "intact", "trusted"]);
        expect(coverage).not.toBe("anomalous");
        expect(["none", "permitted"]).toContain(changes);
        expect(report.findings.every(({ severity }) => severity !== "error")).toBe(true);
      }
    }),
    { numRuns: RUNS },
  );
  expect(valid).toBeGreaterThan(RUNS / 50);
});

test("taking away the signer's anchor leaves nothing trusted", () => {
  fc.assert(
    fc.property(world, time, (given, at) => {
      for (const { verdict, trust } of check(without(given, "root"), at).signatures) {
        expect(verdict).not.toBe("VALID");
        expect(trust).toBe("untrusted");
      }
    }),
    { numRuns: RUNS },
  );
});

test("taking away the anchor of times makes nothing VALID, but where the times spoke against the signature", () => {
  const AGAINST = ["NOT_YET_VALID", "EXPIRED", "TIMESTAMP_ORDER_FAILURE", "REVOKED"];
  fc.assert(
    fc.property(world, time, (given, at) => {
      const before = check(given, at).signatures;
      check(without(given, "time"), at).signatures.forEach(({ verdict }, index) => {
        const was = before[index];
        if (verdict === "VALID" && !AGAINST.includes(was?.subIndication ?? "")) expect(was?.verdict).toBe("VALID");
      });
    }),
    { numRuns: RUNS },
  );
});

/** One more thing that is wrong with a signature, whatever else is. */
const DAMAGE: readonly ((given: SignatureFacts) => SignatureFacts)[] = [
  (given) => ({ ...given, cover: { ...given.cover, problems: ["byte_range_outside_file"] } }),
  // What an unknown kind has in place of a CMS message is not its fault.
  (given) => (given.container.ok ? { ...given, subFilter: "unknown" } : given),
  (given) => ({ ...given, changes: { result: "forbidden", items: [] } }),
  (given) => (given.subFilter === "other" ? given : { ...given, container: { ok: false, code: "der_malformed" } }),
  (given) => inside(given, (cms) => ({ ...cms, signers: 2 })),
  (given) => inside(given, (cms) => ({ ...cms, encapsulates: true })),
  (given) => inside(given, (cms) => ({ ...cms, signer: cms.signer && { ...cms.signer, signature: "invalid" } })),
  (given) => inside(given, (cms) => ({ ...cms, signer: cms.signer && { ...cms.signer, messageDigest: "mismatch" } })),
  (given) =>
    inside(given, (cms) => ({ ...cms, signer: cms.signer && { ...cms.signer, signingCertificate: "mismatch" } })),
  (given) => inside(given, (cms) => ({ ...cms, timestamps: [] })),
];
function inside(given: SignatureFacts, change: (cms: CmsFacts) => CmsFacts): SignatureFacts {
  const { container } = given;
  return container.ok ? { ...given, container: { ok: true, cms: change(container.cms) } } : given;
}

test("one thing more that is wrong never makes a verdict better", () => {
  const RANK = { INVALID: 0, CANNOT_TELL: 1, VALID: 2, NO_SIGNATURE: 3 } as const;
  const AGAINST = [
    "NOT_YET_VALID",
    "EXPIRED",
    "TIMESTAMP_ORDER_FAILURE",
    "REVOKED",
    "REVOKED_NO_POE",
    "REVOKED_CA_NO_POE",
  ];
  fc.assert(
    fc.property(world, time, fc.constantFrom(...DAMAGE), (given, at, damage) => {
      const before = check(given, at).signatures;
      const worse = check({ ...given, signatures: given.signatures.map(damage) }, at);
      verdicts(worse).forEach((verdict, index) => {
        const was = before[index];
        // Without its timestamps a signature also loses what they say against it.
        if (was !== undefined && !was.rules.some(({ subIndication }) => AGAINST.includes(subIndication ?? "")))
          expect(RANK[verdict]).toBeLessThanOrEqual(RANK[was.verdict]);
      });
    }),
    { numRuns: RUNS },
  );
});

test("somebody revoked before anything was signed makes nothing VALID", () => {
  fc.assert(
    fc.property(world, time, fc.constantFrom("signer", "ca"), (given, at, about) => {
      const gone = { status: "revoked", revokedAt: iso("2026-09-01"), thisUpdate: iso("2026-09-02") } as const;
      const more = revocation(about, { signer: about === "signer" ? "ca" : "root", ...gone });
      const answer = check({ ...given, revocation: [...given.revocation, more] }, at);
      expect(verdicts(answer)).not.toContain("VALID");
    }),
    { numRuns: RUNS },
  );
});
