import { fields } from "../asn1/fields.ts";
import { readDer } from "../asn1/read.ts";
import { contextTag, TAG } from "../asn1/tags.ts";
import { boolean, integerOctets, oid as readOid, smallInteger } from "../asn1/values.ts";
import { integer, oid, sequence, boolean as writeBoolean } from "../asn1/write.ts";
import type { Bytes } from "../bytes/bytes.ts";
import type { HashName } from "../crypto/algorithms.ts";
import { Fault } from "../fault/fault.ts";
import { type Extension, readExtensions } from "../x509/extension.ts";
import type { Failure } from "./failure.ts";
import { type MessageImprint, readMessageImprint, writeMessageImprint } from "./message-imprint.ts";

/** TimeStampReq (RFC 3161 §2.4.1). */
export type TimestampRequest = {
  readonly version: number;
  readonly imprint: MessageImprint;
  readonly policy: string | undefined;
  /** Content octets of the INTEGER, to be returned as they are. */
  readonly nonce: Uint8Array | undefined;
  /** Whether the token is to carry the TSA's certificate. */
  readonly certificates: boolean;
  readonly extensions: readonly Extension[];
};

/** A SHA-512 imprint, a nonce and a policy take 150 octets; the rest is room for extensions. */
const MAX_REQUEST = 4096;
/** Nonces in use have 8 to 16 octets. What comes back must fit into a token. */
const MAX_NONCE = 64;

/**
 * @param bytes DER, one request and nothing behind it
 * @throws Fault `tsp_malformed`, `der_malformed`, `der_limit`, `x509_malformed` (an extension): answer badDataFormat
 */
export function parseRequest(bytes: Uint8Array): TimestampRequest {
  if (bytes.length > MAX_REQUEST) throw new Fault("tsp_malformed", `a request of ${bytes.length} octets`);
  const request = fields(readDer(bytes));
  const version = smallInteger(request.next());
  const imprint = readMessageImprint(request.next());
  const policy = request.optional(TAG.oid);
  const nonceNode = request.optional(TAG.integer);
  const certificates = request.optional(TAG.boolean);
  const extensions = request.optional(contextTag(0, true));
  request.done();
  const nonce = nonceNode && integerOctets(nonceNode);
  if (nonce !== undefined && nonce.length > MAX_NONCE) throw new Fault("tsp_malformed", "the nonce is too long");
  return {
    version,
    imprint,
    policy: policy && readOid(policy),
    nonce,
    certificates: certificates !== undefined && boolean(certificates),
    // IMPLICIT: under its own tag it is the SEQUENCE that the reader of extensions wants.
    extensions: extensions === undefined ? [] : readExtensions({ ...extensions, tag: TAG.sequence }),
  };
}

/**
 * Why a request that can be read is refused; the order is that of RFC 3161 §2.4.1.
 *
 * @param accepted digest algorithms and policies of this TSA
 * @returns undefined for a request that can be granted
 */
export function refusal(
  request: TimestampRequest,
  accepted: { readonly hashes: readonly HashName[]; readonly policies: readonly string[] },
): Failure | undefined {
  const { hash } = request.imprint;
  if (request.version !== 1) return "badRequest";
  if (hash === undefined || !accepted.hashes.includes(hash)) return "badAlg";
  if (request.policy !== undefined && !accepted.policies.includes(request.policy)) return "unacceptedPolicy";
  // Critical or not: a TSA that does not know an extension must not issue (§2.4.1).
  if (request.extensions.length > 0) return "unacceptedExtension";
  return undefined;
}

/**
 * @param input.digest of what is to be stamped, by `hash`
 * @param input.nonce random octets, taken as an unsigned number
 * @returns DER TimeStampReq
 */
export function buildRequest(input: {
  readonly hash: HashName;
  readonly digest: Uint8Array;
  readonly nonce?: Uint8Array;
  readonly policy?: string;
  readonly certificates: boolean;
}): Bytes {
  return sequence(
    integer(1),
    writeMessageImprint(input.hash, input.digest),
    ...(input.policy === undefined ? [] : [oid(input.policy)]),
    ...(input.nonce === undefined ? [] : [integer(input.nonce)]),
    // FALSE is the default, which DER does not write.
    ...(input.certificates ? [writeBoolean(true)] : []),
  );
}
