import { expect, test } from "vitest";
import type { CertificateFacts, RevocationFacts } from "../../lib/facts/facts.ts";
import type { Policy } from "../../lib/validate/policy.ts";
import {
  CERTIFICATES,
  certificate,
  cover,
  documentTimestamp,
  iso,
  lasting,
  NOW,
  path,
  revocation,
  SIGNED,
  signature,
  timestamp,
  withSigner,
} from "./facts.ts";
import { codes, ending, one, withCertificates } from "./one.ts";

const PASSED = "TOTAL_PASSED/null VALID";
const LATER = "INDETERMINATE/TRY_LATER CANNOT_TELL";
const unstamped = signature({}, { timestamps: [] });

type Data = Parameters<typeof revocation>[1];

/** What comes out where only this is known of the signer, with a trusted timestamp or without one. */
const stamped = (...data: Data[]) =>
  one({ facts: withSigner({}, { revocation: data.map((d) => revocation("signer", d)) }) });
const bare = (data: readonly Data[], policy: Partial<Policy> = {}, signerChanges: Partial<CertificateFacts> = {}) =>
  one({
    facts: withSigner(signerChanges, {
      signatures: [unstamped],
      revocation: data.map((changes) => revocation("signer", changes)),
    }),
    policy,
  });

test("who names a source must be known of; who names none is said to be unknown, and passes", () => {
  expect(ending(bare([]))).toBe(LATER);
  expect(bare([]).trust).toBe("indeterminate");
  expect(codes(bare([]))).toEqual(expect.arrayContaining(["status_unknown", "revocation_missing"]));
  const silent = bare([], {}, { crlUris: [] });
  expect(ending(silent)).toBe(PASSED);
  expect(codes(silent)).toContain("revocation_no_source");
});

test("the policy decides whom else it must be known of", () => {
  expect(ending(bare([], { revocation: "required" }, { crlUris: [] }))).toBe(LATER);
  expect(ending(bare([], { revocation: "warn" }))).toBe(PASSED);
  expect(codes(bare([], { revocation: "warn" }))).toContain("revocation_not_checked");
  expect(ending(bare([{ status: "revoked", revokedAt: iso("2027-01-01") }], { revocation: "warn" }))).toMatch(
    /INVALID$/,
  );
});

test("short-term certificates, noRevAvail and ocsp-nocheck need no status; data that is there counts all the same", () => {
  for (const free of [{ shortTerm: true }, { noRevAvail: true }, { ocspNoCheck: true }]) {
    expect(ending(bare([], {}, free))).toBe(PASSED);
    const strict = withSigner(free, { signatures: [unstamped], revocation: [revocation("ca", { signer: "root" })] });
    expect(ending(one({ facts: strict, policy: { revocation: "required" } }))).toBe(PASSED);
    expect(ending(bare([{ status: "revoked", revokedAt: iso("2027-01-01") }], {}, free))).toMatch(/INVALID$/);
  }
});

test("revoked after the proven time is no matter, before it or at it is", () => {
  const at = (revokedAt: string) => stamped({ status: "revoked", revokedAt: iso(revokedAt), reason: "keyCompromise" });
  expect(ending(at("2027-01-15T03:00:00.001Z"))).toBe(PASSED);
  expect(codes(at("2027-01-15T03:00:00.001Z"))).toContain("revoked_later");
  expect(ending(at(SIGNED))).toBe("INDETERMINATE/REVOKED_NO_POE INVALID");
  expect(codes(at(SIGNED))).toContain("revoked_when_signed");
  expect(at(SIGNED).trust).toBe("untrusted");
});

test("revoked, and the time only claimed: before it nothing can be told, after it the signature is refused", () => {
  const revoked = (revokedAt: string) => ending(bare([{ status: "revoked", revokedAt: iso(revokedAt) }]));
  expect(revoked("2027-02-01")).toBe("INDETERMINATE/REVOKED_NO_POE CANNOT_TELL");
  expect(revoked("2027-01-10")).toBe("INDETERMINATE/REVOKED_NO_POE INVALID");
  const silent = signature({ claimed: null }, { timestamps: [] });
  const facts = withSigner(
    {},
    { signatures: [silent], revocation: [revocation("signer", { status: "revoked", revokedAt: iso("2027-02-01") })] },
  );
  expect(one({ facts }).verdict).toBe("INVALID");
});

