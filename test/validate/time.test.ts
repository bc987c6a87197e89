import { expect, test } from "vitest";
import {
  anchor,
  CERTIFICATES,
  certificate,
  cover,
  documentTimestamp,
  facts,
  iso,
  NOW,
  path,
  revocation,
  SIGNED,
  signature,
  signer,
  timestamp,
  withSigner,
} from "./facts.ts";
import { codes, ending, judged, one, withCertificates, withCms, withSignature } from "./one.ts";

const unstamped = signature({}, { timestamps: [] });
const oneTime = CERTIFICATES.signer ?? certificate("Signer");
const tsa = CERTIFICATES.tsa ?? certificate("TSA");
const YEARS_LATER = Date.parse("2035-06-01");
const TSA_GONE = Date.parse("2037-01-01");

/** What a certificate that lives for minutes must lead to, row by row. */
const ONE_TIME: readonly (readonly [string, Parameters<typeof one>[0], string])[] = [
  [
    "B-B, after notAfter",
    { facts: facts({ signatures: [unstamped] }) },
    "INDETERMINATE/OUT_OF_BOUNDS_NO_POE CANNOT_TELL",
  ],
  [
    "B-B, within its minutes",
    { facts: facts({ signatures: [unstamped] }), at: Date.parse(SIGNED) },
    "TOTAL_PASSED/null VALID",
  ],
  ["B-T, genTime in the period, months later", {}, "TOTAL_PASSED/null VALID"],
  ["B-T, genTime in the period, years later", { at: YEARS_LATER }, "TOTAL_PASSED/null VALID"],
  [
    "genTime before notBefore",
    { facts: withCms({ timestamps: [timestamp({ genTime: "2027-01-15T02:54:59.999Z" })] }) },
    "TOTAL_FAILED/NOT_YET_VALID INVALID",
  ],
  [
    "genTime on notBefore",
    { facts: withCms({ timestamps: [timestamp({ genTime: "2027-01-15T02:55:00.000Z" })] }) },
    "TOTAL_PASSED/null VALID",
  ],
  [
    "genTime on notAfter",
    { facts: withCms({ timestamps: [timestamp({ genTime: "2027-01-15T03:10:00.000Z" })] }) },
    "TOTAL_PASSED/null VALID",
  ],
  [
    "genTime after notAfter",
    { facts: withCms({ timestamps: [timestamp({ genTime: "2027-01-15T03:10:00.001Z" })] }) },
    "INDETERMINATE/OUT_OF_BOUNDS_NO_POE CANNOT_TELL",
  ],
  [
    "timestamp of something else",
    { facts: withCms({ timestamps: [timestamp({ imprint: "mismatch" })] }) },
    "INDETERMINATE/OUT_OF_BOUNDS_NO_POE CANNOT_TELL",
  ],
  [
    "TSA not trusted",
    { facts: withCertificates({ tsa: { ...tsa, paths: [] } }) },
    "INDETERMINATE/OUT_OF_BOUNDS_NO_POE CANNOT_TELL",
  ],
  ["TSA certificate expired", { at: TSA_GONE }, "INDETERMINATE/OUT_OF_BOUNDS_NO_POE CANNOT_TELL"],
  [
    "moment of checking before the timestamp: as if it were not there",
    { at: Date.parse("2027-01-15T02:50:00Z") },
    "TOTAL_FAILED/NOT_YET_VALID INVALID",
  ],
  [
    "issuing CA expired since, timestamp good",
    { facts: withCertificates({ ca: { ...certificate("CA"), notAfter: iso("2027-02-01"), paths: path("ca") } }) },
    "TOTAL_PASSED/null VALID",
  ],
  [
    "weak algorithm after its end, proved to be older",
    {
      facts: withCertificates({ signer: { ...oneTime, key: { kind: "rsa", bits: 2048, curve: null } } }, rsaSigned()),
      at: YEARS_LATER,
    },
    "TOTAL_PASSED/null VALID",
  ],
];

