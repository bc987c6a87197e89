import { existsSync, readdirSync, readFileSync } from "node:fs";

/** A PDF to be signed, and what the service must say where it must refuse. */
export type Document = {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly refused?: "pdf_encrypted" | "pdf_locked_by_signature";
};

const OURS = new URL("../vectors/pdf/", import.meta.url);
/** Material of other makers, laid beside the repository where it is developed; not ours to copy in. */
const SHARED = new URL("../../../shared/vectors/pdf/", import.meta.url);

/** What nobody can or may sign. */
const REFUSED: Readonly<Record<string, Document["refused"]>> = {
  "qpdf-needs-password.pdf": "pdf_encrypted",
  "pyhanko-certified-p1.pdf": "pdf_locked_by_signature",
  "qpdf-4.pdf": "pdf_encrypted",
};

/** The PDFs of this repository (test/vectors/pdf/ORIGIN.md). */
export function ourDocuments(): Document[] {
  return read(OURS, "ours");
}

/** Ours, and the shared ones where they are; says loudly where they are not. */
export function documents(): Document[] {
  return [...ourDocuments(), ...sharedDocuments()];
}

function sharedDocuments(): Document[] {
  if (existsSync(SHARED)) return read(SHARED, "shared");
  process.stderr.write(
    `\n*** SKIPPED *** ${SHARED.pathname} is missing; not proved: signing the 68 PDFs of other makers\n\n`,
  );
  return [];
}

function read(folder: URL, prefix: string): Document[] {
  const names = readdirSync(folder).filter((name) => /\.pdf$/i.test(name));
  return names.sort().map((name) => {
    const refused = REFUSED[name];
    const document = { name: `${prefix}/${name}`, bytes: new Uint8Array(readFileSync(new URL(name, folder))) };
    return refused === undefined ? document : { ...document, refused };
  });
}
