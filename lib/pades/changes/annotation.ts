import { isRef } from "../../pdf/object.ts";
import { differences } from "../../pdf/same.ts";
import { claimAnnotationParts } from "./base.ts";
import { isComment } from "./comment.ts";
import { broughtIn, dictWas, is, never, note, type Step, was } from "./step.ts";
import { dictOf } from "./world.ts";

/**
 * Something new on a page: the widget of a signature field that came or was signed in this save, or a comment.
 *
 * @param fresh nothing referred to it before
 */
export function newAnnotation(
  step: Step,
  number: number,
  fresh: boolean,
  { number: pageNumber, page }: { readonly number: number; readonly page: number },
): undefined {
  const { world } = step;
  const where = { page, object: number };
  const dict = dictOf(world, number);
  if (step.signed.has(number) && !world.shownOn.has(number)) {
    const own = dict?.get("P");
    world.shownOn.set(number, page);
    if (own === undefined || (isRef(own) && own.number === pageNumber)) return;
    return never(step, "annotation_added", where);
  }
  if (!fresh || dict === undefined) return never(step, "annotation_added", where);
  world.shownOn.set(number, page);
  broughtIn(step, [number, ...claimAnnotationParts(world, number)], page);
  // A widget that no field of the form has.
  if (dict.get("Subtype") === "Widget") return never(step, "field_added", where);
  note(step, {
    ...where,
    code: "annotation_added",
    fine: "comment_added",
    need: isComment(world, number) ? "annotating" : "never",
  });
}

export function removedAnnotation(step: Step, number: number, page: number): undefined {
  const role = step.world.roles.get(number);
  const where = { page, object: number };
  step.removed.add(number);
  if (role?.kind === "field") return never(step, "field_removed", { ...where, field: role.name });
  const comment = isComment({ ...step.world, view: step.before, ahead: [] }, number);
  note(step, { ...where, code: "annotation_removed", fine: "comment_removed", need: comment ? "annotating" : "never" });
}

/** An annotation that was there before, or something under it. */
export function compareAnnotation(step: Step, number: number, page: number): undefined {
  const { world } = step;
  const where = { page, object: number };
  const [old, now] = [dictWas(step, number), dictOf(world, number)];
  if (old === undefined && now !== undefined) return never(step, "annotation_added", where);
  if (step.removed.has(number)) return;
  if (old === undefined || now === undefined) return never(step, "annotation_removed", where);
  const keys = differences(was(step, number, null), old, is(step, number, null), now);
  broughtIn(step, claimAnnotationParts(world, number), page);
  const fixed = keys.some((key) => FIXED.has(key));
  const past = { ...world, view: step.before, ahead: [] };
  const comment = !fixed && isComment(world, number) && isComment(past, number);
  note(step, { ...where, code: "annotation_changed", fine: "comment_changed", need: comment ? "annotating" : "never" });
}

/** What makes another annotation of it. */
const FIXED: ReadonlySet<string> = new Set(["Subtype", "FT", "Parent", "A", "AA", "P", "OC"]);
