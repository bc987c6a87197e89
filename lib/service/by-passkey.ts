import { digest } from "#crypto";
import { fromBase64Url, toBase64Url } from "../bytes/base64.ts";
import { equalSecret, fromUtf8 } from "../bytes/bytes.ts";
import { Fault } from "../fault/fault.ts";
import { type AssuranceLevel, reaches } from "../identity/assurance.ts";
import type { Clock } from "../ports/ports.ts";
import { type KeyRing, type Passkey, passkeyEnd, passkeyId, type RelyingParty } from "./passkey.ts";
import type { PasskeyStore, PasskeyUse } from "./passkey-store.ts";
import type { Assertion, AssertionVerifier } from "./passkey-verifier.ts";
import type { PasskeyEvidence } from "./proof.ts";
import type { Signatory } from "./signatory.ts";

export type PasskeyPorts = {
  readonly passkeys: PasskeyStore;
  readonly verifyAssertion: AssertionVerifier;
  readonly clock: Clock;
  readonly relyingParty: RelyingParty;
  /** The issuers whose logins count now, and how much of each. */
  readonly issuers: readonly { readonly issuer: string; readonly requiredAssurance: AssuranceLevel }[];
};

/**
 * The person of an assertion: the one who logged in when the passkey was added, as they were then.
 *
 * The use is recorded before anything is signed by it, in a write that fails where the passkey was removed meanwhile or its counter went
 * back. The same assertion again is the same use, so that a request whose answer was lost can be repeated.
 *
 * @param challenge the commitment
 * @param refused hears of a person whose passkey has answered, but may not sign
 * @throws Fault `passkey_unknown`, `passkey_expired`, `passkey_refused`, `passkey_cloned`, `token_issuer`, `assurance_too_low`,
 *   `store_unavailable`
 */
export async function byPasskey(
  ports: PasskeyPorts,
  assertion: Assertion,
  challenge: string,
  refused?: (subject: string, fault: Fault) => Promise<void>,
): Promise<Signatory> {
  const { subject, ring, passkey } = await find(ports.passkeys, assertion.id);
  refuseOtherHandle(ring, assertion);
  const { credentialId, publicKey } = passkey;
  const { relyingParty } = ports;
  const seen = await ports.verifyAssertion(assertion, { ...relyingParty, challenge, credentialId, publicKey });
  // From here on it is the device of this person that answers; whoever only knows a credential id gets nobody told anything.
  const now = ports.clock();
  try {
    if (now >= passkeyEnd(passkey)) throw new Fault("passkey_expired", "the passkey was added more than a year ago");
    refuseUnlessAccepted(ports.issuers, passkey);
    await use(ports.passkeys, subject, passkey.id, { ...seen, at: now, assertion: hashOf(assertion) });
  } catch (error) {
    if (error instanceof Fault) await refused?.(subject, error);
    throw error;
  }
  const { authenticatorData, clientDataJSON, signature } = assertion.response;
  const { fullName, issuer, assurance } = passkey.person;
  const evidence: PasskeyEvidence = {
    kind: "passkey",
    ...{ credentialId, publicKey, assertion: { authenticatorData, clientDataJSON, signature } },
    enrolledAt: new Date(passkey.createdAt).toISOString(),
    ...seen,
    ...relyingParty,
  };
  return { person: { fullName, pseudonym: subject, issuer, assurance }, evidence, authenticatedAt: now };
}

type Found = { readonly subject: string; readonly ring: KeyRing; readonly passkey: Passkey };

async function find(passkeys: PasskeyStore, credentialId: string): Promise<Found> {
  const id = passkeyId(credentialId);
  const subject = id === undefined ? undefined : await passkeys.ownerOf(id);
  const ring = subject === undefined ? undefined : await passkeys.read(subject);
  const passkey = ring?.passkeys.find((one) => one.id === id);
  if (subject === undefined || ring === undefined || passkey === undefined)
    throw new Fault("passkey_unknown", "no ring holds this passkey");
  return { subject, ring, passkey };
}

/** The operator may have withdrawn trust in an issuer, or asks for more than when the passkey was added. */
function refuseUnlessAccepted(issuers: PasskeyPorts["issuers"], { person }: Passkey): void {
  const accepted = issuers.find(({ issuer }) => issuer === person.issuer);
  if (accepted === undefined) throw new Fault("token_issuer", "the issuer of the login is no longer accepted");
  if (!reaches(person.assurance.level, accepted.requiredAssurance))
    throw new Fault("assurance_too_low", `${accepted.requiredAssurance} is needed, the login had less`);
}

/** WebAuthn Level 2 §7.2 step 6: the user handle that the authenticator kept must be the one of the ring. */
function refuseOtherHandle({ handle }: KeyRing, { response }: Assertion): void {
  if (typeof response.userHandle !== "string" || !equalSecret(fromUtf8(response.userHandle), fromUtf8(handle)))
    throw new Fault("passkey_refused", "the user handle is not the one that the passkey was made with");
}

/** The octets that were signed and the signature: two assertions of one key differ in it. */
function hashOf({ response }: Assertion): string {
  const parts = [response.authenticatorData, response.clientDataJSON, response.signature].map(fromBase64Url);
  if (parts.includes(undefined)) throw new Fault("passkey_refused", "the assertion is not base64url");
  return toBase64Url(digest("SHA-256", ...(parts as Uint8Array[])));
}

/** @throws Fault `passkey_unknown`: it was removed meanwhile; `passkey_cloned`: its counter went back */
async function use(passkeys: PasskeyStore, subject: string, id: string, seen: PasskeyUse): Promise<void> {
  if (await passkeys.use(subject, id, seen)) return;
  const ring = await passkeys.read(subject);
  if (ring?.passkeys.some((one) => one.id === id) === true)
    throw new Fault("passkey_cloned", "the counter of the passkey went back");
  throw new Fault("passkey_unknown", "the passkey was removed meanwhile");
}
