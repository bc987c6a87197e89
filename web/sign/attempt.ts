import type { CommitmentPreimage } from "../../lib/identity/commitment.ts";
import type { Prepared } from "../../lib/pades/prepared.ts";
import type { Language } from "../ui/text.ts";

/** Screens of one signature, in order. What comes before (choosing a file) and what ends it otherwise are not kept. */
export const SCREENS = ["name", "review", "stamp", "identify", "approve", "done"] as const;
export type Screen = (typeof SCREENS)[number];

/** Where the stamp goes; millimetres from the left and the lower edge of the page as it is seen, pages from 1. */
export type StampPlace = "auto" | "own-page" | StampSpot;
export type StampSpot = { readonly page: number; readonly left: number; readonly bottom: number };

export type PlacedStamp = {
  readonly place: StampSpot & { readonly width: number; readonly height: number };
  /** It lies on something that is drawn on the page. */
  readonly covers: boolean;
  readonly ownPage: boolean;
};

/** A document that is ready to be signed. */
export type Ready = {
  /** Of an own file: what follows its octets. Of a document that came prepared: the whole of it, made anew when it is needed. */
  readonly prepared?: Prepared;
  /** SHA-256 over what the signature will cover, base64url: what the commitment names. */
  readonly digest: string;
  readonly stamp?: PlacedStamp;
};

export type SigningDocument = {
  /** As the person reads it in the approval. */
  readonly title: string;
  /** As the file was called; text from outside. */
  readonly fileName: string;
  readonly size: number;
  /** Of the file as it was chosen or fetched, hex; known once it was prepared. */
  readonly sha256?: string;
  /** Names the file in this browser's store: 16 random octets, base64url. */
  readonly fileKey: string;
  /** Absent where the browser had no room for it; choosing the same file again brings it back. */
  readonly file?: Blob | undefined;
  /** How many, once it was shown. */
  readonly pages?: number;
  /** Pages that were really painted or read as text. */
  readonly shown: readonly number[];
  readonly ready?: Ready | undefined;
};

/** What the service says of a transaction (docs/FORMATS.md, "Transaction"). */
export type TransactionView = {
  readonly id: string;
  readonly state: "pending" | "signing" | "signed" | "declined" | "expired";
  readonly commitment: string;
  readonly preimage: CommitmentPreimage;
  readonly intentText: string;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly documentUrls?: readonly (string | null)[];
  readonly returnUrl?: string;
  readonly signatures?: readonly { readonly digest: string; readonly cms: string }[];
  readonly signedAt?: string;
  readonly proof?: unknown;
};

/** Everything that one signature needs to go on after a reload: one record of the browser's store, by its id. */
export type Attempt = {
  /** Of the transaction: base64url of 16 octets. */
  readonly id: string;
  /** The owner secret, base64url of 32 octets; the service knows its hash. */
  readonly secret: string;
  /** ms, this device's clock. */
  readonly startedAt: number;
  readonly kind: "own" | "prepared";
  readonly language: Language;
  readonly documents: readonly SigningDocument[];
  /** Of documents that an officer chose for the person; a transaction that came prepared says it itself. */
  readonly asked?: Asked | undefined;
  readonly signerName: string;
  /** What the stamp and the signature say of the time, ms; whole seconds. */
  readonly claimedTime: number;
  readonly place: StampPlace;
  /** The person has ticked that all pages were read. */
  readonly read: boolean;
  /** How the person will identify: index of a provider, or a passkey. */
  readonly means?: number | "passkey" | undefined;
  /** Present once the service knows of it. */
  readonly view?: TransactionView | undefined;
  readonly screen: Screen;
};

/** On a machine that is not the signer's own. */
export const isAtCounter = (attempt: Attempt | undefined): boolean => attempt?.asked?.assistance?.kiosk === true;

/** Who asks for a signature, and which officer's help it is given with. */
export type Asked = {
  readonly relyingParty?: string | undefined;
  readonly procedure?: string | undefined;
  readonly assistance?:
    | {
        readonly id: string;
        /** Of the citizen, base64url. */
        readonly token: string;
        /** Name of the officer's body: the approval names it. */
        readonly unit: string;
        /** At a machine of the office: nothing may stay on it. */
        readonly kiosk: boolean;
      }
    | undefined;
};
