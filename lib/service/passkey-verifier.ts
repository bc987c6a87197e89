import type { RelyingParty } from "./passkey.ts";

/** A registration response as browsers make it (WebAuthn Level 3 §5.1, RegistrationResponseJSON); the members that are looked at. */
export type RegistrationResponse = {
  readonly id: string;
  readonly rawId: string;
  readonly type: "public-key";
  readonly response: {
    readonly clientDataJSON: string;
    readonly attestationObject: string;
    readonly transports?: readonly string[] | undefined;
  };
};

/** An assertion as browsers make it (AuthenticationResponseJSON); the members that are looked at. */
export type Assertion = {
  readonly id: string;
  readonly rawId: string;
  readonly type: "public-key";
  readonly response: {
    readonly clientDataJSON: string;
    readonly authenticatorData: string;
    readonly signature: string;
    /** Always there of a discoverable credential (§5.2.2). */
    readonly userHandle?: string | null | undefined;
  };
};

/** What a response must answer; `challenge` is base64url. */
export type Ceremony = RelyingParty & { readonly challenge: string };

/** What an authenticator says of a new key. Octets are base64url. */
export type NewCredential = {
  readonly credentialId: string;
  /** COSE_Key. */
  readonly publicKey: string;
  readonly signCount: number;
  readonly backupEligible: boolean;
  readonly backedUp: boolean;
  readonly aaguid: string;
  readonly attestation: string;
};

/** Whether the authenticator was asked who made it (WebAuthn Level 2 §5.4.7). */
export type AttestationWish = "none" | "direct";

/**
 * The registration ceremony (WebAuthn Level 2 §7.1): type, challenge, origin, RP ID, presence and verification of the person, algorithm,
 * attestation statement. Who was not asked for one may not send certificates: to check them takes other people's code, and asks their
 * issuers over the network.
 *
 * @throws Fault `passkey_refused`
 */
export type RegistrationVerifier = (
  response: RegistrationResponse,
  ceremony: Ceremony & { readonly attestation: AttestationWish },
) => Promise<NewCredential>;

/**
 * The authentication ceremony (§7.2) but for the counter, which the store compares: type, challenge, origin, RP ID, no foreign frame,
 * presence and verification of the person, signature.
 *
 * @param publicKey COSE_Key, base64url
 * @throws Fault `passkey_refused`
 */
export type AssertionVerifier = (
  assertion: Assertion,
  ceremony: Ceremony & { readonly credentialId: string; readonly publicKey: string },
) => Promise<{ readonly signCount: number; readonly backedUp: boolean }>;
