import { expect, test } from "vitest";
import type { Facts, StandingFacts } from "../../lib/facts/facts.ts";
import { oneTimeCertificates, withStandings } from "../../lib/validate/standings.ts";
import { POLICY } from "../../lib/x509/policy-arc.ts";
import { certificate, facts } from "./facts.ts";
import { codes, judged, withCertificates, withSignerInfo } from "./one.ts";

/** The certificate of the first signature. */
const SIGNER = judged().signatures[0]?.chain[0]?.sha256 ?? "";

const DISPUTED: StandingFacts = { disputedAt: "2027-01-16T00:00:00.000Z", assistedBy: null };
const QUIET: StandingFacts = { disputedAt: null, assistedBy: null };
const HELPED: StandingFacts = { disputedAt: null, assistedBy: { unit: "UBND phường {unit} $&" } };
const told = (standing: StandingFacts, given: Facts = facts()) =>
  judged({ facts: { ...given, standings: { [SIGNER]: standing } } });

test("a signature that its signer denies is not settled, whatever the mathematics says; indication and rules stay", () => {
  const before = judged();
  const after = told(DISPUTED);
  expect(before.verdict).toBe("VALID");
  expect(after.verdict).toBe("CANNOT_TELL");
  const [one, other] = [before.signatures[0], after.signatures[0]];
  expect(other).toMatchObject({ verdict: "CANNOT_TELL", indication: "TOTAL_PASSED", equivalentToHandwritten: false });
  expect(other?.rules).toEqual(one?.rules);
  expect(other?.findings[0]).toMatchObject({ code: "signature_disputed", severity: "error" });
  expect(other?.findings[0]?.vi).toBe("Chữ ký đúng kỹ thuật nhưng người ký báo KHÔNG phải mình ký.");
  for (const code of ["equivalent", "recipient_decides"]) expect(codes(other ?? { findings: [] })).not.toContain(code);
});

test("the same facts give the same verdict: standings among them or told afterwards", () => {
  for (const standing of [DISPUTED, QUIET, HELPED, "unknown"] as const)
    expect(withStandings(judged(), { [SIGNER]: standing })).toEqual(told(standing));
});

test("what is broken stays broken, and nobody calls it technically right", () => {
  const broken = told(DISPUTED, withSignerInfo({ messageDigest: "mismatch" }));
  expect(broken.verdict).toBe("INVALID");
  expect(codes(broken.signatures[0] ?? { findings: [] })).not.toContain("signature_disputed");
});

test("an undisputed signature is as it was; help is told with the office's name as it is", () => {
  expect(told(QUIET)).toEqual(judged());
  const helped = told(HELPED);
  expect(helped.verdict).toBe("VALID");
  expect(helped.signatures[0]?.findings.find(({ code }) => code === "assisted_by")).toEqual({
    code: "assisted_by",
    severity: "info",
    vi: "Có cán bộ hỗ trợ người ký: UBND phường {unit} $&.",
    en: "An officer helped the signer: UBND phường {unit} $&.",
  });
});

test("an issuer that did not answer is told, and decides nothing", () => {
  const unknown = told("unknown");
  expect(unknown.verdict).toBe("VALID");
  expect(codes(unknown.signatures[0] ?? { findings: [] })).toContain("standing_unknown");
});

test("what is said of another certificate, or of a member that every object has, is said of nobody here", () => {
  const standings = { other: DISPUTED, ["0".repeat(64)]: DISPUTED };
  expect(withStandings(judged(), standings)).toEqual(judged());
  expect(withStandings(judged(), {})).toEqual(judged());
});

test("only one-time certificates of intact signatures with a way to an anchor are asked about", () => {
  const before = facts().certificates[SIGNER] ?? certificate("Signer");
  const oneTime = { ...before, policies: [POLICY.oneTimeCertificate], serial: "5".repeat(32) };
  const asked = (given: Facts) => oneTimeCertificates(given, judged({ facts: given }));
  const ours = withCertificates({ [SIGNER]: oneTime });
  const anchor = judged().signatures[0]?.chain.find((link) => link.anchor)?.sha256;
  expect(asked(ours)).toEqual([{ certificate: SIGNER, serial: "5".repeat(32), anchor }]);
  // The same one twice is asked about once.
  expect(asked({ ...ours, signatures: [...ours.signatures, ...ours.signatures] })).toHaveLength(1);
  for (const changed of [
    { ...oneTime, policies: ["1.2.3"] },
    { ...oneTime, serial: "5".repeat(30) },
    { ...oneTime, serial: "5".repeat(40) },
    { ...oneTime, paths: [] },
  ])
    expect(asked(withCertificates({ [SIGNER]: changed }))).toEqual([]);
  const broken = withSignerInfo({ messageDigest: "mismatch" });
  expect(asked({ ...broken, certificates: ours.certificates })).toEqual([]);
});
