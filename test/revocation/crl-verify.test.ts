import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as OID from "../../lib/asn1/oids.ts";
import { contents, readDer } from "../../lib/asn1/read.ts";
import { TAG } from "../../lib/asn1/tags.ts";
import {
  boolean,
  element,
  enumerated,
  explicit,
  generalizedTime,
  ia5String,
  implicit,
  integer,
  namedBitString,
  nullValue,
  octetString,
  oid,
  sequence,
  time,
} from "../../lib/asn1/write.ts";
import { concat } from "../../lib/bytes/bytes.ts";
import { type Crl, parseCrl } from "../../lib/revocation/crl.ts";
import { type CrlQuestion, verifyCrl } from "../../lib/revocation/crl-verify.ts";
import { isUsable, type RevocationStatement } from "../../lib/revocation/statement.ts";
import type { ExtensionInput } from "../../lib/x509/issue.ts";
import { writeName } from "../../lib/x509/write-name.ts";
import { flipBit, mutations, orFault, RUNS } from "../worlds/mutate.ts";
import { type AnyParty, newCa, newParty } from "../worlds/parties.ts";
import { NOW, newWorld } from "../worlds/world.ts";
import { DAY, extension, type RawCrl, rawCrl, rawEntry } from "./raw-crl.ts";

const world = await newWorld({ seed: "revocation/crl-verify" });
const ca = newCa(world, { commonName: "Issuer" });
const leaf = newParty(world, { issuer: ca });
const stranger = newCa(world, { commonName: "Stranger" });

const REVOKED = { entries: [rawEntry(leaf.certificate.serial, [reasonOf(1)])] };

test("a certificate that is not on the list of its issuer is good", async () => {
  const statement = await ask({ by: ca, entries: [rawEntry(Uint8Array.of(1))] });
  expect(statement).toMatchObject({
    kind: "crl",
    status: "good",
    revokedAt: undefined,
    reason: undefined,
    thisUpdate: NOW,
    nextUpdate: NOW + 7 * DAY,
    signature: "valid",
    authority: "issuer",
    signer: ca.certificate,
    algorithm: { kind: "ecdsa", hash: "SHA-256" },
    missingReasons: [],
    problems: [],
  });
  expect(usable(statement)).toBe(true);
});

test("one that is on it is revoked, with everything that the entry says", async () => {
  const invalidity = extension(OID.invalidityDate, generalizedTime(NOW - 2 * DAY));
  const entries = [rawEntry(leaf.certificate.serial, [reasonOf(4), invalidity])];
  const revoked = { status: "revoked", revokedAt: NOW - DAY, reason: "superseded", invalidityDate: NOW - 2 * DAY };
  expect(await ask({ by: ca, entries })).toMatchObject({ ...revoked, problems: [] });
  expect(await ask({ by: ca, version: "none", entries: [rawEntry(leaf.certificate.serial)] })).toMatchObject({
    status: "revoked",
    reason: undefined,
  });
});

test("a reason that has no name does not make it less revoked, and certificateHold is told", async () => {
  const statusFor = (reason: number) =>
    ask({ by: ca, entries: [rawEntry(leaf.certificate.serial, [reasonOf(reason)])] });
  expect(await statusFor(7)).toMatchObject({ status: "revoked", reason: undefined });
  expect(await statusFor(99)).toMatchObject({ status: "revoked", reason: undefined });
  expect(await statusFor(6)).toMatchObject({ status: "revoked", reason: "certificateHold" });
});

test("of two entries the earlier counts", async () => {
  const at = (days: number) => rawEntry(leaf.certificate.serial, [], time(NOW - days * DAY));
  for (const entries of [
    [at(3), at(5)],
    [at(5), at(3)],
  ])
    expect(await ask({ by: ca, entries })).toMatchObject({ revokedAt: NOW - 5 * DAY });
});

test("a CRL of another issuer is not about the certificate at all", async () => {
  expect(await ask({ by: stranger })).toBeUndefined();
});

