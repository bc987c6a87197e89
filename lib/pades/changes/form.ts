import { isRef, type PdfDict, type PdfObject } from "../../pdf/object.ts";
import { differences, same } from "../../pdf/same.ts";
import { dictBehind, signatureOf } from "./base.ts";
import { formCode } from "./codes.ts";
import { newField } from "./new-field.ts";
import { dictWas, is, never, type Step, was } from "./step.ts";
import { dictOf, itemsOf, take, type World } from "./world.ts";

/** SignaturesExist and AppendOnly (ISO 32000-2 table 225). */
const SIGNATURE_FLAGS = 3;

/** The form of both states, wherever its dictionary stands. */
type Forms = { readonly catalog: number; readonly old: PdfDict | undefined; readonly now: PdfDict | undefined };

/**
 * The form's own dictionary and the list of its fields. Further signature fields may come; nothing may go.
 *
 * @param catalog its object number
 */
export function compareForm(step: Step, catalog: number): undefined {
  const { world } = step;
  const past: World = { ...world, view: step.before, ahead: [] };
  const old = dictBehind(past, dictWas(step, catalog)?.get("AcroForm"));
  const now = dictBehind(world, dictOf(world, catalog)?.get("AcroForm"));
  for (const number of now.through) take(world, number, { kind: "form" });
  const forms = { catalog, old: old.dict, now: now.dict };
  if (old.dict !== undefined && now.dict === undefined) never(step, "field_removed");
  compareKeys(step, forms, now.through.at(-1) ?? catalog, old.through.at(-1) ?? catalog);
  compareFields(step, past, forms);
}

function compareKeys(step: Step, { old, now }: Forms, holder: number, oldHolder: number): undefined {
  if (now === undefined) return;
  const before: PdfDict = old ?? new Map();
  const [a, b] = [was(step, oldHolder, null), is(step, holder, null)];
  for (const key of differences(a, before, b, now)) {
    if (key === "Fields" || key === "NeedAppearances") continue;
    const [x, y] = [before.get(key), now.get(key)];
    if (key === "SigFlags" && isGrown(x, y)) continue;
    // How a field looks that says nothing about it: programs enter it when they make a form's first signature.
    if ((key === "DA" || key === "Q") && x === undefined) continue;
    if (key === "DR" && hasAll(step, x, y)) continue;
    never(step, formCode(key));
  }
}

function isGrown(old: PdfObject | undefined, now: PdfObject | undefined): boolean {
  const before = typeof old === "number" ? old : 0;
  return typeof now === "number" && now === (before | (now & SIGNATURE_FLAGS));
}

/** Whether all fonts and other resources are there that were there before, each the same; a new one changes nothing. */
function hasAll(step: Step, old: PdfObject | undefined, now: PdfObject | undefined): boolean {
  const past: World = { ...step.world, view: step.before, ahead: [] };
  const after = dictBehind(step.world, now);
  const before = dictBehind(past, old);
  if (after.dict === undefined || (old !== undefined && before.dict === undefined)) return false;
  for (const number of after.through)
    take(step.world, number, { kind: "fixed", code: "form_resources_changed", page: undefined });
  for (const [kind, value] of before.dict ?? []) {
    const [kept, had] = [dictBehind(step.world, after.dict.get(kind)), dictBehind(past, value)];
    if (had.dict === undefined || kept.dict === undefined) {
      if (!same(was(step, 0, value), is(step, 0, after.dict.get(kind)))) return false;
      continue;
    }
    for (const [name, resource] of had.dict)
      if (!same(was(step, 0, resource), is(step, 0, kept.dict.get(name)))) return false;
  }
  return true;
}

function compareFields(step: Step, past: World, { old, now }: Forms): undefined {
  const before = itemsOf(past, old?.get("Fields"));
  const after = itemsOf(step.world, now?.get("Fields"));
  for (const number of after.through) take(step.world, number, { kind: "fields", of: undefined });
  const had = numbersIn(before.items);
  const has = numbersIn(after.items);
  for (const number of had) if (!has.has(number)) removed(step, past, number);
  if (now === undefined) return;
  const direct = (items: readonly PdfObject[]) => items.filter((item) => !isRef(item));
  // A field without a number of its own cannot be told from another one.
  if (!same(was(step, 0, direct(before.items)), is(step, 0, direct(after.items)))) never(step, "form_changed");
  for (const number of has) if (!had.has(number)) newField(step, number);
}

function numbersIn(items: readonly PdfObject[]): Set<number> {
  return new Set(items.filter(isRef).map(({ number }) => number));
}

function removed(step: Step, past: World, number: number): undefined {
  const role = step.world.roles.get(number);
  const field = role?.kind === "field" ? role.name : undefined;
  const dict = dictOf(past, number);
  const signed = role?.kind === "field" && role.type === "Sig" && dict !== undefined && signatureOf(past, number, dict);
  never(step, signed ? "signature_removed" : "field_removed", {
    field,
    object: number,
    page: step.world.shownOn.get(number),
  });
}
