import { type Bytes, fromLatin1 } from "../bytes/bytes.ts";
import { formatDate } from "../pdf/date.ts";
import { deflate } from "../pdf/deflate.ts";
import { type PdfDict, type PdfObject, type PdfRef, ref } from "../pdf/object.ts";
import { literalString } from "../pdf/string.ts";
import { encodeText } from "../pdf/text.ts";
import { newObjects, type Objects, writeFile } from "../pdf/write.ts";
import type { Canvas } from "./canvas.ts";
import { addFont } from "./font-objects.ts";
import { SRGB } from "./srgb.ts";
import { addStructure } from "./structure.ts";
import { type Metadata, xmpPacket } from "./xmp.ts";

/** A file inside the document (ISO 32000-2 §7.11.4). */
export type Attachment = {
  /** Letters, digits, `.`, `-` and `_`. */
  readonly name: string;
  /** "application/json" */
  readonly mediaType: string;
  /** How it belongs to the page (table 43). */
  readonly relationship: "Data" | "Source" | "Alternative" | "Supplement";
  readonly description: string;
  readonly data: Uint8Array;
};

/** Of the dates that the document shows. */
const OFFSET_MINUTES = 420;

/**
 * A document of one page: fonts embedded, text extractable and in reading order, metadata, files attached. It keeps to PDF/A-3
 * (ISO 19005-3): colours that depend on no device, nothing that a reader would have to fetch.
 *
 * @param id 16 octets that differ from document to document; nothing else is left to chance
 */
export function writeDocument(
  canvas: Canvas,
  about: Metadata,
  attachments: readonly Attachment[],
  id: Uint8Array,
): Bytes {
  const objects = newObjects();
  const [catalog, pages, page] = [objects.reserve(), objects.reserve(), objects.reserve()];
  const content = objects.add(stream(fromLatin1(canvas.content.join("\n"))));
  const fonts = new Map(canvas.fonts.map((use, i): [string, PdfRef] => [`F${i + 1}`, addFont(objects, use)]));
  const files = attachments.map((file) => ({ name: file.name, spec: addAttachment(objects, file, about.created) }));
  const structure = addStructure(objects, canvas.blocks, ref(page));
  objects.set(
    page,
    dict({
      Type: "Page",
      Parent: ref(pages),
      MediaBox: [0, 0, point(canvas.width), point(canvas.height)],
      Resources: dict({ Font: fonts, ColorSpace: dict({ C0: SRGB }) }),
      Contents: ref(content),
      StructParents: 0,
      Tabs: "S",
    }),
  );
  objects.set(pages, dict({ Type: "Pages", Kids: [ref(page)], Count: 1 }));
  objects.set(
    catalog,
    dict({
      Type: "Catalog",
      Pages: ref(pages),
      Lang: encodeText(about.language),
      MarkInfo: dict({ Marked: true }),
      StructTreeRoot: structure,
      ViewerPreferences: dict({ DisplayDocTitle: true }),
      // Without a filter: programs that only look for metadata find it in the octets.
      Metadata: ref(objects.add({ kind: "new stream", dict: METADATA, data: xmpPacket(about) })),
      ...(files.length === 0 ? {} : attached(files)),
    }),
  );
  const info = objects.add(infoOf(about));
  return writeFile("1.7", objects, { root: ref(catalog), info: ref(info), id });
}

const METADATA = new Map<string, PdfObject>([
  ["Type", "Metadata"],
  ["Subtype", "XML"],
]);

function infoOf({ title, author, producer, created }: Metadata): PdfDict {
  const date = literalString(formatDate(Math.floor(created / 1000) * 1000, 0));
  return dict({
    Title: encodeText(title),
    Author: encodeText(author),
    Producer: encodeText(producer),
    CreationDate: date,
    ModDate: date,
  });
}

function attached(files: readonly { readonly name: string; readonly spec: PdfRef }[]): Record<string, PdfObject> {
  // A name tree is sorted by the octets of its keys (§7.9.6).
  const sorted = [...files].sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    AF: files.map(({ spec }) => spec),
    Names: dict({ EmbeddedFiles: dict({ Names: sorted.flatMap(({ name, spec }) => [literalString(name), spec]) }) }),
  };
}

function addAttachment(objects: Objects, file: Attachment, created: number): PdfRef {
  const { name, mediaType, relationship, description, data } = file;
  if (!/^[\w.-]{1,100}$/.test(name)) throw new RangeError("the name of an attachment");
  const date = literalString(formatDate(Math.floor(created / 1000) * 1000, OFFSET_MINUTES));
  const embedded = ref(
    objects.add({
      kind: "new stream",
      dict: dict({
        Type: "EmbeddedFile",
        Subtype: mediaType,
        Params: dict({ Size: data.length, ModDate: date }),
        Filter: "FlateDecode",
      }),
      data: deflate(data),
    }),
  );
  return ref(
    objects.add(
      dict({
        Type: "Filespec",
        F: literalString(name),
        UF: encodeText(name),
        Desc: encodeText(description),
        AFRelationship: relationship,
        EF: dict({ F: embedded, UF: embedded }),
      }),
    ),
  );
}

function stream(data: Uint8Array) {
  return {
    kind: "new stream" as const,
    dict: new Map<string, PdfObject>([["Filter", "FlateDecode"]]),
    data: deflate(data),
  };
}

function dict(entries: Readonly<Record<string, PdfObject>>): PdfDict {
  return new Map(Object.entries(entries));
}

function point(value: number): PdfObject {
  return { kind: "token", text: String(Math.round(value * 100) / 100) };
}