describe("who signs", () => {
  test("not a stranger under the issuer's name, whether he is there or not", async () => {
    const impostor = newCa(world, { commonName: "Issuer", issuer: stranger });
    expect(await ask({ by: impostor, ...REVOKED })).toMatchObject({ signature: "invalid", signer: ca.certificate });
    const found = await ask({ by: impostor }, { candidates: [impostor.certificate] });
    // His own path must lead to the anchor; that is not asked here.
    expect(found).toMatchObject({ signature: "valid", authority: "same-name", signer: impostor.certificate });
  });

  test("one of the issuer's name whose key may sign CRLs, the one that the CRL names first", async () => {
    const signer = crlSigner(["cRLSign"]);
    const others = Array.from({ length: 20 }, () => crlSigner(["cRLSign"]).certificate);
    const identifier = extension(OID.authorityKeyIdentifier, sequence(implicit(0, subjectKey(signer))));
    const statement = await ask(
      { by: signer, extensions: [identifier] },
      { candidates: [...others, signer.certificate] },
    );
    expect(statement).toMatchObject({ signature: "valid", authority: "same-name", signer: signer.certificate });
  });

  test("no more keys are tried than are needed for an honest file", async () => {
    const signer = crlSigner(["cRLSign"]);
    const others = Array.from({ length: 20 }, () => crlSigner(["cRLSign"]).certificate);
    const statement = await ask({ by: signer }, { candidates: [...others, signer.certificate] });
    expect(statement?.problems).toEqual(["too_many_signers"]);
    expect(usable(statement)).toBe(false);
  });

  test("no more keys are tried on one CRL, whoever asks", async () => {
    const crl = parse({ by: ca });
    const issuers = Array.from({ length: 17 }, () => newCa(world, { commonName: "Issuer" }).certificate);
    const found = [];
    for (const issuer of issuers) found.push((await about(crl, { issuer }))?.problems);
    expect(found.slice(0, 16)).toEqual(Array.from({ length: 16 }, () => []));
    expect(found[16]).toEqual(["too_many_signers"]);
  });

  test("nobody whose key usage lacks cRLSign, the issuer itself included", async () => {
    const signer = crlSigner(["digitalSignature", "keyCertSign"]);
    const given = { candidates: [signer.certificate], issuer: signer.certificate };
    const statement = await ask({ by: signer }, given);
    expect(statement).toMatchObject({ signature: "no-certificate", authority: "none", problems: ["no_crl_sign"] });
    const free = newCa(world, { commonName: "Issuer", keyUsage: "none" });
    expect(await ask({ by: free }, { issuer: free.certificate })).toMatchObject({ authority: "issuer", problems: [] });
    const odd = newCa(world, {
      commonName: "Issuer",
      keyUsage: "none",
      extensions: [extension(OID.keyUsage, nullValue())],
    });
    expect(await ask({ by: odd }, { issuer: odd.certificate })).toMatchObject({ problems: ["no_crl_sign"] });
  });

  test("a second certificate of the same key is told, for a path that the first has not", async () => {
    const first = crlSigner(["cRLSign"]);
    const second = newParty(world, { key: first.key, issuer: stranger, commonName: "Issuer", keyUsage: ["cRLSign"] });
    const statement = await ask({ by: first }, { candidates: [first.certificate, second.certificate] });
    expect(statement).toMatchObject({ signer: first.certificate, alternatives: [second.certificate] });
  });

  test.each(["rsa", "rsa-pss", "p384", "ed25519"] as const)("a key of kind %s", async (key) => {
    const own = newCa(world, { commonName: "Issuer", key });
    expect(await ask({ by: own }, { issuer: own.certificate })).toMatchObject({ status: "good", signature: "valid" });
  });

  test("an algorithm that is not computed is told apart from a bad signature", async () => {
    const crl = parse({ by: ca });
    const odd = { ...crl, signatureAlgorithm: { ...crl.signatureAlgorithm, oid: "1.2.3" } };
    expect(await about(odd, {})).toMatchObject({ signature: "unsupported", algorithm: undefined });
  });

  test("nothing is computed when the allowance is used up", async () => {
    const spend = () => false;
    expect(await ask({ by: ca }, { allowance: { spend } })).toMatchObject({ signature: "unsupported" });
    expect(await ask({ by: ca }, { allowance: { spend: () => true } })).toMatchObject({ signature: "valid" });
  });
});

