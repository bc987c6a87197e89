import { nameAt } from "../../pdf/lookup.ts";
import { looksOf } from "./appearance.ts";
import { sizeOf } from "./look.ts";
import { shownBy } from "./shown-text.ts";
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

/** Points: an icon. Larger areas that are filled hide what is under them. */
const ICON = 48;

/** Whether an annotation is a comment on what is there: not one that adds text, pictures or actions, or covers what is under it. */
export function isComment(world: World, number: number): boolean {
  const dict = dictOf(world, number);
  if (dict === undefined || dict.has("A") || dict.has("AA")) return false;
  if (!COMMENTS.has(nameAt(world.view, dict, "Subtype") ?? "")) return false;
  return looksOf(world, number).every((look) => {
    const { words, readable, pictures, covers } = shownBy(world, look);
    return words === "" && readable && !pictures && (!covers || isSmall(world, number));
  });
}

function isSmall(world: World, number: number): boolean {
  const size = sizeOf(world, number);
  return size !== undefined && size[0] <= ICON && size[1] <= ICON;
}
