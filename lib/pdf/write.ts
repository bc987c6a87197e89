import type { Bytes } from "../bytes/bytes.ts";
import { type NewStream, writeIndirect } from "./append.ts";
import type { PdfObject, PdfRef } from "./object.ts";
import { finish, lengthOf, newSink, putOctets, putText } from "./sink.ts";
import { hexString } from "./string.ts";
import { type Placed, writeTable } from "./xref-write.ts";

/** Objects of a file that is to be written; the first has number 1. */
export type Objects = {
  readonly all: readonly (PdfObject | NewStream | undefined)[];
  /** Sets a number aside for an object that others refer to before it is known. */
  readonly reserve: () => number;
  readonly set: (number: number, value: PdfObject | NewStream) => void;
  /** @returns its number */
  readonly add: (value: PdfObject | NewStream) => number;
};

/** Octets that are no ASCII, in a comment behind the header: programs that move files see then that it is no text (§7.5.2). */
const BINARY = Uint8Array.of(0x25, 0xe2, 0xe3, 0xcf, 0xd3, 0x0a);
const USUAL_LENGTH = 65_536;

export function newObjects(): Objects {
  const all: (PdfObject | NewStream | undefined)[] = [];
  return {
    all,
    reserve: () => all.push(undefined),
    set: (number, value) => {
      all[number - 1] = value;
    },
    add: (value) => all.push(value),
  };
}

/**
 * A whole file with one classic table of cross references (ISO 32000-2 §7.5).
 *
 * @param version "1.7" or "2.0"
 * @param id 16 octets, both parts of /ID
 * @throws TypeError a number was set aside and never used
 */
export function writeFile(
  version: string,
  objects: Objects,
  trailer: { readonly root: PdfRef; readonly info?: PdfRef; readonly id: Uint8Array },
): Bytes {
  const sink = newSink(USUAL_LENGTH);
  putText(sink, `%PDF-${version}\n`);
  putOctets(sink, BINARY);
  const placed: Placed[] = objects.all.map((value, i) => {
    if (value === undefined) throw new TypeError(`object ${i + 1} was never written`);
    const offset = lengthOf(sink);
    writeIndirect(
      { sink, encryption: undefined, number: i + 1, generation: 0 },
      { number: i + 1, generation: 0, value },
    );
    return { number: i + 1, entry: { kind: "plain", offset, generation: 0 } };
  });
  const start = lengthOf(sink);
  const id = hexString(trailer.id);
  const keys = new Map<string, PdfObject>([["Root", trailer.root]]);
  if (trailer.info !== undefined) keys.set("Info", trailer.info);
  writeTable(sink, placed, objects.all.length + 1, keys.set("ID", [id, id]), true);
  putText(sink, `startxref\n${start}\n%%EOF\n`);
  return finish(sink);
}
