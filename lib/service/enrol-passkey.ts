import { toBase64Url } from "../bytes/base64.ts";
import { Fault } from "../fault/fault.ts";
import {
  CHALLENGE_MS,
  FRESH_LOGIN_MS,
  type KeyRing,
  MAX_PASSKEYS,
  type Passkey,
  passkeyEnd,
  passkeyId,
  type RelyingParty,
  RP_NAME,
} from "./passkey.ts";
import type { PasskeyStore } from "./passkey-store.ts";
import type { AttestationWish, RegistrationResponse, RegistrationVerifier } from "./passkey-verifier.ts";
import { type ActivityPorts, recordActivity } from "./record-activity.ts";
import type { ActiveSession, ReturnPath } from "./session.ts";
import type { SessionStore } from "./session-store.ts";

export type EnrolPorts = ActivityPorts & {
  readonly sessions: SessionStore;
  readonly passkeys: PasskeyStore;
  readonly verifyRegistration: RegistrationVerifier;
  readonly relyingParty: RelyingParty;
  /** Whether authenticators are asked who made them; what they say is checked and kept, and decides nothing. */
  readonly attestation: AttestationWish;
};

/** COSE algorithms, best first (RFC 9053): ES256, EdDSA, and RS256, which is all that some Windows computers have. */
export const COSE_ALGORITHMS = [-7, -8, -257] as const;

const HELPING: ReturnPath = "/ho-tro";
const CHALLENGE_OCTETS = 32;
const HANDLE_OCTETS = 32;

/**
 * What a page hands to `navigator.credentials.create` (PublicKeyCredentialCreationOptionsJSON, WebAuthn Level 3 §5.1.9). The challenge is
 * kept in the session: the last one counts, once, for five minutes.
 *
 * @throws Fault `passkey_login_stale`, `passkey_limit`, `session_missing`, `store_unavailable`
 */
export async function registrationOptions(ports: EnrolPorts, session: ActiveSession) {
  const { id, person } = session;
  const now = ports.clock();
  refuseOtherLogin(session, now);
  const ring = await ports.passkeys.open(person.subject, toBase64Url(ports.random(HANDLE_OCTETS)));
  if (ring.passkeys.length >= MAX_PASSKEYS) throw limit();
  const challenge = toBase64Url(ports.random(CHALLENGE_OCTETS));
  if (!(await ports.sessions.challenge(id, { value: challenge, until: now + CHALLENGE_MS })))
    throw new Fault("session_missing", "the session ended meanwhile");
  return {
    challenge,
    rp: { id: ports.relyingParty.rpId, name: RP_NAME },
    user: { id: ring.handle, name: person.fullName, displayName: person.fullName },
    pubKeyCredParams: COSE_ALGORITHMS.map((alg) => ({ type: "public-key", alg }) as const),
    timeout: CHALLENGE_MS,
    attestation: ports.attestation,
    excludeCredentials: ring.passkeys.map(({ credentialId, transports }) => ({
      ...({ type: "public-key", id: credentialId } as const),
      transports,
    })),
    // Discoverable, so that nobody needs to say who they are before they sign; verified by the device, so that holding it is not enough.
    authenticatorSelection: {
      residentKey: "required",
      requireResidentKey: true,
      userVerification: "required",
    } as const,
  };
}

/**
 * Adds a passkey to the ring of whoever is logged in.
 *
 * Crash order: the challenge is used up; the pointer is put; the passkey is put on the ring, and exists from here on. A crash before leaves
 * at most a pointer to a ring that does not know the passkey, which opens nothing; the person begins anew.
 *
 * @param name plain text, at most 60 code points
 * @throws Fault `passkey_login_stale`, `passkey_challenge`, `passkey_refused`, `passkey_exists`, `passkey_limit`, `store_unavailable`
 */
export async function enrolPasskey(
  ports: EnrolPorts,
  session: ActiveSession,
  asked: { readonly name: string; readonly response: RegistrationResponse; readonly device?: string | undefined },
): Promise<Passkey> {
  const { officer: _officer, ...person } = session.person;
  const now = ports.clock();
  refuseOtherLogin(session, now);
  const challenge = session.challenge?.value;
  if (challenge === undefined || !(await ports.sessions.answer(session.id, challenge, now)))
    throw new Fault("passkey_challenge", "there is no challenge to answer");
  const credential = await ports.verifyRegistration(asked.response, {
    ...{ ...ports.relyingParty, challenge, attestation: ports.attestation },
  });
  const id = passkeyId(credential.credentialId);
  if (id === undefined) throw new Fault("passkey_refused", "the credential id is too long");
  const passkey: Passkey = {
    ...{ id, ...credential, name: asked.name, person },
    transports: asked.response.response.transports ?? [],
    ...{ createdAt: now, lastUsedAt: null, lastAssertion: null },
  };
  if (!(await ports.passkeys.point(id, person.subject, passkeyEnd(passkey))))
    throw new Fault("passkey_exists", "somebody else has added this passkey");
  if (!(await ports.passkeys.add(person.subject, passkey, MAX_PASSKEYS)))
    await explainRefusal(await ports.passkeys.read(person.subject), passkey);
  await recordActivity(ports, person.subject, {
    ...({ kind: "passkey_enrolled", passkey: passkey.name } as const),
    ...(asked.device === undefined ? {} : { device: asked.device }),
  });
  return passkey;
}

/** A refusal that met our own first attempt is none. @throws Fault `passkey_exists`, `passkey_limit` */
async function explainRefusal(ring: KeyRing | undefined, { id, createdAt, publicKey }: Passkey): Promise<void> {
  const there = ring?.passkeys.find((one) => one.id === id);
  if (there === undefined) throw limit();
  if (there.createdAt !== createdAt || there.publicKey !== publicKey)
    throw new Fault("passkey_exists", "the passkey is on the ring already");
}

/**
 * A passkey signs for a year, so the login must have been just now, and by a person for their own pages. An officer's machine at a counter
 * is in others' hands a minute after the officer has logged in to help: from there nobody adds a passkey to the officer's.
 */
function refuseOtherLogin({ returnTo, person }: ActiveSession, now: number): void {
  if (returnTo === HELPING) throw new Fault("passkey_login_stale", "the login was made to help others");
  if (now - person.authenticatedAt > FRESH_LOGIN_MS)
    throw new Fault("passkey_login_stale", "the login is older than ten minutes");
}

const limit = () => new Fault("passkey_limit", `a person has at most ${MAX_PASSKEYS} passkeys`);
