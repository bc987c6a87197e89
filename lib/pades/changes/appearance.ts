import { resolve, textOctets } from "../../pdf/document.ts";
import { isArray, isDict, isRef, isStream, isString, type PdfObject, type PdfValue } from "../../pdf/object.ts";
import { same } from "../../pdf/same.ts";
import { decodeText } from "../../pdf/text.ts";
import type { FieldRole } from "./role.ts";
import { type Shown, shownBy } from "./shown-text.ts";
import type { Step } from "./step.ts";
import { dictOf, holderOf, type World } from "./world.ts";

/** Field flags (ISO 32000-2 tables 229, 231, 233). */
const PASSWORD = 8192;
const PUSH_BUTTON = 65_536;
const COMBO = 131_072;
/** What a tick or a dot is drawn with, where it is a letter of a font of symbols. */
const TICK = 2;

/**
 * Whether what a field shows is what its value says, as far as that can be told: the words of an appearance in a plain font are
 * compared with the value, letters and digits only. A value that is shown in another form by a script (a date, an amount) is not.
 *
 * @param look the appearance changed, or something that it is made of
 */
export function agrees(step: Step, number: number, role: FieldRole, look: boolean): boolean {
  const { world } = step;
  const flags = inheritedAt(world, number, "Ff");
  const has = (flag: number): boolean => typeof flags === "number" && (flags & flag) !== 0;
  if (role.type === "Btn") return agreesButton(world, number, look, has(PUSH_BUTTON));
  if (!look) return true;
  const all = looksOf(world, number).map((one) => shownBy(world, one));
  if (all.some(({ pictures }) => pictures)) return false;
  if (has(PASSWORD) || inheritedAt(world, number, "AA") !== undefined) return true;
  if (role.type === "Ch" && !has(COMBO)) return true;
  const values = valuesOf(world, number);
  return all.every((shown) => agreesText(step, number, shown, values));
}

function agreesText(step: Step, number: number, shown: Shown, values: readonly string[] | undefined): boolean {
  // Nobody can read it here; where the value is another one too, it was filled in.
  if (!shown.readable || values === undefined) return !isSameValue(step, number);
  const words = letters(shown.words);
  return values.some((value) => letters(value) === words);
}

function letters(text: string): string {
  return text.replace(/[^A-Za-z0-9]/g, "");
}

function isSameValue(step: Step, number: number): boolean {
  const past: World = { ...step.world, view: step.before, ahead: [] };
  const [old, now] = [inheritedAt(past, number, "V"), inheritedAt(step.world, number, "V")];
  const holder = { number, generation: 0 };
  return same({ doc: step.before, holder, value: old }, { doc: step.world.view, holder, value: now });
}

/** The states that a box or a set of buttons may show are drawn once and for all; filling in chooses one. */
function agreesButton(world: World, number: number, look: boolean, push: boolean): boolean {
  if (look) {
    if (push) return false;
    const all = looksOf(world, number).map((one) => shownBy(world, one));
    if (all.some(({ pictures, readable, words }) => pictures || !readable || words.length > TICK)) return false;
  }
  const state = resolve(world.view, dictOf(world, number)?.get("AS"));
  if (typeof state !== "string" || state === "Off") return true;
  return resolve(world.view, inheritedAt(world, number, "V")) === state;
}

/** The streams that a widget or annotation is drawn by. */
export function looksOf(world: World, number: number): number[] {
  const { view } = world;
  const found: number[] = [];
  const add = (value: PdfValue | undefined, level: number): void => {
    if (isRef(value) && isStream(resolve(view, value))) found.push(value.number);
    else {
      const inner = resolve(view, value);
      if (isDict(inner) && level > 0) for (const one of inner.values()) add(one, level - 1);
    }
  };
  add(dictOf(world, number)?.get("AP"), 2);
  return found;
}

/** What a text or choice field may show: its value, and what an option is called that has it. */
function valuesOf(world: World, number: number): readonly string[] | undefined {
  const { view } = world;
  const text = (value: PdfObject | undefined): string | undefined => {
    const found = resolve(view, value);
    if (found === null) return "";
    if (typeof found === "string") return found;
    return isString(found) ? decodeText(textOctets(view, holderOf(world, number), found)) : undefined;
  };
  const value = text(inheritedAt(world, number, "V"));
  if (value === undefined) return undefined;
  const options = resolve(view, inheritedAt(world, number, "Opt"));
  const called = (isArray(options) ? options : []).flatMap((item) => {
    const option = resolve(view, item);
    return isArray(option) && text(option[0]) === value ? [text(option[1]) ?? ""] : [];
  });
  return [value, ...called];
}

/** A value that stands at the field itself or at a node above it. */
export function inheritedAt(world: World, number: number, key: string): PdfObject | undefined {
  let at: number | undefined = number;
  for (let level = 0; at !== undefined && level < 64; level++) {
    const value = dictOf(world, at)?.get(key);
    if (value !== undefined && resolve(world.view, value) !== null) return value;
    const role = world.roles.get(at);
    at = role?.kind === "field" ? role.parent : undefined;
  }
  return undefined;
}