test("a revocation that begins after the moment of checking has not begun", () => {
  expect(ending(bare([{ status: "revoked", revokedAt: iso("2027-03-02") }]))).toBe(PASSED);
});

test("a revocation is believed however old the list is, and from a list of the future", () => {
  const old = {
    status: "revoked",
    revokedAt: iso("2027-01-01"),
    nextUpdate: iso("2027-01-10"),
    thisUpdate: iso("2027-01-02"),
  } as const;
  expect(ending(bare([old]))).toMatch(/REVOKED_NO_POE INVALID$/);
  expect(ending(bare([{ ...old, thisUpdate: iso("2027-04-01"), nextUpdate: null }]))).toMatch(
    /REVOKED_NO_POE INVALID$/,
  );
  expect(ending(bare([old, {}]))).toMatch(/REVOKED_NO_POE INVALID$/);
  expect(ending(bare([{}, old]))).toMatch(/REVOKED_NO_POE INVALID$/);
});

test("a good status from a list of the future says nothing", () => {
  expect(ending(bare([{ thisUpdate: iso("2027-03-02") }]))).toBe(LATER);
});

test("suspended is not revoked: nothing can be told until it ends; a later good answer has ended it", () => {
  const hold = {
    status: "revoked",
    reason: "certificateHold",
    revokedAt: iso("2027-02-01"),
    thisUpdate: iso("2027-02-20"),
  } as const;
  expect(ending(bare([hold]))).toBe(LATER);
  expect(codes(bare([hold]))).toContain("suspended");
  expect(ending(bare([hold, { thisUpdate: iso("2027-02-28") }]))).toBe(PASSED);
  expect(ending(bare([hold, { thisUpdate: iso("2027-02-19") }]))).toBe(LATER);
  expect(ending(stamped(hold))).toBe(PASSED);
  // Only a delta CRL may say so (RFC 5280 §5.3.1), and none is taken.
  expect(ending(bare([{ ...hold, reason: "removeFromCRL" }]))).toBe(LATER);
});

test("good data must be fresh for the moment that counts, or younger than it", () => {
  const dated = (thisUpdate: string, nextUpdate: string | null): Data => ({
    thisUpdate: iso(thisUpdate),
    nextUpdate: nextUpdate === null ? null : iso(nextUpdate),
  });
  // Counted from now, where nothing proves an earlier time.
  expect(ending(bare([dated("2027-02-28", "2027-03-01")]))).toBe(PASSED);
  expect(ending(bare([dated("2027-02-28", "2027-02-28T23:59:59.999Z")]))).toBe(LATER);
  expect(codes(bare([dated("2027-02-27", "2027-02-28")]))).toContain("revocation_stale");
  // Counted from the proven time, 15 January.
  expect(ending(stamped(dated("2027-01-14", "2027-01-16")))).toBe(PASSED);
  expect(ending(stamped(dated("2027-01-16", "2027-01-17")))).toBe(PASSED);
  expect(ending(stamped(dated("2027-01-13", "2027-01-14")))).toBe(LATER);
});

test("a response without nextUpdate lasts a day, and the policy may shorten any", () => {
  const undated = (thisUpdate: string): Data => ({ nextUpdate: null, thisUpdate: iso(thisUpdate) });
  expect(ending(bare([undated("2027-02-28")]))).toBe(PASSED);
  expect(ending(bare([undated("2027-02-27T23:59:59.999Z")]))).toBe(LATER);
  const hour = { maxResponseAge: 3_600_000 };
  expect(ending(bare([{}], hour))).toBe(LATER);
  expect(ending(bare([{ thisUpdate: iso("2027-02-28T23:00:00Z") }], hour))).toBe(PASSED);
});

test("a CA may drop what has expired: a good status from after the end says nothing", () => {
  const ended = withSigner({ notAfter: iso("2027-02-01") }, { revocation: [revocation("signer")] });
  expect(ending(one({ facts: ended }))).toBe(LATER);
  const before = withSigner(
    { notAfter: iso("2027-02-01") },
    { revocation: [revocation("signer", { thisUpdate: iso("2027-01-31") })] },
  );
  expect(ending(one({ facts: before }))).toBe(PASSED);
});