function rsaSigned() {
  return {
    signatures: [signature({}, { signer: signer({ signatureAlgorithm: { kind: "rsa-pss", hash: "SHA-256" } }) })],
  };
}

for (const [name, input, expected] of ONE_TIME)
  test(`one-time certificate: ${name}`, () => expect(ending(one(input))).toBe(expected));

test("noRevAvail beside a CRL is the path's business, and ends as a broken path", () => {
  const paths = [
    { certificates: ["signer", "ca"], anchor: "root", violations: [{ code: "extension_malformed", certificate: 0 }] },
  ];
  const report = one({ facts: withCertificates({ signer: { ...oneTime, paths } }) });
  expect(ending(report)).toBe("INDETERMINATE/CERTIFICATE_CHAIN_GENERAL_FAILURE CANNOT_TELL");
  expect(report.trust).toBe("untrusted");
});

/** The TSA's certificate ends 2036; a document timestamp of 2035 by another unit covers everything. */
const renewed = (changes = {}) =>
  withCertificates(
    {
      tsa2: certificate("TSA 2", { paths: path("tsa2"), notAfter: iso("2046-01-01"), keyUsage: ["digitalSignature"] }),
    },
    {
      signatures: [signature({ cover: cover({ wholeFile: false, stampedBy: [0] }) })],
      documentTimestamps: [
        documentTimestamp({
          timestamp: timestamp({ genTime: iso("2035-06-01"), signer: signer({ certificate: "tsa2" }), ...changes }),
        }),
      ],
    },
  );

test("a timestamp whose unit has expired lasts where a later document timestamp proves it older", () => {
  const report = one({ facts: renewed(), at: TSA_GONE });
  expect(ending(report)).toBe("TOTAL_PASSED/null VALID");
  expect(report.sevenFields.signingTime).toEqual({
    time: SIGNED,
    source: "timestamp",
    proven: SIGNED,
    logged: null,
    claimed: SIGNED,
  });
});

test("a renewal that came too late, or by nobody who is trusted, renews nothing", () => {
  for (const changes of [
    { genTime: iso("2036-06-01") },
    { imprint: "mismatch" as const },
    { usage: "missing" as const },
  ])
    expect(ending(one({ facts: renewed(changes), at: TSA_GONE }))).toBe(
      "INDETERMINATE/OUT_OF_BOUNDS_NO_POE CANNOT_TELL",
    );
});

test("a chain of renewals is followed from the last to the first, in whatever order the fields stand", () => {
  const units = Object.fromEntries(
    [2036, 2046, 2056].map((year, index) => [
      `t${index}`,
      certificate(`T${index}`, { paths: path(`t${index}`), notAfter: iso(`${year}-01-01`) }),
    ]),
  );
  const stamp = (unit: string, year: number, stampedBy: number[]) =>
    documentTimestamp({
      cover: cover({ stampedBy }),
      timestamp: timestamp({ genTime: iso(`${year}-06-01`), signer: signer({ certificate: unit }) }),
    });
  const given = withCertificates(units, {
    anchors: { root: anchor({ notAfter: iso("2090-01-01") }) },
    signatures: [signature({ cover: cover({ stampedBy: [0, 1, 2] }) })],
    documentTimestamps: [stamp("t2", 2045, []), stamp("t0", 2028, [2, 0]), stamp("t1", 2035, [0])],
  });
  const at = Date.parse("2055-01-01");
  expect(judged({ facts: given, at }).documentTimestamps.map(({ indication }) => indication)).toEqual([
    "TOTAL_PASSED",
    "TOTAL_PASSED",
    "TOTAL_PASSED",
  ]);
  expect(one({ facts: given, at }).sevenFields.signingTime.proven).toBe(SIGNED);
  const broken = {
    ...given,
    documentTimestamps: [stamp("t2", 2047, []), stamp("t0", 2028, [2, 0]), stamp("t1", 2035, [0])],
  };
  expect(one({ facts: broken, at }).verdict).toBe("CANNOT_TELL");
});

