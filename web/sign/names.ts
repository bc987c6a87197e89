import { MAX_TEXT } from "../../lib/text/consent.ts";
import { isPlainText } from "../../lib/text/plain.ts";
import { LONGEST_NAME } from "./limits.ts";

/** Controls and format characters: they change what is seen around them (lib/text/plain.ts). */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}\p{Cs}\p{Noncharacter_Code_Point}]/gu;
/** What file systems do not take in a name, on any device. */
const NOT_IN_NAMES = /[\\/:*?"<>|]/g;
/** Code points of a file name: with its endings it stays below the 255 octets that file systems take, whatever the script. */
const NAME_LENGTH = 60;

/** The name that goes into the stamp and must match the log-in. @returns undefined where it cannot stand there */
export function signerNameOf(typed: string): string | undefined {
  if (typed.length > 4 * LONGEST_NAME) return undefined;
  const name = typed.normalize("NFC").replace(/\s+/gu, " ").trim();
  return isPlainText(name, LONGEST_NAME) ? name : undefined;
}

/** What a file is called in the approval: its name without its ending, as far as it can be seen. @param fallback for a name that has nothing to be seen */
export function titleOf(fileName: string, fallback: string): string {
  const text = cut(visible(fileName.replace(/\.pdf$/i, "")), MAX_TEXT);
  return isPlainText(text, MAX_TEXT) ? text : fallback;
}

/** `<name>.da-ky.pdf` beside the original, or another ending. */
export function downloadName(fileName: string, ending: string): string {
  const name = cut(visible(fileName.replace(/\.pdf$/i, "")).replace(NOT_IN_NAMES, "_"), NAME_LENGTH).replace(
    /^\.+/,
    "",
  );
  return `${name === "" ? "tai-lieu" : name}${ending}`;
}

/** A file's name to be shown: a name of ten thousand characters does not push everything else off the screen. */
export function shownName(fileName: string): string {
  const name = visible(fileName);
  const short = cut(name, MAX_TEXT);
  return short === name ? name : `${short}…`;
}

const visible = (text: string): string =>
  text
    .slice(0, 4 * MAX_TEXT)
    .toWellFormed()
    .normalize("NFC")
    .replace(UNSEEN, "")
    .replace(/\s+/gu, " ")
    .trim();
const cut = (text: string, length: number): string => [...text].slice(0, length).join("").trim();
