import type { Bytes } from "../bytes/bytes.ts";
import { toHex } from "../bytes/hex.ts";
import { Fault } from "../fault/fault.ts";
import type { Clock, Signer } from "../ports/ports.ts";
import { type CertId, isIssuedBy } from "../revocation/cert-id.ts";
import { parseOcspRequest } from "../revocation/ocsp-request.ts";
import { issueOcspResponse, ocspError, type SingleInput } from "../revocation/ocsp-response.ts";
import type { Pki } from "./pki.ts";
import type { CertificateIndex } from "./transaction-store.ts";

export type StatusPorts = {
  readonly certificates: CertificateIndex;
  readonly pki: () => Promise<Pki>;
  readonly responder: Signer;
  readonly clock: Clock;
};

/**
 * Answers a certificate status request (RFC 6960): `good` for a one-time certificate that this service claimed to issue,
 * `unknown` for every other serial number; another CA's certificates are not ours to speak of.
 *
 * There is no `revoked` yet: a one-time key is forgotten within seconds, and what nobody holds cannot be misused.
 *
 * @param request DER OCSPRequest
 * @returns DER OCSPResponse, an error response included: OCSP has its own words for trouble
 */
export async function answerStatus(ports: StatusPorts, request: Uint8Array): Promise<Bytes> {
  try {
    const { certIds, nonce } = parseOcspRequest(request);
    const { issuingCa, ocsp } = await ports.pki();
    if (!certIds.every((id) => isIssuedBy(id, issuingCa))) return ocspError("unauthorized");
    const singles = await Promise.all(certIds.map((id) => single(ports, id)));
    const input = { singles, producedAt: ports.clock(), responder: ocsp, ...(nonce === undefined ? {} : { nonce }) };
    return await issueOcspResponse(input, ports.responder);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return ocspError(RETRY.has(error.code) ? "tryLater" : "malformedRequest");
  }
}

/** Of every serial number that this service gives ({@link serialFrom}). */
const SERIAL_OCTETS = 16;

const RETRY: ReadonlySet<string> = new Set(["key_unavailable", "store_unavailable", "ca_not_initialised"]);

async function single(ports: StatusPorts, id: CertId): Promise<SingleInput> {
  // Ours have one length: anything else need not be looked up, however long it is.
  const known = id.serial.length === SERIAL_OCTETS ? await ports.certificates.find(toHex(id.serial)) : undefined;
  const kind = known === undefined ? "unknown" : "good";
  return { certId: id.raw, status: { kind }, thisUpdate: ports.clock() };
}
