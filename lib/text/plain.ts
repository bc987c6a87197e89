/**
 * Characters that change what is seen without being seen: controls (C0, C1, tabulator and line ends among them), format
 * controls (bidirectional ones, zero-width space, byte order mark, soft hyphen, tags), line and paragraph separators,
 * private use, noncharacters. ZWNJ and ZWJ (U+200C, U+200D) stay: Persian, Indic scripts and emoji are spelled with them.
 * Unassigned characters stay too: which they are depends on the engine's edition of Unicode, and two engines must agree.
 */
const UNSEEN = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/u;
/** Every text has something to be seen. */
const VISIBLE = /[^\p{White_Space}\u200c\u200d]/u;

/**
 * Whether `text` can stand in a sentence that a person approves and that is hashed: NFC, well-formed, one line, nothing
 * that hides or reorders what stands around it, not blank.
 *
 * @param max longest text, code points
 */
export function isPlainText(text: string, max: number): boolean {
  // A code point takes one or two units: most overlong texts are refused without being walked through.
  if (text.length > 2 * max || !text.isWellFormed()) return false;
  if ([...text].length > max) return false;
  return VISIBLE.test(text) && !UNSEEN.test(text) && text.normalize("NFC") === text;
}

/** More marks on one letter than any language has: they are painted over what stands around. */
const PILED = /(\p{M}{4})\p{M}+/gu;

/**
 * Any text at all as it can be shown within a sentence without changing how the rest is read: NFC, on one line, what is not seen
 * made visible by its number (`⟨U+202E⟩`).
 */
export function shownPlainly(text: string): string {
  return text
    .toWellFormed()
    .normalize("NFC")
    .replace(/[\t\n\r\u2028\u2029]+/g, " ")
    .replace(PILED, "$1⟨…⟩")
    .replace(new RegExp(UNSEEN, "gu"), (unseen) => {
      const number = (unseen.codePointAt(0) ?? 0).toString(16).toUpperCase();
      return `⟨U+${number.padStart(4, "0")}⟩`;
    });
}
