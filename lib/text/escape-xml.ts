/** Code points that XML 1.0 cannot have, not even as a reference (§2.2). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
/** Beside the characters of markup: what a parser would normalise away (§2.11, §3.3.3). */
const SPECIAL = /[<>&"'\t\n\r\u0085\u2028]/g;

/** Text or an attribute's value: markup escaped, white space kept by references, what XML cannot have as U+FFFD. */
export function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replace(NOT_XML, "\ufffd")
    .replace(SPECIAL, (character) => `&#${character.charCodeAt(0)};`);
}