test("what is badly signed, by nobody who may, or not understood says nothing", () => {
  const bad: readonly Data[] = [
    { signature: "invalid" },
    { signature: "unsupported" },
    { signer: null, signature: "no-certificate" },
    { authority: "none" },
    { problems: ["unknown_critical_extension"] },
    { algorithm: { kind: "ecdsa", hash: "SHA-1" } },
    { algorithm: null },
    { status: "unknown" },
  ];
  for (const data of bad) {
    expect(ending(bare([data])), JSON.stringify(data)).toBe(LATER);
    expect(ending(bare([data, {}]))).toBe(PASSED);
    // Whoever gave it wanted it looked at: a certificate that names no source is then not simply passed.
    expect(ending(bare([data], {}, { crlUris: [] }))).toBe(LATER);
  }
  expect(ending(bare([{ status: "revoked", revokedAt: iso("2027-01-01"), signature: "invalid" }, {}]))).toBe(PASSED);
  expect(codes(bare([{ status: "unknown" }]))).toContain("revocation_unknown");
});

test("partial lists count together, and only when no reason is left open", () => {
  const partial = (...missingReasons: string[]): Data => ({ missingReasons });
  expect(ending(bare([partial("keyCompromise")]))).toBe(LATER);
  expect(ending(bare([partial("keyCompromise"), partial("superseded")]))).toBe(PASSED);
  expect(ending(bare([partial("keyCompromise", "superseded"), partial("superseded")]))).toBe(LATER);
});

const responder = (changes: Partial<CertificateFacts> = {}) =>
  certificate("Responder", { paths: path("responder", "ca"), ocspNoCheck: true, ...changes });
const answered = (who: CertificateFacts, changes: Data = {}, more: readonly RevocationFacts[] = []) =>
  one({
    facts: withCertificates(
      { signer: lasting(), responder: who },
      {
        signatures: [unstamped],
        revocation: [
          revocation("signer", {
            kind: "ocsp",
            signer: "responder",
            authority: "delegated",
            producedAt: iso("2027-02-28"),
            ...changes,
          }),
          ...more,
        ],
      },
    ),
  });

test("a responder must be in its period when it answers, and may not be revoked itself", () => {
  expect(ending(answered(responder()))).toBe(PASSED);
  expect(ending(answered(responder({ notBefore: iso("2027-03-01") })))).toBe(LATER);
  expect(ending(answered(responder({ notAfter: iso("2027-02-27") })))).toBe(
    "INDETERMINATE/REVOCATION_OUT_OF_BOUNDS_NO_POE CANNOT_TELL",
  );
  const asked = responder({ ocspNoCheck: false, crlUris: ["http://crl.example/"] });
  expect(ending(answered(asked))).toBe(LATER);
  const about = (changes: Data) => answered(asked, {}, [revocation("responder", changes)]);
  expect(ending(about({}))).toBe(PASSED);
  expect(ending(about({ status: "revoked", revokedAt: iso("2027-02-20") }))).toBe(LATER);
  expect(ending(answered(responder({ ocspNoCheck: false })))).toBe(PASSED);
});

test("a responder that vouches for itself, or two for each other, come to an end", () => {
  const asked = responder({ ocspNoCheck: false, crlUris: ["http://crl.example/"] });
  const own = { kind: "ocsp", signer: "responder", authority: "delegated" } as const;
  expect(ending(answered(asked, {}, [revocation("responder", own)]))).toBe(LATER);
  const many = Array.from({ length: 300 }, () => revocation("responder", own));
  expect(ending(answered(asked, {}, many))).toBe(LATER);
});

test("a CRL signer with a key of its own must lead to the same anchor", () => {
  const listed = (changes: Partial<CertificateFacts>, more: readonly RevocationFacts[] = []) =>
    one({
      facts: withCertificates(
        { signer: lasting(), lister: certificate("Issuing CA", { paths: path("lister"), ...changes }) },
        {
          signatures: [unstamped],
          revocation: [revocation("signer", { signer: "lister", authority: "same-name" }), ...more],
        },
      ),
    });
  expect(ending(listed({}))).toBe(PASSED);
  expect(ending(listed({ paths: [] }))).toBe(LATER);
  expect(ending(listed({ paths: [{ certificates: ["lister"], anchor: "other", violations: [] }] }))).toBe(LATER);
  expect(ending(listed({ notAfter: iso("2027-02-01") }))).toMatch(/REVOCATION_OUT_OF_BOUNDS_NO_POE/);
  const gone = revocation("lister", { status: "revoked", revokedAt: iso("2027-01-01"), signer: "root" });
  expect(ending(listed({}, [gone]))).toBe(LATER);
});