describe("a critical extension that is not understood", () => {
  test.each<[string, Omit<RawCrl, "by">]>([
    ["of the CRL", { ...REVOKED, extensions: [extension("1.2.3", nullValue(), true)] }],
    ["of the entry", { entries: [rawEntry(leaf.certificate.serial, [extension("1.2.3", nullValue(), true)])] }],
    ["of another's entry", { entries: [rawEntry(Uint8Array.of(1), [extension("1.2.3", nullValue(), true)])] }],
  ])("%s: the CRL says nothing", async (_, parts) => {
    const statement = await ask({ by: ca, ...parts });
    expect(statement).toMatchObject({ status: "unknown", problems: ["unknown_critical_extension"] });
    expect(usable(statement)).toBe(false);
  });

  test("one that is not critical, or is understood, changes nothing", async () => {
    for (const one of [extension("1.2.3", nullValue()), extension(OID.crlNumber, integer(1), true)])
      expect(await ask({ by: ca, extensions: [one] })).toMatchObject({ status: "good", problems: [] });
  });
});

describe("entries that cannot be used", () => {
  test.each<[string, string, Omit<RawCrl, "by">]>([
    [
      "a reason that is no number",
      "entry_malformed",
      { entries: [rawEntry(leaf.certificate.serial, [broken(OID.reasonCode)])] },
    ],
    ["removal from a complete CRL", "entry_malformed", { entries: [rawEntry(leaf.certificate.serial, [reasonOf(8)])] }],
    [
      "an extension twice",
      "entry_malformed",
      { entries: [rawEntry(leaf.certificate.serial, [reasonOf(1), reasonOf(2)])] },
    ],
    [
      "certificateIssuer in a CRL that is not indirect",
      "extension_malformed",
      { entries: [rawEntry(Uint8Array.of(1), [issuedBy(stranger)])] },
    ],
    [
      "a serial number a thousand times",
      "too_many_entries",
      { list: sequence(...Array.from({ length: 1025 }, () => rawEntry(leaf.certificate.serial))) },
    ],
  ])("%s", async (_, problem, parts) => {
    expect(await ask({ by: ca, ...parts })).toMatchObject({ status: "unknown", problems: [problem] });
  });
});

