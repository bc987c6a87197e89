import { equal } from "../../lib/bytes/bytes.ts";
import { parseSignedData } from "../../lib/cms/read.ts";
import { findSignatures } from "../../lib/pades/find.ts";
import type { TrustAnchor } from "../../lib/trust/anchor.ts";
import { type Certificate, parseCertificate } from "../../lib/x509/certificate.ts";
import { fingerprint } from "../../lib/x509/fingerprint.ts";
import { ourDocuments } from "../e2e/documents.ts";
import { buildCompressed } from "../pdf/build.ts";
import { AT, CONTRACT, contract, lookOf, save } from "../worlds/hostile-pdf.ts";
import { addDocumentTimestamp, addDss, materialFor, type PadesOptions, signPdf } from "../worlds/pades.ts";
import { newCa, newParty, newTsa } from "../worlds/parties.ts";
import { ocspAbout } from "../worlds/status.ts";
import { trusted } from "../worlds/trusted.ts";
import { newWorld, type World } from "../worlds/world.ts";

export type Seed = {
  readonly name: string;
  readonly pdf: Uint8Array;
  /**
   * What decides against it can be taken away by anybody, as it stands in octets that nobody signed (an OCSP response that says
   * revoked): a better verdict without it is no forgery.
   */
  readonly raisable?: boolean;
};

export type Seeds = { readonly seeds: readonly Seed[]; readonly anchors: readonly TrustAnchor[]; readonly at: number };

const SECOND = 1000;

const KINDS: Readonly<Record<string, PadesOptions>> = {
  "B-B": { level: "B-B" },
  "B-T": {},
  "B-LT": { level: "B-LT" },
  "B-LTA": { level: "B-LTA" },
  RSA: { key: "rsa", level: "B-LT" },
  "RSASSA-PSS": { key: "rsa-pss" },
  "P-384": { key: "p384" },
  Ed25519: { key: "ed25519" },
  "Adobe's attribute": { subFilter: "adbe.pkcs7.detached", archival: true },
  "without ESS": { subFilter: "adbe.pkcs7.detached", level: "B-B", signerInfo: { ess: "none" } },
  "adbe.pkcs7.sha1": { subFilter: "adbe.pkcs7.sha1", level: "B-B", signerInfo: { hash: "SHA-1" } },
  "adbe.x509.rsa_sha1": { subFilter: "adbe.x509.rsa_sha1", key: "rsa", level: "B-B" },
  "indefinite lengths": { container: "ber" },
  "named by the key": { signerInfo: { id: "key-id" } },
  "three timestamps": { timestamps: 3 },
};

/** Signed files of every kind, valid ones and others, and the trust that they are judged with. */
export async function makeSeeds(): Promise<Seeds> {
  const world = await newWorld({ seed: "fuzz" });
  const seeds: Seed[] = [];
  const small = { reserve: 6000 };
  for (const [name, options] of Object.entries(KINDS))
    seeds.push({
      name,
      pdf: (await signPdf(world, { reserve: options.level === undefined ? 12_000 : 8000, ...options })).pdf,
    });
  for (const certify of [1, 2, 3] as const)
    seeds.push({
      name: `certified ${certify}`,
      pdf: (await signPdf(world, { ...small, pdf: contract(), certify, level: "B-B" })).pdf,
    });
  seeds.push({ name: "several", pdf: await several(world) });
  seeds.push({ name: "form filled", pdf: await filled(world) });
  const compressed = buildCompressed();
  seeds.push({ name: "compressed", pdf: (await signPdf(world, { ...small, pdf: compressed, level: "B-LT" })).pdf });
  for (const { name, bytes, refused } of ourDocuments())
    if (
      refused === undefined &&
      /objstm-acroform|hybrid|encrypted-r[46]|linearized-objstm|cr-no-newline|mutool/.test(name)
    )
      seeds.push({ name, pdf: (await signPdf(world, { ...small, pdf: bytes, level: "B-B" })).pdf });
  const foreign = ourDocuments().filter(({ name }) => /pyhanko-signed|pyhanko-certified|libpdf-signed/.test(name));
  for (const { name, bytes } of foreign) seeds.push({ name, pdf: bytes });
  seeds.push(...(await notValid(world)));
  const roots = [world.root.certificate, ...foreign.flatMap(({ bytes }) => selfSigned(bytes))];
  const once = new Map(roots.map((root) => [fingerprint(root), trusted(root)]));
  return { seeds, anchors: [...once.values()], at: world.now + 60 * SECOND };
}

