import type { ChangeCode } from "../../text/changes.ts";

/** One thing that was done to the file behind what a signature covers. */
export type Change = {
  readonly code: ChangeCode;
  readonly permitted: boolean;
  /** The save that brought it, 1 for the first; null where no save did. */
  readonly revision: number | null;
  /** Page number, 1 for the first. */
  readonly page: number | null;
  /** Fully qualified name of a form field. */
  readonly field: string | null;
  /** Object number. */
  readonly object: number | null;
};

export type Changes = {
  readonly result: "none" | "permitted" | "forbidden" | "unknown";
  readonly items: readonly Change[];
};

/**
 * What has to be allowed so that a change is: `nothing` where it never matters, `never` where no signature can allow it, `unknown`
 * where nobody can say what was changed. The others are the steps of DocMDP (ISO 32000-2 table 257).
 */
export type Need = "nothing" | "filling" | "signing" | "annotating" | "never" | "unknown";

/** A change as one save made it, before anybody asks what an earlier signature allows. */
export type Finding = {
  /** Its code where it is not permitted. */
  readonly code: ChangeCode;
  /** Its code where it is. */
  readonly fine?: ChangeCode;
  readonly need: Need;
  /** Can be seen on a page, so that it may not come after a certification. */
  readonly visible?: boolean;
  /** Done to a field that a lock may name; otherwise locks do not matter. */
  readonly locks?: boolean;
  readonly page?: number | undefined;
  readonly field?: string | undefined;
  readonly object?: number | undefined;
};
