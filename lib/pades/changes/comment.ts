import { nameAt } from "../../pdf/lookup.ts";
import { dictOf, type World } from "./world.ts";

/** Annotations that say something about a page without putting anything in place of it (ISO 32000-2 table 171). */
const COMMENTS: ReadonlySet<string> = new Set([
  "Text",
  "Popup",
  "Highlight",
  "Underline",
  "Squiggly",
  "StrikeOut",
  "Caret",
  "Ink",
]);

/** Whether an annotation is a comment on what is there: not one that adds text, pictures or actions, or covers what is under it. */
export function isComment(world: World, number: number): boolean {
  const dict = dictOf(world, number);
  if (dict === undefined || dict.has("A") || dict.has("AA")) return false;
  return COMMENTS.has(nameAt(world.view, dict, "Subtype") ?? "");
}
