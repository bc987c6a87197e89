import type { PdfDict } from "../pdf/object.ts";
import type { Edits } from "./edits.ts";
import { formOf, readForm } from "./form.ts";
import { openSound, revisionId } from "./next-revision.ts";
import type { Prepared } from "./prepared.ts";
import { addSignatureField, freeName, preparedRevision } from "./signature-field.ts";

export type TimestampOptions = {
  /** Letters, digits, `-` and `_`, at most 64. It becomes part of the field's name. */
  readonly fieldId: string;
  /** Octets of token to make room for. */
  readonly reserve?: number;
};

/** A token with the TSA's certificate takes 2 KB, one with a chain of RSA certificates 6 KB. */
const RESERVE = 8192;
/** No token is as large as that. */
const RESERVE_LIMIT = 1024 * 1024;

const DICT: PdfDict = new Map([
  ["Type", "DocTimeStamp"],
  ["Filter", "Adobe.PPKLite"],
  ["SubFilter", "ETSI.RFC3161"],
]);

/**
 * Makes the revision that a document timestamp goes into (ISO 32000-2 §12.8.5): the token's imprint is the digest of what the two
 * ranges cover, and `embedSignature` puts it in. Claimed time, name and reason are left out: the token says it.
 *
 * The field has no appearance: one would make of it a change that fills in a form.
 *
 * Locks of earlier signatures are not asked: a certification that allows no change allows this (§12.8.2.2.2, table 257).
 *
 * @param pdf the whole file; its DSS should have all that validates what it carries
 * @throws Fault `pdf_invalid`, `pdf_encrypted`, `pdf_limit`, `pdf_too_large`; `pdf_unsupported`: a damaged file
 * @throws RangeError options out of their range
 */
export function prepareTimestamp(pdf: Uint8Array, options: TimestampOptions): Prepared {
  const { fieldId, reserve = RESERVE } = options;
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(fieldId)) throw new RangeError("fieldId");
  if (!Number.isInteger(reserve) || reserve < 1 || reserve > RESERVE_LIMIT) throw new RangeError("reserve");
  const doc = openSound(pdf);
  const form = formOf(doc);
  const name = freeName(`Timestamp-${fieldId}`, readForm(doc, form).topNames);
  const edits: Edits = new Map();
  const field = addSignatureField(doc, form, { name, dict: DICT, reserve, look: false }, edits);
  return preparedRevision(doc, edits, field, revisionId(doc, `timestamp ${name}`));
}
