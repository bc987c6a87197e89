import { verifyRegistrationResponse } from "@simplewebauthn/server";
import { toBase64Url } from "../bytes/base64.ts";
import { Fault } from "../fault/fault.ts";
import { COSE_ALGORITHMS } from "../service/enrol-passkey.ts";
import type { RegistrationVerifier } from "../service/passkey-verifier.ts";
import { refuseForeignFrame } from "./client-data.ts";

/** {@link RegistrationVerifier} by @simplewebauthn/server. */
export const verifyRegistration: RegistrationVerifier = async (response, { challenge, origin, rpId }) => {
  refuseForeignFrame(response.response.clientDataJSON);
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
