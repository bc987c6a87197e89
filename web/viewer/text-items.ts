import type { PDFPageProxy, TextLayer } from "pdfjs-dist/legacy/build/pdf.mjs";
import { MM_PER_POINT, type PageBox } from "./page-size.ts";

type Content = Awaited<ReturnType<PDFPageProxy["getTextContent"]>>;
type Run = Extract<Content["items"][number], { str: string }>;

/** Letters that stand together. */
export type Item = {
  /** NFC. */
  readonly text: string;
  readonly box: PageBox;
  /** A line ends behind it. */
  readonly ends: boolean;
};

/** Of a letter's height, how much stands below the line it stands on: g, y, and the dot of ạ. */
const BELOW = 0.25;

/** @param limit runs that are read; what is more is left out */
export async function itemsOf(page: PDFPageProxy, limit: number): Promise<readonly Item[]> {
  const { items } = await contentOf(page, limit);
  const { transform, height } = page.getViewport({ scale: 1 });
  return items.map((run) => ({ text: run.str.normalize("NFC"), box: boxOf(run, transform, height), ends: run.hasEOL }));
}

/** Lays text over the picture of a page. */
export async function layText(
  page: PDFPageProxy,
  layer: HTMLElement,
  Layer: typeof TextLayer,
  limit: number,
  signal: AbortSignal,
): Promise<void> {
  const { items, styles, lang } = await contentOf(page, limit);
  signal.throwIfAborted();
  const composed = items.map((run) => ({ ...run, str: run.str.normalize("NFC") }));
  const textContentSource = { items: composed, styles, lang };
  layer.replaceChildren();
  const task = new Layer({ textContentSource, container: layer, viewport: page.getViewport({ scale: 1 }) });
  signal.addEventListener("abort", () => task.cancel());
  await task.render();
}

async function contentOf(
  page: PDFPageProxy,
  limit: number,
): Promise<Omit<Content, "items"> & { readonly items: readonly Run[] }> {
  const reader = page.streamTextContent().getReader();
  const found: { items: Run[]; styles: Content["styles"]; lang: string | null } = { items: [], styles: {}, lang: null };
  while (found.items.length < limit) {
    const { value, done } = await reader.read();
    if (done) return found;
    const { items, styles, lang } = value as Content;
    Object.assign(found.styles, styles);
    found.lang ??= lang;
    for (const item of items) if ("str" in item) found.items.push(item);
  }
  await reader.cancel();
  found.items.length = limit;
  return found;
}

/** The box around a run that may lie askew. */
function boxOf({ transform, width, height }: Run, view: readonly number[], pageHeight: number): PageBox {
  const [a = 0, b = 0, c = 0, d = 0, x = 0, y = 0] = transform as readonly number[];
  const along = unit(a, b);
  const up = unit(c, d);
  const corners = [
    [0, -BELOW],
    [0, 1],
    [1, -BELOW],
    [1, 1],
  ].map(([i = 0, j = 0]) =>
    apply(view, x + i * width * along.x + j * height * up.x, y + i * width * along.y + j * height * up.y),
  );
  const xs = corners.map((corner) => corner.x);
  const ys = corners.map((corner) => corner.y);
  const [left, right, top, low] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const mm = (points: number): number => points * MM_PER_POINT;
  return { left: mm(left), bottom: mm(pageHeight - low), width: mm(right - left), height: mm(low - top) };
}

type Point = { readonly x: number; readonly y: number };

function unit(x: number, y: number): Point {
  const length = Math.hypot(x, y) || 1;
  return { x: x / length, y: y / length };
}

function apply([a = 0, b = 0, c = 0, d = 0, e = 0, f = 0]: readonly number[], x: number, y: number): Point {
  return { x: a * x + c * y + e, y: b * x + d * y + f };
}
