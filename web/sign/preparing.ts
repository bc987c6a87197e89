import type { Prepared } from "../../lib/pades/prepared.ts";
import type { FaultCode } from "../../lib/text/faults.ts";
import type { PlacedStamp, StampPlace } from "./attempt.ts";

/** What the page asks of the worker (web/workers/prepare.ts): everything that reads a whole file. Files travel as handles, not as octets. */
export type Work =
  | {
      readonly kind: "prepare";
      readonly file: Blob;
      readonly id: string;
      readonly claimedTime: number;
      readonly name: string;
      readonly place: StampPlace;
      readonly host: string;
      readonly fontUrl: string;
    }
  | { readonly kind: "examine"; readonly file: Blob }
  | { readonly kind: "hash"; readonly file: Blob }
  | {
      readonly kind: "finish";
      readonly file: Blob;
      /** Absent for a document that came prepared. */
      readonly prepared?: Prepared;
      /** base64url */
      readonly digest: string;
      readonly cms: Uint8Array;
      /** DER of the only anchor. */
      readonly root: Uint8Array;
      /** ms */
      readonly at: number;
    };

export type PreparedFile = {
  /** Hex, of the file as it is. */
  readonly sha256: string;
  readonly prepared: Prepared;
  /** base64url */
  readonly digest: string;
  readonly stamp?: PlacedStamp;
};

export type ExaminedFile = { readonly sha256: string; readonly digest: string };

export type FinishedFile = {
  readonly signed: Blob;
  readonly signer: string;
  /** ms, by the timestamp. */
  readonly genTime: number;
};

export type Answers = {
  readonly prepare: PreparedFile;
  readonly examine: ExaminedFile;
  /** `sha256`: hex. */
  readonly hash: Pick<ExaminedFile, "sha256">;
  readonly finish: FinishedFile;
};

/** What the worker says; `part` of the whole is 0 … 1. */
export type Said =
  | { readonly kind: "progress"; readonly part: number }
  | { readonly kind: "done"; readonly answer: Answers[keyof Answers] }
  | { readonly kind: "fault"; readonly code: FaultCode; readonly detail: string };
