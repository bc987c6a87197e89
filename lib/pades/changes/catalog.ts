import { load, resolve } from "../../pdf/document.ts";
import { isArray, isDict, isRef, isStream, isString, type PdfDict, type PdfObject } from "../../pdf/object.ts";
import { differences, same } from "../../pdf/same.ts";
import { CATALOG_RULES, catalogCode } from "./codes.ts";
import { broughtIn, dictWas, is, never, note, type Step, was } from "./step.ts";
import { claim, dictOf } from "./world.ts";

/** @returns whether the catalog is the same object as before, so that it can be compared */
export function compareTrailer(step: Step): boolean {
  const { before, world } = step;
  const [old, now] = [before.trailer, world.view.trailer];
  const [a, b] = [was(step, 0, null), is(step, 0, null)];
  // What else stands there belongs to one section of cross references, or nobody reads it.
  for (const key of differences(a, old, b, now)) {
    if (key === "Root") {
      never(step, "catalog_changed");
      broughtIn(step, claim(world, now.get(key), { kind: "fixed", code: "catalog_changed", page: undefined }));
    }
    if (key === "Encrypt") never(step, "encryption_changed");
    // Names the file and no part of it, unless the key of an encrypted one is made from it.
    const keyed = key === "ID" && before.encryption !== undefined;
    if (keyed && !isSameId(old.get(key), now.get(key), step)) never(step, "encryption_changed");
  }
  compareInfo(step, old.get("Info"), now.get("Info"));
  return same({ ...a, value: old.get("Root") }, { ...b, value: now.get("Root") });
}

/** The first part of /ID stays for the life of a file (ISO 32000-2 §14.4). */
function isSameId(old: PdfObject | undefined, now: PdfObject | undefined, step: Step): boolean {
  const [before, after] = [resolve(step.before, old), resolve(step.world.view, now)];
  if (!isArray(before)) return true;
  if (!isArray(after)) return false;
  return same(was(step, 0, before[0]), is(step, 0, after[0]));
}

/** What programs bring up to date when they save (§14.3.3). */
const INFO_KEYS: ReadonlySet<string> = new Set(["ModDate", "Producer"]);

function compareInfo(step: Step, old: PdfObject | undefined, now: PdfObject | undefined): undefined {
  const { world } = step;
  const [before, after] = [dictBehindOld(step, old), dictBehindNew(step, now)];
  // A trailer that names none takes nothing away that anybody sees.
  if (after === undefined) return;
  const holder = (value: PdfObject | undefined) => (isRef(value) ? value.number : 0);
  broughtIn(step, claim(world, now, { kind: "info" }));
  const keys = differences(was(step, holder(old), null), before ?? new Map(), is(step, holder(now), null), after);
  if (keys.length === 0) return;
  const dated = (key: string) => INFO_KEYS.has(key) || (key === "CreationDate" && before?.has(key) !== true);
  if (keys.every(dated)) note(step, { code: "metadata_changed", fine: "metadata_updated", need: "nothing" });
  else never(step, "metadata_changed");
}

function dictBehindOld({ before }: Step, value: PdfObject | undefined): PdfDict | undefined {
  const found = isRef(value) ? load(before, value)?.value : value;
  return isDict(found) ? found : undefined;
}

function dictBehindNew({ world }: Step, value: PdfObject | undefined): PdfDict | undefined {
  const found = isRef(value) ? load(world.view, value)?.value : value;
  return isDict(found) ? found : undefined;
}

/** The catalog but for the form and the pages. */
export function compareCatalog(step: Step, number: number): undefined {
  const { world } = step;
  const [old, now] = [dictWas(step, number), dictOf(world, number)];
  if (old === undefined || now === undefined) return never(step, "catalog_changed", { object: number });
  for (const key of differences(was(step, number, null), old, is(step, number, null), now)) {
    const value = now.get(key);
    if (key === "Version") {
      if (isLater(old.get(key), value))
        note(step, { code: "catalog_changed", fine: "version_raised", need: "nothing" });
      else never(step, "catalog_changed");
    } else if (key === "Extensions") {
      broughtIn(step, claim(world, value, { kind: "extensions" }));
      note(step, { code: "catalog_changed", fine: "version_raised", need: extensionsNeed(step, value) });
    } else if (key === "Pages") {
      never(step, "page_order_changed");
    } else if (!CATALOG_RULES.has(key)) {
      const code = catalogCode(key);
      never(step, code, { object: number });
      broughtIn(step, claim(world, value, { kind: "fixed", code, page: undefined }));
    }
  }
}

function isLater(old: PdfObject | undefined, now: PdfObject | undefined): boolean {
  if (typeof now !== "string" || !/^\d\.\d$/.test(now)) return false;
  return typeof old !== "string" || Number(now) >= Number(old);
}

/** Names and numbers that say which extensions of the standard are used (§7.12). */
function extensionsNeed({ world }: Step, value: PdfObject | undefined): "nothing" | "never" {
  const plain = (item: PdfObject, depth: number): boolean => {
    const found = resolve(world.view, item);
    if (isStream(found)) return false;
    if (isDict(found)) return depth < 3 && [...found.values()].every((inner) => plain(inner, depth + 1));
    if (isArray(found)) return depth < 3 && found.every((inner) => plain(inner, depth + 1));
    return found !== null && (typeof found !== "object" || isString(found));
  };
  return value !== undefined && plain(value, 0) ? "nothing" : "never";
}
