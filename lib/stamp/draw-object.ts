import { load, type PdfDocument, resolve, streamOctets } from "../pdf/document.ts";
import { arrayAt, dictAt, nameAt, realOf } from "../pdf/lookup.ts";
import { isRef, isStream, type PdfObject, type PdfRef, type PdfStream } from "../pdf/object.ts";
import { type Operands, type Run, resourceOf, work } from "./content-run.ts";
import { boxThrough, intersection, type Matrix, multiply } from "./matrix.ts";
import { boxAt } from "./page-view.ts";
import { paint } from "./painted.ts";

/** What opening a form costs, counted as operators. */
const FORM = 20;

/** Do (ISO 32000-2 §8.8): a picture in the unit square, or a form, which is content of its own. */
export function drawObject(run: Run, operands: Operands): void {
  const { doc, painted } = run.walk;
  const entry = resourceOf(run, "XObject", operands.at(-1));
  const stream = resolve(doc, entry);
  // What is not there is not painted.
  if (!isStream(stream) || !isRef(entry)) return;
  if (nameAt(doc, stream.dict, "Subtype") === "Form") drawForm(run, entry, stream);
  else paint(painted, boxThrough(run.state.ctm, [0, 0, 1, 1]), run.state.clip);
}

function drawForm(run: Run, entry: PdfRef, stream: PdfStream): void {
  const { doc } = run.walk;
  work(run.walk, FORM);
  const own = (arrayAt(doc, stream.dict, "Matrix") ?? []).map((item) => realOf(resolve(doc, item)));
  const ctm =
    own.length === 6 && !own.includes(undefined) ? multiply(own as unknown as Matrix, run.state.ctm) : run.state.ctm;
  const bounds = boxAt(doc, stream.dict.get("BBox"));
  const clip = bounds === undefined ? run.state.clip : intersection(boxThrough(ctm, bounds), run.state.clip);
  const holder = lastHolder(doc, entry);
  if (clip === undefined || holder === undefined) return;
  const resources = dictAt(doc, stream.dict, "Resources") ?? run.resources;
  run.enter(streamOctets(doc, holder), resources, { ...run.state, ctm, clip });
}

/** The stream itself, where a reference leads to another one first. */
export function lastHolder(doc: PdfDocument, entry: PdfObject | undefined) {
  let found = isRef(entry) ? load(doc, entry) : undefined;
  for (let i = 0; i < 32 && found !== undefined && isRef(found.value); i++) found = load(doc, found.value);
  return found !== undefined && isStream(found.value) ? found : undefined;
}