describe("the scope of a CRL", () => {
  const uri = "http://crl.example.test/1.crl";
  const points = (...list: readonly Uint8Array[]) => extension(OID.crlDistributionPoints, sequence(...list));
  const at = (name: string) => explicit(0, implicit(0, sequence(implicit(6, ia5String(name)))));
  const relative = (cn: string) => explicit(0, implicit(1, relativeName(cn)));
  const withPoints = (...list: readonly Uint8Array[]) => newParty(world, { issuer: ca, extensions: [points(...list)] });
  const scoped = (...parts: readonly Uint8Array[]) => ({
    by: ca,
    extensions: [extension(OID.issuingDistributionPoint, sequence(...parts), true)],
  });
  const says = async (party: AnyParty, parts: RawCrl) => {
    const statement = await ask(parts, { certificate: party.certificate });
    return statement?.problems;
  };

  test("a CRL without a scope is for every certificate of the issuer", async () => {
    for (const party of [leaf, withPoints(sequence(at(uri))), withPoints(sequence(relative("x")))])
      expect(await says(party, { by: ca })).toEqual([]);
  });

  test("a name is one of the certificate's points", async () => {
    expect(await says(withPoints(sequence(at(uri))), scoped(at(uri)))).toEqual([]);
    expect(await says(withPoints(sequence(at("http://x/")), sequence(at(uri))), scoped(at(uri)))).toEqual([]);
    for (const party of [leaf, withPoints(sequence(at(`${uri}?`)))])
      expect(await says(party, scoped(at(uri)))).toEqual(["distribution_point_mismatch"]);
  });

  test("a relative name is completed by the issuer's", async () => {
    const full = explicit(0, implicit(0, sequence(directory(underIssuer("Part 1")))));
    expect(await says(withPoints(sequence(relative("Part 1"))), scoped(relative("PART  1")))).toEqual([]);
    expect(await says(withPoints(sequence(full)), scoped(relative("Part 1")))).toEqual([]);
    expect(await says(withPoints(sequence(relative("Part 1"))), scoped(full))).toEqual([]);
    expect(await says(withPoints(sequence(relative("Part 2"))), scoped(relative("Part 1")))).toEqual([
      "distribution_point_mismatch",
    ]);
  });

  test("a name of another kind is another name", async () => {
    const dns = explicit(0, implicit(0, sequence(implicit(2, ia5String(uri)))));
    expect(await says(withPoints(sequence(dns)), scoped(at(uri)))).toEqual(["distribution_point_mismatch"]);
    expect(await says(withPoints(sequence(dns)), scoped(dns))).toEqual([]);
    for (const kind of [implicit(7, octetString(Uint8Array.of(127, 0, 0, 1))), implicit(8, oid("1.2.3"))]) {
      const point = explicit(0, implicit(0, sequence(kind)));
      expect(await says(withPoints(sequence(point)), scoped(point))).toEqual([]);
      expect(await says(withPoints(sequence(point)), scoped(dns))).toEqual(["distribution_point_mismatch"]);
    }
  });

  test("a certificate without points is at the one that has the issuer's own name", async () => {
    const own = explicit(0, implicit(0, sequence(directory(ca.certificate.subject.raw))));
    expect(await says(leaf, scoped(own))).toEqual([]);
  });

  test("only for end entities, only for CAs, only for attribute certificates", async () => {
    const sub = newCa(world, { issuer: ca });
    const only = (number: number) => scoped(implicit(number, boolean(true)));
    expect(await says(leaf, only(1))).toEqual([]);
    expect(await says(sub, only(1))).toEqual(["only_user_certificates"]);
    expect(await says(sub, only(2))).toEqual([]);
    expect(await says(leaf, only(2))).toEqual(["only_ca_certificates"]);
    expect(await says(leaf, only(5))).toEqual(["only_attribute_certificates"]);
  });

  test.each<[string, readonly Uint8Array[]]>([
    ["empty", []],
    ["for two kinds at once", [implicit(1, boolean(true)), implicit(2, boolean(true))]],
    ["of something else", [nullValue()]],
    ["with a name that is none", [explicit(0, nullValue())]],
  ])("one that is %s is malformed", async (_, parts) => {
    expect(await says(leaf, scoped(...parts))).toEqual(["extension_malformed"]);
  });

  test("points that cannot be read make every CRL useless", async () => {
    const odd = newParty(world, { issuer: ca, extensions: [extension(OID.crlDistributionPoints, sequence())] });
    expect(await says(odd, { by: ca })).toEqual(["certificate_points_malformed"]);
  });

  test("more names than any honest one has: nothing is compared", async () => {
    const names = (count: number) =>
      explicit(
        0,
        implicit(0, sequence(...Array.from({ length: count }, (_, n) => implicit(6, ia5String(`http://x/${n}`))))),
      );
    const many = (count: number) => Array.from({ length: count }, () => sequence(at(uri)));
    expect(await says(withPoints(sequence(names(16))), scoped(names(16)))).toEqual([]);
    expect(await says(withPoints(sequence(names(16))), scoped(names(17)))).toEqual(["extension_malformed"]);
    expect(await says(withPoints(sequence(names(16))), scoped(names(2000)))).toEqual(["extension_malformed"]);
    expect(await says(withPoints(...many(64)), scoped(at(uri)))).toEqual([]);
    expect(await says(withPoints(...many(65)), { by: ca })).toEqual(["certificate_points_malformed"]);
    expect(await says(withPoints(sequence(names(65))), { by: ca })).toEqual(["certificate_points_malformed"]);
  });

  test("the reasons that neither the CRL nor the point leaves out", async () => {
    const some = (...bits: readonly number[]) => implicit(3, namedBitString(bits));
    const missing = async (party: AnyParty, ...parts: readonly Uint8Array[]) =>
      (await ask(scoped(...parts), { certificate: party.certificate }))?.missingReasons;
    const others = [
      "affiliationChanged",
      "superseded",
      "cessationOfOperation",
      "certificateHold",
      "privilegeWithdrawn",
    ];
    expect(await missing(leaf, some(1, 2))).toEqual([...others, "aACompromise"]);
    expect(await missing(leaf, some(1, 2, 3, 4, 5, 6, 7, 8))).toEqual([]);
    const partial = withPoints(sequence(at(uri), implicit(1, namedBitString([1, 8]))));
    expect(await missing(partial, at(uri), some(1, 2))).toEqual(["cACompromise", ...others, "aACompromise"]);
    expect(await missing(partial, at(uri))).toEqual(["cACompromise", ...others]);
  });

  test("an indirect CRL is asked with the certificate's issuer, which holds for the entries behind it too", async () => {
    const other = newCa(world, { commonName: "CRL issuer" });
    const named = implicit(2, sequence(directory(other.certificate.subject.raw)));
    const asked = withPoints(sequence(at(uri), named)).certificate;
    const indirect = implicit(4, boolean(true));
    const list = (...entries: readonly Uint8Array[]) =>
      ask(
        { ...scoped(at(uri), indirect), by: other, entries },
        { certificate: asked, candidates: [other.certificate] },
      );
    expect(await list()).toMatchObject({
      authority: "indirect",
      signer: other.certificate,
      status: "good",
      problems: [],
    });
    expect(await list(rawEntry(asked.serial))).toMatchObject({ status: "good" });
    expect(await list(rawEntry(asked.serial, [issuedBy(ca)]))).toMatchObject({ status: "revoked" });
    expect(await list(rawEntry(asked.serial, [issuedBy(stranger)]))).toMatchObject({ status: "good" });
    const first = rawEntry(Uint8Array.of(1), [issuedBy(ca)]);
    expect(await list(first, rawEntry(asked.serial))).toMatchObject({ status: "revoked" });
    const second = rawEntry(Uint8Array.of(2), [issuedBy(stranger)]);
    expect(await list(first, second, rawEntry(asked.serial))).toMatchObject({ status: "good" });
  });

  test("a point with nothing but a CRL issuer is the one that has his name", async () => {
    const other = newCa(world, { commonName: "CRL issuer" });
    const name = directory(other.certificate.subject.raw);
    const given = {
      certificate: withPoints(sequence(implicit(2, sequence(name)))).certificate,
      candidates: [other.certificate],
    };
    const own = explicit(0, implicit(0, sequence(name)));
    const list = (point: Uint8Array) => ({ ...scoped(point, implicit(4, boolean(true))), by: other });
    expect((await ask(list(own), given))?.problems).toEqual([]);
    expect((await ask(list(at(uri)), given))?.problems).toEqual(["distribution_point_mismatch"]);
  });

  test("one whom the certificate names must say that its CRL is indirect, and one whom it does not name says nothing", async () => {
    const other = newCa(world, { commonName: "CRL issuer" });
    const named = implicit(2, sequence(directory(other.certificate.subject.raw)));
    const party = withPoints(sequence(at(uri), named));
    const given = { certificate: party.certificate, candidates: [other.certificate] };
    expect((await ask({ by: other }, given))?.problems).toEqual(["not_indirect"]);
    expect((await ask({ ...scoped(at(uri)), by: other }, given))?.problems).toEqual(["not_indirect"]);
    const indirect = { ...scoped(at("http://x/"), implicit(4, boolean(true))), by: other };
    expect((await ask(indirect, given))?.problems).toEqual(["distribution_point_mismatch"]);
    expect(await ask({ ...indirect }, { candidates: [other.certificate] })).toBeUndefined();
  });
});

