import { resolve } from "../../pdf/document.ts";
import { isArray, isDict, isStream, type PdfDict, type PdfObject } from "../../pdf/object.ts";
import { same } from "../../pdf/same.ts";
import { broughtIn, dictWas, is, never, note, type Step, was } from "./step.ts";
import { claim, dictOf } from "./world.ts";

const DSS_LISTS: ReadonlySet<string> = new Set(["Certs", "CRLs", "OCSPs"]);
const VRI_LISTS: ReadonlySet<string> = new Set(["Cert", "CRL", "OCSP"]);

/**
 * The document security store (ISO 32000-2 §12.8.4.3). It says nothing about what the document shows, so that anything may happen to it
 * as long as it is a store.
 *
 * @param catalog its object number
 * @param touched something in the store changed
 */
export function compareStore(step: Step, catalog: number, touched: boolean): undefined {
  const { world } = step;
  const [old, now] = [dictWas(step, catalog)?.get("DSS"), dictOf(world, catalog)?.get("DSS")];
  if (!touched && same(was(step, catalog, old), is(step, catalog, now))) return;
  broughtIn(step, claim(world, now, { kind: "dss" }));
  if (now === undefined)
    return note(step, { code: "catalog_changed", fine: "validation_data_removed", need: "nothing" });
  const good = isStore(step, now);
  note(step, { code: "catalog_changed", fine: "validation_data_added", need: good ? "nothing" : "never" });
  if (!good) never(step, "catalog_changed");
}

function isStore(step: Step, entry: PdfObject): boolean {
  const { view } = step.world;
  const dss = resolve(view, entry);
  if (!isDict(dss)) return false;
  for (const [key, value] of dss) {
    if (DSS_LISTS.has(key)) {
      if (!isListOfStreams(step, value)) return false;
    } else if (key === "VRI") {
      const vri = resolve(view, value);
      if (!isDict(vri) || ![...vri.values()].every((one) => isVri(step, resolve(view, one)))) return false;
    } else if (key !== "Type") return false;
  }
  return true;
}

function isVri(step: Step, vri: unknown): boolean {
  if (!(vri instanceof Map)) return false;
  for (const [key, value] of vri as PdfDict) {
    if (VRI_LISTS.has(key) && !isListOfStreams(step, value)) return false;
    if (key === "TS" && !isStream(resolve(step.world.view, value))) return false;
    if (!VRI_LISTS.has(key) && key !== "TS" && key !== "TU" && key !== "Type") return false;
  }
  return true;
}

function isListOfStreams({ world }: Step, value: PdfObject): boolean {
  const list = resolve(world.view, value);
  return isArray(list) && list.every((item) => isStream(resolve(world.view, item)));
}
