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

export type ProofToken = {
  readonly sha256: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly kid: string | null;
  readonly alg: string;
  /** The key set under which the token verified (public keys only), and its SHA-256 over RFC 8785 JSON. */
  readonly jwks: unknown;
  readonly jwksSha256: string;
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
  readonly authenticatedAt: { readonly time: string | null; readonly source: "identity-provider" };
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
