import { verifyAuthenticationResponse } from "@simplewebauthn/server";
import { fromBase64Url } from "../bytes/base64.ts";
import { Fault } from "../fault/fault.ts";
import type { AssertionVerifier } from "../service/passkey-verifier.ts";
import { refuseForeignFrame } from "./client-data.ts";
import { refuseLooseSignature } from "./key.ts";

/** {@link AssertionVerifier} by @simplewebauthn/server. */
export const verifyAssertion: AssertionVerifier = async (assertion, ceremony) => {
  const { challenge, origin, rpId, credentialId } = ceremony;
  const publicKey = fromBase64Url(ceremony.publicKey);
  if (publicKey === undefined) throw new TypeError("a stored key is base64url");
  const { clientDataJSON, authenticatorData, signature } = assertion.response;
  refuseForeignFrame(clientDataJSON);
  const { verified, authenticationInfo } = await verifyAuthenticationResponse({
    response: { ...assertion, response: { clientDataJSON, authenticatorData, signature }, clientExtensionResults: {} },
    ...{ expectedChallenge: challenge, expectedOrigin: origin, expectedRPID: rpId, requireUserVerification: true },
    // The counter is compared where it is stored, in the write that records the use.
    credential: { id: credentialId, publicKey, counter: 0 },
  }).catch((cause) => {
    throw new Fault("passkey_refused", "the assertion does not verify", { cause });
  });
  if (!verified) throw new Fault("passkey_refused", "the signature of the assertion does not verify");
  refuseLooseSignature(publicKey, fromBase64Url(signature) ?? new Uint8Array(0));
  return { signCount: authenticationInfo.newCounter, backedUp: authenticationInfo.credentialBackedUp };
};
