import { shownPlainly } from "../../lib/text/plain.ts";

/** Excel takes a file for UTF-8 by this mark alone. */
const MARK = "\ufeff";
/** With these a spreadsheet begins a formula, in their wide forms as well; blanks in front do not keep it from that. */
const FORMULA = /^\s*[=+\-@＝＋－＠]/u;

/**
 * A table as CSV (RFC 4180) for spreadsheets: UTF-8 with its mark, NFC, every cell quoted, none of them a formula, control and
 * bidirectional characters by their number.
 */
export function csvOf(rows: readonly (readonly (string | number)[])[]): string {
  return MARK + rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

function cell(value: string | number): string {
  const text = shownPlainly(String(value));
  // An apostrophe in front is how spreadsheets are told that a cell is text.
  return `"${(FORMULA.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
}
