import type { PdfDocument } from "../../pdf/document.ts";
import { isRef, isStream } from "../../pdf/object.ts";
import type { Revision } from "../../pdf/revisions.ts";
import { same } from "../../pdf/same.ts";
import { endsProperly } from "../../pdf/states.ts";
import { compareAnnotation } from "./annotation.ts";
import { catalogOf } from "./base.ts";
import { compareCatalog, compareTrailer } from "./catalog.ts";
import type { Finding } from "./change.ts";
import { type Changed, changedObjects } from "./changed.ts";
import { compareField } from "./field.ts";
import { compareForm } from "./form.ts";
import { compareMetadata } from "./metadata.ts";
import { compareAnnotations, comparePage, comparePageNode, comparePageTree } from "./pages.ts";
import type { Role } from "./role.ts";
import { broughtIn, dictWas, is, never, note, type Step, was } from "./step.ts";
import { compareStore } from "./store.ts";
import { unlisted } from "./window.ts";
import { claim, dictOf, valueAt, type World } from "./world.ts";

/**
 * What one save did. The world is the one of the state behind it afterwards.
 *
 * @param number of the save, 1 for the first
 * @param from where the save before it ends
 */
export function takeStep(
  world: World,
  after: PdfDocument,
  revision: Revision,
  number: number,
  from: number,
): Finding[] {
  const { changed, damaged, misplaced, ambiguous } = changedObjects(world, after, revision);
  const step: Step = {
    world,
    before: world.view,
    revision: number,
    changed,
    findings: [],
    signed: new Set(),
    removed: new Set(),
    told: new Map(),
  };
  world.view = after;
  world.compressed = undefined;
  if (!endsProperly(after, revision)) never(step, "cross_references_rewritten");
  if (unlisted(after, revision, from)) never(step, "octets_between_objects");
  for (const object of misplaced) never(step, "cross_references_disagree", { object });
  for (const object of ambiguous) never(step, "object_ambiguous", { object });
  for (const object of damaged.slice(0, 20)) note(step, { code: "object_unreadable", need: "unknown", object });
  for (const object of world.ahead.splice(0)) never(step, "cross_references_ahead", { object });
  if (compareTrailer(step)) compareObjects(step, rolesOf(step));
  return step.findings;
}

/** The changed objects by what they were for. */
type ByRole = ReadonlyMap<Role["kind"] | "none", readonly (readonly [number, Role | undefined])[]>;

function rolesOf({ world, changed }: Step): ByRole {
  const all = new Map<Role["kind"] | "none", [number, Role | undefined][]>();
  for (const number of changed.keys()) {
    const role = world.roles.get(number);
    const kind = role?.kind ?? "none";
    const list = all.get(kind) ?? [];
    all.set(kind, list);
    list.push([number, role]);
  }
  return all;
}

function compareObjects(step: Step, roles: ByRole): void {
  const { world } = step;
  const catalog = catalogOf(world).number;
  const any = (...kinds: readonly Role["kind"][]): boolean => kinds.some((kind) => roles.has(kind));
  if (any("catalog")) compareCatalog(step, catalog);
  if (any("catalog", "form", "fields")) compareForm(step, catalog);
  compareFields(step, roles);
  if (any("catalog", "dss")) compareStore(step, catalog, any("dss"));
  if (any("catalog", "metadata")) compareMetadata(step, catalog, any("metadata"));
  if (any("pages", "page") || isMoved(step, catalog)) comparePageTree(step, catalog);
  for (const [number] of roles.get("pages") ?? []) comparePageNode(step, number);
  comparePages(step, roles);
  for (const [number, role] of annotationsIn(step, roles)) compareAnnotation(step, number, role);
  for (const [number, role] of roles.get("fixed") ?? [])
    if (role?.kind === "fixed") never(step, role.code, { page: role.page, object: number });
  for (const [number, role] of roles.get("fields") ?? [])
    if (role?.kind === "fields" && role.of !== undefined) never(step, "field_changed", { object: number });
  if (any("extensions")) never(step, "catalog_changed");
  const info = world.view.trailer.get("Info");
  for (const [number] of roles.get("info") ?? [])
    if (!isRef(info) || info.number !== number) never(step, "metadata_changed", { object: number });
  followed(step, roles);
  leftOver(step, roles);
}

