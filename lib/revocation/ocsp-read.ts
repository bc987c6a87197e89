import { type Fields, fields } from "../asn1/fields.ts";
import * as OID from "../asn1/oids.ts";
import { children, type Node, raw, readBer } from "../asn1/read.ts";
import { contextTag, TAG } from "../asn1/tags.ts";
import { bits, nothing, octets, oid, preciseTime, smallInteger } from "../asn1/values.ts";
import { type AlgorithmIdentifier, readAlgorithm } from "../crypto/algorithms.ts";
import { Fault } from "../fault/fault.ts";
import { type Extension, readExtensions } from "../x509/extension.ts";
import { type Name, readName } from "../x509/name.ts";
import { type CertId, readCertId } from "./cert-id.ts";
import { type CertificateStatus, RESPONSE_STATUS, type ResponseStatus } from "./status.ts";

/** Most single responses and certificates in one response: others' responders answer for whole chains. */
const MAX_SINGLES = 256;
const MAX_CERTIFICATES = 64;

const [TAG_0, TAG_1, TAG_2] = [contextTag(0, true), contextTag(1, true), contextTag(2, true)];

/** SingleResponse (RFC 6960 §4.2.1); times in ms since 1970. */
export type SingleResponse = {
  readonly certId: CertId;
  readonly status: CertificateStatus;
  readonly thisUpdate: number;
  readonly nextUpdate: number | undefined;
  readonly extensions: readonly Extension[];
};

/** BasicOCSPResponse (RFC 6960 §4.2.1) as received; nothing about it is proved. Octets are views on the input. */
export type BasicOcspResponse = {
  readonly raw: Uint8Array;
  /** What the responder signed. */
  readonly tbs: Uint8Array;
  /** Who signed: by the SHA-1 of its key, or by its name. */
  readonly responder: { readonly key: Uint8Array } | { readonly name: Name };
  /** Milliseconds since 1970. */
  readonly producedAt: number;
  readonly singles: readonly SingleResponse[];
  readonly extensions: readonly Extension[];
  readonly signatureAlgorithm: AlgorithmIdentifier;
  readonly signature: Uint8Array;
  readonly certificates: readonly Uint8Array[];
};

/** OCSPResponse; `basic` is present exactly where the status is successful. */
export type OcspResponse = { readonly status: ResponseStatus; readonly basic: BasicOcspResponse | undefined };

/**
 * Reads an OCSPResponse, as responders send it and a DSS dictionary keeps it.
 *
 * @throws Fault `ocsp_malformed`, `der_malformed`, `der_limit`, `x509_malformed`
 */
export function parseOcspResponse(bytes: Uint8Array): OcspResponse {
  const outer = fields(readBer(bytes));
  const code = smallInteger(outer.next(), TAG.enumerated);
  const wrapper = outer.optional(TAG_0);
  outer.done();
  const status = (Object.keys(RESPONSE_STATUS) as ResponseStatus[]).find((name) => RESPONSE_STATUS[name] === code);
  if (status === undefined) throw new Fault("ocsp_malformed", `response status ${code}`);
  if ((status === "successful") !== (wrapper !== undefined))
    throw new Fault("ocsp_malformed", `status ${status}, and a response or none`);
  if (wrapper === undefined) return { status, basic: undefined };
  const response = fields(only(wrapper));
  if (oid(response.next()) !== OID.ocspBasic) throw new Fault("ocsp_malformed", "a response of another type");
  const basic = parseBasicOcspResponse(octets(response.next()));
  response.done();
  return { status, basic };
}

/**
 * The answer in an OCSPResponse, or a BasicOCSPResponse that stands alone, as some archives keep it.
 *
 * @returns undefined where the responder gave no answer (`tryLater`, say)
 * @throws Fault as {@link parseOcspResponse}
 */
