import { type Bytes, concat, fromUtf8, toUtf8 } from "../bytes/bytes.ts";
import { Fault } from "../fault/fault.ts";
import { quietly } from "../fault/quietly.ts";
import { canonicalJson } from "../json/canonical.ts";
import { parseJson } from "../json/strict-parse.ts";
import { MAX_DOCUMENTS, MAX_TEXT } from "../text/consent.ts";
import { isPlainText } from "../text/plain.ts";

export const HANDOVER_VERSION = "motlan/handover/v1";
/** Octets of the list in front: ten titles and names of files are far below. */
const LIST_LIMIT = 64 * 1024;
const LENGTH_OCTETS = 4;
/** Code points; file systems take 255 octets. */
const MAX_FILE_NAME = 255;

/** A document that an officer prepared for a citizen. */
export type HandedDocument = {
  readonly title: string;
  readonly fileName: string;
  readonly pdf: Uint8Array;
};

/** What the officer's browser seals for the citizen's: what the citizen reads and then signs. */
export type Handover = {
  /** 1 to 10, in the order in which they are to be signed. */
  readonly documents: readonly HandedDocument[];
  readonly relyingParty?: string | undefined;
  readonly procedure?: string | undefined;
};

/**
 * Length of the list (4 octets, big endian), the list as RFC 8785 JSON, the files one after the other.
 *
 * @throws TypeError what {@link readHandover} would refuse
 */
export function writeHandover({ documents, relyingParty, procedure }: Handover): Bytes {
  const list = {
    version: HANDOVER_VERSION,
    ...(relyingParty === undefined ? {} : { relyingParty }),
    ...(procedure === undefined ? {} : { procedure }),
    documents: documents.map(({ title, fileName, pdf }) => ({ title, fileName, length: pdf.length })),
  };
  const octets = fromUtf8(canonicalJson(list));
  const files = documents.map(({ pdf }) => pdf);
  if (octets.length > LIST_LIMIT || !isList(list)) throw new TypeError("not a list of documents to be handed over");
  const length = new Uint8Array(LENGTH_OCTETS);
  new DataView(length.buffer).setUint32(0, octets.length);
  return concat(length, octets, ...files);
}

/** @throws Fault `handover_malformed`: anything that {@link writeHandover} does not write */
export function readHandover(octets: Uint8Array): Handover {
  const malformed = new Fault("handover_malformed", "not a list of documents and the documents");
  if (octets.length < LENGTH_OCTETS) throw malformed;
  const length = new DataView(octets.buffer, octets.byteOffset, LENGTH_OCTETS).getUint32(0);
  if (length > LIST_LIMIT || LENGTH_OCTETS + length > octets.length) throw malformed;
  const text = toUtf8(octets.subarray(LENGTH_OCTETS, LENGTH_OCTETS + length)) ?? "";
  const list: unknown = quietly(() => parseJson(text));
  if (!isList(list) || canonicalJson(list) !== text) throw malformed;
  const { documents, relyingParty, procedure } = list;
  let at = LENGTH_OCTETS + length;
  const handed = documents.map((one) => {
    const pdf = octets.slice(at, at + one.length);
    at += one.length;
    return { title: one.title, fileName: one.fileName, pdf };
  });
  if (at !== octets.length) throw malformed;
  return {
    documents: handed,
    ...(relyingParty === undefined ? {} : { relyingParty }),
    ...(procedure === undefined ? {} : { procedure }),
  };
}

type List = {
  readonly version: typeof HANDOVER_VERSION;
  readonly relyingParty?: string;
  readonly procedure?: string;
  readonly documents: readonly { readonly title: string; readonly fileName: string; readonly length: number }[];
};

function isList(value: unknown): value is List {
  if (!isObject(value, ["version", "documents"], ["relyingParty", "procedure"])) return false;
  const { version, documents, relyingParty, procedure } = value;
  return (
    version === HANDOVER_VERSION &&
    [relyingParty, procedure].every((text) => text === undefined || isText(text, MAX_TEXT)) &&
    Array.isArray(documents) &&
    documents.length >= 1 &&
    documents.length <= MAX_DOCUMENTS &&
    documents.every(
      (one) =>
        isObject(one, ["title", "fileName", "length"], []) &&
        isText(one.title, MAX_TEXT) &&
        isText(one.fileName, MAX_FILE_NAME) &&
        Number.isSafeInteger(one.length) &&
        (one.length as number) >= 1,
    )
  );
}

function isObject(
  value: unknown,
  required: readonly string[],
  optional: readonly string[],
): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const names = Object.keys(value);
  return (
    required.every((name) => Object.hasOwn(value, name)) &&
    names.every((name) => required.includes(name) || optional.includes(name))
  );
}

const isText = (value: unknown, max: number): boolean => typeof value === "string" && isPlainText(value, max);