/** The page tree begins elsewhere. */
function isMoved(step: Step, catalog: number): boolean {
  const [old, now] = [dictWas(step, catalog)?.get("Pages"), dictOf(step.world, catalog)?.get("Pages")];
  return !same(was(step, catalog, old), is(step, catalog, now));
}

/** A field is compared once, however many of the objects that it is made of changed. */
function compareFields(step: Step, roles: ByRole): void {
  const parts = new Map<number, number[]>();
  for (const [number] of roles.get("field") ?? []) parts.set(number, parts.get(number) ?? []);
  for (const kind of ["field-part", "signature"] as const) {
    for (const [number, role] of roles.get(kind) ?? []) {
      if (role?.kind !== "field-part" && role?.kind !== "signature") continue;
      const list = parts.get(role.of) ?? [];
      parts.set(role.of, list);
      list.push(number);
    }
  }
  // A field before its widgets: what they may show depends on whether it was signed.
  const ordered = [...parts].sort(([a], [b]) => depthOf(step, a) - depthOf(step, b));
  for (const [number, list] of ordered) {
    const role = step.world.roles.get(number);
    if (role?.kind === "field") compareField(step, number, role, list);
  }
}

function depthOf({ world }: Step, number: number): number {
  let depth = 0;
  for (let at: number | undefined = number; at !== undefined && depth < 64; depth++) {
    const role = world.roles.get(at);
    at = role?.kind === "field" ? role.parent : undefined;
  }
  return depth;
}

function comparePages(step: Step, roles: ByRole): void {
  const { world } = step;
  const annotated = new Set<number>();
  for (const [number, role] of roles.get("page") ?? []) {
    if (role?.kind !== "page") continue;
    comparePage(step, number, role.page);
    annotated.add(number);
  }
  for (const [, role] of roles.get("annotations") ?? []) {
    const page = role?.kind === "annotations" ? world.pages[role.page - 1] : undefined;
    if (page !== undefined) annotated.add(page);
  }
  for (const number of annotated) {
    const role = world.roles.get(number);
    if (role?.kind === "page" && dictOf(world, number) !== undefined) compareAnnotations(step, number, role.page);
  }
}

function annotationsIn({ world }: Step, roles: ByRole): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  const add = (number: number): void => {
    found.set(number, world.shownOn.get(number) ?? 1);
  };
  for (const [number] of roles.get("annotation") ?? []) add(number);
  for (const [, role] of roles.get("annotation-part") ?? []) if (role?.kind === "annotation-part") add(role.of);
  return found;
}

/** What is made of other objects may be made of new ones now: they are what it is. */
function followed(step: Step, roles: ByRole): void {
  const { world } = step;
  for (const kind of ["fixed", "field-part", "annotation-part", "signature", "dss", "info", "metadata"] as const) {
    for (const [number, role] of roles.get(kind) ?? [])
      if (role !== undefined) broughtIn(step, claim(world, valueAt(world, number), role));
  }
}

/** What nothing in the state before referred to: it is part of something that was looked at by now, or nothing refers to it. */
function leftOver(step: Step, roles: ByRole): void {
  const { world, changed } = step;
  for (const [number] of roles.get("none") ?? []) {
    const { before, after } = changed.get(number) as Changed;
    if (after === undefined || after.value === null) continue;
    if (before !== undefined) never(step, "object_replaced", { object: number });
    else if (!world.roles.has(number) && !isBookkeeping(after.value))
      never(step, "unused_object_added", { object: number });
  }
}

/** Cross references and packed objects are streams that nothing refers to. */
function isBookkeeping(value: unknown): boolean {
  const stream = value as Parameters<typeof isStream>[0];
  if (!isStream(stream)) return false;
  const type = stream.dict.get("Type");
  return type === "XRef" || type === "ObjStm";
}
