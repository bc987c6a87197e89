import { toBase64 } from "../bytes/base64.ts";
import { fromHex } from "../bytes/hex.ts";
import type { Facts } from "../facts/facts.ts";
import type { TimestampReport, Verification } from "../validate/report.ts";
import { OBJECT, PART_INDICATION, PROOF, SHA256, SUB_INDICATION } from "./etsi-names.ts";
import { type Element, element, textElement, withAttributes } from "./xml-writer.ts";

/**
 * What the verdicts rest on, each under an id that is the same in every report: the file, certificates by their digest, timestamps in
 * their order, CRLs and OCSP responses by their digest.
 */
export type ValidationObjects = {
  readonly elements: readonly Element[];
  /** Whether there is an object of that id: a reference to one that is missing would not be valid. */
  readonly has: (id: string) => boolean;
};

export const FILE_ID = "D-1";
export const certificateId = (sha256: string): string => `C-${sha256}`;
export const revocationId = (sha256: string): string => `R-${sha256}`;
/** @param signature its index; -1 for the timestamps of the document itself */
export const timestampId = (signature: number, index: number): string =>
  signature < 0 ? `T-D-${index + 1}` : `T-${signature + 1}-${index + 1}`;

export function validationObjects(
  verification: Verification,
  sha256: Uint8Array,
  facts: Facts | undefined,
): ValidationObjects {
  const objects = new Map<string, Element>();
  const add = (id: string, type: string, shown: Element, more: readonly (Element | undefined)[] = []): void => {
    if (!objects.has(id))
      objects.set(
        id,
        withAttributes(
          "ValidationObject",
          { id },
          textElement("ObjectType", type),
          element("ValidationObjectRepresentation", shown),
          ...more,
        ),
      );
  };
  add(FILE_ID, OBJECT.signedData, digestElement("DigestAlgAndValue", sha256));
  for (const signature of verification.signatures) {
    const known = dateTime(signature.sevenFields.signingTime.proven) ?? dateTime(verification.at);
    for (const link of signature.chain)
      addDigest(add, certificateId(link.sha256), OBJECT.certificate, link.sha256, poe("POE", known));
  }
  for (const [i, signature] of verification.signatures.entries())
    for (const [k, timestamp] of signature.timestamps.entries())
      addTimestamp(add, timestampId(i, k), timestamp, signature.fieldName);
  for (const [k, timestamp] of verification.documentTimestamps.entries())
    addTimestamp(add, timestampId(-1, k), timestamp);
  for (const { id, kind } of facts?.revocation ?? []) addDigest(add, revocationId(id), OBJECT[kind], id, undefined);
  return { elements: [...objects.values()], has: (id) => objects.has(id) };
}

type Add = (id: string, type: string, shown: Element, more?: readonly (Element | undefined)[]) => void;

function addDigest(add: Add, id: string, type: string, sha256: string, more: Element | undefined): void {
  const octets = fromHex(sha256);
  if (octets?.length === 32) add(id, type, digestElement("DigestAlgAndValue", octets), [more]);
}

/** Timestamps have no digest in the answer: they are described, and their own short report says what came of them. */
function addTimestamp(add: Add, id: string, timestamp: TimestampReport, fieldName?: string): void {
  const { authority, genTime, indication, subIndication } = timestamp;
  const time = dateTime(genTime);
  const shown = textElement("direct", [authority, genTime].filter((part) => part !== null).join(" · "));
  const reference =
    fieldName === undefined ? undefined : element("SignatureReference", textElement("PAdESFieldName", fieldName));
  add(id, OBJECT.timestamp, shown, [
    time === undefined ? undefined : element("POEProvisioning", textElement("POETime", time), reference),
    element(
      "ValidationReport",
      element(
        "SignatureValidationStatus",
        textElement("MainIndication", PART_INDICATION[indication]),
        subIndication === null ? undefined : textElement("SubIndication", SUB_INDICATION + subIndication),
      ),
    ),
  ]);
}

/** Proof of existence (§4.4.6). @param object id of what proves it */
export function poe(name: string, time: string | undefined, object?: string): Element | undefined {
  if (time === undefined) return undefined;
  return element(
    name,
    textElement("POETime", time),
    textElement("TypeOfProof", PROOF),
    object === undefined ? undefined : reference("POEObject", object),
  );
}

export function reference(name: string, ...ids: readonly string[]): Element {
  return withAttributes(name, { VOReference: ids.join(" ") });
}

/** XAdES's DigestAlgAndValueType, whose children are those of XML signatures. */
export function digestElement(name: string, sha256: Uint8Array): Element {
  return element(
    name,
    withAttributes("ds:DigestMethod", { Algorithm: SHA256 }),
    textElement("ds:DigestValue", toBase64(sha256)),
  );
}

/** xs:dateTime in UTC; undefined for what is no time, or beyond four digits of a year. */
export function dateTime(iso: string | null): string | undefined {
  const time = iso === null ? Number.NaN : Date.parse(iso);
  if (!Number.isFinite(time)) return undefined;
  const text = new Date(time).toISOString();
  return /^\d{4}-/.test(text) && !text.startsWith("0000") ? text : undefined;
}