test("without a timestamp a certificate that is valid now will do, and the time is called claimed", () => {
  const report = one({ facts: withSigner({}, { revocation: [revocation("signer")], signatures: [unstamped] }) });
  expect(ending(report)).toBe("TOTAL_PASSED/null VALID");
  expect(report.level).toBe("B-B");
  expect(report.sevenFields.signingTime).toMatchObject({ source: "claimed", proven: null, claimed: SIGNED });
  expect(codes(report)).toContain("time_only_claimed");
});

test("a signature that claims no time is judged for the moment of checking, and that is said", () => {
  const silent = signature({ claimed: null }, { timestamps: [] });
  const report = one({ facts: withSigner({}, { revocation: [revocation("signer")], signatures: [silent] }) });
  expect(report.sevenFields.signingTime).toMatchObject({ time: null, source: null });
  expect(codes(report)).toContain("time_unknown");
});

test("the claimed time is /M, and only without it the signed attribute", () => {
  const attribute = signature({ claimed: null }, { signer: signer({ signingTime: iso("2027-01-15T03:00:01") }) });
  expect(one({ facts: facts({ signatures: [attribute] }) }).sevenFields.signingTime.claimed).toBe(
    iso("2027-01-15T03:00:01"),
  );
});

test("a claim that cannot be right is named: after the proof, after now, outside of the certificate", () => {
  const claim = (time: string) => ({ claimed: { text: "", time: iso(time) } });
  expect(codes(one({ facts: withSignature(claim("2027-01-16")) }))).toContain("claimed_after_proven");
  const bare = (time: string) =>
    one({
      facts: withSigner(
        {},
        { revocation: [revocation("signer")], signatures: [signature(claim(time), { timestamps: [] })] },
      ),
    });
  expect(codes(bare("2027-03-02"))).toContain("claimed_in_future");
  expect(codes(bare("2026-05-01"))).toContain("claimed_outside_certificate");
  expect(bare("2026-05-01").sevenFields.validAtSigningTime).toBe("unknown");
  expect(bare("2026-06-02").sevenFields.validAtSigningTime).toBe("valid");
});

test("a timestamp from after the moment of checking does not count, but for the drift of clocks", () => {
  const near = one({ at: Date.parse(SIGNED) - 4 * 60_000 });
  expect(near).toMatchObject({ verdict: "VALID", sevenFields: { signingTime: { source: "timestamp" } } });
  const far = one({ at: Date.parse(SIGNED) - 6 * 60_000 });
  expect(far.timestamps[0]).toMatchObject({ indication: "INDETERMINATE", subIndication: "TRY_LATER" });
});

test("two saves stamped in the wrong order contradict each other; a second of rounding does not", () => {
  const order = (first: string, second: string) =>
    one({
      facts: facts({
        signatures: [
          signature({ cover: cover({ stampedBy: [0] }) }, { timestamps: [timestamp({ genTime: iso(first) })] }),
        ],
        documentTimestamps: [documentTimestamp({ timestamp: timestamp({ genTime: iso(second) }) })],
      }),
    }).subIndication;
  expect(order("2027-01-15T03:00:00.900Z", "2027-01-15T03:00:00Z")).toBeNull();
  expect(order("2027-01-15T03:00:01.001Z", "2027-01-15T03:00:00Z")).toBe("TIMESTAMP_ORDER_FAILURE");
});

test("a signature that covers an older timestamp cannot be older than it", () => {
  const first = signature({ cover: cover({ revision: 1, wholeFile: false }) });
  const second = (genTime: string) =>
    judged({
      facts: facts({
        signatures: [first, signature({ fieldName: "Two" }, { timestamps: [timestamp({ genTime: iso(genTime) })] })],
      }),
    }).signatures[1]?.subIndication;
  expect(second("2027-01-15T02:59:59.000Z")).toBeNull();
  expect(second("2027-01-15T02:59:58.999Z")).toBe("TIMESTAMP_ORDER_FAILURE");
});

