import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import * as OID from "../../lib/asn1/oids.ts";
import { TAG } from "../../lib/asn1/tags.ts";
import {
  bitString,
  boolean,
  element,
  enumerated,
  explicit,
  implicit,
  integer,
  sequence,
  time,
} from "../../lib/asn1/write.ts";
import { concat } from "../../lib/bytes/bytes.ts";
import { ecdsaWithSha256 } from "../../lib/crypto/algorithms.ts";
import { parseCrl } from "../../lib/revocation/crl.ts";
import { verifyCrl } from "../../lib/revocation/crl-verify.ts";
import { writeName } from "../../lib/x509/write-name.ts";
import { keyOf, newCa, newParty } from "../worlds/parties.ts";
import { NOW, newWorld } from "../worlds/world.ts";
import { DAY, extension, rawEntry, writeExtension } from "./raw-crl.ts";

const world = await newWorld({ seed: "revocation/large-crl" });
const ca = newCa(world, { commonName: "Issuer" });
const leaf = newParty(world, { issuer: ca });

/** What a file may cost at most is ten seconds; one CRL, on a machine that does other things too, a part of it. */
const LIMIT_MS = 4000;

/** @param entry with a serial number of 16 octets, which `serialOf` fills */
function largeCrl(count: number, serialOf: (index: number) => Uint8Array, last: Uint8Array): Uint8Array {
  const entry = rawEntry(new Uint8Array(16).fill(0x55), [extension(OID.reasonCode, enumerated(1))]);
  const entries = new Uint8Array(entry.length * count);
  for (let i = 0; i < count; i++) {
    entries.set(entry, i * entry.length);
    entries.set(serialOf(i), i * entry.length + 4);
  }
  return signed(concat(entries, last));
}

function signed(entries: Uint8Array, extensions: readonly ReturnType<typeof extension>[] = []): Uint8Array {
  const key = keyOf(ca);
  const list = extensions.length === 0 ? [] : [explicit(0, sequence(...extensions.map(writeExtension)))];
  const tbs = sequence(
    integer(1),
    ecdsaWithSha256(),
    ca.certificate.subject.raw,
    time(NOW),
    time(NOW + DAY),
    element(TAG.sequence, entries),
    ...list,
  );
  return sequence(tbs, ecdsaWithSha256(), bitString(key.sign(tbs)));
}

function serialOf(index: number): Uint8Array {
  const serial = createHash("md5").update(String(index)).digest();
  serial[0] = ((serial[0] as number) & 0x3f) | 0x40;
  return serial;
}

test("a million entries are read and asked for hundreds of certificates in seconds and a few megabytes", async () => {
  const octets = largeCrl(1_000_000, serialOf, rawEntry(leaf.certificate.serial));
  const before = process.memoryUsage();
  const start = performance.now();
  const crl = parseCrl(octets);
  expect(crl.entries.count).toBe(1_000_001);
  const question = { certificate: leaf.certificate, issuer: ca.certificate, candidates: [] };
  expect(await verifyCrl(crl, question)).toMatchObject({ status: "revoked", signature: "valid" });
  for (let i = 0; i < 500; i++) {
    const serial = serialOf(i * 1999);
    expect(crl.entries.find(serial).length).toBe(1);
    serial[8] = (serial[8] as number) ^ 1;
    expect(crl.entries.find(serial).length).toBe(0);
  }
  expect(performance.now() - start).toBeLessThan(LIMIT_MS);
  const after = process.memoryUsage();
  expect(after.heapUsed - before.heapUsed).toBeLessThan(64 * 1024 * 1024);
  expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(64 * 1024 * 1024);
});

test("serial numbers that are alike but for one octet cost no more", () => {
  const base = new Uint8Array(16).fill(0x42);
  const alike = (index: number) => {
    base[6] = index & 0xff;
    base[7] = (index >> 8) & 0xff;
    base[8] = (index >> 16) & 0xff;
    return base;
  };
  const crl = parseCrl(largeCrl(300_000, alike, rawEntry(leaf.certificate.serial)));
  const start = performance.now();
  for (let i = 0; i < 500; i++) expect(crl.entries.find(alike(i * 599)).length).toBe(1);
  expect(performance.now() - start).toBeLessThan(LIMIT_MS);
});

test("an indirect CRL that names an issuer with each entry costs no more, and tells when it is too much", async () => {
  const entry = (text: string) => {
    const name = explicit(4, writeName([{ type: OID.description, value: text }]));
    return rawEntry(leaf.certificate.serial, [extension(OID.certificateIssuer, sequence(name), true)]);
  };
  const scope = extension(OID.issuingDistributionPoint, sequence(implicit(4, boolean(true))), true);
  const start = performance.now();
  for (const [count, filling, problems] of [
    [1000, "", []],
    [60_000, "", ["too_many_entries"]],
    // More octets than are ever read in one CRL.
    [1000, "x".repeat(1000), ["too_many_entries"]],
  ] as const) {
    const entries = Array.from({ length: count }, (_, i) => entry(`CA ${i}${filling}`));
    const crl = parseCrl(signed(concat(...entries), [scope]));
    for (let i = 0; i < 300; i++) {
      const statement = await verifyCrl(crl, { certificate: leaf.certificate, issuer: ca.certificate, candidates: [] });
      expect(statement?.problems).toEqual(problems);
    }
  }
  expect(performance.now() - start).toBeLessThan(LIMIT_MS);
});
