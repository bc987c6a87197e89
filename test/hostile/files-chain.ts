import * as OID from "../../lib/asn1/oids.ts";
import { contextTag } from "../../lib/asn1/tags.ts";
import {
  bitString,
  element,
  enumerated,
  generalizedTime,
  integer,
  nullValue,
  octetString,
  oid,
  sequence,
  time,
} from "../../lib/asn1/write.ts";
import { appendDss } from "../../lib/pades/append-dss.ts";
import { writeCertId } from "../../lib/revocation/cert-id.ts";
import type { ExtensionInput } from "../../lib/x509/issue.ts";
import { rawCrl, rawEntry } from "../revocation/raw-crl.ts";
import { newKey } from "../worlds/keys.ts";
import { addDss, signPdf } from "../worlds/pades.ts";
import { type AnyParty, newCa, newParty, type PartyOptions } from "../worlds/parties.ts";
import { crlBy } from "../worlds/status.ts";
import { world } from "./files-bulk.ts";
import type { Files } from "./files-structure.ts";
import { file, joined, stream } from "./writing.ts";

const list = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));
const run = (count: number, make: (i: number) => Uint8Array): Uint8Array => joined(list(count, make));
const extension = (type: string, value: Uint8Array, critical = false): ExtensionInput => ({
  oid: type,
  critical,
  value,
});

/** A file signed by somebody, with the certificates of those above him. */
async function by(signer: AnyParty, above: readonly AnyParty[], more: readonly Uint8Array[] = []): Promise<Uint8Array> {
  const chain = [...above.map(({ certificate }) => certificate.raw), ...more];
  return (await signPdf(world, { level: "B-B", signer, chain, reserve: 3_900_000 })).pdf;
}

/** So many authorities one above the other, the last one in front. */
function tower(levels: number, options: (i: number) => PartyOptions): AnyParty[] {
  const cas: AnyParty[] = [];
  for (let i = 0; i < levels; i++)
    cas.unshift(
      newCa(world, { commonName: `CA ${i}`, ...(cas[0] === undefined ? {} : { issuer: cas[0] }), ...options(i) }),
    );
  return cas;
}

const towerOf = async (
  levels: number,
  options: (i: number) => PartyOptions,
  last: PartyOptions = {},
): Promise<Uint8Array> => {
  const cas = tower(levels, options);
  return by(newParty(world, { ...last, ...(cas[0] === undefined ? {} : { issuer: cas[0] }) }), cas);
};

const dns = (name: string) => element(contextTag(2, false), new TextEncoder().encode(name));
const altNames = (count: number) => extension("2.5.29.17", sequence(run(count, (i) => dns(`h${i}.example.vn`))));
const constraints = (count: number) =>
  extension(
    "2.5.29.30",
    sequence(
      element(
        contextTag(0, true),
        run(count, (i) => sequence(dns(`x${i}.example.vn`))),
      ),
      element(
        contextTag(1, true),
        run(count, (i) => sequence(dns(`y${i}.example.vn`))),
      ),
    ),
    true,
  );
const directory = (i: number) =>
  element(
    contextTag(4, true),
    sequence(element(0x31, sequence(oid("2.5.4.3"), element(0x0c, new TextEncoder().encode(`n${i}`))))),
  );
const directoryConstraints = (count: number) =>
  extension(
    "2.5.29.30",
    sequence(
      element(
        contextTag(1, true),
        run(count, (i) => sequence(directory(i))),
      ),
    ),
    true,
  );
const directoryNames = (count: number) => extension("2.5.29.17", sequence(run(count, directory)));
const policies = (count: number, base = "1.2.3") =>
  extension("2.5.29.32", sequence(run(count, (i) => sequence(oid(`${base}.${i}`)))));
const mappings = (count: number, to: (i: number, j: number) => boolean = () => true) =>
  extension(
    "2.5.29.33",
    sequence(
      run(count * count, (k) =>
        to(Math.floor(k / count), k % count)
          ? sequence(oid(`1.2.3.${Math.floor(k / count)}`), oid(`1.2.3.${k % count}`))
          : new Uint8Array(0),
      ),
    ),
  );
const required = extension("2.5.29.36", sequence(element(contextTag(0, false), Uint8Array.of(0))), true);

/** A key that nobody has: so many bits. */
function rsaOf(bits: number, exponent: bigint = 65_537n): Uint8Array {
  const modulus = new Uint8Array(bits >> 3).fill(0xff);
  return sequence(
    sequence(oid(OID.rsaEncryption), nullValue()),
    bitString(sequence(integer(modulus), integer(exponent))),
  );
}
const strangeKey = (spki: Uint8Array) => ({ ...newKey("rsa"), spki: spki as Uint8Array<ArrayBuffer> });
const signerWith = (spki: Uint8Array) =>
  by(newParty(world, { key: strangeKey(spki) }), [], [world.issuingCa.certificate.raw]);