test("far in the future nothing that rests on ended keys is believed any more", () => {
  expect(one({ at: Date.parse("2080-01-01") }).verdict).toBe("CANNOT_TELL");
});

/** The signer's anchor changes; the one that the TSA hangs on does not. */
const signerAnchor = (changes: Parameters<typeof anchor>[0]) =>
  withCertificates(
    { tsa: { ...tsa, paths: [{ certificates: ["tsa"], anchor: "other", violations: [] }] } },
    { anchors: { root: anchor(changes), other: anchor() } },
  );

test("an anchor counts in its window, at the moment that counts", () => {
  const within = (changes: Parameters<typeof anchor>[0]) => ending(one({ facts: signerAnchor(changes) }));
  const passed = "TOTAL_PASSED/null VALID";
  const outside = "INDETERMINATE/NO_CERTIFICATE_CHAIN_FOUND_NO_POE CANNOT_TELL";
  expect(within({ until: iso("2027-02-01") })).toBe(passed);
  expect(within({ until: iso("2027-01-01") })).toBe(outside);
  expect(within({ from: iso("2027-01-01") })).toBe(passed);
  expect(within({ from: iso("2027-02-01") })).toBe(outside);
  expect(within({ notAfter: iso("2027-02-01") })).toBe(passed);
  expect(within({ notAfter: iso("2027-01-01") })).toBe(outside);
});

test("an anchor for signatures vouches for no time, and one for timestamps for no signature", () => {
  const only = (use: "signature" | "timestamp") =>
    one({ facts: facts({ anchors: { root: anchor({ uses: [use] }) } }) });
  expect(only("signature").timestamps[0]).toMatchObject({
    subIndication: "NO_CERTIFICATE_CHAIN_FOUND",
    trust: "untrusted",
  });
  expect(codes(only("timestamp"))).toContain("anchor_not_for_this");
  expect(only("timestamp").trust).toBe("untrusted");
});

test("the best of several paths is taken, and the least bad one is told of", () => {
  const cross = (changes = {}) =>
    withCertificates({
      signer: {
        ...oneTime,
        paths: [
          { certificates: ["signer", "old"], anchor: "root", violations: [] },
          { certificates: ["signer", "ca"], anchor: "root", violations: [] },
        ],
      },
      old: certificate("Old CA", { notAfter: iso("2027-01-01"), paths: path("old"), ...changes }),
    });
  expect(one({ facts: cross() }).verdict).toBe("VALID");
  const { paths } = cross().certificates.signer ?? { paths: [] };
  const onlyOld = withCertificates({
    signer: { ...oneTime, paths: paths.slice(0, 1) },
    old: certificate("Old CA", { notAfter: iso("2027-01-01"), paths: path("old") }),
  });
  expect(one({ facts: onlyOld }).subIndication).toBe("OUT_OF_BOUNDS_NO_POE");
});

test("a certificate that is itself trusted needs no issuer, and ends with its period", () => {
  const direct = (at: number) =>
    one({
      facts: withCertificates(
        { signer: { ...oneTime, anchor: true, paths: [{ certificates: [], anchor: "signer", violations: [] }] } },
        {
          anchors: {
            root: anchor(),
            signer: anchor({ notBefore: oneTime.notBefore, notAfter: oneTime.notAfter, class: "OTHER_CONFIRMATION" }),
          },
          signatures: [unstamped],
        },
      ),
      at,
    });
  const report = direct(Date.parse(SIGNED));
  expect(report).toMatchObject({ verdict: "VALID", class: "OTHER_CONFIRMATION", trust: "trusted" });
  expect(codes(report)).toContain("directly_trusted");
  expect(report.chain).toEqual([{ subject: "CN=Root,C=VN", sha256: "signer", anchor: true }]);
  expect(direct(NOW).verdict).toBe("CANNOT_TELL");
});

