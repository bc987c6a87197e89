import { digest } from "#crypto";
import * as OID from "../asn1/oids.ts";
import { contextTag, TAG } from "../asn1/tags.ts";
import { tree, writeTree } from "../asn1/tree.ts";
import {
  bitString,
  element,
  enumerated,
  explicit,
  generalizedTime,
  octetString,
  oid,
  sequence,
} from "../asn1/write.ts";
import type { Bytes } from "../bytes/bytes.ts";
import { ecdsaWithSha256 } from "../crypto/algorithms.ts";
import type { Signer } from "../ports/ports.ts";
import type { Certificate } from "../x509/certificate.ts";
import { subjectPublicKey } from "../x509/key-identifiers.ts";
import { writeNonce } from "./nonce.ts";
import { type CertificateStatus, RESPONSE_STATUS } from "./status.ts";

const TAG_0 = contextTag(0, true);
const OCSP_BASIC = oid(OID.ocspBasic);
const ECDSA_WITH_SHA256 = ecdsaWithSha256();
const SUCCESSFUL = enumerated(RESPONSE_STATUS.successful);

/** The answer about one certificate; times in ms since 1970, cut to whole seconds. */
export type SingleInput = {
  /** DER CertID: the request's, octet for octet. */
  readonly certId: Uint8Array;
  readonly status: CertificateStatus;
  /** When the status was known to be so. */
  readonly thisUpdate: number;
  /** When there will be newer information; absent: at any moment. */
  readonly nextUpdate?: number;
};

export type OcspResponseInput = {
  /** At least one, at most sixteen. */
  readonly singles: readonly SingleInput[];
  /** When the response is signed, ms. */
  readonly producedAt: number;
  /** Of the request, 1 to 32 octets. */
  readonly nonce?: Uint8Array;
  /** Of the delegated responder: issued by the CA that is asked about, purpose OCSPSigning (RFC 6960 §4.2.2.2). */
  readonly responder: Certificate;
};

/**
 * Issues a response (RFC 6960 §4.2.1): signed by ECDSA with SHA-256, responder named by its key, its certificate inside. DER.
 *
 * @throws TypeError: no certificate is answered for
 * @throws Fault `key_unavailable`
 */
export async function issueOcspResponse(input: OcspResponseInput, signer: Signer): Promise<Bytes> {
  if (input.singles.length === 0) throw new TypeError("a response about nothing");
  const tbs = sequence(
    explicit(2, octetString(responderKeyHash(input.responder))),
    generalizedTime(input.producedAt),
    sequence(...input.singles.map(singleResponse)),
    ...(input.nonce === undefined ? [] : [explicit(1, sequence(writeNonce(input.nonce)))]),
  );
  const signature = bitString(await signer.sign(tbs));
  const certificates = tree(TAG_0, tree(TAG.sequence, input.responder.raw));
  const basic = tree(TAG.sequence, tbs, ECDSA_WITH_SHA256, signature, certificates);
  const response = tree(TAG.sequence, OCSP_BASIC, tree(TAG.octetString, basic));
  return writeTree(tree(TAG.sequence, SUCCESSFUL, tree(TAG_0, response)));
}

/** An answer that nobody signs (RFC 6960 §4.2.1): the request cannot be served. */
export function ocspError(reason: Exclude<keyof typeof RESPONSE_STATUS, "successful">): Bytes {
  return sequence(enumerated(RESPONSE_STATUS[reason]));
}

/** KeyHash: SHA-1 by definition (RFC 6960 §4.2.1), a name and no protection. */
export function responderKeyHash(responder: Certificate): Bytes {
  return digest("SHA-1", subjectPublicKey(responder.spki));
}

function singleResponse(single: SingleInput): Bytes {
  const { nextUpdate } = single;
  return sequence(
    single.certId,
    certStatus(single.status),
    generalizedTime(single.thisUpdate),
    ...(nextUpdate === undefined ? [] : [explicit(0, generalizedTime(nextUpdate))]),
  );
}

function certStatus(status: CertificateStatus): Bytes {
  if (status.kind === "good") return element(contextTag(0, false));
  if (status.kind === "unknown") return element(contextTag(2, false));
  const reason = status.reason === undefined ? [] : [explicit(0, enumerated(status.reason))];
  return element(contextTag(1, true), generalizedTime(status.at), ...reason);
}
