import { digest as hashNow } from "#crypto";
import { readBer } from "../asn1/read.ts";
import { octets } from "../asn1/values.ts";
import { equal } from "../bytes/bytes.ts";
import { parseSignedData, type SignedData } from "../cms/read.ts";
import type { SignerResult } from "../cms/signer-result.ts";
import { verifySigner } from "../cms/verify.ts";
import type { HashName } from "../crypto/algorithms.ts";
import { readPublicKey } from "../crypto/public-key.ts";
import { verifyPkcs1 } from "../crypto/rsa.ts";
import { quietly } from "../fault/quietly.ts";
import { type Certificate, parseCertificate } from "../x509/certificate.ts";

/** What /Contents holds, by /SubFilter (ISO 32000-2 §12.8.3). Timestamps (`ETSI.RFC3161`) are tokens: see lib/tsp. */
export type Container =
  /** `ETSI.CAdES.detached`, `adbe.pkcs7.detached`, and whatever else holds a message. */
  | { readonly kind: "cms"; readonly signedData: SignedData }
  /** `adbe.pkcs7.sha1`: the message encapsulates the SHA-1 digest of what the ranges cover, and signs that digest. */
  | { readonly kind: "cms-sha1"; readonly signedData: SignedData }
  /** `adbe.x509.rsa_sha1`: the bare signature; certificates are in the dictionary. */
  | { readonly kind: "pkcs1"; readonly signature: Uint8Array };

/** The octets that the two ranges cover: where they lie, and a digest that is computed once for each algorithm. */
export type Covered = {
  readonly pieces: readonly Uint8Array[];
  readonly digest: (hash: HashName) => Uint8Array;
};

/** ISO 32000-2 table 260: what the signature of `adbe.x509.rsa_sha1` may have been made over, RIPEMD-160 apart. */
const PKCS1_HASHES = ["SHA-1", "SHA-256", "SHA-384", "SHA-512"] as const satisfies readonly HashName[];

/**
 * @param contents the value of /Contents, padding included
 * @throws Fault `cms_malformed`, `der_malformed`, `der_limit`
 */
export function readContainer(subFilter: string | undefined, contents: Uint8Array): Container {
  if (subFilter === "adbe.x509.rsa_sha1")
    return { kind: "pkcs1", signature: octets(readBer(contents, { trailing: "zeros" })) };
  return { kind: subFilter === "adbe.pkcs7.sha1" ? "cms-sha1" : "cms", signedData: parseSignedData(contents) };
}

/**
 * Checks the first signer of a container against what the file's ranges cover; bad signatures are results.
 *
 * @param certificates beside those in the message: of the DSS, or what /Cert holds, the signer's first
 * @param parse reads a certificate, for callers that have read it before
 * @throws Fault `cms_malformed`: a message without a signer
 */
export async function verifyContainer(
  container: Container,
  covered: Covered,
  certificates: readonly Uint8Array[] = [],
  parse: (der: Uint8Array) => Certificate = parseCertificate,
): Promise<SignerResult> {
  if (container.kind === "pkcs1") return verifyBare(container.signature, covered, certificates[0], parse);
  const { signedData } = container;
  if (container.kind === "cms") {
    return verifySigner(signedData, { content: covered.pieces, contentDigest: covered.digest, certificates, parse });
  }
  const inner = covered.digest("SHA-1");
  const result = await verifySigner(signedData, { content: inner, certificates, parse });
  // The message is about its own content, and that has to be about this file.
  if (signedData.content === undefined || equal(signedData.content, inner)) return result;
  return { ...result, messageDigest: "mismatch" };
}

/** @returns what computes the digest of the pieces, once for each algorithm */
export function coveredOf(pieces: readonly Uint8Array[]): Covered {
  const known = new Map<HashName, Uint8Array>();
  return {
    pieces,
    digest: (hash) => {
      const computed = known.get(hash) ?? hashNow(hash, ...pieces);
      known.set(hash, computed);
      return computed;
    },
  };
}

function verifyBare(
  signature: Uint8Array,
  covered: Covered,
  first: Uint8Array | undefined,
  parse: (der: Uint8Array) => Certificate,
): SignerResult {
  const certificate = first && quietly(() => parse(first));
  const facts = { ...BARE, certificate, ...algorithmsOf("SHA-1") };
  if (first === undefined) return { ...facts, signature: "no-certificate" };
  if (certificate === undefined) return { ...facts, signature: "bad-certificate" };
  const key = quietly(() => readPublicKey(certificate.spki));
  if (key?.kind !== "rsa" || key.pss !== undefined) return { ...facts, signature: "unsupported" };
  const fits = (hash: HashName) =>
    verifyPkcs1(key, hash, NOTHING, signature, () => new Uint8Array(covered.digest(hash)));
  const hash = PKCS1_HASHES.find(fits);
  return hash === undefined
    ? { ...facts, signature: "invalid" }
    : { ...facts, ...algorithmsOf(hash), signature: "valid" };
}

/** The digest is there already, so that there is no message to hash. */
const NOTHING = new Uint8Array(0);

function algorithmsOf(hash: HashName): Pick<SignerResult, "digestAlgorithm" | "signatureAlgorithm"> {
  return { digestAlgorithm: hash, signatureAlgorithm: { kind: "rsa-pkcs1", hash } };
}

/** What a signature without a message says about all the rest. */
const BARE = {
  identified: true,
  algorithmsAgree: true,
  algorithmProtection: "absent",
  signedAttributes: "absent",
  attributes: undefined,
  contentType: "unneeded",
  messageDigest: "unneeded",
  signingCertificate: "missing",
  issuerSerial: "absent",
  confusable: false,
} as const;
