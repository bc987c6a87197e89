import { Fault } from "../../fault/fault.ts";
import { entryOf, loadNumber, type PdfDocument } from "../../pdf/document.ts";
import { spend } from "../../pdf/limits.ts";
import { type Indirect, isStream } from "../../pdf/object.ts";
import type { Revision } from "../../pdf/revisions.ts";
import { same } from "../../pdf/same.ts";
import type { Entry, Section } from "../../pdf/section.ts";
import { quietly, type World } from "./world.ts";

/** An object as it was and as it is; undefined where there is none. */
export type Changed = { readonly before: Indirect | undefined; readonly after: Indirect | undefined };

export type ChangedObjects = {
  readonly changed: Map<number, Changed>;
  /** Cannot be read in the new state. */
  readonly damaged: readonly number[];
  /** The cross references of this save and the object itself do not agree about it, or look for it behind the end. */
  readonly misplaced: readonly number[];
  /** A key is written twice in it, so that readers differ about what it says. */
  readonly ambiguous: readonly number[];
};

/**
 * The objects that one save gave another value. What it only names again, or writes again as it was, is left out, and so are the
 * streams that it needs for its own cross references and packed objects.
 *
 * @param after the state behind the save
 */
export function changedObjects(world: World, after: PdfDocument, revision: Revision): ChangedObjects {
  const before = world.view;
  const changed = new Map<number, Changed>();
  const damaged: number[] = [];
  const misplaced: number[] = [];
  const ambiguous: number[] = [];
  const look = (number: number): void => {
    if (changed.has(number)) return;
    const old = quietly(before, number);
    const entry = entryOf(after, number);
    if (entry.kind === "plain" && entry.offset >= after.source.length) misplaced.push(number);
    let now: Indirect | undefined;
    try {
      now = loadNumber(after, number);
    } catch (fault) {
      if (!(fault instanceof Fault) || fault.code !== "pdf_invalid") throw fault;
      after.objects.set(number, undefined);
      damaged.push(number);
    }
    if (now !== undefined && entry.kind === "plain" && entry.generation !== now.generation) misplaced.push(number);
    if (now?.repeats === true) ambiguous.push(number);
    if (isUnchanged(before, old, after, now)) return;
    changed.set(number, { before: old, after: now });
  };
  const redefined: number[] = [];
  for (const number of touched(before, after, revision)) {
    look(number);
    if (isContainer(changed.get(number)?.after) || isContainer(changed.get(number)?.before)) redefined.push(number);
  }
  // Objects change with the object stream they are in, though no cross reference names them.
  if (redefined.length > 0) {
    const inside = compressedIn(world);
    for (const container of redefined) for (const number of inside.get(container) ?? []) look(number);
  }
  return { changed, damaged, misplaced, ambiguous };
}

function isUnchanged(
  before: PdfDocument,
  old: Indirect | undefined,
  after: PdfDocument,
  now: Indirect | undefined,
): boolean {
  if (old === undefined || now === undefined) return old === now;
  if (old.generation !== now.generation) return false;
  return same({ doc: before, holder: old, value: old.value }, { doc: after, holder: now, value: now.value });
}

/** The objects whose place is another one than before. */
function* touched(before: PdfDocument, after: PdfDocument, { sections }: Revision): Generator<number> {
  const seen = new Set<number>();
  for (const section of sections) {
    for (const { first, count } of section.runs) {
      spend(after.budget, count);
      for (let number = Math.max(first, 1); number < first + count; number++) {
        const entry = section.find(number);
        if (entry === undefined || samePlace(entry, entryOf(before, number)) || seen.has(number)) continue;
        seen.add(number);
        yield number;
      }
    }
  }
}

function samePlace(a: Entry, b: Entry): boolean {
  if (a.kind === "free" || b.kind === "free") return a.kind === b.kind;
  if (a.kind === "plain") return b.kind === "plain" && a.offset === b.offset && a.generation === b.generation;
  return b.kind === "compressed" && a.container === b.container && a.index === b.index;
}

/** Whether a reader would look for packed objects in it, whatever it calls itself. */
function isContainer(object: Indirect | undefined): boolean {
  return object !== undefined && isStream(object.value) && object.value.dict.has("N") && object.value.dict.has("First");
}

function compressedIn(world: World): ReadonlyMap<number, readonly number[]> {
  if (world.compressed === undefined) {
    world.compressed = new Map();
    for (const section of world.view.sections) addCompressed(world, world.compressed, section);
  }
  return world.compressed;
}

function addCompressed({ view }: World, into: Map<number, number[]>, section: Section): void {
  for (const { first, count } of section.runs) {
    spend(view.budget, count);
    for (let number = first; number < first + count; number++) {
      const entry = section.find(number);
      if (entry?.kind !== "compressed") continue;
      const inside = into.get(entry.container);
      if (inside === undefined) into.set(entry.container, [number]);
      else inside.push(number);
    }
  }
}