test("of two bad paths the less bad one is told of", () => {
  const way = (id: string) => ({ certificates: ["signer", id], anchor: "root", violations: [] });
  const broken = { ...way("ca"), violations: [{ code: "signature_invalid", certificate: 0 }] };
  const old = certificate("Old CA", { notAfter: iso("2027-01-01"), paths: path("old") });
  for (const paths of [
    [broken, way("old")],
    [way("old"), broken],
  ])
    expect(one({ facts: withCertificates({ signer: { ...oneTime, paths }, old }) }).subIndication).toBe(
      "OUT_OF_BOUNDS_NO_POE",
    );
});

test("a path that stands now is enough, though its CA was certified anew since the signature", () => {
  const ca = certificate("Issuing CA", { paths: path("ca"), notBefore: iso("2027-02-01") });
  const given = withSigner({}, { revocation: [revocation("signer")] });
  expect(ending(one({ facts: { ...given, certificates: { ...given.certificates, ca } } }))).toBe(
    "TOTAL_PASSED/null VALID",
  );
});

test("a path that breaks a constraint and more is broken", () => {
  const violations = [
    { code: "name_excluded", certificate: 0 },
    { code: "signature_invalid", certificate: 1 },
  ];
  const paths = [{ certificates: ["signer", "ca"], anchor: "root", violations }];
  expect(one({ facts: withCertificates({ signer: { ...oneTime, paths } }) }).subIndication).toBe(
    "CERTIFICATE_CHAIN_GENERAL_FAILURE",
  );
});

test("a CA's certificate is as old as a document timestamp proves it, not as the signature", () => {
  const weak = (stampedBy: number[]) => {
    const given = signerAnchor({});
    const root = certificate("Root", { key: { kind: "rsa", bits: 2048, curve: null } });
    const ca = certificate("CA", { paths: path("ca"), signatureAlgorithm: { kind: "rsa-pss", hash: "SHA-256" } });
    return one({
      facts: {
        ...given,
        certificates: { ...given.certificates, root, ca },
        signatures: [signature({ cover: cover({ stampedBy }) })],
        documentTimestamps: [documentTimestamp()],
      },
      at: YEARS_LATER,
    });
  };
  expect(ending(weak([]))).toBe("INDETERMINATE/CRYPTO_CONSTRAINTS_FAILURE_NO_POE CANNOT_TELL");
  expect(ending(weak([0]))).toBe("TOTAL_PASSED/null VALID");
});

test("an algorithm that has ended since is told of where that does no harm, and only there", () => {
  const given = withCertificates(
    { signer: { ...oneTime, key: { kind: "rsa", bits: 2048, curve: null } } },
    rsaSigned(),
  );
  expect(codes(one({ facts: given, at: YEARS_LATER }))).toContain("algorithm_weak_proven");
  expect(codes(one({ facts: given }))).not.toContain("algorithm_weak_proven");
  expect(codes(one({ facts: given, at: TSA_GONE }))).not.toContain("algorithm_weak_proven");
});

test("a signature surely made outside of its certificate's period is not trusted", () => {
  const early = one({ facts: withCms({ timestamps: [timestamp({ genTime: "2027-01-15T02:50:00.000Z" })] }) });
  expect(early).toMatchObject({ subIndication: "NOT_YET_VALID", trust: "untrusted" });
  const stamped = documentTimestamp({
    cover: cover({ revision: 1 }),
    timestamp: timestamp({ genTime: iso("2027-01-16") }),
  });
  const late = one({ facts: facts({ signatures: [unstamped], documentTimestamps: [stamped] }) });
  expect(late).toMatchObject({ subIndication: "EXPIRED", trust: "untrusted" });
});