describe("a delta CRL", () => {
  const number = (n: number) => extension(OID.crlNumber, integer(n));
  const from = (n: number) => extension(OID.deltaCrlIndicator, integer(n), true);
  const base = (n: number, parts: Partial<RawCrl> = {}) => parse({ by: ca, extensions: [number(n)], ...parts });
  const delta = (n: number, to: number, parts: Partial<RawCrl> = {}) => ({
    by: ca,
    times: [time(NOW + DAY), time(NOW + 2 * DAY)],
    extensions: [number(to), from(n)],
    ...parts,
  });
  const entry = (reason: number) => [rawEntry(leaf.certificate.serial, [reasonOf(reason)])];

  test("says what its base does not know yet, at its own time", async () => {
    const others = [base(1)];
    const statement = await ask(delta(1, 2, { entries: entry(1) }), { others });
    expect(statement).toMatchObject({
      status: "revoked",
      reason: "keyCompromise",
      thisUpdate: NOW + DAY,
      base: others[0],
    });
    expect(await ask(delta(1, 2), { others })).toMatchObject({
      status: "good",
      nextUpdate: NOW + 2 * DAY,
      problems: [],
    });
  });

  test("says what its base says where it is silent, and lifts what it removes", async () => {
    const others = [base(1, { entries: entry(6) })];
    expect(await ask(delta(1, 2), { others })).toMatchObject({ status: "revoked", reason: "certificateHold" });
    expect(await ask(delta(1, 2, { entries: entry(8) }), { others })).toMatchObject({
      status: "good",
      revokedAt: undefined,
    });
  });

  test("tries a few bases, in case that the newest says nothing", async () => {
    const odd = extension("1.2.3", nullValue(), true);
    const useless = (n: number) => base(n, { extensions: [number(n), odd] });
    expect(await ask(delta(1, 9), { others: [base(1), useless(8), useless(7), useless(6)] })).toMatchObject({
      status: "good",
    });
    const others = [base(1), ...[8, 7, 6, 5].map(useless)];
    expect(await ask(delta(1, 9), { others })).toMatchObject({ problems: ["delta_without_base"] });
  });

  test("is combined with the newest base", async () => {
    const others = [base(1), base(3, { entries: entry(1) }), base(2)];
    expect(await ask(delta(1, 4), { others })).toMatchObject({ status: "revoked", base: others[1] });
  });

  const scope = extension(OID.issuingDistributionPoint, sequence(implicit(1, boolean(true))), true);
  test.each<[string, () => readonly Crl[], Partial<RawCrl>]>([
    ["no base at all", () => [], {}],
    ["a base that is older than its own", () => [base(4)], {}],
    ["a base that is newer than itself", () => [base(6)], {}],
    ["a base without a number", () => [base(5, { extensions: [] })], {}],
    ["a base of another scope", () => [base(5, { extensions: [number(5), scope] })], {}],
    ["a base by another key", () => [base(5, { by: newCa(world, { commonName: "Issuer" }) })], {}],
    [
      "a base that says nothing",
      () => [base(5, { extensions: [number(5), extension("1.2.3", nullValue(), true)] })],
      {},
    ],
    ["a base that is a delta CRL", () => [base(5, { extensions: [number(5), from(5)] })], {}],
    ["no number of its own", () => [base(5)], { extensions: [from(5)] }],
    ["numbers below zero", () => [base(-1)], { extensions: [number(255), from(-2)] }],
    [
      "a base of another authority key",
      () => [base(5, { extensions: [number(5), extension(OID.authorityKeyIdentifier, sequence())] })],
      {},
    ],
    ["an unreadable indicator", () => [base(5)], { extensions: [number(6), broken(OID.deltaCrlIndicator)] }],
  ])("with %s says nothing", async (_, others, parts) => {
    const statement = await ask(delta(5, 6, { entries: entry(1), ...parts }), { others: others() });
    expect(statement).toMatchObject({ status: "unknown", problems: ["delta_without_base"], base: undefined });
    expect(usable(statement)).toBe(false);
  });

  test("and a base by another key do not fit, though both are signed by somebody who may", async () => {
    const second = crlSigner(["cRLSign"]);
    const given = { others: [base(5, { by: second })], candidates: [second.certificate] };
    expect(await about(given.others[0] as Crl, given)).toMatchObject({ signature: "valid", problems: [] });
    expect(await ask(delta(5, 6), given)).toMatchObject({ signature: "valid", problems: ["delta_without_base"] });
    expect(await ask({ ...delta(5, 6), by: second }, given)).toMatchObject({ status: "good", authority: "same-name" });
  });

  test("that revokes and removes a certificate at once revokes it", async () => {
    for (const entries of [
      [...entry(1), ...entry(8)],
      [...entry(8), ...entry(1)],
    ])
      expect(await ask(delta(1, 2, { entries }), { others: [base(1)] })).toMatchObject({ status: "revoked" });
  });

  test("that says nothing itself does not lend its base's word", async () => {
    const odd = extension("1.2.3", nullValue(), true);
    const statement = await ask(delta(5, 6, { extensions: [number(6), from(5), odd] }), { others: [base(5)] });
    expect(statement).toMatchObject({ status: "unknown", problems: ["unknown_critical_extension"] });
  });

  test("signed by somebody else is not valid, whatever its base is", async () => {
    const impostor = newCa(world, { commonName: "Issuer" });
    const statement = await ask({ ...delta(5, 6), by: impostor }, { others: [base(5)] });
    expect(statement?.signature).toBe("invalid");
    expect(usable(statement)).toBe(false);
  });
});

