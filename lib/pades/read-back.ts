import { digest, verifySignature } from "#crypto";
import { OID } from "../asn1/oids.ts";
import { raw } from "../asn1/read.ts";
import { equal } from "../bytes/bytes.ts";
import { valuesOf } from "../cms/attributes.ts";
import { parseSignedData, type SignedData, type SignerInfo } from "../cms/read.ts";
import { isIntact } from "../cms/signer-result.ts";
import { verifySigner } from "../cms/verify.ts";
import { signatureAlgorithmOf } from "../crypto/algorithms.ts";
import { Fault } from "../fault/fault.ts";
import { isTokenIntact, readToken, verifyToken } from "../tsp/verify.ts";
import { type Certificate, parseCertificate } from "../x509/certificate.ts";
import { findSignatures } from "./find.ts";

export type ReadBack = {
  readonly certificate: Certificate;
  /** genTime of the signature's timestamp, milliseconds. */
  readonly genTime: number;
};

/**
 * Reads back what was just signed, as a stranger would find it in the file, before anybody is told that it is signed: the
 * signature covers the whole file and the digest that was approved, its certificate and its timestamp's hang on the root,
 * and the timestamp lies in the certificate's validity. This is not validation; it knows what it expects.
 *
 * @param pdf the whole signed file
 * @throws Fault `result_not_verified`: says which of these is not so
 */
export async function readBack(
  pdf: Uint8Array,
  expected: { readonly fieldName: string; readonly digest: Uint8Array; readonly root: Certificate },
): Promise<ReadBack> {
  const found = findSignatures(pdf).find(({ fieldName }) => fieldName === expected.fieldName);
  demand(found?.coversWholeFile === true && found.subFilter === "ETSI.CAdES.detached", "coverage");
  const { byteRange, contents } = found;
  if (byteRange === undefined || contents === undefined) throw failed("signature dictionary");
  const [from, length, from2, length2] = byteRange;
  const covered = digest("SHA-256", pdf.subarray(from, from + length), pdf.subarray(from2, from2 + length2));
  demand(equal(covered, expected.digest), "digest");
  const signedData = parseSignedData(contents);
  const result = await verifySigner(signedData, { contentDigest: covered });
  demand(isIntact(result) && result.signingCertificate === "match", "signature");
  const { certificate } = result;
  const [signer] = signedData.signers;
  if (certificate === undefined || signer === undefined) throw failed("certificate");
  await requireChain(certificate, signedData, expected.root);
  const genTime = await readTimestamp(signer, expected.root);
  demand(certificate.notBefore <= genTime && genTime <= certificate.notAfter, "time");
  return { certificate, genTime };
}

async function readTimestamp(signer: SignerInfo, root: Certificate): Promise<number> {
  const [value, ...more] = valuesOf(signer.unsignedAttributes, OID.signatureTimestamp);
  if (value === undefined || more.length > 0) throw failed("timestamp");
  const token = readToken(raw(value));
  const result = await verifyToken(token, { imprint: (hash) => digest(hash, signer.signature) });
  const { certificate } = result.signer;
  demand(isTokenIntact(result) && result.withinValidity && certificate !== undefined, "timestamp");
  await requireChain(certificate, token.signedData, root);
  return token.info.genTime;
}

/** At most one CA stands between a certificate of this service and its root. */
async function requireChain(leaf: Certificate, { certificates }: SignedData, root: Certificate): Promise<void> {
  const issuers = [root, ...certificates.map(parseCertificate)];
  const parent = issuers.find((candidate) => equal(candidate.subject.raw, leaf.issuer.raw));
  demand(parent !== undefined && (await isSignedBy(leaf, parent)), "chain");
  if (!equal(parent.raw, root.raw)) demand(await isSignedBy(parent, root), "chain");
}

async function isSignedBy(certificate: Certificate, issuer: Certificate): Promise<boolean> {
  const algorithm = signatureAlgorithmOf(certificate.signatureAlgorithm, undefined);
  return verifySignature(algorithm, issuer.spki, certificate.tbs, certificate.signature);
}

function demand(holds: boolean, what: string): asserts holds {
  if (!holds) throw failed(what);
}

function failed(what: string): Fault {
  return new Fault("result_not_verified", `the signed file was read back and its ${what} is not as it should be`);
}
