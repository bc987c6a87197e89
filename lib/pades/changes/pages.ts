import { isRef, type PdfObject } from "../../pdf/object.ts";
import { differences, same } from "../../pdf/same.ts";
import { newAnnotation, removedAnnotation } from "./annotation.ts";
import { claimPageParts, readPages } from "./base.ts";
import { pageCode } from "./codes.ts";
import { broughtIn, dictWas, is, never, type Step, was } from "./step.ts";
import { claim, dictOf, itemsOf, take, type World } from "./world.ts";

/** Neither shows anything: the order of the tab key, and when a program last changed its own data. */
const HARMLESS: ReadonlySet<string> = new Set(["Tabs", "LastModified"]);

/** The list of the pages. @param catalog its object number */
export function comparePageTree(step: Step, catalog: number): undefined {
  const { world } = step;
  const old = world.pages;
  const { pages, nodes } = readPages(world, dictOf(world, catalog) ?? new Map());
  const [had, has] = [new Set(old), new Set(pages)];
  for (const [i, number] of old.entries())
    if (!has.has(number)) never(step, "page_removed", { page: i + 1, object: number });
  for (const [i, number] of pages.entries()) {
    if (had.has(number)) continue;
    never(step, "page_added", { page: i + 1, object: number });
    take(world, number, { kind: "page", page: i + 1 });
    claimPageParts(world, number, i + 1);
    claim(world, dictOf(world, number)?.get("Annots"), { kind: "fixed", code: "page_added", page: i + 1 });
  }
  const kept = old.filter((number) => has.has(number));
  const order = pages.filter((number) => had.has(number));
  if (kept.some((number, i) => order[i] !== number)) never(step, "page_order_changed");
  for (const number of nodes.keys()) take(world, number, { kind: "pages" });
  world.pages = pages;
}

/** An inner node of the page tree: which pages it has is seen from their list, what they inherit from it is compared here. */
export function comparePageNode(step: Step, number: number): undefined {
  const [old, now] = [dictWas(step, number), dictOf(step.world, number)];
  if (old === undefined || now === undefined) return never(step, "page_order_changed", { object: number });
  for (const key of differences(was(step, number, null), old, is(step, number, null), now)) {
    const code = key === "Kids" || key === "Count" || key === "Parent" ? "page_order_changed" : pageCode(key);
    never(step, code, { object: number });
    broughtIn(step, claim(step.world, now.get(key), { kind: "fixed", code, page: undefined }));
  }
}

/** A page that was there before. */
export function comparePage(step: Step, number: number, page: number): undefined {
  const [old, now] = [dictWas(step, number), dictOf(step.world, number)];
  if (old === undefined) return never(step, "page_added", { page, object: number });
  if (now === undefined) return never(step, "page_removed", { page, object: number });
  for (const key of differences(was(step, number, null), old, is(step, number, null), now)) {
    if (key === "Annots" || HARMLESS.has(key)) continue;
    const code = pageCode(key);
    never(step, code, { page, object: number });
    broughtIn(step, claim(step.world, now.get(key), { kind: "fixed", code, page }), page);
  }
}

/** What is shown on top of a page: widgets of further signatures may come, comments where they are allowed. */
export function compareAnnotations(step: Step, number: number, page: number): undefined {
  const { world } = step;
  const past: World = { ...world, view: step.before, ahead: [] };
  const before = itemsOf(past, dictWas(step, number)?.get("Annots"));
  const after = itemsOf(world, dictOf(world, number)?.get("Annots"));
  for (const array of after.through) {
    if (take(world, array, { kind: "annotations", page })) broughtIn(step, [array], page);
  }
  const direct = (items: readonly PdfObject[]) => items.filter((item) => !isRef(item));
  if (!same(was(step, number, direct(before.items)), is(step, number, direct(after.items))))
    never(step, "annotation_changed", { page });
  const had = numbersIn(before.items);
  const has = numbersIn(after.items);
  const [known, still] = [new Set(had), new Set(has)];
  for (const one of had) if (!still.has(one)) removedAnnotation(step, one, page);
  const added = has.filter((one) => !known.has(one));
  // All of them first: one may refer to another, as a note does to its window.
  const fresh = new Set(added.filter((one) => take(world, one, { kind: "annotation", page })));
  for (const one of added) newAnnotation(step, one, fresh.has(one), { number, page });
  // What is on top of what.
  const [kept, order] = [had.filter((one) => still.has(one)), has.filter((one) => known.has(one))];
  if (kept.length !== order.length || kept.some((one, i) => order[i] !== one))
    never(step, "annotation_changed", { page });
  if (new Set(added).size !== added.length) never(step, "annotation_added", { page });
}

function numbersIn(items: readonly PdfObject[]): number[] {
  return items.filter(isRef).map(({ number }) => number);
}
