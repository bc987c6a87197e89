import { randomBytes } from "node:crypto";
import { digest } from "#crypto";
import * as OID from "../../lib/asn1/oids.ts";
import { octetString } from "../../lib/asn1/write.ts";
import { concat, equal } from "../../lib/bytes/bytes.ts";
import { parseSignedData } from "../../lib/cms/read.ts";
import { appendDss, type DssInput, type Material } from "../../lib/pades/append-dss.ts";
import { findSignatures } from "../../lib/pades/find.ts";
import type { Signer } from "../../lib/ports/ports.ts";
import { issueToken } from "../../lib/tsp/token.ts";
import type { Certificate } from "../../lib/x509/certificate.ts";
import { POLICY } from "../../lib/x509/policy-arc.ts";
import { buildPdf } from "../pdf/build.ts";
import type { KeyKind } from "./keys.ts";
import { archivalAttribute, newMessage, type SignerOptions } from "./message.ts";
import { type FieldOptions, signField } from "./pades-field.ts";
import { type AnyParty, keyOf, newParty } from "./parties.ts";
import { crlBy, ocspAbout } from "./status.ts";
import type { Party, World } from "./world.ts";

export type SubFilter = "ETSI.CAdES.detached" | "adbe.pkcs7.detached" | "adbe.pkcs7.sha1" | "adbe.x509.rsa_sha1";

/** How a file is signed. Everything has a value: a B-T signature as this service makes it. */
export type PadesOptions = Partial<FieldOptions> & {
  /** What is signed; a file of one page. Sign the result again for several signatures in one file. */
  readonly pdf?: Uint8Array;
  readonly level?: "B-B" | "B-T" | "B-LT" | "B-LTA";
  /** A one-time certificate; with `key` an ordinary certificate of the issuing CA that names no source of its status. */
  readonly signer?: Party | AnyParty;
  readonly key?: KeyKind;
  /** CA certificates in the CMS; the issuing CA's. */
  readonly chain?: readonly Uint8Array[];
  /** Whether the signer's certificate is in the CMS. */
  readonly withSigner?: boolean;
  readonly subFilter?: SubFilter;
  readonly container?: "der" | "ber";
  /** Beside the party: signing time, ESS, digest, name by key … */
  readonly signerInfo?: Omit<SignerOptions, "party" | "timestamps">;
  /** Further SignerInfos over the same content. */
  readonly more?: readonly SignerOptions[];
  /** Puts the covered octets (`true`) or these into the message (eContent). */
  readonly encapsulate?: boolean | Uint8Array;
  /** Adobe's attribute among the signed ones: what the level B-LT brings (`true`) or this. */
  readonly archival?: boolean | Pick<Material, "crls" | "ocsps">;
  /** What goes into the DSS instead of what {@link materialFor} gives. */
  readonly material?: DssInput;
  /** Of the signature's timestamps: whose, how many and when (ms). */
  readonly tsa?: Party | AnyParty;
  readonly timestamps?: number;
  readonly timestampAt?: number;
  /** Over these octets instead of the signature value. */
  readonly timestampOver?: Uint8Array;
  /** Of the document timestamp of level B-LTA, ms. */
  readonly archivedAt?: number;
};

export type SignedPdf = {
  readonly pdf: Uint8Array;
  readonly signer: Party | AnyParty;
  readonly fieldName: string;
  /** What was put into /Contents, without padding. */
  readonly cms: Uint8Array;
};

const SECOND = 1000;

/** One page with nothing on it, classic cross references. */
export function onePage(): Uint8Array {
  return buildPdf();
}

/** Signs a file. The original stays a prefix of the result. */
export async function signPdf(world: World, options: PadesOptions = {}): Promise<SignedPdf> {
  const { level = "B-T", subFilter = "ETSI.CAdES.detached", claimedTime = world.now } = options;
  const signer =
    options.signer ?? (options.key === undefined ? world.oneTime() : newParty(world, { key: options.key }));
  const cert = subFilter === "adbe.x509.rsa_sha1" ? { cert: signer.certificate.raw } : {};
  let cms: Uint8Array = new Uint8Array(0);
  const { pdf, prepared } = await signField(
    options.pdf ?? onePage(),
    { ...options, ...cert, subFilter, claimedTime },
    async (covered) => {
      cms =
        subFilter === "adbe.x509.rsa_sha1"
          ? octetString(keyOf(signer).sign(covered, options.signerInfo?.hash ?? "SHA-1"))
          : await messageFor(world, options, signer, covered);
      return cms;
    },
  );
  const signed = { pdf, signer, fieldName: prepared.fieldName, cms };
  if (level === "B-B" || level === "B-T") return signed;
  const { tsa = world.tsa, archivedAt: at = world.now + 60 * SECOND } = options;
  const withDss = addDss(pdf, options.material ?? (await materialFor(world, signer, { tsa })));
  if (level === "B-LT") return { ...signed, pdf: withDss };
  return { ...signed, pdf: await addDocumentTimestamp(world, withDss, { at, tsa }) };
}