const caWith = (spki: Uint8Array) => {
  const ca = newCa(world, { key: strangeKey(spki) });
  return by(newParty(world, { issuer: ca }), [ca]);
};

export const CHAINS: Files = {
  "a key of 100,000 bits": () => signerWith(rsaOf(100_000)),
  "a CA's key of 100,000 bits": () => caWith(rsaOf(100_000)),
  "a key of 16,384 bits": () => signerWith(rsaOf(16_384)),
  "an exponent of 100,000 bits": () => signerWith(rsaOf(4096, (1n << 100_000n) - 1n)),
  "an exponent of 64 bits and a key of 16,384": () => caWith(rsaOf(16_384, (1n << 64n) - 1n)),
  "1,000 certificates by a key of 16,384 bits": () => floodOf(strangeKey(rsaOf(16_384, (1n << 63n) + 1n)), 1000),
  "8,000 extensions": () =>
    signerOf(list(1, () => extension("1.2.3.4", sequence(run(8000, (i) => sequence(oid(`1.2.3.${i}`))))))),
  "3,000 real extensions": () => signerOf(list(3000, (i) => extension(`1.2.3.${i}`, nullValue()))),
  "10,000 policies": () => signerOf([policies(10_000)]),
  "100,000 names": () => signerOf([altNames(5000)]),
  "4,000 names under 4,000 constraints": () =>
    towerOf(1, () => ({ extensions: [constraints(2000)] }), { extensions: [altNames(4000)] }),
  "4,000 names under 4,000 constraints, 12 times": () =>
    towerOf(12, () => ({ extensions: [constraints(2000), altNames(2000)] }), { extensions: [altNames(4000)] }),
  "2,000 directory names under 2,000 constraints, 12 times": () =>
    towerOf(12, () => ({ extensions: [directoryConstraints(2000), directoryNames(2000)] }), {
      extensions: [directoryNames(2000)],
    }),
  "a policy tree that doubles on each of 14 levels": () =>
    towerOf(14, (i) => ({ extensions: [policies(2), mappings(2), ...(i === 0 ? [required] : [])] }), {
      extensions: [policies(2)],
    }),
  "a policy tree that grows a hundredfold on each of 14 levels": () =>
    towerOf(14, (i) => ({ extensions: [policies(60), mappings(60), ...(i === 0 ? [required] : [])] }), {
      extensions: [policies(60)],
    }),
  "400 levels": () => towerOf(400, () => ({})),
  "16 levels": () => towerOf(16, () => ({})),
  "400 CAs of one name": () => sameName(400, true),
  "400 CAs of one name and one key": () => sameName(400, false),
  "20 CAs that certify each other": () => mesh(20),
  "500 certificates of a key": () => floodOf(newKey("p256"), 500),
};

function signerOf(extensions: readonly ExtensionInput[]): Promise<Uint8Array> {
  return by(newParty(world, { extensions }), [], [world.issuingCa.certificate.raw]);
}

/** Many certificates of one CA under another, none of which leads to the root. */
function floodOf(key: ReturnType<typeof newKey>, count: number): Promise<Uint8Array> {
  const ca = newCa(world, { key, commonName: "Flood" });
  const others = list(count, () => newCa(world, { key, commonName: "Flood", issuer: ca }));
  return by(newParty(world, { issuer: ca }), others);
}

/** Each could have issued each. */
function sameName(count: number, ownKeys: boolean): Promise<Uint8Array> {
  const key = newKey("p256");
  const cas: AnyParty[] = [];
  for (let i = 0; i < count; i++)
    cas.push(
      newCa(world, {
        commonName: "Same",
        issuer: cas.at(-1) ?? "self",
        noKeyIdentifiers: true,
        ...(ownKeys ? {} : { key }),
      }),
    );
  return by(newParty(world, { issuer: cas.at(-1) as AnyParty, noKeyIdentifiers: true }), cas);
}

/** Every authority has a certificate by every other one; none has one by the root. */
function mesh(count: number): Promise<Uint8Array> {
  const cas = list(count, (i) => newCa(world, { commonName: `Mesh ${i}`, issuer: "self" }));
  const crossed = cas.flatMap((one, i) =>
    cas.flatMap((other, j) =>
      i === j ? [] : [newCa(world, { key: one.key, commonName: `Mesh ${i}`, issuer: other })],
    ),
  );
  return by(newParty(world, { issuer: cas[0] as AnyParty }), [...cas, ...crossed]);
}