test("the CRL tells since when it keeps certificates that have expired", async () => {
  const kept = extension(OID.expiredCertsOnCrl, generalizedTime(NOW - 300 * DAY));
  expect(await ask({ by: ca, extensions: [kept] })).toMatchObject({ expiredSince: NOW - 300 * DAY });
  expect(await ask({ by: ca, extensions: [broken(OID.expiredCertsOnCrl)] })).toMatchObject({ expiredSince: undefined });
});

test("each bit of what was signed and of the signature counts", async () => {
  const whole = rawCrl({ by: ca, ...REVOKED, extensions: [extension(OID.crlNumber, integer(1))] });
  await fc.assert(
    fc.asyncProperty(fc.nat(whole.length * 8 - 1), async (bit) => {
      const crl = orFault(() => parseCrl(flipBit(whole, bit)));
      const statement = crl && (await about(crl, {}));
      if (statement !== undefined) expect(usable(statement)).toBe(false);
    }),
    { numRuns: RUNS },
  );
});

test("any change to a CRL gives a statement or a Fault, never another error", async () => {
  const scope = sequence(
    explicit(0, implicit(0, sequence(directory(ca.certificate.subject.raw)))),
    implicit(4, boolean(true)),
  );
  const whole = rawCrl({
    by: ca,
    entries: [rawEntry(Uint8Array.of(1), [issuedBy(ca)]), rawEntry(leaf.certificate.serial, [reasonOf(1)])],
    extensions: [
      extension(OID.issuingDistributionPoint, scope, true),
      extension(OID.crlNumber, integer(9)),
      extension(OID.deltaCrlIndicator, integer(1), true),
      extension(OID.expiredCertsOnCrl, generalizedTime(NOW)),
    ],
  });
  const others = [parse({ by: ca, extensions: [extension(OID.crlNumber, integer(5))] })];
  await fc.assert(
    fc.asyncProperty(mutations(whole), async (changed) => {
      const crl = orFault(() => parseCrl(changed));
      if (crl !== undefined) await about(crl, { others, candidates: [stranger.certificate] });
    }),
    { numRuns: RUNS },
  );
});