test("what an expired responder said lasts where a document timestamp proves it older", () => {
  const gone = responder({ notAfter: iso("2027-02-10") });
  const data: Data = { thisUpdate: iso("2027-01-20"), producedAt: iso("2027-01-20"), stampedBy: [0] };
  const lasts = (genTime: string) =>
    ending(
      one({
        facts: withCertificates(
          { signer: lasting(), responder: gone },
          {
            signatures: [signature({ cover: cover({ stampedBy: [0] }) })],
            documentTimestamps: [documentTimestamp({ timestamp: timestamp({ genTime: iso(genTime) }) })],
            revocation: [revocation("signer", { kind: "ocsp", signer: "responder", authority: "delegated", ...data })],
          },
        ),
      }),
    );
  expect(lasts("2027-02-01")).toBe(PASSED);
  expect(lasts("2027-02-11")).toMatch(/REVOCATION_OUT_OF_BOUNDS_NO_POE CANNOT_TELL$/);
});

test("after its CA was revoked, only what is proved to be older than that counts", () => {
  const caGone = revocation("ca", { status: "revoked", revokedAt: iso("2027-02-10"), signer: "root" });
  const about = (changes: Data, stampedBy: number[] = [0]) =>
    one({
      facts: withSigner(
        {},
        {
          signatures: [signature({ cover: cover({ stampedBy: [0] }) })],
          documentTimestamps: [documentTimestamp()],
          revocation: [caGone, revocation("signer", { thisUpdate: iso("2027-01-20"), stampedBy, ...changes })],
        },
      ),
    });
  expect(ending(about({}))).toBe(PASSED);
  expect(codes(about({}))).toContain("ca_revoked_later");
  expect(ending(about({}, []))).toBe("INDETERMINATE/REVOKED_CA_NO_POE CANNOT_TELL");
});

test("a revocation told by a CA that was itself revoked since proves nothing, and is not passed over", () => {
  const caGone = revocation("ca", { status: "revoked", revokedAt: iso("2027-02-10"), signer: "root" });
  const told = revocation("signer", { status: "revoked", revokedAt: iso("2027-01-10") });
  for (const shortTerm of [false, true])
    expect(ending(one({ facts: withSigner({ shortTerm }, { revocation: [caGone, told] }) }))).toBe(
      "INDETERMINATE/REVOKED_CA_NO_POE CANNOT_TELL",
    );
});

test("the anchor itself is never asked about", () => {
  const gone = revocation("root", { status: "revoked", revokedAt: iso("2021-01-01"), signer: "root" });
  expect(
    one({ facts: withCertificates({ root: CERTIFICATES.root ?? certificate("Root") }, { revocation: [gone] }) })
      .verdict,
  ).toBe("VALID");
});

test("an intermediate CA of which nothing is known blocks like the signer itself", () => {
  const named = certificate("Issuing CA", { paths: path("ca"), crlUris: ["http://crl.example/"] });
  expect(ending(one({ facts: withCertificates({ ca: named }) }))).toBe(LATER);
  const known = revocation("ca", { signer: "root" });
  expect(ending(one({ facts: withCertificates({ ca: named }, { revocation: [known] }) }))).toBe(PASSED);
});

test("a revocation without a date counts from the beginning", () => {
  expect(ending(stamped({ status: "revoked" }))).toMatch(/REVOKED_NO_POE INVALID$/);
});

test("to the very moment: suspended then is suspended, and what is as old as its signer's end still counts", () => {
  const hold = { status: "revoked", reason: "certificateHold" } as const;
  expect(ending(stamped({ ...hold, revokedAt: SIGNED }))).toBe(LATER);
  const last = withSigner(
    { notAfter: iso("2027-02-01") },
    { revocation: [revocation("signer", { thisUpdate: iso("2027-02-01") })] },
  );
  expect(ending(one({ facts: last }))).toBe(PASSED);
  expect(ending(answered(responder({ notAfter: new Date(NOW).toISOString() })))).toBe(PASSED);
  expect(ending(answered(responder({ notBefore: iso("2027-02-28") })))).toBe(PASSED);
});