async function messageFor(
  world: World,
  options: PadesOptions,
  party: Party | AnyParty,
  covered: Uint8Array,
): Promise<Uint8Array> {
  const { level = "B-T", subFilter, encapsulate, archival, withSigner = true } = options;
  const content = subFilter === "adbe.pkcs7.sha1" ? digest("SHA-1", covered) : covered;
  const byItself = subFilter === "adbe.pkcs7.sha1" && encapsulate === undefined;
  const inside = byItself || encapsulate === true ? content : encapsulate;
  const attribute =
    archival === undefined || archival === false
      ? []
      : [archivalOf(archival === true ? await materialFor(world, party) : archival)];
  const count = level === "B-B" ? 0 : (options.timestamps ?? 1);
  const tokens = (signature: Uint8Array) =>
    Promise.all(
      Array.from({ length: count }, () =>
        stampBy(options.tsa ?? world.tsa, options.timestampOver ?? signature, options.timestampAt ?? world.now),
      ),
    );
  const signed = [...(options.signerInfo?.signed ?? []), ...attribute];
  return newMessage({
    content,
    signers: [{ ...options.signerInfo, signed, party, timestamps: tokens }, ...(options.more ?? [])],
    certificates: [
      ...(withSigner ? [party.certificate.raw] : []),
      ...(options.chain ?? [world.issuingCa.certificate.raw]),
      ...(options.more ?? []).map((other) => other.party.certificate.raw),
    ],
    container: options.container ?? "der",
    ...(inside instanceof Uint8Array ? { encapsulate: inside } : {}),
  });
}

function archivalOf({ crls, ocsps }: Pick<Material, "crls" | "ocsps">): Uint8Array {
  return archivalAttribute(crls, ocsps);
}

/** Adds a DSS; with `contents` given in `vri` an entry for that signature. */
export function addDss(pdf: Uint8Array, material: DssInput): Uint8Array {
  return concat(pdf, appendDss(pdf, material));
}

/** Adds a document timestamp over the whole file. */
export async function addDocumentTimestamp(
  world: World,
  pdf: Uint8Array,
  options: {
    readonly at?: number;
    readonly tsa?: Party | AnyParty;
    readonly fieldName?: string;
    readonly over?: Uint8Array;
  } = {},
): Promise<Uint8Array> {
  const { at = world.now, tsa = world.tsa, fieldName } = options;
  const field = { type: "DocTimeStamp", subFilter: "ETSI.RFC3161", claimedTime: null } as const;
  const named = fieldName === undefined ? {} : { fieldName };
  const { pdf: stamped } = await signField(pdf, { ...field, ...named }, (covered) =>
    stampBy(tsa, options.over ?? covered, at),
  );
  return stamped;
}

/** A token by any TSA; what its key is decides how it signs. */
export async function stampBy(
  tsa: Party | AnyParty,
  data: Uint8Array,
  genTime: number,
  options: {
    readonly hash?: "SHA-256" | "SHA-384" | "SHA-512";
    readonly signerInfo?: Omit<SignerOptions, "party">;
  } = {},
): Promise<Uint8Array> {
  const { hash = "SHA-256", signerInfo } = options;
  const { certificate, signer } = tsa;
  const input = {
    hash,
    imprint: digest(hash, data),
    serial: new Uint8Array(randomBytes(16)),
    genTime,
    policy: POLICY.timestamp,
    certificate,
    chain: [],
    includeCertificates: true,
  };
  const token = await issueToken(input, "key" in tsa && tsa.key.kind !== "p256" ? NOBODY : signer);
  if (signerInfo === undefined && !("key" in tsa)) return token;
  const { content } = parseSignedData(token);
  if (content === undefined) throw new TypeError("a token without content");
  const signers = [{ ...signerInfo, party: tsa }];
  return newMessage({
    content,
    encapsulate: content,
    contentType: OID.tstInfo,
    signers,
    certificates: [certificate.raw],
  });
}

/** Signs what is signed anew afterwards. */
const NOBODY: Signer = { sign: async () => new Uint8Array(1) };

/** When, by whom and in what form the status of certificates is told. */
export type MaterialOptions = {
  /** ms; a second behind the world's moment. */
  readonly at?: number;
  readonly tsa?: Party | AnyParty;
  /** `ocsp`: a response about each certificate. `crl`: the lists of the root and of the issuing CA. `both`: root's list, signer's response. */
  readonly form?: "ocsp" | "crl" | "both";
};

/**
 * What level B-LT needs for a signer: every certificate but the root, and the status of each that has an issuer in this world. About a
 * signer of the issuing CA by its responder or its list, about the CA and the TSA by the root itself.
 */
export async function materialFor(
  world: World,
  signer: Party | AnyParty,
  options: MaterialOptions = {},
): Promise<Material> {
  const { at = world.now + SECOND, tsa = world.tsa, form = "ocsp" } = options;
  const { root, issuingCa, ocsp } = world;
  const about = (certificate: Certificate, issuer: Party, responder?: Party) =>
    ocspAbout({ certificate, issuer, thisUpdate: at, ...(responder === undefined ? {} : { responder }) });
  const issuedBy = (issuer: Party) => equal(signer.certificate.issuer.raw, issuer.certificate.subject.raw);
  const ocsps: Uint8Array[] = [];
  if (form === "ocsp") ocsps.push(await about(issuingCa.certificate, root), await about(tsa.certificate, root));
  if (form !== "crl" && issuedBy(issuingCa)) ocsps.push(await about(signer.certificate, issuingCa, ocsp));
  if (form !== "crl" && issuedBy(root)) ocsps.push(await about(signer.certificate, root));
  const issuers = { ocsp: [], both: [root], crl: [root, issuingCa] }[form];
  const certificates = [signer, issuingCa, tsa, ocsp].map(({ certificate }) => certificate.raw);
  return { certificates, crls: issuers.map((issuer) => crlBy({ issuer, thisUpdate: at })), ocsps };
}

/** The value of /Contents of a signature, padding included: what a key of /VRI is the hash of. */
export function contentsOf(pdf: Uint8Array, fieldName: string): Uint8Array {
  const found = findSignatures(pdf).find((signature) => signature.fieldName === fieldName);
  if (found?.contents === undefined) throw new TypeError(`no signature ${fieldName}`);
  return found.contents;
}
