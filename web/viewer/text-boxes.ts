import type { OpenedDocument } from "./open.ts";
import type { PageBox } from "./page-size.ts";

/** Where letters stand on a page, as boxes: for "does this cover any text?". */
export async function textBoxes(document: OpenedDocument, page: number): Promise<readonly PageBox[]> {
  const items = await document.items(page);
  return items.filter(({ text, box }) => text.trim() !== "" && box.width > 0).map(({ box }) => box);
}
