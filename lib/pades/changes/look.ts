import { resolve } from "../../pdf/document.ts";
import { arrayAt, integerAt, realOf } from "../../pdf/lookup.ts";
import { isDict, isStream, type PdfObject } from "../../pdf/object.ts";
import { dictOf, type World } from "./world.ts";

/** Hidden and NoView (ISO 32000-2 table 167). */
const UNSEEN = 2 | 32;

/** Whether a widget takes up room on its page. */
export function isSeen(world: World, number: number): boolean {
  const dict = dictOf(world, number);
  if (dict?.has("Rect") !== true) return false;
  if (((integerAt(world.view, dict, "F") ?? 0) & UNSEEN) !== 0) return false;
  const size = sizeOf(world, number);
  return size === undefined || (size[0] > 0 && size[1] > 0);
}

/** Width and height in points; undefined where its rectangle is none. */
export function sizeOf(world: World, number: number): readonly [number, number] | undefined {
  const dict = dictOf(world, number);
  const rect = dict === undefined ? undefined : arrayAt(world.view, dict, "Rect");
  const [left, bottom, right, top] = (rect ?? []).map((side) => realOf(resolve(world.view, side)));
  if (left === undefined || bottom === undefined || right === undefined || top === undefined) return undefined;
  return [Math.abs(right - left), Math.abs(top - bottom)];
}

/** Whether there is anything to be shown: an appearance with octets in it. */
export function hasLook(world: World, number: number): boolean {
  const { view } = world;
  const look = resolve(view, dictOf(world, number)?.get("AP"));
  if (!isDict(look)) return false;
  return [...look.values()].some((entry) => isDrawn(world, entry));
}

function isDrawn(world: World, entry: PdfObject): boolean {
  const { view } = world;
  const value = resolve(view, entry);
  if (isDict(value)) return [...value.values()].some((state) => isStream(resolve(view, state)));
  return isStream(value) && resolve(view, value.dict.get("Length")) !== 0;
}
