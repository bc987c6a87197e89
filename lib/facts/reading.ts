import { changesSince } from "#changes";
import { readDss } from "#dss";
import { documentShape } from "../pades/changes/shape.ts";
import type { Dss } from "../pades/dss.ts";
import { type FoundSignature, signaturesIn } from "../pades/find.ts";
import type { PdfDocument } from "../pdf/document.ts";
import { withSavedDocument } from "../pdf/saved.ts";
import type { ChangesFacts, DocumentFacts } from "./facts.ts";
import { atMost, MAX_DOCUMENT_TIMESTAMPS } from "./limits.ts";

/** A signature or document timestamp, and what was done to the file behind it. */
export type Placed = { readonly found: FoundSignature; readonly changes: ChangesFacts };

/** Everything that has to be looked up in the open document; nothing in it is verified. */
export type Reading = {
  readonly document: DocumentFacts;
  readonly signatures: readonly Placed[];
  readonly timestamps: readonly Placed[];
  readonly dss: Dss | undefined;
};

/** @throws Fault `pdf_invalid`, `pdf_encrypted`, `pdf_unsupported`, `pdf_limit`: the file cannot be read */
export function readFile(pdf: Uint8Array): Reading {
  return withSavedDocument(pdf, read, ({ signatures, timestamps }) => signatures.length + timestamps.length > 0);
}

function read(doc: PdfDocument): Reading {
  const all = signaturesIn(doc);
  const changes = changesOf(doc, all);
  const found = all.map((one): Placed => ({ found: one, changes: changes.get(one) ?? UNKNOWN }));
  const timestamps = found.filter((one) => isTimestamp(one.found));
  atMost(timestamps.length, MAX_DOCUMENT_TIMESTAMPS, "document timestamps");
  const dss = readDss(doc);
  return {
    document: {
      size: doc.source.length,
      ...documentShape(doc),
      encrypted: doc.encryption !== undefined,
      hasDss: dss !== undefined,
    },
    signatures: found.filter((one) => !isTimestamp(one.found)),
    timestamps,
    dss,
  };
}

/** Nobody has looked. */
const UNKNOWN: ChangesFacts = { result: "unknown", items: [] };

/** The oldest save first: what is found out about later saves is then known for the signatures in them. */
function changesOf(doc: PdfDocument, all: readonly FoundSignature[]): ReadonlyMap<FoundSignature, ChangesFacts> {
  const oldestFirst = [...all].sort((a, b) => (a.revision ?? 0) - (b.revision ?? 0));
  return new Map(oldestFirst.map((one) => [one, changesSince(doc, one)]));
}

/** By what is in /Contents, not by /Type: whoever calls a person's signature a timestamp must not make it one. */
function isTimestamp({ subFilter }: FoundSignature): boolean {
  return subFilter === "ETSI.RFC3161";
}
