import { digest } from "#crypto";
import { fromBase64Url, toBase64Url } from "../bytes/base64.ts";
import type { SessionPerson } from "./session.ts";

/** Milliseconds. Adding a key is as grave as handing out a signature a day: the login must have been just now. */
export const FRESH_LOGIN_MS = 10 * 60_000;
/** Milliseconds. The device asks the person for a face, a finger or a number; nobody takes longer. */
export const CHALLENGE_MS = 5 * 60_000;
/**
 * Milliseconds. For a year a passkey speaks for the login that it was added under: names change, accounts are closed, telephones change
 * hands. Then the person logs in and adds it anew.
 */
export const ENROLMENT_MS = 365 * 24 * 3600_000;
/** A telephone, a computer, a security key and their successors; more is somebody else. Bounds the item of a person, too. */
export const MAX_PASSKEYS = 20;
/** Code points. */
export const MAX_PASSKEY_NAME = 60;

/** The name that devices show beside the passkey. */
export const RP_NAME = "Ký Một Lần";

/** What a passkey belongs to (WebAuthn Level 2 §4, "RP ID") and the one origin that may use it. */
export type RelyingParty = { readonly rpId: string; readonly origin: string };

/** @param publicUrl of the service; a passkey is of no use under another host */
export function relyingPartyOf(publicUrl: string): RelyingParty {
  const { hostname, origin } = new URL(publicUrl);
  return { rpId: hostname, origin };
}

/** Who enrolled: as far as a signature needs to know. An office is not signed with. */
export type PasskeyPerson = Omit<SessionPerson, "officer">;

/** What is kept of a passkey. Plain JSON: octets are base64url, times milliseconds. No face and no finger ever gets here. */
export type Passkey = {
  /** SHA-256 of the credential id: {@link passkeyId}. */
  readonly id: string;
  readonly credentialId: string;
  /** COSE_Key (RFC 9052 §7) as the authenticator gave it. */
  readonly publicKey: string;
  /** The highest counter seen; 0 for authenticators without one. */
  readonly signCount: number;
  readonly transports: readonly string[];
  /** Whether the key may leave the device, and whether it has been backed up (WebAuthn Level 3 §6.1.3). */
  readonly backupEligible: boolean;
  readonly backedUp: boolean;
  /** The model of the authenticator as a UUID; zeros where it does not say. */
  readonly aaguid: string;
  /** The format of the attestation statement that was checked; mostly `none`. */
  readonly attestation: string;
  /** What the person calls it. */
  readonly name: string;
  readonly createdAt: number;
  readonly lastUsedAt: number | null;
  /** SHA-256 of the last assertion that was accepted: sent again after a lost answer it is no copy of the key. */
  readonly lastAssertion: string | null;
  /** The login under which it was added. */
  readonly person: PasskeyPerson;
};

/** All passkeys of a person, in one item, so that the last free place is taken once. */
export type KeyRing = {
  /** 32 random octets, base64url, that authenticators keep as `user.id`: nothing that is known of the person anywhere else. */
  readonly handle: string;
  readonly passkeys: readonly Passkey[];
};

/** @param credentialId base64url @returns undefined where it is not base64url, or longer than the 1023 octets that there may be (§4) */
export function passkeyId(credentialId: string): string | undefined {
  const octets = fromBase64Url(credentialId);
  if (octets === undefined || octets.length === 0 || octets.length > 1023) return undefined;
  return toBase64Url(digest("SHA-256", octets));
}

/** Milliseconds: from then on the passkey signs no more. */
export const passkeyEnd = ({ createdAt }: Pick<Passkey, "createdAt">): number => createdAt + ENROLMENT_MS;
