import type { PdfDocument } from "../../pdf/document.ts";
import { revisionsOf } from "../../pdf/revisions.ts";
import { endsProperly, strayOctets } from "../../pdf/states.ts";

export type DocumentShape = {
  /** Saves that are well formed. */
  readonly revisions: number;
  /** Octets behind the last of them: never covered by anything. White space and zeros around them do not count. */
  readonly strayOctets: number;
  /** The cross references were unusable and made anew by a search. */
  readonly rebuilt: boolean;
};

/** How a file was saved. Reads nothing but what lies behind the last save. */
export function documentShape(doc: PdfDocument): DocumentShape {
  if (doc.rebuilt) return { revisions: 0, strayOctets: 0, rebuilt: true };
  const revisions = revisionsOf(doc);
  const end = revisions.at(-1)?.end ?? 0;
  return {
    revisions: revisions.filter((revision) => endsProperly(doc, revision)).length,
    strayOctets: strayOctets(doc.source, end),
    rebuilt: false,
  };
}
