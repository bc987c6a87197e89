import { toLatin1 } from "../../bytes/bytes.ts";
import { Fault } from "../../fault/fault.ts";
import { resolve, streamOctets } from "../../pdf/document.ts";
import { dictAt, nameAt } from "../../pdf/lookup.ts";
import {
  isArray,
  isDict,
  isRef,
  isStream,
  isString,
  kindOf,
  type PdfDict,
  type PdfObject,
  type PdfToken,
} from "../../pdf/object.ts";
import { parseObject } from "../../pdf/parse.ts";
import { scannerOf, skipSpace } from "../../pdf/scanner.ts";
import { stringOctets } from "../../pdf/string.ts";
import { quietly, type World } from "./world.ts";

/** What an appearance draws. */
export type Shown = {
  /** Its words, one octet a character. */
  readonly words: string;
  /** They can be read as words: no font's codes stand for anything but letters. */
  readonly readable: boolean;
  /** Pictures and shadings. */
  readonly pictures: boolean;
  /** Areas that hide what is under them. */
  readonly covers: boolean;
};

/** Octets of an appearance that are looked through: a form field shows a page of text at most. */
const LENGTH = 256 * 1024;
/** Appearances within appearances. */
const LEVELS = 4;

const NOTHING: Shown = { words: "", readable: true, pictures: false, covers: false };
const UNREADABLE: Shown = { ...NOTHING, readable: false, covers: true };

/** @param number of the appearance stream */
export function shownBy(world: World, number: number, level = LEVELS): Shown {
  const { view } = world;
  const holder = quietly(view, number);
  if (holder === undefined || !isStream(holder.value) || level === 0) return UNREADABLE;
  try {
    return read(world, streamOctets(view, holder, LENGTH), dictAt(view, holder.value.dict, "Resources"), level);
  } catch (fault) {
    if (fault instanceof Fault) return UNREADABLE;
    throw fault;
  }
}

function read(world: World, content: Uint8Array, resources: PdfDict | undefined, level: number): Shown {
  const s = scannerOf(content, 0, { file: false });
  const operands: PdfObject[] = [];
  let shown = NOTHING;
  let blended = false;
  for (skipSpace(s); s.at < s.end; skipSpace(s)) {
    const item = parseObject(s);
    if (!isOperator(item)) {
      operands.push(item);
      continue;
    }
    const { text } = item;
    if (SHOWING.has(text)) shown = { ...shown, words: shown.words + textIn(operands.at(-1)) };
    else if (text === "Tf" && isComposite(world, resources, operands.at(-2))) shown = { ...shown, readable: false };
    else if (text === "gs") blended ||= isBlended(world, resources, operands.at(-1));
    else if (text === "Do") shown = both(shown, drawnBy(world, resources, operands.at(-1), level, blended));
    else if (PICTURES.has(text)) shown = { ...shown, pictures: true };
    else if (FILLING.has(text) && !blended) shown = { ...shown, covers: true };
    operands.length = 0;
  }
  return shown;
}

function both(a: Shown, b: Shown): Shown {
  return {
    words: a.words + b.words,
    readable: a.readable && b.readable,
    pictures: a.pictures || b.pictures,
    covers: a.covers || b.covers,
  };
}

/** ISO 32000-2 tables 59, 107. */
const SHOWING: ReadonlySet<string> = new Set(["Tj", "TJ", "'", '"']);
const PICTURES: ReadonlySet<string> = new Set(["BI", "sh"]);
const FILLING: ReadonlySet<string> = new Set(["f", "F", "f*", "B", "B*", "b", "b*"]);

function isOperator(item: PdfObject): item is PdfToken {
  return kindOf(item) === "token" && !/^[+-.\d]/.test((item as PdfToken).text);
}

function textIn(operand: PdfObject | undefined): string {
  if (isString(operand)) return toLatin1(stringOctets(operand));
  return isArray(operand) ? operand.map((item) => (isString(item) ? textIn(item) : "")).join("") : "";
}

function resourceOf(
  world: World,
  resources: PdfDict | undefined,
  kind: string,
  name: PdfObject | undefined,
): PdfObject {
  const all = resources === undefined ? undefined : dictAt(world.view, resources, kind);
  return all === undefined || typeof name !== "string" ? null : (all.get(name) ?? null);
}

function drawnBy(
  world: World,
  resources: PdfDict | undefined,
  name: PdfObject | undefined,
  level: number,
  blended: boolean,
): Shown {
  const entry = resourceOf(world, resources, "XObject", name);
  const stream = resolve(world.view, entry);
  if (!isRef(entry) || !isStream(stream) || stream.dict.get("Subtype") !== "Form")
    return { ...NOTHING, pictures: true };
  const inner = shownBy(world, entry.number, level - 1);
  return blended ? { ...inner, covers: false } : inner;
}

/** The codes of such a font say nothing by themselves (§9.7). */
function isComposite(world: World, resources: PdfDict | undefined, name: PdfObject | undefined): boolean {
  const font = resolve(world.view, resourceOf(world, resources, "Font", name));
  return isDict(font) && nameAt(world.view, font, "Subtype") === "Type0";
}

/** What is under it stays to be read (§11.3.5). */
function isBlended(world: World, resources: PdfDict | undefined, name: PdfObject | undefined): boolean {
  const state = resolve(world.view, resourceOf(world, resources, "ExtGState", name));
  return isDict(state) && ["Multiply", "Darken"].includes(nameAt(world.view, state, "BM") ?? "");
}