const signedOnce = async (signer: AnyParty = newParty(world, { ocsp: "http://ocsp.example.test/" })) =>
  (await signPdf(world, { level: "B-B", signer })).pdf;

export const MATERIAL: Files = {
  "an OCSP response about 100,000 certificates": async () =>
    addDss(await signedOnce(), { certificates: [], crls: [], ocsps: [aboutMany(100_000)] }),
  "an OCSP response about 250 certificates": async () =>
    addDss(await signedOnce(), { certificates: [], crls: [], ocsps: [aboutMany(250)] }),
  "a CRL of 400,000 entries": () => withCrls(1, 400_000, 1),
  "a CRL of 400,000 entries and 400 signers' certificates": () => withCrls(1, 400_000, 400),
  "100 CRLs of 10,000 entries and 400 certificates": () => withCrls(100, 10_000, 400),
  "1,000 CRLs of the same CA": () => withCrls(1000, 10, 100),
  "a DSS of 99,000 certificates": () => dssOf(99_000, "Certs", () => world.issuingCa.certificate.raw),
  "a DSS of 500 certificates of its own": () => dssOf(500, "Certs", () => newParty(world).certificate.raw),
  "a DSS of 99,000 CRLs": () => dssOf(99_000, "CRLs", (i) => sequence(integer(i))),
  "a DSS of 99,000 responses": () => dssOf(99_000, "OCSPs", (i) => sequence(integer(i))),
  "a DSS of 1,000 real CRLs": () =>
    dssOf(1000, "CRLs", (i) => crlBy({ issuer: world.issuingCa, thisUpdate: world.now + i * 1000 })),
  "a DSS of 99,000 entries": () => dssOf(1, "Certs", () => world.issuingCa.certificate.raw, 99_000),
};

/** Signed by nobody, as whoever reads it has to read it before he knows. */
function aboutMany(count: number): Uint8Array {
  const { issuingCa, now } = world;
  const [subject, at] = [issuingCa.certificate.subject.raw, generalizedTime(now)];
  const single = (i: number) =>
    sequence(
      writeCertId("SHA-1", issuingCa.certificate, Uint8Array.of(1, i >> 16, (i >> 8) & 255, i & 255)),
      element(contextTag(0, false)),
      at,
    );
  const data = sequence(element(contextTag(1, true), subject), at, sequence(run(count, single)));
  const basic = sequence(data, newKey("p256").algorithm(), bitString(new Uint8Array(70)));
  const bytes = sequence(oid("1.3.6.1.5.5.7.48.1.1"), octetString(basic));
  return sequence(enumerated(0), element(contextTag(0, true), bytes));
}

async function withCrls(count: number, entries: number, certificates: number): Promise<Uint8Array> {
  const others = list(certificates, () => newParty(world, { crl: "http://crl.example.test/" }).certificate.raw);
  const rows = [
    run(entries, (i) => rawEntry(Uint8Array.of(1, (i >> 24) & 255, (i >> 16) & 255, (i >> 8) & 255, i & 255))),
  ];
  const crls = list(count, (i) =>
    rawCrl({ by: world.issuingCa, entries: rows, times: [time(world.now + i * 1000), time(world.now + 86_400_000)] }),
  );
  const pdf = (
    await signPdf(world, {
      level: "B-B",
      signer: newParty(world, { crl: "http://crl.example.test/" }),
      chain: [world.issuingCa.certificate.raw, ...others],
      reserve: 400_000,
    })
  ).pdf;
  return joined([pdf, appendDss(pdf, { certificates: [], crls, ocsps: [] })]);
}

async function dssOf(count: number, key: string, make: (i: number) => Uint8Array, vri = 0): Promise<Uint8Array> {
  const pdf = await signedOnce();
  const refs = list(count, (i) => `${500 + i} 0 R`).join(" ");
  const entries = list(vri, (i) => `/${i.toString(16).padStart(40, "0")}<</Cert[500 0 R]>>`).join("");
  const dss = `/DSS<</${key}[${refs}]/VRI<<${entries}>>>>`;
  const catalog = /1 0 obj\s*(<<[\s\S]*?>>)\s*endobj/g;
  const last = [...Buffer.from(pdf).toString("latin1").matchAll(catalog)].at(-1)?.[1] ?? "";
  return file([[1, last.replace(/>>$/, `${dss}>>`)], ...list(count, (i) => [500 + i, stream(make(i))] as const)], {
    after: pdf,
  });
}
