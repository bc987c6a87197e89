import { verifyRegistrationResponse } from "@simplewebauthn/server";
import { decodeAttestationObject } from "@simplewebauthn/server/helpers";
import { fromBase64Url, toBase64Url } from "../bytes/base64.ts";
import { Fault } from "../fault/fault.ts";
import { COSE_ALGORITHMS } from "../service/enrol-passkey.ts";
import type { RegistrationVerifier } from "../service/passkey-verifier.ts";
import { refuseForeignFrame } from "./client-data.ts";
import { refuseOddKey } from "./key.ts";

/** {@link RegistrationVerifier} by @simplewebauthn/server. */
export const verifyRegistration: RegistrationVerifier = async (response, ceremony) => {
  const { challenge, origin, rpId, attestation } = ceremony;
  refuseForeignFrame(response.response.clientDataJSON);
  if (attestation === "none") refuseCertificates(response.response.attestationObject);
  const verified = await verifyRegistrationResponse({
    // Members that browsers may add decide nothing.
    response: { ...response, response: { ...response.response, transports: [] }, clientExtensionResults: {} },
    ...{ expectedChallenge: challenge, expectedOrigin: origin, expectedRPID: rpId },
    ...{ requireUserPresence: true, requireUserVerification: true },
    supportedAlgorithmIDs: [...COSE_ALGORITHMS],
  }).catch((cause) => {
    throw new Fault("passkey_refused", "the registration does not verify", { cause });
  });
  if (!verified.verified) throw new Fault("passkey_refused", "the attestation does not verify");
  refuseOddKey(verified.registrationInfo.credential.publicKey);
  const { credential, credentialDeviceType, credentialBackedUp, aaguid, fmt } = verified.registrationInfo;
  return {
    credentialId: credential.id,
    publicKey: toBase64Url(credential.publicKey),
    signCount: credential.counter,
    backupEligible: credentialDeviceType === "multiDevice",
    backedUp: credentialBackedUp,
    ...{ aaguid, attestation: fmt },
  };
};

/**
 * Browsers take the statement away where none was asked for (WebAuthn Level 2 §5.1.3, step 20), but for the one that the new key makes
 * itself: `packed` without certificates.
 *
 * @throws Fault `passkey_refused`
 */
function refuseCertificates(attestationObject: string): void {
  const octets = fromBase64Url(attestationObject);
  const { fmt, certified } = octets === undefined ? UNREADABLE : formatOf(octets);
  if (fmt !== "none" && (fmt !== "packed" || certified))
    throw new Fault("passkey_refused", "the registration brings an attestation that nobody asked for");
}

const UNREADABLE = { fmt: "", certified: false };

function formatOf(octets: Uint8Array): { readonly fmt: string; readonly certified: boolean } {
  try {
    const decoded = decodeAttestationObject(Uint8Array.from(octets));
    return { fmt: decoded.get("fmt"), certified: decoded.get("attStmt").get("x5c") !== undefined };
  } catch {
    return UNREADABLE;
  }
}
