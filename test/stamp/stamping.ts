import { openFont } from "../../lib/draw/font.ts";
import type { PrepareOptions } from "../../lib/pades/prepare.ts";
import { prepareStamped } from "../../lib/stamp/prepare-stamped.ts";
import type { StampInput } from "../../lib/stamp/stamp-input.ts";
import { fontFile } from "../draw/fonts.ts";

export const ID = "AAECAwQFBgcICQoLDA0ODw";
export const HOST = "kymotlan.example";
export const URL_IN_CODE = `https://${HOST}/kiem-tra?ma=P3EAD62UDMGC`;
export const TIME = Date.UTC(2026, 10, 23, 3, 15, 32);
export const NAME = "NGUYỄN THỊ ÁNH TUYẾT";
export const FONT = openFont(fontFile("400Regular"));

export const STAMP: StampInput = {
  font: FONT,
  name: NAME,
  claimedTime: TIME,
  offsetMinutes: 420,
  host: HOST,
  id: ID,
  place: "auto",
};
export const OPTIONS: PrepareOptions = { fieldId: ID, claimedTime: TIME, offsetMinutes: 420 };

export function stamp(pdf: Uint8Array, change: Partial<StampInput> = {}, options: Partial<PrepareOptions> = {}) {
  return prepareStamped(pdf, { ...OPTIONS, ...options, stamp: { ...STAMP, ...change } });
}

/** Entries of a page dictionary, and what it draws. */
export type PageSketch = { readonly page: string; readonly content?: string };

/**
 * A small PDF, written by hand: one page node with inherited entries, pages, Helvetica as /F1.
 *
 * @param inherited entries of the node above the pages
 */
export function sketch(
  pages: readonly PageSketch[],
  inherited = "/MediaBox [0 0 595 842]",
  more: readonly string[] = [],
) {
  const objects = [
    "<</Type /Catalog /Pages 2 0 R>>",
    `<</Type /Pages /Count ${pages.length} /Kids [${pages.map((_, i) => `${4 + 2 * i} 0 R`).join(" ")}] ${inherited}>>`,
    "<</Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding>>",
    ...pages.flatMap(({ page, content = "" }, i) => [
      `<</Type /Page /Parent 2 0 R /Contents ${5 + 2 * i} 0 R ${page}>>`,
      `<</Length ${content.length}>>\nstream\n${content}\nendstream`,
    ]),
    ...more,
  ];
  let text = "%PDF-1.7\n";
  const offsets = objects.map((object, i) => {
    const at = text.length;
    text += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const start = text.length;
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n`;
  for (const at of offsets) text += `${String(at).padStart(10, "0")} 00000 n \n`;
  text += `trailer\n<</Size ${objects.length + 1} /Root 1 0 R>>\nstartxref\n${start}\n%%EOF\n`;
  return new Uint8Array(Buffer.from(text, "latin1"));
}

/** The font of {@link sketch}, as an entry of a page or of the node above. */
export const RESOURCES = "/Resources <</Font <</F1 3 0 R>>>>";
