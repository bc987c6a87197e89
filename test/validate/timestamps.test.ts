import { expect, test } from "vitest";
import type { CertificateFacts, SignerFacts, TimestampFacts } from "../../lib/facts/facts.ts";
import type { Policy } from "../../lib/validate/policy.ts";
import {
  CERTIFICATES,
  certificate,
  cover,
  documentTimestamp,
  facts,
  type GoodTimestamp,
  iso,
  revocation,
  signature,
  signer,
  timestamp,
} from "./facts.ts";
import { codes, judged, one, withCertificates, withCms } from "./one.ts";

const tsa = CERTIFICATES.tsa ?? certificate("TSA");
const signed = (changes: Partial<SignerFacts>) => ({ signer: signer({ certificate: "tsa", ...changes }) });

/** The report on the one timestamp, and on the signature that it stands on. */
function stamp(
  token: Partial<GoodTimestamp> | { readonly ok: false; readonly code: string },
  unit: Partial<CertificateFacts> = {},
  policy: Partial<Policy> = {},
) {
  const fact: TimestampFacts = "code" in token ? token : timestamp(token);
  const given = withCertificates(
    { tsa: { ...tsa, ...unit } },
    { signatures: withCms({ timestamps: [fact] }).signatures },
  );
  const report = one({ facts: given, policy });
  const [found] = report.timestamps;
  if (found === undefined) throw new Error("no timestamp");
  return { report, found, ending: `${found.indication}/${found.subIndication}`, code: found.findings[0]?.code };
}

test("a timestamp that passes proves the time, says who gave it, and lifts the level", () => {
  const { report, found, ending } = stamp({});
  expect(ending).toBe("TOTAL_PASSED/null");
  expect(found).toMatchObject({
    kind: "signature",
    authority: "TSA",
    trust: "trusted",
    genTime: "2027-01-15T03:00:00.000Z",
  });
  expect(report.sevenFields.signingTime.source).toBe("timestamp");
  expect(codes(report)).toContain("time_proven");
  expect(codes(report)).not.toContain("timestamp_not_used");
});

/** What is wrong, how the token ends, how that is said. */
const BAD: readonly (readonly [string, Parameters<typeof stamp>, string, string])[] = [
  ["unreadable", [{ ok: false, code: "tsp_malformed" }], "TOTAL_FAILED/FORMAT_FAILURE", "timestamp_unreadable"],
  ["of something else", [{ imprint: "mismatch" }], "TOTAL_FAILED/HASH_FAILURE", "timestamp_of_something_else"],
  [
    "imprint by an unknown hash",
    [{ imprint: "unsupported", imprintHash: null }],
    "INDETERMINATE/CRYPTO_CONSTRAINTS_FAILURE",
    "timestamp_unsupported",
  ],
  ["content changed", [signed({ messageDigest: "mismatch" })], "TOTAL_FAILED/HASH_FAILURE", "timestamp_broken"],
  ["signature wrong", [signed({ signature: "invalid" })], "TOTAL_FAILED/SIG_CRYPTO_FAILURE", "timestamp_broken"],
  [
    "algorithm exchanged",
    [signed({ algorithmProtection: "mismatch" })],
    "TOTAL_FAILED/SIG_CRYPTO_FAILURE",
    "timestamp_broken",
  ],
  ["attributes not DER", [signed({ signedAttributes: "not-der" })], "TOTAL_FAILED/FORMAT_FAILURE", "timestamp_broken"],
  [
    "no signed attributes",
    [signed({ messageDigest: "unneeded", contentType: "missing" })],
    "TOTAL_FAILED/FORMAT_FAILURE",
    "timestamp_broken",
  ],
  [
    "algorithm unsupported",
    [signed({ signature: "unsupported" })],
    "INDETERMINATE/CRYPTO_CONSTRAINTS_FAILURE",
    "timestamp_unsupported",
  ],
  [
    "certificate missing",
    [signed({ signature: "no-certificate", certificate: null })],
    "INDETERMINATE/NO_SIGNING_CERTIFICATE_FOUND",
    "timestamp_certificate_missing",
  ],
  [
    "certificate exchanged",
    [signed({ signingCertificate: "mismatch" })],
    "INDETERMINATE/NO_SIGNING_CERTIFICATE_FOUND",
    "timestamp_broken",
  ],
  [
    "no reference to the certificate",
    [signed({ signingCertificate: "missing" })],
    "INDETERMINATE/SIG_CONSTRAINTS_FAILURE",
    "timestamp_reference_missing",
  ],
  [
    "certificate for other purposes too",
    [{ usage: "not-sole" }],
    "INDETERMINATE/SIG_CONSTRAINTS_FAILURE",
    "timestamp_usage",
  ],
  [
    "certificate not for signing",
    [{}, { keyUsage: ["keyEncipherment"] }],
    "INDETERMINATE/CHAIN_CONSTRAINTS_FAILURE",
    "timestamp_usage",
  ],
  ["from the future", [{ genTime: iso("2027-03-02") }], "INDETERMINATE/TRY_LATER", "timestamp_from_future"],
  [
    "before its certificate",
    [{}, { notBefore: iso("2027-01-16") }],
    "TOTAL_FAILED/NOT_YET_VALID",
    "timestamp_outside_certificate",
  ],
  [
    "after its certificate",
    [{}, { notAfter: iso("2027-01-14") }],
    "TOTAL_FAILED/EXPIRED",
    "timestamp_outside_certificate",
  ],
  ["unit not trusted", [{}, { paths: [] }], "INDETERMINATE/NO_CERTIFICATE_CHAIN_FOUND", "timestamp_untrusted"],
  [
    "unit expired since",
    [{}, { notAfter: iso("2027-02-01") }],
    "INDETERMINATE/OUT_OF_BOUNDS_NO_POE",
    "timestamp_expired",
  ],
  [
    "status of the unit unknown",
    [{}, { crlUris: ["http://crl.example/"] }],
    "INDETERMINATE/TRY_LATER",
    "timestamp_status_unknown",
  ],
  ["imprint by SHA-1", [{ imprintHash: "SHA-1" }], "INDETERMINATE/CRYPTO_CONSTRAINTS_FAILURE_NO_POE", "timestamp_weak"],
  [
    "key too short",
    [
      signed({ signatureAlgorithm: { kind: "rsa-pss", hash: "SHA-256" } }),
      { key: { kind: "rsa", bits: 1024, curve: null } },
    ],
    "INDETERMINATE/CRYPTO_CONSTRAINTS_FAILURE_NO_POE",
    "timestamp_weak",
  ],
];

