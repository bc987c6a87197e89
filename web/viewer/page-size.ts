import type { PDFPageProxy } from "pdfjs-dist/legacy/build/pdf.mjs";

/** Millimetres of a page as it is seen: its crop box, turned by /Rotate, times /UserUnit. */
export type PageSize = { readonly width: number; readonly height: number };

/** Millimetres, on the page as it is seen, from its left and its lower edge. */
export type PageBox = {
  readonly left: number;
  readonly bottom: number;
  readonly width: number;
  readonly height: number;
};

export const MM_PER_POINT = 25.4 / 72;

export function sizeOf(page: PDFPageProxy): PageSize {
  const { width, height } = page.getViewport({ scale: 1 });
  return { width: width * MM_PER_POINT, height: height * MM_PER_POINT };
}
