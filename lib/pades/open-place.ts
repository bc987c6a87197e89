import { Fault } from "../fault/fault.ts";
import { findSignatures } from "./find.ts";
import type { Prepared } from "./prepared.ts";

/**
 * The place that a file which came prepared keeps for a signature: of the signature that covers all of it, with nothing but zeros in
 * /Contents. The whole file is what was appended, to nothing: so that what reads {@link Prepared} reads this.
 *
 * @param pdf the original's octets and what `prepareSignature` gave, one after the other
 * @returns views of `pdf`, which must not change
 * @throws Fault `pdf_not_prepared`: there is no such signature, or more than one; as `findSignatures`
 */
export function openPlace(pdf: Uint8Array<ArrayBuffer>): Prepared {
  const open = findSignatures(pdf).filter(
    ({ contents, coversWholeFile }) => coversWholeFile && contents?.every((octet) => octet === 0),
  );
  const [place, ...more] = open;
  if (place?.byteRange === undefined || place.contentsRange === undefined || more.length > 0)
    throw new Fault("pdf_not_prepared", `${open.length} places for a signature`);
  const [from, to] = place.contentsRange;
  return {
    appended: pdf,
    byteRange: place.byteRange as Prepared["byteRange"],
    contentsStart: from,
    // Between `<` and `>`, two digits an octet.
    reserved: Math.floor((to - from - 2) / 2),
    fieldName: place.fieldName,
  };
}
