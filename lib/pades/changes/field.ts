import { isRef, isStream, type PdfDict } from "../../pdf/object.ts";
import { differences } from "../../pdf/same.ts";
import { agrees } from "./appearance.ts";
import { claimFieldParts, signatureOf } from "./base.ts";
import { noteSigned } from "./new-field.ts";
import type { FieldRole } from "./role.ts";
import { broughtIn, dictWas, is, never, note, type Step, was } from "./step.ts";
import { dictOf, type World } from "./world.ts";

/** What filling in a field changes (ISO 32000-2 tables 166, 191, 226, 228, 235). */
const VALUE_KEYS: ReadonlySet<string> = new Set(["V", "AP", "AS", "DA", "Q", "I", "RV", "M"]);
/** Of a field: it may become read-only. */
const READ_ONLY = 1;
/** Of a widget: ReadOnly, Locked, LockedContents. Anything else would hide it or show it. */
const LOCKING = 64 | 128 | 512;

type Where = { readonly field: string; readonly object: number; readonly page: number | undefined };

/**
 * A field or widget that was there before and is another one now, or whose value or appearance is.
 *
 * @param parts objects under it that changed
 */
export function compareField(step: Step, number: number, role: FieldRole, parts: readonly number[]): undefined {
  const { world } = step;
  const where = { field: role.name, object: number, page: world.shownOn.get(number) };
  const [old, now] = [dictWas(step, number), dictOf(world, number)];
  if (old === undefined) return never(step, "field_added", where);
  if (now === undefined) return never(step, "field_removed", where);
  const keys = differences(was(step, number, null), old, is(step, number, null), now);
  if (role.type === "Sig") compareSignatureField(step, where, old, now, keys, parts);
  else compareOther(step, where, role, old, now, keys, parts);
  broughtIn(step, claimNew(step, number, keys), where.page);
}

/** What a changed field refers to now. Its constraint, where it was signed, is entered by that. */
function claimNew({ world, revision }: Step, number: number, keys: readonly string[]): number[] {
  return keys.length === 0 ? [] : claimFieldParts(world, number, revision);
}

function compareSignatureField(
  step: Step,
  where: Where,
  old: PdfDict,
  now: PdfDict,
  keys: readonly string[],
  parts: readonly number[],
): undefined {
  const { world } = step;
  const past: World = { ...world, view: step.before, ahead: [] };
  const before = signatureOf(past, where.object, old);
  const after = signatureOf(world, where.object, now);
  if (before !== undefined) {
    if (after === undefined) return never(step, "signature_removed", where);
    // Locking bits are what a program sets behind a signature; everything else would show another field.
    if (parts.length > 0 || !keys.every((key) => isLocking(key, old, now)))
      never(step, "signature_field_changed", where);
    return;
  }
  const others = keys.filter((key) => !SIGNING_KEYS.has(key) && !isLocking(key, old, now));
  if (others.length > 0) never(step, codeOf(others, "signature_field_changed"), where);
  if (after !== undefined) {
    const shared = now.get("V");
    const role = isRef(shared) ? world.roles.get(shared.number) : undefined;
    if (role !== undefined && !(role.kind === "signature" && role.of === where.object))
      return never(step, "signature_field_changed", where);
    step.signed.add(where.object);
    return noteSigned(step, where, after.dict, { visible: false, added: false });
  }
  if (keys.includes("V")) return never(step, "signature_field_changed", where);
  if (parts.length > 0 || keys.includes("AP") || keys.includes("AS")) lookOfUnsigned(step, where);
}

/** The widget of a signature field that has its value at another node is drawn when that is signed. */
function lookOfUnsigned(step: Step, where: Where): undefined {
  const { world } = step;
  const role = world.roles.get(where.object);
  const parent = role?.kind === "field" ? role.parent : undefined;
  if (parent !== undefined && (step.signed.has(parent) || isSignedNow(step, parent))) {
    step.signed.add(where.object);
    return;
  }
  never(step, "field_appearance_changed", where);
}

function isSignedNow(step: Step, number: number): boolean {
  const { world } = step;
  const past: World = { ...world, view: step.before, ahead: [] };
  const [old, now] = [dictWas(step, number), dictOf(world, number)];
  if (old === undefined || now === undefined) return false;
  return signatureOf(past, number, old) === undefined && signatureOf(world, number, now) !== undefined;
}

/** What an empty field gets when it is signed. */
const SIGNING_KEYS: ReadonlySet<string> = new Set(["V", "AP", "AS", "M", "DA"]);

function compareOther(
  step: Step,
  where: Where,
  role: FieldRole,
  old: PdfDict,
  now: PdfDict,
  keys: readonly string[],
  parts: readonly number[],
): undefined {
  const others = keys.filter((key) => !VALUE_KEYS.has(key) && !isLocking(key, old, now) && !isNamed(key, old, now));
  if (others.length > 0) return never(step, codeOf(others, "field_changed"), where);
  const values = keys.filter((key) => VALUE_KEYS.has(key));
  if (values.length === 0 && parts.length === 0) return note(step, { ...where, ...PREPARED });
  const looks = keys.includes("AP") || !parts.some((part) => isGone(step, part));
  if (!looks || !agrees(step, where.object, role, keys.includes("AP") || parts.length > 0))
    return never(step, "field_appearance_changed", where);
  note(step, { ...where, code: "field_value_changed", fine: "form_filled", need: "filling", locks: true });
}

/** A look that is no look any more. */
function isGone({ changed }: Step, number: number): boolean {
  const { before, after } = changed.get(number) ?? {};
  return isStream(before?.value) && !isStream(after?.value);
}

/** Only flags: the field may become read-only, whoever locked it. */
const PREPARED = { code: "field_value_changed", fine: "form_filled", need: "filling" } as const;

function codeOf(keys: readonly string[], otherwise: "field_changed" | "signature_field_changed") {
  return keys.includes("A") || keys.includes("AA") ? "open_action_or_script_added" : otherwise;
}

function isLocking(key: string, old: PdfDict, now: PdfDict): boolean {
  if (key !== "Ff" && key !== "F") return false;
  const [before, after] = [old.get(key) ?? 0, now.get(key)];
  if (typeof before !== "number" || typeof after !== "number") return false;
  const added = before ^ after;
  return (added & before) === 0 && (added & ~(key === "Ff" ? READ_ONLY : LOCKING)) === 0;
}

/** /Type says what it was all along. */
function isNamed(key: string, old: PdfDict, now: PdfDict): boolean {
  return key === "Type" && !old.has(key) && now.get(key) === "Annot";
}
