import type { CommitmentPreimage } from "../identity/commitment.ts";
import type { SignatureClass } from "./pki.ts";

/**
 * What is kept of a signature so that it can be re-checked years later without this service: docs/FORMATS.md, "Proof".
 * Plain JSON: octets are base64url, times are ISO 8601 UTC.
 */
export type Proof = {
  readonly version: "motlan/proof/v1";
  readonly id: string;
  /** What the person approved: hashing it gives `commitment`, which the identity token carries as its nonce. */
  readonly preimage: CommitmentPreimage;
  readonly commitment: string;
  readonly intentText: string;
  /** Everything that is linked to the person, in one member, so that it can be erased without touching the rest. */
  readonly person: ProofPerson;
  readonly token: ProofToken;
  /** DER certificates, signer first, root last. */
  readonly certificates: readonly string[];
  readonly documents: readonly ProofDocument[];
  readonly algorithms: {
    readonly digest: "SHA-256";
    readonly signature: "ECDSA-P256-SHA-256";
    readonly timestamp: "ECDSA-P256-SHA-256";
  };
  readonly times: ProofTimes;
  readonly signatureClass: SignatureClass;
  readonly demo: boolean;
  /** Serial numbers of certificates of this transaction that never signed, hex. */
  readonly abandoned: readonly string[];
  readonly log: ProofLog;
};

export type ProofPerson = {
  readonly fullName: string;
  /** The pairwise pseudonym in the certificate's serialNumber. */
  readonly pseudonym: string;
  readonly issuer: string;
  readonly assurance: unknown;
};

/** What shows that the person was there and meant this: an identity token, or the assertion of a passkey. */
export type ProofToken = TokenEvidence | PasskeyEvidence;

/** The identity token was seen and is not kept; it has no `kind`. */
export type TokenEvidence = {
  readonly sha256: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly kid: string | null;
  readonly alg: string;
  /** The key set under which the token verified (public keys only), and its SHA-256 over RFC 8785 JSON. */
  readonly jwks: unknown;
  readonly jwksSha256: string;
};

/**
 * An assertion (WebAuthn Level 2 §6.3.3) whose challenge is the commitment, with the key that it verifies under: whoever has the proof
 * can do it again. Octets are base64url.
 */
export type PasskeyEvidence = {
  readonly kind: "passkey";
  readonly credentialId: string;
  /** COSE_Key (RFC 9052 §7), as it was enrolled. */
  readonly publicKey: string;
  readonly assertion: {
    readonly authenticatorData: string;
    readonly clientDataJSON: string;
    readonly signature: string;
  };
  /** When the person, freshly logged in, enrolled the passkey. */
  readonly enrolledAt: string;
  /** The counter in `authenticatorData`; 0 where the authenticator has none. */
  readonly signCount: number;
  /** Whether the key was said to be backed up, so that it may live on several devices. */
  readonly backedUp: boolean;
  readonly rpId: string;
  readonly origin: string;
};

export type ProofDocument = {
  readonly title: string;
  readonly digest: string;
  /** SHA-256 of the DER CMS and of the timestamp token inside it. */
  readonly cmsSha256: string;
  readonly timestampSha256: string;
  /** genTime of the token. */
  readonly timestamp: string;
};

/** Each time with where it comes from: they are three different clocks. */
export type ProofTimes = {
  readonly createdAt: { readonly time: string; readonly source: "service" };
  readonly authenticatedAt: { readonly time: string | null; readonly source: "identity-provider" | "service" };
  readonly signedAt: { readonly time: string; readonly source: "timestamp" };
};

/** The leaf for the transparency log and what opens it (docs/FORMATS.md, "Leaf"). */
export type ProofLog = {
  readonly leaf: string;
  readonly salt: string;
  readonly record: {
    readonly id: string;
    readonly documents: readonly string[];
    readonly cms: readonly string[];
    readonly certificate: string;
  };
  readonly state: "pending";
};
