import { digest, hmacSha256 } from "#crypto";
import * as OID from "../asn1/oids.ts";
import { raw } from "../asn1/read.ts";
import { toBase64Url } from "../bytes/base64.ts";
import { concat, fromUtf8 } from "../bytes/bytes.ts";
import { valuesOf } from "../cms/attributes.ts";
import { parseSignedData } from "../cms/read.ts";
import { canonicalJson } from "../json/canonical.ts";
import type { Proof, ProofDocument, ProofLog } from "./proof.ts";
import type { SignedResult, Transaction } from "./transaction.ts";

const LEAF_PREFIX = fromUtf8("motlan/leaf/v1\n");

/**
 * Gathers what a later reader needs to judge the signature without this service (docs/FORMATS.md, "Proof"). A signed
 * transaction never changes, so that this is the same document whenever it is asked for.
 *
 * @returns undefined before the transaction is signed
 */
export function proofOf(transaction: Transaction): Proof | undefined {
  const { result } = transaction;
  if (result === undefined) return undefined;
  const documents = transaction.preimage.documents.map(({ title, digest: hash }, index) =>
    describe(result, index, { title, digest: hash }),
  );
  return {
    version: "motlan/proof/v1",
    id: transaction.id,
    preimage: transaction.preimage,
    commitment: transaction.commitment,
    intentText: transaction.intentText,
    person: result.person,
    token: result.token,
    certificates: result.certificates.map(toBase64Url),
    documents,
    algorithms: { digest: "SHA-256", signature: "ECDSA-P256-SHA-256", timestamp: "ECDSA-P256-SHA-256" },
    times: {
      createdAt: { time: new Date(transaction.createdAt).toISOString(), source: "service" },
      authenticatedAt: {
        time: result.authenticatedAt === null ? null : new Date(result.authenticatedAt).toISOString(),
        // A passkey's assertion is seen by this service alone.
        source: "kind" in result.token ? "service" : "identity-provider",
      },
      signedAt: { time: new Date(signedAt(result)).toISOString(), source: "timestamp" },
    },
    signatureClass: result.signatureClass,
    demo: result.demo,
    abandoned: transaction.abandoned,
    log: leafOf(transaction.id, result, documents),
  };
}

/** When the last of the documents was stamped, milliseconds. */
export function signedAt({ genTimes }: SignedResult): number {
  return Math.max(...genTimes);
}

/** @throws Fault `cms_malformed`, `der_malformed`: the stored signature was damaged */
function describe(
  { signatures, genTimes }: SignedResult,
  index: number,
  document: { readonly title: string; readonly digest: string },
): ProofDocument {
  const [cms, genTime] = [signatures[index], genTimes[index]];
  const [signer] = cms === undefined ? [] : parseSignedData(cms).signers;
  const [token] = signer === undefined ? [] : valuesOf(signer.unsignedAttributes, OID.signatureTimestamp);
  if (cms === undefined || genTime === undefined || token === undefined)
    throw new TypeError("a signed document has a signature with a timestamp");
  return {
    ...document,
    cmsSha256: fingerprint(cms),
    timestampSha256: fingerprint(raw(token)),
    timestamp: new Date(genTime).toISOString(),
  };
}

/** The log entry: a salted commitment of constant size that names no person and no document (docs/FORMATS.md, "Leaf"). */
function leafOf(id: string, { certificates, salt }: SignedResult, documents: readonly ProofDocument[]): ProofLog {
  const [certificate] = certificates;
  if (certificate === undefined) throw new TypeError("a signed transaction has the signer's certificate");
  const record = {
    id,
    documents: documents.map((document) => document.digest),
    cms: documents.map((document) => document.cmsSha256),
    certificate: fingerprint(certificate),
  };
  const leaf = concat(LEAF_PREFIX, hmacSha256(salt, fromUtf8(canonicalJson(record))));
  return { leaf: toBase64Url(leaf), salt: toBase64Url(salt), record, state: "pending" };
}

function fingerprint(octets: Uint8Array): string {
  return toBase64Url(digest("SHA-256", octets));
}