test("a responder is held to when it produced its answer, not to what the answer is about", () => {
  expect(ending(answered(responder(), { producedAt: iso("2040-01-01") }))).toBe(LATER);
  expect(ending(answered(responder({ notBefore: iso("2027-02-28") }), { thisUpdate: iso("2027-02-27") }))).toBe(PASSED);
});

test("a responder right below the anchor has a period of its own", () => {
  const rooted = (changes: Partial<CertificateFacts>) =>
    one({
      facts: withCertificates(
        {
          ca: certificate("CA", { paths: path("ca"), ocspUris: ["http://ocsp.example/"] }),
          responder: responder({ paths: path("responder"), ...changes }),
        },
        { revocation: [revocation("ca", { kind: "ocsp", signer: "responder", authority: "delegated" })] },
      ),
    });
  expect(ending(rooted({}))).toBe(PASSED);
  expect(ending(rooted({ notAfter: iso("2027-02-28") }))).toMatch(/REVOCATION_OUT_OF_BOUNDS_NO_POE/);
});

test("not even a lenient policy believes a responder that was revoked", () => {
  const asked = responder({ ocspNoCheck: false });
  const facts = withCertificates(
    { signer: lasting(), responder: asked },
    {
      signatures: [unstamped],
      revocation: [
        revocation("signer", {
          signer: "responder",
          authority: "delegated",
          status: "revoked",
          revokedAt: iso("2027-01-01"),
        }),
        revocation("responder", { status: "revoked", revokedAt: iso("2026-12-01") }),
      ],
    },
  );
  expect(ending(one({ facts, policy: { revocation: "warn" } }))).toBe(PASSED);
});

test("every CA above a CRL signer must stand", () => {
  const below = (changes: Data) =>
    one({
      facts: withCertificates(
        {
          signer: lasting(),
          lister: certificate("Issuing CA", { paths: path("lister", "sub") }),
          sub: certificate("Sub CA", { paths: path("sub") }),
        },
        {
          signatures: [unstamped],
          revocation: [
            revocation("signer", { signer: "lister", authority: "same-name" }),
            revocation("sub", { signer: "root", ...changes }),
          ],
        },
      ),
    });
  expect(ending(below({}))).toBe(PASSED);
  expect(ending(below({ status: "revoked", revokedAt: iso("2027-01-01") }))).toBe(LATER);
});

test("the heaviest trouble of a path is told, wherever in it", () => {
  const named = certificate("Issuing CA", { paths: path("ca"), crlUris: ["http://crl.example/"] });
  const gone = revocation("signer", { status: "revoked", revokedAt: iso("2027-01-01") });
  const both = withCertificates({ signer: lasting(), ca: named }, { signatures: [unstamped], revocation: [gone] });
  expect(one({ facts: both }).subIndication).toBe("REVOKED_NO_POE");
});

test("what is proved to be as old as the revocation of its CA is too young", () => {
  const caGone = revocation("ca", { status: "revoked", revokedAt: iso("2027-02-01"), signer: "root" });
  const given = withSigner(
    {},
    {
      signatures: [signature({ cover: cover({ stampedBy: [0] }) })],
      documentTimestamps: [documentTimestamp()],
      revocation: [caGone, revocation("signer", { thisUpdate: iso("2027-01-20"), stampedBy: [0] })],
    },
  );
  expect(one({ facts: given }).subIndication).toBe("REVOKED_CA_NO_POE");
});

test("a revoked CA weighs more than a signer of whom nothing is known", () => {
  const gone = revocation("ca", { status: "revoked", revokedAt: iso("2027-01-01"), signer: "root" });
  const given = withSigner({}, { signatures: [unstamped], revocation: [gone] });
  const report = one({ facts: given });
  expect(ending(report)).toBe("INDETERMINATE/REVOKED_CA_NO_POE INVALID");
  expect(codes(report)).toContain("revoked_when_signed");
  expect(codes(report)).not.toContain("ca_revoked");
});