function ask(parts: RawCrl, question: Partial<CrlQuestion> = {}): Promise<RevocationStatement | undefined> {
  return about(parse(parts), question);
}

function about(crl: Crl, question: Partial<CrlQuestion>): Promise<RevocationStatement | undefined> {
  return verifyCrl(crl, { certificate: leaf.certificate, issuer: ca.certificate, candidates: [], ...question });
}

function parse(parts: RawCrl): Crl {
  return parseCrl(rawCrl(parts));
}

function usable(statement: RevocationStatement | undefined): boolean {
  return statement !== undefined && isUsable(statement);
}

function reasonOf(reason: number): ExtensionInput {
  return extension(OID.reasonCode, enumerated(reason));
}

function broken(type: string): ExtensionInput {
  return extension(type, nullValue());
}

function directory(name: Uint8Array): Uint8Array {
  return explicit(4, name);
}

function issuedBy(party: AnyParty): ExtensionInput {
  return extension(OID.certificateIssuer, sequence(directory(party.certificate.subject.raw)), true);
}

/** A certificate of the issuer's name with a key of its own. */
function crlSigner(keyUsage: readonly ("cRLSign" | "digitalSignature" | "keyCertSign")[]): AnyParty {
  return newParty(world, { issuer: world.root, commonName: "Issuer", keyUsage });
}

function subjectKey({ certificate }: AnyParty): Uint8Array {
  const found = certificate.extensions.find(({ oid }) => oid === OID.subjectKeyIdentifier);
  return octetString(contents(readDer(found?.value ?? nullValue())));
}

/** SET of one CN. */
function relativeName(cn: string): Uint8Array {
  return Uint8Array.from(contents(readDer(writeName([{ type: OID.commonName, value: cn }]))));
}

function underIssuer(cn: string): Uint8Array {
  return element(TAG.sequence, concat(contents(readDer(ca.certificate.subject.raw)), relativeName(cn)));
}
