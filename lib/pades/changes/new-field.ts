import { nameAt } from "../../pdf/lookup.ts";
import { isRef, isString, type PdfDict, type PdfObject } from "../../pdf/object.ts";
import { claimField, claimFieldParts, partialName, signatureOf } from "./base.ts";
import { hasLook, isSeen } from "./look.ts";
import { broughtIn, never, note, type Step } from "./step.ts";
import { dictOf, itemsOf, take } from "./world.ts";

/** What a signature field and its widget consist of (ISO 32000-2 tables 166, 191, 226, 235). No actions. */
const FIELD_KEYS: ReadonlySet<string> = new Set(
  "Type Subtype FT T TU TM V DV Ff F Rect P AP AS MK BS Border C NM M Lock SV Kids Parent DA Q H StructParent Contents Lang".split(
    " ",
  ),
);

/** A field that appeared at the top of the form: a signature field of the right shape, or something that may not come. */
export function newField(step: Step, number: number): undefined {
  const { world } = step;
  const dict = dictOf(world, number);
  const name = partialName(world, number) ?? "";
  const known = world.roles.get(number);
  // It was something else before, so that it is not new at all.
  if (known !== undefined || dict === undefined) return never(step, "field_added", { field: name, object: number });
  claimField(world, number, undefined);
  const widgets = widgetsOf(step, number, dict);
  const fresh = [number, ...(widgets ?? [])];
  const claimed = fresh.flatMap((one) => claimFieldParts(world, one, step.revision));
  broughtIn(step, [...fresh, ...claimed]);
  const where = { field: name, object: number, page: pageOf(step, fresh) };
  const problem = problemOf(step, number, dict, widgets);
  if (problem !== undefined) return never(step, problem, where);
  world.names.add(name);
  step.signed.add(number);
  for (const widget of widgets ?? []) step.signed.add(widget);
  told(step, number, dict, fresh, where);
}

/** The page that the field or its widget says it is on. */
function pageOf({ world }: Step, nodes: readonly number[]): number | undefined {
  for (const node of nodes) {
    const page = dictOf(world, node)?.get("P");
    const role = isRef(page) ? world.roles.get(page.number) : undefined;
    if (role?.kind === "page") return role.page;
  }
  return undefined;
}

function told(
  step: Step,
  number: number,
  dict: PdfDict,
  nodes: readonly number[],
  where: { readonly field: string; readonly object: number; readonly page: number | undefined },
): undefined {
  const { world } = step;
  const visible = nodes.some((one) => isSeen(world, one));
  const signature = signatureOf(world, number, dict);
  if (signature !== undefined) return noteSigned(step, where, signature.dict, { visible, added: true });
  if (dict.has("V")) return never(step, "signature_field_changed", where);
  // An empty field that shows something passes for a signature, or covers what is under it.
  if (visible && nodes.some((one) => hasLook(world, one))) return never(step, "visible_signature_added", where);
  note(step, {
    ...where,
    code: visible ? "visible_signature_added" : "signature_not_permitted",
    fine: "signature_field_added",
    need: "signing",
    visible,
    locks: true,
  });
}

/** A field was signed, or a signed one came. */
export function noteSigned(
  step: Step,
  where: { readonly field: string; readonly object: number; readonly page?: number | undefined },
  signature: PdfDict,
  { visible, added }: { readonly visible: boolean; readonly added: boolean },
): undefined {
  // By what it is verified as: whoever calls a person's signature a timestamp must not make it one.
  const stamp = nameAt(step.world.view, signature, "SubFilter") === "ETSI.RFC3161";
  const shown = visible && added;
  if (stamp && !shown)
    return note(step, { ...where, code: "signature_not_permitted", fine: "timestamp_added", need: "nothing" });
  note(step, {
    ...where,
    code: shown ? "visible_signature_added" : "signature_not_permitted",
    fine: stamp ? "timestamp_added" : "signature_added",
    need: "signing",
    visible: shown,
    locks: true,
  });
}

/** The widgets of a field that is none itself; undefined where its kids are anything else. */
function widgetsOf(step: Step, number: number, dict: PdfDict): readonly number[] | undefined {
  const { world } = step;
  if (!dict.has("Kids")) return [];
  const { items, through } = itemsOf(world, dict.get("Kids"));
  for (const array of through) take(world, array, { kind: "fields", of: number });
  const widgets = items.filter(isRef).map((item) => item.number);
  const good = widgets.every((widget) => {
    const kid = dictOf(world, widget);
    const parent = kid?.get("Parent");
    return kid !== undefined && !kid.has("T") && !kid.has("Kids") && isRef(parent) && parent.number === number;
  });
  return good && widgets.length === items.length ? widgets : undefined;
}

function problemOf(
  step: Step,
  number: number,
  dict: PdfDict,
  widgets: readonly number[] | undefined,
): "field_added" | "open_action_or_script_added" | "signature_field_changed" | undefined {
  const { world } = step;
  if (dict.get("FT") !== "Sig" || !isString(dict.get("T")) || dict.has("Parent")) return "field_added";
  if (widgets === undefined) return "field_added";
  // Two fields of one name share a value.
  if (world.names.has(partialName(world, number) ?? "")) return "signature_field_changed";
  const all = [dict, ...widgets.map((widget) => dictOf(world, widget) ?? new Map<string, PdfObject>())];
  for (const one of all) {
    if (one.has("A") || one.has("AA")) return "open_action_or_script_added";
    if (![...one.keys()].every((key) => FIELD_KEYS.has(key))) return "field_added";
    const kind = one.get("Subtype");
    if (kind !== undefined && kind !== "Widget") return "field_added";
  }
  const signature = dict.get("V");
  const shared = isRef(signature) && world.roles.get(signature.number);
  // The value of a field that was signed before: one signature would count twice.
  if (shared && shared.kind === "signature" && shared.of !== number) return "signature_field_changed";
  return undefined;
}
