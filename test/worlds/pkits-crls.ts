import { createPublicKey, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { children, contents, type Node, raw, readDer } from "../../lib/asn1/read.ts";
import { CONSTRUCTED, TAG } from "../../lib/asn1/tags.ts";
import { bitString, element, sequence } from "../../lib/asn1/write.ts";
import { fromLatin1, toLatin1 } from "../../lib/bytes/bytes.ts";
import { toHex } from "../../lib/bytes/hex.ts";
import { ecdsaWithSha256 } from "../../lib/crypto/algorithms.ts";
import { type Crl, parseCrl } from "../../lib/revocation/crl.ts";
import { type CrlQuestion, verifyCrl } from "../../lib/revocation/crl-verify.ts";
import type { RevocationStatement } from "../../lib/revocation/statement.ts";
import type { Certificate } from "../../lib/x509/certificate.ts";
import { namesMatch } from "../../lib/x509/name-match.ts";
import { orFault } from "./mutate.ts";

const FOLDER = join(import.meta.dirname, "../../../shared/vectors/pkits");

export type PkitsCrlCase = {
  readonly Name: string;
  /** The anchor first, the target last. */
  readonly CertPath: readonly string[];
  readonly CRLPath: readonly string[];
  readonly ShouldValidate: boolean;
};

/** Empty, after a loud word, where the folder is absent. @param unproved what stays unproved then */
export function pkitsCrlCases(unproved: string): readonly PkitsCrlCase[] {
  if (existsSync(FOLDER)) return JSON.parse(readFileSync(join(FOLDER, "vectors.json"), "utf8"));
  process.stderr.write(`\n*** SKIPPED *** ${FOLDER} is missing; not proved: ${unproved}\n\n`);
  return [];
}

export function pkitsOctets(folder: "certs" | "crls", name: string): Uint8Array {
  return Uint8Array.from(readFileSync(join(FOLDER, folder, name)));
}

/**
 * The folder has the certificates of PKITS' second edition (2011) and the CRLs of its first (2001), by CAs of another name
 * and of keys that nobody has. Here the CRLs go into the second edition: the organisation is renamed wherever it stands, and each is
 * signed anew, by a key that takes the place of its CA's. All else stays NIST's, octet for octet: what is on the lists and what they say
 * of themselves, extensions, order and times.
 */
const OLD = "Test Certificates";
const NEW = "Test Certificates 2011";

/** When every CRL of the first edition is current but those whose case is about time, and every certificate of the second is valid. */
export const PKITS_CRL_TIME = Date.UTC(2010, 5, 1);

/** Who signs, where several certificates of the issuer's name have different keys (PKITS §4.4.19 to 4.4.21, §4.5). */
const SIGNERS: Readonly<Record<string, string>> = {
  "SeparateCertificateandCRLKeysCRL.crl": "SeparateCertificateandCRLKeysCRLSigningCert.crt",
  "SeparateCertificateandCRLKeysCA2CRL.crl": "SeparateCertificateandCRLKeysCA2CRLSigningCert.crt",
  "BasicSelfIssuedNewKeyCACRL.crl": "BasicSelfIssuedNewKeyCACert.crt",
  "BasicSelfIssuedOldKeySelfIssuedCertCRL.crl": "BasicSelfIssuedOldKeyCACert.crt",
  "BasicSelfIssuedOldKeyCACRL.crl": "BasicSelfIssuedOldKeyNewWithOldCACert.crt",
  "BasicSelfIssuedCRLSigningKeyCRLCertCRL.crl": "BasicSelfIssuedCRLSigningKeyCACert.crt",
  "BasicSelfIssuedCRLSigningKeyCACRL.crl": "BasicSelfIssuedCRLSigningKeyCRLCert.crt",
};
/** PKITS §4.4.4. */
const BADLY_SIGNED = "BadCRLSignatureCACRL.crl";

type Named = { readonly name: string; readonly certificate: Certificate };

/**
 * @param pool every certificate of a case with its file's name
 * @param names of the case's CRLs; those that are malformed are left out
 */
export function pkitsCrls(pool: readonly Named[], names: readonly string[]): Crl[] {
  return names.flatMap((name) => {
    const crl = orFault(() => parseCrl(pkitsOctets("crls", name)));
    return crl === undefined ? [] : [reissued(crl, name, pool)];
  });
}

/** {@link verifyCrl} with the keys that the CRLs are signed by here in the place of the certificates' own. */
export async function verifyPkitsCrl(crl: Crl, question: CrlQuestion): Promise<RevocationStatement | undefined> {
  const statement = await verifyCrl(crl, {
    ...question,
    certificate: rekeyed(question.certificate),
    issuer: rekeyed(question.issuer),
    candidates: question.candidates.map(rekeyed),
  });
  const back = (one: Certificate): Certificate => ORIGINALS.get(one) ?? one;
  return (
    statement && {
      ...statement,
      signer: statement.signer && back(statement.signer),
      alternatives: statement.alternatives.map(back),
    }
  );
}

function reissued(crl: Crl, name: string, pool: readonly Named[]): Crl {
  const [version, , issuer, ...rest] = children(readDer(crl.tbs));
  if (version === undefined || issuer === undefined) throw new Error(`${name}: not version 2`);
  const renamedTbs = sequence(raw(version), ecdsaWithSha256(), ...[issuer, ...rest].map(renamed));
  const draft = parseCrl(sequence(renamedTbs, ecdsaWithSha256(), bitString(new Uint8Array(8))));
  const named = pool.filter(({ certificate }) => namesMatch(certificate.subject, draft.issuer));
  // Elsewhere the CA signs, and a self-issued certificate of its name (§4.6, §4.9, §4.11 to 4.13) does not.
  const own = named.filter(({ name: file }) => file === name.replace("CRL.crl", "Cert.crt"));
  const chosen = pool.filter(({ name: file }) => file === SIGNERS[name]);
  const signers = SIGNERS[name] !== undefined ? chosen : own.length > 0 ? own : named;
  const keys = new Set(signers.map(({ certificate }) => toHex(certificate.spki)));
  if (keys.size > 1) throw new Error(`${name}: several keys could sign`);
  const [spki = "nobody"] = keys;
  const message = name === BADLY_SIGNED ? new Uint8Array(1) : renamedTbs;
  const signature = sign("sha256", message, { key: keyFor(spki), dsaEncoding: "der" });
  return parseCrl(sequence(renamedTbs, ecdsaWithSha256(), bitString(signature)));
}

/** The element with the organisation renamed in every string inside, also in those that lie in OCTET STRINGs. */
function renamed(node: Node): Uint8Array {
  if ((node.tag & CONSTRUCTED) !== 0) return element(node.tag, ...children(node).map(renamed));
  const value = contents(node);
  if (node.tag === TAG.octetString) {
    const inner = orFault(() => renamed(readDer(value)));
    return inner === undefined ? raw(node) : element(node.tag, inner);
  }
  const text = node.tag === TAG.printableString || node.tag === TAG.utf8String ? toLatin1(value) : undefined;
  return text === OLD ? element(node.tag, fromLatin1(NEW)) : raw(node);
}

const KEYS = new Map<string, KeyObject>();

function keyFor(spki: string): KeyObject {
  const known = KEYS.get(spki) ?? generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
  KEYS.set(spki, known);
  return known;
}

const REKEYED = new WeakMap<Certificate, Certificate>();
const ORIGINALS = new WeakMap<Certificate, Certificate>();

function rekeyed(certificate: Certificate): Certificate {
  const known = REKEYED.get(certificate);
  if (known !== undefined) return known;
  const key = createPublicKey(keyFor(toHex(certificate.spki)));
  const made = { ...certificate, spki: new Uint8Array(key.export({ format: "der", type: "spki" })) };
  REKEYED.set(certificate, made);
  ORIGINALS.set(made, certificate);
  return made;
}
