import { isPlainText } from "../text/plain.ts";

/** What signatures of this installation are in law, in the operator's own words: no text of ours says it. */
export type LegalLabel = { readonly vi: string; readonly en: string };

/** Code points: it stands on one line over every page. */
const LONGEST = 80;

/**
 * @param text Vietnamese, a vertical bar, English: `Chữ ký điện tử nước ngoài | Foreign electronic signature`
 * @returns undefined where nothing is said
 * @throws TypeError one language is missing, or a part is no plain text of a line's length
 */
export function legalLabel(text: string | undefined): LegalLabel | undefined {
  if (text === undefined || text === "") return undefined;
  const [vi = "", en = "", ...more] = text.split("|").map((part) => part.trim());
  if (more.length > 0 || !isPlainText(vi, LONGEST) || !isPlainText(en, LONGEST))
    throw new TypeError(`the legal level is "Vietnamese | English", each of up to ${LONGEST} characters`);
  return { vi, en };
}
