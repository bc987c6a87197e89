import type { CommitmentPreimage } from "../identity/commitment.ts";
import type { Dispute } from "./dispute.ts";
import type { SignatureClass } from "./pki.ts";
import type { ProofPerson, ProofToken } from "./proof.ts";

/** What a portal or a person asks for; parsed at the door, canonical from here on. */
export type TransactionRequest = {
  /** 128 random bits that the client chose, base64url (22 characters). */
  readonly id: string;
  /** SHA-256 of the owner secret, base64url. Only who knows the secret can read, approve or decline. */
  readonly ownerHash: string;
  readonly documents: readonly RequestedDocument[];
  /** The name that the log-in must carry, where it is pinned before the approval. */
  readonly signerName?: string | undefined;
  readonly relyingParty?: string | undefined;
  readonly procedure?: string | undefined;
  readonly reason?: string | undefined;
  readonly locale: "vi" | "en";
  /** Seconds from creation in which the approval must end. */
  readonly ttlSeconds: number;
  /** Where the person is sent back to when it is done; of an allowed host (document-hosts.ts). */
  readonly returnUrl?: string | undefined;
  /** Id of the assistance in which the person signs; who names it shows its citizen token as well. */
  readonly assistance?: string | undefined;
};

export type RequestedDocument = {
  readonly alg: "SHA-256";
  readonly digest: string;
  readonly title: string;
  /** Where the person's browser may fetch the prepared document; this service never does. */
  readonly url?: string | undefined;
};

/**
 * `pending` waits for the approval; `signing` is held by one request under a lease; `signed` and `declined` are final.
 * Expiry is not a state: it is `pending` (or an orphaned `signing`) whose time has passed.
 */
export type TransactionState = "pending" | "signing" | "signed" | "declined";

/** The right of one request to sign; whoever finds it lapsed may take it over. */
export type Lease = {
  /** 128 random bits, base64url: tells two holders apart. */
  readonly token: string;
  /** Milliseconds; from then on another request may claim. */
  readonly until: number;
  /** Serial number of the certificate that this holder will have issued, hex. Written before the certificate exists. */
  readonly serial: string;
  /** When the certificate is to begin and to end, milliseconds. */
  readonly notBefore: number;
  readonly notAfter: number;
};

export type Approval = {
  /** SHA-256 of the secret in the browser's cookie, base64url. */
  readonly browserHash: string;
  /** Milliseconds, service clock. */
  readonly at: number;
};

export type Transaction = {
  readonly id: string;
  readonly state: TransactionState;
  /** Milliseconds, service clock. */
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly ownerHash: string;
  readonly preimage: CommitmentPreimage;
  readonly commitment: string;
  readonly intentText: string;
  /** Where each document may be fetched from, in their order; absent where none of them is said to be anywhere. */
  readonly documentUrls?: readonly (string | null)[];
  readonly returnUrl?: string;
  /** The assistance whose committed part stands in the preimage. */
  readonly assistanceId?: string;
  readonly approval?: Approval;
  readonly lease?: Lease;
  /** Serial numbers of certificates that may have been issued and were never used, hex. */
  readonly abandoned: readonly string[];
  /** Present from `signed` on. */
  readonly result?: SignedResult;
  readonly declinedAt?: number;
  /** The signer says that it was somebody else: a mark beside the signature, which it does not change. */
  readonly dispute?: Dispute;
};

/** What signing adds, as octets where it is octets. The proof follows from it and the rest of the transaction (proof-of.ts). */
export type SignedResult = {
  /** DER CMS SignedData, ready for /Contents: one a document, in the order of the request. */
  readonly signatures: readonly Uint8Array[];
  /** When each was stamped (genTime), milliseconds, whole seconds. */
  readonly genTimes: readonly number[];
  /** DER, signer first, root last. */
  readonly certificates: readonly Uint8Array[];
  /** Everything that is linked to the person, in one member, so that it can be erased without touching the rest. */
  readonly person: ProofPerson;
  readonly token: ProofToken;
  /** When the person logged in, milliseconds, by the identity provider's clock; null where it does not say. */
  readonly authenticatedAt: number | null;
  /** 32 random octets: without them the leaf for the log tells nothing. */
  readonly salt: Uint8Array;
  readonly signatureClass: SignatureClass;
  /** The keys are there to try the service out. */
  readonly demo: boolean;
};
