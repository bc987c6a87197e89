import { describe, expect, test } from "vitest";
import { toHex } from "../../lib/bytes/hex.ts";
import { parseCrl } from "../../lib/revocation/crl.ts";
import { verifyCrl } from "../../lib/revocation/crl-verify.ts";
import { type CrlInput, issueCrl } from "../../lib/revocation/crl-write.ts";
import { ask, judge, pem, withFiles } from "../judges/judge.ts";
import { newCa, newParty } from "../worlds/parties.ts";
import { NOW, newWorld } from "../worlds/world.ts";
import { DAY } from "./raw-crl.ts";

const world = await newWorld({ seed: "revocation/crl-write" });
const URI = "http://crl.example.test/users.crl";
const ca = newCa(world, { commonName: "Issuer" });
const leaf = newParty(world, { issuer: ca, crl: URI });
const other = newParty(world, { issuer: ca, crl: URI });
const input: CrlInput = {
  issuer: ca.certificate,
  thisUpdate: NOW,
  nextUpdate: NOW + DAY,
  number: 12,
  revoked: [{ serial: leaf.certificate.serial, at: NOW - DAY, reason: "keyCompromise", invalidityDate: NOW - 2 * DAY }],
  scope: { uri: URI, only: "user-certificates", reasons: ["keyCompromise", "cACompromise"] },
};

test("our own reader reads what was written", async () => {
  const crl = parseCrl(await issueCrl(input, ca.signer));
  expect(await verifyCrl(crl, question(leaf))).toMatchObject({
    status: "revoked",
    revokedAt: NOW - DAY,
    reason: "keyCompromise",
    invalidityDate: NOW - 2 * DAY,
    thisUpdate: NOW,
    nextUpdate: NOW + DAY,
    signature: "valid",
    authority: "issuer",
    problems: [],
  });
  const statement = await verifyCrl(crl, question(other));
  expect(statement).toMatchObject({ status: "good", problems: [] });
  expect(statement?.missingReasons).not.toContain("keyCompromise");
  expect(statement?.missingReasons).toContain("superseded");
});

test("a delta CRL and its base fit together", async () => {
  const { scope: _, ...whole } = input;
  const base = parseCrl(await issueCrl(whole, ca.signer));
  const revoked = [{ serial: leaf.certificate.serial, at: NOW, reason: "removeFromCRL" as const }];
  const delta = parseCrl(await issueCrl({ ...whole, number: 13, base: 12, revoked }, ca.signer));
  expect(await verifyCrl(delta, { ...question(leaf), others: [base] })).toMatchObject({ status: "good", problems: [] });
});

test("an unspecified reason is not written, an empty list is left out", async () => {
  const revoked = [{ serial: leaf.certificate.serial, at: NOW, reason: "unspecified" as const }];
  const crl = parseCrl(await issueCrl({ ...input, revoked }, ca.signer));
  expect(await verifyCrl(crl, question(leaf))).toMatchObject({ status: "revoked", reason: undefined });
  expect(parseCrl(await issueCrl({ ...input, revoked: [] }, ca.signer)).entries.count).toBe(0);
});

test.each<[string, Partial<CrlInput>]>([
  ["an end before the beginning", { nextUpdate: NOW }],
  ["a certificate twice", { revoked: [...input.revoked, ...input.revoked] }],
  ["removal from a complete CRL", { revoked: [{ serial: Uint8Array.of(1), at: NOW, reason: "removeFromCRL" }] }],
  ["a negative number", { number: -1 }],
  ["a number of 21 octets", { number: 1n << 160n }],
  ["a scope that says nothing", { scope: {} }],
  ["a scope for no reason", { scope: { uri: URI, reasons: [] } }],
])("%s is not written", async (_, parts) => {
  await expect(issueCrl({ ...input, ...parts }, ca.signer)).rejects.toThrow(RangeError);
});

describe.skipIf(!judge("openssl", "our CRLs are read and believed by others"))("openssl", () => {
  test("crl -text names everything that was written", async () => {
    const written = await issueCrl({ ...input, base: 11 }, ca.signer);
    const { status, out } = await withFiles({ crl: written }, ({ crl }) =>
      ask("openssl", ["crl", "-inform", "DER", "-in", crl, "-noout", "-text"]),
    );
    expect(status).toBe(0);
    for (const text of [
      "Version 2 (0x1)",
      "Signature Algorithm: ecdsa-with-SHA256",
      "Last Update: Jan 15 03:00:00 2027 GMT",
      "Next Update: Jan 16 03:00:00 2027 GMT",
      "X509v3 Authority Key Identifier",
      "X509v3 Delta CRL Indicator: critical\n                11",
      "X509v3 Issuing Distribution Point: critical",
      `URI:${URI}`,
      "Only User Certificates",
      "Only Some Reasons:\n                  Key Compromise, CA Compromise",
      `Serial Number: ${toHex(leaf.certificate.serial).toUpperCase().replace(/^00/, "")}`,
      "Revocation Date: Jan 14 03:00:00 2027 GMT",
      "Key Compromise",
      "Jan 13 03:00:00 2027 GMT",
    ])
      expect(out).toContain(text);
    expect(out).toMatch(/X509v3 CRL Number: \n\s+12/);
  });

  test("crl -CAfile believes the signature", async () => {
    const files = { crl: await issueCrl(input, ca.signer), ca: pem(ca.certificate.raw) };
    const verdict = await withFiles(files, ({ crl, ca: issuer }) =>
      ask("openssl", ["crl", "-inform", "DER", "-in", crl, "-noout", "-verify", "-CAfile", issuer]),
    );
    expect(verdict).toMatchObject({ status: 0, err: expect.stringContaining("verify OK") });
  });

  test.each([
    ["a revoked certificate is refused", leaf, "certificate revoked"],
    ["another one passes", other, undefined],
  ] as const)("verify -crl_check: %s", async (_, party, complaint) => {
    const { reasons: __, ...scope } = input.scope ?? {};
    const verdict = await check(await issueCrl({ ...input, scope }, ca.signer), party.certificate.raw);
    if (complaint === undefined) expect(verdict).toMatchObject({ status: 0 });
    else expect(verdict).toMatchObject({ status: 2, err: expect.stringContaining(complaint) });
  });

  test("verify -crl_check agrees that a CRL for CAs only is not for an end entity", async () => {
    const crl = await issueCrl({ ...input, scope: { uri: URI, only: "ca-certificates" } }, ca.signer);
    expect(await check(crl, other.certificate.raw)).toMatchObject({ status: 2 });
    expect(await verifyCrl(parseCrl(crl), question(other))).toMatchObject({ problems: ["only_ca_certificates"] });
  });
});

function question({ certificate }: { readonly certificate: typeof leaf.certificate }) {
  return { certificate, issuer: ca.certificate, candidates: [] };
}

function check(crl: Uint8Array, certificate: Uint8Array) {
  const files = {
    crl: pem(crl).replaceAll("CERTIFICATE", "X509 CRL"),
    leaf: pem(certificate),
    ca: pem(ca.certificate.raw),
    root: pem(world.root.certificate.raw),
  };
  return withFiles(files, (path) =>
    ask("openssl", [
      ...["verify", "-attime", String(NOW / 1000 + 60), "-crl_check", "-CRLfile", path.crl, "-extended_crl"],
      ...["-CAfile", path.root, "-untrusted", path.ca, path.leaf],
    ]),
  );
}
