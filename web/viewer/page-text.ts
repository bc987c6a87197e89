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

/** Lines further apart than this many of their height begin a paragraph. */
const PARAGRAPH_GAP = 0.9;
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

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOf).filter(Boolean).join(", ");
  return typeof value === "string" ? value.normalize("NFC").trim() : "";
}

/** Lines put together; a gap ends a paragraph, and so does a line that begins where the last one did not reach. */
export function paragraphsOf(items: readonly Item[]): readonly string[] {
  const paragraphs: string[] = [];
  let paragraph = "";
  let line = "";
  let last: Item | undefined;
  const endLine = (): void => {
    paragraph = `${paragraph} ${line}`;
    line = "";
  };
  const endParagraph = (): void => {
    const text = paragraph.replace(/\s+/g, " ").trim().normalize("NFC");
    if (text !== "") paragraphs.push(text);
    paragraph = "";
  };
  for (const item of items) {
    if (line === "" && last !== undefined && item.text.trim() !== "" && isApart(last, item)) endParagraph();
    line += item.text;
    if (item.text.trim() !== "") last = item;
    if (item.ends) endLine();
  }
  endLine();
  endParagraph();
  return paragraphs;
}

function isApart(above: Item, below: Item): boolean {
  const gap = above.box.bottom - (below.box.bottom + below.box.height);
  const height = Math.min(above.box.height, below.box.height);
  // A line that stands higher is in another column.
  return gap > PARAGRAPH_GAP * height || below.box.bottom > above.box.bottom + height;
}
