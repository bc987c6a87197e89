import type { PDFPageProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import { type Item, itemsOf } from "./text-items.ts";

/** What a page says. All NFC, all plain text of the file: nothing in it is ours. */
export type PageText = {
  readonly paragraphs: readonly string[];
  /** Fields of its form and what is filled in. */
  readonly fields: readonly { readonly label: string; readonly value: string }[];
  /** Where its links lead: shown, never followed. */
  readonly links: readonly string[];
  /** There is more than was read. */
  readonly truncated: boolean;
};

/** Fields and links of a page that are listed. */
const LISTED = 500;

export async function readText(page: PDFPageProxy, limit: number): Promise<PageText> {
  const [items, annotations] = await Promise.all([itemsOf(page, limit), page.getAnnotations()]);
  const fields: { label: string; value: string }[] = [];
  const links: string[] = [];
  for (const annotation of annotations.slice(0, LISTED)) {
    const { fieldName, alternativeText, fieldValue, checkBox, exportValue, url, unsafeUrl } = annotation;
    const value = checkBox ? (fieldValue === exportValue ? "✓" : "") : textOf(fieldValue);
    if (value !== "") fields.push({ label: textOf(alternativeText) || textOf(fieldName), value });
    const target = textOf(url) || textOf(unsafeUrl);
    if (target !== "" && !links.includes(target)) links.push(target);
  }
  return { paragraphs: paragraphsOf(items), fields, links, truncated: items.length >= limit };
}

/** Characters that turn or hide what stands around them (lib/text/plain.ts); the lines of a field stay apart. */
const UNSEEN = /(?![\n\r\t\u200c\u200d])[\p{Cc}\p{Cf}\p{Co}]/gu;

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOf).filter(Boolean).join(", ");
  return typeof value === "string" ? value.normalize("NFC").replace(UNSEEN, "\ufffd").trim() : "";
}

type Line = {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly height: number;
};

function linesOf(items: readonly Item[]): readonly Line[] {
  const lines: Line[] = [];
  let run: Item[] = [];
  const end = (): void => {
    const text = run.map((item) => item.text).join("");
    const boxes = run.filter((item) => item.text.trim() !== "").map(({ box }) => box);
    run = [];
    if (boxes.length === 0) return;
    const bottom = Math.min(...boxes.map((box) => box.bottom));
    lines.push({
      text,
      left: Math.min(...boxes.map((box) => box.left)),
      right: Math.max(...boxes.map((box) => box.left + box.width)),
      bottom,
      height: Math.max(...boxes.map((box) => box.bottom + box.height)) - bottom,
    });
  };
  for (const item of items) {
    run.push(item);
    if (item.ends) end();
  }
  end();
  return lines;
}

/** The lines of a page put together to paragraphs, in the order of the file. */
export function paragraphsOf(items: readonly Item[]): readonly string[] {
  const lines = linesOf(items);
  const paragraphs: string[][] = [];
  for (const [i, line] of lines.entries()) {
    const above = lines[i - 1];
    const last = paragraphs.at(-1);
    if (
      above === undefined ||
      last === undefined ||
      isApart(above, line, lines.slice(Math.max(0, i - AROUND), i + AROUND))
    )
      paragraphs.push([line.text]);
    else last.push(line.text);
  }
  return paragraphs.map((texts) => texts.join(" ").replace(/\s+/g, " ").trim().normalize("NFC"));
}

/** Heights of a line. A gap of more than this many, letters so much larger, a line that ends or begins so far from the edge: apart. */
const GAP = 0.9;
const LARGER = 1.15;
const SHORT = 4;
const INDENT = 1;
const OUTDENT = 4;
/** Lines before and behind that tell how wide a column is. */
const AROUND = 20;

function isApart(above: Line, below: Line, lines: readonly Line[]): boolean {
  const height = Math.min(above.height, below.height);
  if (Math.max(above.height, below.height) > LARGER * height) return true;
  const gap = above.bottom - (below.bottom + below.height);
  // A line that stands higher is in another column.
  if (gap > GAP * height || below.bottom > above.bottom + height) return true;
  const indent = below.left - above.left;
  if (indent > INDENT * height || indent < -OUTDENT * height) return true;
  const column = lines.filter((line) => Math.abs(line.left - below.left) < height || line === above);
  return above.right < Math.max(...column.map((line) => line.right)) - SHORT * height;
}
