import { readdirSync, readFileSync } from "node:fs";
import { fromLatin1, toLatin1 } from "../../lib/bytes/bytes.ts";
import { toHex } from "../../lib/bytes/hex.ts";
import type { TrustAnchor } from "../../lib/trust/anchor.ts";
import { CONTRACT, contract, latest, save, stream } from "../worlds/hostile-pdf.ts";
import type { KeyKind } from "../worlds/keys.ts";
import { flipBit } from "../worlds/mutate.ts";
import { addDss, materialFor, type PadesOptions, signPdf } from "../worlds/pades.ts";
import { newCa, newParty, newTsa } from "../worlds/parties.ts";
import { crlBy } from "../worlds/status.ts";
import { trusted } from "../worlds/trusted.ts";
import { newWorld } from "../worlds/world.ts";

/** A file and what it is judged with. */
export type FileCase = {
  readonly name: string;
  readonly pdf: Uint8Array;
  readonly at: number;
  readonly anchors: readonly TrustAnchor[];
  readonly crls?: readonly Uint8Array[];
};

const world = await newWorld();
const ca = newCa(world);
const at = world.now + 86_400_000;
const anchors = [trusted(world.root.certificate)];
const one = (name: string, pdf: Uint8Array, more: Partial<FileCase> = {}): FileCase => ({
  ...{ name, pdf, at, anchors },
  ...more,
});

const KEYS: readonly KeyKind[] = [
  ...(["p256", "p384", "p521", "brainpoolP256r1", "brainpoolP384r1", "brainpoolP512r1"] as const),
  ...(["rsa", "rsa1024", "rsa3072", "rsa-pss", "rsa-pss-only", "ed25519", "ed448"] as const),
];

const SIGNED: Readonly<Record<string, PadesOptions>> = {
  "B-B": { level: "B-B" },
  "B-T": {},
  "B-LT": { level: "B-LT" },
  "B-LTA": { level: "B-LTA" },
  "adbe.pkcs7.detached": { subFilter: "adbe.pkcs7.detached" },
  "adbe.pkcs7.sha1": { subFilter: "adbe.pkcs7.sha1", signerInfo: { hash: "SHA-256" } },
  "SHA-1": { key: "rsa", subFilter: "adbe.pkcs7.detached", signerInfo: { hash: "SHA-1" } },
  "SHA3-256": { key: "rsa", signerInfo: { hash: "SHA3-256" } },
  BER: { container: "ber" },
  "archived status": { archival: true },
  "a certification": { certify: 1, reason: "Đồng ý", location: "Hà Nội" },
  "two signers in one": { more: [{ party: newParty(world) }] },
  "content inside": { encapsulate: true },
  "a foreign timestamp": { timestampOver: new Uint8Array(9) },
  "no chain": { chain: [] },
};

/** The file that every person of this service gets: the measure of what a page loads. */
export async function ordinaryFile(): Promise<FileCase> {
  return one("B-T", (await signPdf(world)).pdf);
}

/** Of every kind: as they are signed, changed afterwards, by others, damaged, encrypted. */
export async function fileCases(): Promise<FileCase[]> {
  const made: FileCase[] = [];
  for (const [name, options] of Object.entries(SIGNED)) made.push(one(name, (await signPdf(world, options)).pdf));
  for (const key of KEYS)
    made.push(
      one(`a signature by ${key}`, (await signPdf(world, { signer: newParty(world, { issuer: ca, key }) })).pdf),
    );
  return [...made, ...(await statusCases()), ...(await changedCases()), ...(await foreignCases())];
}

async function statusCases(): Promise<FileCase[]> {
  const signer = newParty(world, { issuer: ca, crl: "http://pki.example.test/ca.crl" });
  const options: PadesOptions = { signer, chain: [ca.certificate.raw] };
  const { pdf } = await signPdf(world, options);
  const { pdf: late } = await signPdf(world, { ...options, tsa: newTsa(world) });
  const { pdf: plain } = await signPdf(world);
  return [
    one("no CRL at hand", pdf),
    one("a CRL given", late, { crls: [crlBy({ issuer: ca, thisUpdate: at - 1000 })] }),
    one("CRLs in the DSS", addDss(plain, await materialFor(world, world.oneTime(), { form: "crl" }))),
    one("nobody trusted", pdf, { anchors: [] }),
  ];
}

/** One save behind a signature for each object of a contract that has everything: taken away, and written with a change in it. */
async function changedCases(): Promise<FileCase[]> {
  const { pdf } = await signPdf(world, { pdf: contract() });
  const { pdf: twice } = await signPdf(world, { pdf });
  const { now } = latest(pdf);
  const saves = Object.keys(CONTRACT).flatMap((key) => {
    const number = Number(key);
    const other = now(number).replace("<<", "<</Changed true");
    return [
      one(`object ${number} taken away`, save(pdf, { [number]: null })),
      one(`object ${number} changed`, save(pdf, { [number]: other })),
    ];
  });
  const text = toLatin1(pdf);
  const hexStream = { 100: stream(`${toHex(world.root.certificate.raw)}>`, "/Filter/ASCIIHexDecode") };
  return [
    ...saves,
    one("two signatures", twice),
    one(
      "a security store written in letters",
      save(pdf, { ...latest(pdf).put(1, "/DSS<</Certs[100 0 R]>>"), ...hexStream }),
    ),
    one("two signatures, a form filled in between", (await signPdf(world, { pdf: save(pdf, filled(pdf)) })).pdf),
    one("an octet changed in what is signed", flipBit(pdf, 8 * 20)),
    one("an octet changed in the signature", flipBit(pdf, 8 * (text.lastIndexOf("/Contents") + 900))),
    one("octets behind the end", fromLatin1(`${text}\n99 0 obj\n<<>>\nendobj\n`)),
    one(
      "cross references that lead nowhere",
      fromLatin1(text.replace(/startxref\n\d+\n%%EOF\n$/, "startxref\n7\n%%EOF\n")),
    ),
    one("an end that is missing", pdf.subarray(0, pdf.length - 60)),
  ];
}

function filled(pdf: Uint8Array) {
  return latest(pdf).edit(15, "/V(100)", "/V(200)");
}

/** Files that others made and signed; the encrypted ones signed by us. */
async function foreignCases(): Promise<FileCase[]> {
  const found: FileCase[] = [];
  for (const room of ["pdf", "pades"]) {
    const folder = new URL(`../vectors/${room}/`, import.meta.url);
    for (const name of readdirSync(folder).filter((file) => file.endsWith(".pdf"))) {
      const pdf = Uint8Array.from(readFileSync(new URL(name, folder)));
      found.push(one(name, pdf));
      if (/encrypted/.test(name)) found.push(one(`${name}, signed`, (await signPdf(world, { pdf })).pdf));
    }
  }
  return found;
}
