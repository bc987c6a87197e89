import type { PdfDict } from "./object.ts";

/** Where an object is (ISO 32000-2 §7.5.4, table 18). */
export type Entry =
  | { readonly kind: "free" }
  | { readonly kind: "plain"; readonly offset: number; readonly generation: number }
  | { readonly kind: "compressed"; readonly container: number; readonly index: number };

export const FREE: Entry = { kind: "free" };

/** One section of cross references: a table or a stream with its trailer; a hybrid one is both (§7.5.8.4). */
export type Section = {
  readonly kind: "table" | "stream" | "rebuilt";
  /** Offset in the file of `xref` or of the stream's object. */
  readonly offset: number;
  /** Where reading it ended: behind the trailer's dictionary, or where the stream's data starts. */
  readonly end: number;
  readonly trailer: PdfDict;
  /** One more than the highest object number that it names. */
  readonly top: number;
  /** @returns undefined where this section says nothing about the object */
  readonly find: (number: number) => Entry | undefined;
  /** Object numbers that it names, in runs. */
  readonly runs: readonly Run[];
};

export type Run = { readonly first: number; readonly count: number };
