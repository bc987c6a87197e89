import type { OpenedDocument } from "./open.ts";

/**
 * Small pictures of pages, one after the other.
 *
 * @param width pixels
 * @returns a picture for each page; undefined where one cannot be painted. Whoever gets them closes them
 */
export async function thumbnails(
  document: OpenedDocument,
  pages: readonly number[],
  width: number,
  signal?: AbortSignal,
): Promise<(ImageBitmap | undefined)[]> {
  const found: (ImageBitmap | undefined)[] = [];
  for (const page of pages) {
    const canvas = window.document.createElement("canvas");
    try {
      await document.paint(page, canvas, width, signal);
      found.push(await createImageBitmap(canvas));
    } catch (error) {
      if (signal?.aborted) throw error;
      found.push(undefined);
    } finally {
      canvas.width = 0;
      document.release(page);
    }
  }
  return found;
}