for (const [name, input, ending, code] of BAD)
  test(`a timestamp proves nothing: ${name}`, () => {
    const got = stamp(...input);
    expect(got.ending).toBe(ending);
    expect(got.code).toBe(code);
    expect(got.report.sevenFields.signingTime).toMatchObject({ source: "claimed", proven: null });
    expect(codes(got.report)).toEqual(expect.arrayContaining(["timestamp_not_used", "time_only_claimed"]));
    expect(got.report.subIndication).toBe("OUT_OF_BOUNDS_NO_POE");
  });

test("a revoked unit proves nothing, whenever its timestamp says that it was made", () => {
  const gone = (revokedAt: string) => {
    const about = revocation("tsa", { status: "revoked", revokedAt: iso(revokedAt), signer: "root" });
    return judged({ facts: facts({ revocation: [about] }) }).signatures[0]?.timestamps[0];
  };
  for (const time of ["2027-01-01", "2027-02-01"])
    expect(gone(time)).toMatchObject({ subIndication: "REVOKED_NO_POE", trust: "untrusted" });
});

test("a unit's status is good enough from the time of its timestamp; the policy can ask for now", () => {
  const named = { ...tsa, crlUris: ["http://crl.example/"] };
  const about = revocation("tsa", { signer: "root", thisUpdate: iso("2027-01-15"), nextUpdate: iso("2027-01-22") });
  const given = withCertificates({ tsa: named }, { revocation: [about] });
  expect(one({ facts: given }).verdict).toBe("VALID");
  const strict = one({ facts: given, policy: { timestampStatus: "now" } });
  expect(strict.timestamps[0]?.subIndication).toBe("TRY_LATER");
  expect(strict.verdict).toBe("CANNOT_TELL");
});

test("of several timestamps the earliest that passes counts, bad ones beside it do no harm", () => {
  const many = [
    timestamp({ genTime: iso("2027-01-15T03:05:00"), serial: "02" }),
    timestamp({ imprint: "mismatch", genTime: iso("2027-01-15T02:56:00") }),
    timestamp({ genTime: iso("2027-01-15T03:01:00") }),
  ];
  const report = one({ facts: withCms({ timestamps: many }) });
  expect(report.sevenFields.signingTime.proven).toBe(iso("2027-01-15T03:01:00"));
  expect(report.verdict).toBe("VALID");
  expect(codes(report)).toContain("timestamp_not_used");
});

test("a document timestamp alone proves a signature that it covers, and none that it does not", () => {
  const covered = (stampedBy: number[]) =>
    facts({
      signatures: [signature({ cover: cover({ wholeFile: false, stampedBy }) }, { timestamps: [] })],
      documentTimestamps: [documentTimestamp({ timestamp: timestamp({ genTime: iso("2027-01-15T03:05:00") }) })],
    });
  expect(one({ facts: covered([0]) })).toMatchObject({ verdict: "VALID", level: "B-T" });
  expect(one({ facts: covered([]) })).toMatchObject({ verdict: "CANNOT_TELL", level: "B-B" });
});

test("a document timestamp that does not cover the file as it must proves nothing", () => {
  const given = facts({
    signatures: [signature({ cover: cover({ wholeFile: false, stampedBy: [0] }) }, { timestamps: [] })],
    documentTimestamps: [
      documentTimestamp({
        cover: cover({ problems: ["gap_is_not_contents"] }),
        timestamp: timestamp({ genTime: iso("2027-01-15T03:05:00") }),
      }),
    ],
  });
  expect(judged({ facts: given }).documentTimestamps[0]).toMatchObject({
    kind: "document",
    indication: "TOTAL_FAILED",
    subIndication: "FORMAT_FAILURE",
  });
  expect(one({ facts: given }).verdict).toBe("CANNOT_TELL");
});

test("a time proved by a unit of a test is of a test", () => {
  const own = { ...tsa, paths: [{ certificates: ["tsa"], anchor: "demo", violations: [] }] };
  const { root } = facts().anchors;
  if (root === undefined) throw new Error("no root");
  const report = one({ facts: withCertificates({ tsa: own }, { anchors: { root, demo: { ...root, test: true } } }) });
  expect(report).toMatchObject({ verdict: "VALID", test: true, equivalentToHandwritten: false });
});

test("a digest by SHA-1 makes a timestamp weak; a unit that hashes on its own has none", () => {
  expect(stamp(signed({ digestAlgorithm: "SHA-1" })).code).toBe("timestamp_weak");
  const own = signed({ digestAlgorithm: null, signatureAlgorithm: { kind: "eddsa", hash: null } });
  expect(stamp(own).found.indication).toBe("TOTAL_PASSED");
});
