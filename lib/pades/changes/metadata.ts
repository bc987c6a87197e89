import { resolve } from "../../pdf/document.ts";
import { isStream } from "../../pdf/object.ts";
import { same } from "../../pdf/same.ts";
import { broughtIn, dictWas, is, never, note, type Step, was } from "./step.ts";
import { claim, dictOf } from "./world.ts";

/**
 * The document's XMP. Programs write it anew whenever they save; it says nothing about what the document shows.
 *
 * @param catalog its object number
 * @param touched the stream itself changed
 */
export function compareMetadata(step: Step, catalog: number, touched: boolean): undefined {
  const { world } = step;
  const [old, now] = [dictWas(step, catalog)?.get("Metadata"), dictOf(world, catalog)?.get("Metadata")];
  if (!touched && same(was(step, catalog, old), is(step, catalog, now))) return;
  broughtIn(step, claim(world, now, { kind: "metadata" }));
  const stream = resolve(world.view, now);
  if (!isStream(stream) || stream.dict.get("Subtype") !== "XML") return never(step, "metadata_changed");
  note(step, { code: "metadata_changed", fine: "metadata_updated", need: "nothing" });
}