export function basicResponseIn(bytes: Uint8Array): BasicOcspResponse | undefined {
  const isWhole = children(readBer(bytes))[0]?.tag === TAG.enumerated;
  return isWhole ? parseOcspResponse(bytes).basic : parseBasicOcspResponse(bytes);
}

/**
 * Reads a BasicOCSPResponse, as CAdES revocation-values has it (EN 319 122-1 A.1.2.2).
 *
 * @throws Fault `ocsp_malformed`, `der_malformed`, `der_limit`, `x509_malformed`
 */
export function parseBasicOcspResponse(bytes: Uint8Array): BasicOcspResponse {
  const root = readBer(bytes);
  const basic = fields(root);
  const tbsNode = basic.next(TAG.sequence);
  const signatureAlgorithm = readAlgorithm(basic.next());
  const signature = bits(basic.next());
  const certificates = basic.optional(TAG_0);
  basic.done();
  return {
    raw: raw(root),
    tbs: raw(tbsNode),
    ...responseData(tbsNode),
    signatureAlgorithm,
    signature,
    certificates: certificates === undefined ? [] : counted(only(certificates), MAX_CERTIFICATES).map(raw),
  };
}

/** Times may have a fraction of a second: RFC 6960 §4.2.2.1 knows none, yet responders write them and everybody reads them. */
function responseData(node: Node): Pick<BasicOcspResponse, "responder" | "producedAt" | "singles" | "extensions"> {
  const data = fields(node);
  const version = data.optional(TAG_0);
  if (version !== undefined && smallInteger(only(version)) !== 0)
    throw new Fault("ocsp_malformed", "a response of another version than 1");
  const responder = responderId(data.next());
  const producedAt = preciseTime(data.next());
  const singles = counted(data.next(TAG.sequence), MAX_SINGLES).map(singleResponse);
  const extensions = taggedExtensions(data, TAG_1);
  data.done();
  return { responder, producedAt, singles, extensions };
}

function responderId(node: Node): BasicOcspResponse["responder"] {
  if (node.tag === TAG_1) return { name: readName(only(node)) };
  if (node.tag === TAG_2) return { key: octets(only(node)) };
  throw new Fault("ocsp_malformed", `no responder at ${node.start}`);
}

function singleResponse(node: Node): SingleResponse {
  const single = fields(node);
  const certId = readCertId(single.next());
  const status = certStatus(single.next());
  const thisUpdate = preciseTime(single.next());
  const nextUpdate = single.optional(TAG_0);
  const extensions = taggedExtensions(single, TAG_1);
  single.done();
  return {
    certId,
    status,
    thisUpdate,
    nextUpdate: nextUpdate && preciseTime(only(nextUpdate)),
    extensions,
  };
}

function certStatus(node: Node): CertificateStatus {
  if (node.tag === contextTag(0, false)) {
    nothing(node, node.tag);
    return { kind: "good" };
  }
  if (node.tag === contextTag(2, false)) {
    nothing(node, node.tag);
    return { kind: "unknown" };
  }
  const revoked = fields(node, TAG_1);
  const at = preciseTime(revoked.next());
  const reason = revoked.optional(TAG_0);
  revoked.done();
  return {
    kind: "revoked",
    at,
    ...(reason === undefined ? {} : { reason: smallInteger(only(reason), TAG.enumerated) }),
  };
}

function taggedExtensions(cursor: Fields, tag: number): Extension[] {
  const tagged = cursor.optional(tag);
  if (tagged === undefined) return [];
  const list = only(tagged);
  // An empty list is against RFC 5280 §4.1, yet some responders send it; there is nothing in it to mistake.
  return list.tag === TAG.sequence && list.content === list.contentEnd ? [] : readExtensions(list);
}

function only(node: Node): Node {
  const cursor = fields(node, node.tag);
  const found = cursor.next();
  cursor.done();
  return found;
}

function counted(list: Node, most: number): Node[] {
  const found = children(list);
  if (found.length > most) throw new Fault("der_limit", `${found.length} elements in one list, at most ${most}`);
  return found;
}