/** The roots that a file brings along: whom a person trusts who made the file himself. */
function selfSigned(pdf: Uint8Array): Certificate[] {
  return findSignatures(pdf).flatMap(({ contents }) =>
    contents === undefined
      ? []
      : parseSignedData(contents)
          .certificates.map((octets) => parseCertificate(octets))
          .filter(({ issuer, subject }) => equal(issuer.raw, subject.raw)),
  );
}

async function several(world: World): Promise<Uint8Array> {
  let pdf = contract();
  for (const level of ["B-B", "B-LT"] as const) ({ pdf } = await signPdf(world, { pdf, level, reserve: 8000 }));
  pdf = await addDocumentTimestamp(world, pdf, { at: world.now + 10 * SECOND });
  ({ pdf } = await signPdf(world, { pdf, level: "B-B", reserve: 6000 }));
  const signer = newParty(world);
  pdf = addDss(pdf, await materialFor(world, signer, { form: "both" }));
  return addDocumentTimestamp(world, pdf, { at: world.now + 20 * SECOND });
}

/** A field of a form is filled in behind a signature that permits it. */
async function filled(world: World): Promise<Uint8Array> {
  const { pdf } = await signPdf(world, { pdf: contract(), certify: 2, level: "B-B", reserve: 6000 });
  const field = CONTRACT[AT.amount]?.replace("/V(100)", "/V(200)");
  return save(pdf, { [AT.amount]: field ?? "", [AT.amountLook]: lookOf("200") });
}

/** Files that must never become valid, whatever is done to them without a key. */
async function notValid(world: World): Promise<Seed[]> {
  const other = await newWorld({ seed: "somebody else" });
  const stranger = newParty(world, { issuer: newCa(world, { issuer: "self" }) });
  const named = newParty(world, { ocsp: "http://ocsp.example.test/" });
  const revoked = await ocspAbout({
    certificate: named.certificate,
    issuer: world.issuingCa,
    thisUpdate: world.now,
    status: { kind: "revoked", at: world.now - 5 * SECOND, reason: 1 },
  });
  const sign = async (options: PadesOptions) => (await signPdf(world, { level: "B-B", reserve: 6000, ...options })).pdf;
  const good = await sign({});
  const spoiled = good.with(40, (good[40] ?? 0) ^ 1);
  const file = await sign({ pdf: contract(), certify: 1 });
  return [
    { name: "of another world", pdf: (await signPdf(other, { level: "B-LTA" })).pdf },
    { name: "of an issuer that nobody trusts", pdf: await sign({ signer: stranger }) },
    { name: "status unknown", pdf: await sign({ signer: named }) },
    { name: "revoked", pdf: addDss(await sign({ signer: named }), { certificates: [], crls: [], ocsps: [revoked] }) },
    { name: "changed", pdf: spoiled },
    { name: "two signers", pdf: await sign({ more: [{ party: newParty(world) }] }) },
    { name: "content inside", pdf: await sign({ encapsulate: true }), raisable: true },
    { name: "expired", pdf: await sign({ signer: newParty(world, { notAfter: world.now - SECOND }) }) },
    { name: "for servers", pdf: await sign({ signer: newParty(world, { keyUsage: ["keyEncipherment"] }) }) },
    {
      name: "stamped before it was valid",
      pdf: await sign({ level: "B-T", timestampAt: world.now - 3_600_000 }),
      raisable: true,
    },
    { name: "stamped by a stranger", pdf: await sign({ level: "B-T", tsa: newTsa(other) }), raisable: true },
    { name: "changed after certification", pdf: save(file, { 6: "<</Length 0>>stream\n\nendstream" }), raisable: true },
  ];
}
