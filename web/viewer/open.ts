import type { PDFPageProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import { Fault } from "../../lib/fault/fault.ts";
import { type Engine, STOPPED, startEngine, within } from "./engine.ts";
import { LIMITS, type Limits } from "./limits.ts";
import { type PageSize, sizeOf } from "./page-size.ts";
import { type PageText, readText } from "./page-text.ts";
import { type Item, itemsOf, layText } from "./text-items.ts";

/** A document that can be shown. Pages are counted from 1. */
export type OpenedDocument = {
  /** The file. */
  readonly pdf: Uint8Array;
  readonly pageCount: number;
  /** Of page 1; what the others are taken for until they were opened. */
  readonly firstSize: PageSize;
  readonly size: (page: number) => Promise<PageSize>;
  /**
   * Paints a page, forms and annotations as they look, all of them without any effect.
   *
   * @param width pixels of the canvas; it is made smaller where the page would be too many
   * @throws Fault `display_too_slow`, `pdf_limit`, `pdf_invalid`; AbortError
   */
  readonly paint: (page: number, canvas: HTMLCanvasElement, width: number, signal?: AbortSignal) => Promise<void>;
  /** Lays the letters of a page over its picture, unseen, to be selected and read aloud. `layer` needs the class `textLayer`. */
  readonly layText: (page: number, layer: HTMLElement, signal?: AbortSignal) => Promise<void>;
  /** What a page says, to be read without its picture. */
  readonly text: (page: number) => Promise<PageText>;
  /** The runs of letters of a page and where they are. */
  readonly items: (page: number) => Promise<readonly Item[]>;
  /** Forgets what was kept for a page that is out of sight. */
  readonly release: (page: number) => void;
  readonly close: () => void;
};

export type OpenOptions = {
  readonly limits?: Partial<Limits>;
  readonly signal?: AbortSignal;
};

/**
 * Opens a PDF to be shown.
 *
 * @throws Fault `pdf_encrypted`, `pdf_invalid`, `pdf_limit`, `display_too_many_pages`, `display_too_slow`,
 *   `display_unsupported`; AbortError
 */
export async function openDocument(pdf: Uint8Array, options: OpenOptions = {}): Promise<OpenedDocument> {
  const limits = { ...LIMITS, ...options.limits };
  const start = (): Promise<Engine> => startEngine(pdf, limits);
  const first = await start();
  let engine: Promise<Engine> = Promise.resolve(first);
  let [restarts, closed] = [0, false];
  const close = (): void => {
    closed = true;
    engine.then(({ stop }) => stop()).catch(() => undefined);
  };
  options.signal?.addEventListener("abort", close);
  const { numPages: pageCount } = first.pdf;
  try {
    options.signal?.throwIfAborted();
    if (pageCount > limits.pages) throw new Fault("display_too_many_pages", `${pageCount} pages`);
    const firstSize = sizeOf(await within(limits.openMs, first.pdf.getPage(1)));
    return { pdf, pageCount, firstSize, ...pages(), close };
  } catch (error) {
    close();
    throw error instanceof Fault || options.signal?.aborted ? error : new Fault("pdf_invalid", "no first page");
  }

  /** What is asked for later has a new engine. */
  function restart(old: Engine): void {
    old.stop();
    if (closed) return;
    const often = restarts++ >= limits.restarts;
    engine = often ? Promise.reject(new Fault("display_too_slow", "too many pages took too long")) : start();
    engine.catch(() => undefined);
  }

  /** Does something with a page. Where that takes too much time or memory, the engine may be lost: it is begun anew. */
  async function on<T>(number: number, work: Work<T>): Promise<T> {
    for (;;) {
      if (closed) throw new DOMException("the document is closed", "AbortError");
      const current = await engine;
      const lost = new AbortController();
      try {
        const done = current.pdf.getPage(number).then((page) => work(page, current, lost.signal));
        return await within(limits.pageMs, Promise.race([done, current.over]));
      } catch (error) {
        lost.abort();
        if (closed || isAbort(error)) throw new DOMException("not needed any more", "AbortError");
        // Because of another page.
        if (error === STOPPED) continue;
        if (!(error instanceof Fault)) throw new Fault("pdf_invalid", `page ${number}`, { cause: error });
        if ((await engine) === current) restart(current);
        throw error;
      }
    }
  }

  function pages(): Omit<OpenedDocument, "pdf" | "pageCount" | "firstSize" | "close"> {
    return {
      size: (number) => on(number, async (page) => sizeOf(page)),
      paint: (number, canvas, width, signal) =>
        on(number, (page, { parts }, lost) =>
          paint(page, { canvas, width, annotationMode: parts.AnnotationMode.ENABLE }, limits, either(signal, lost)),
        ),
      layText: (number, layer, signal) =>
        on(number, (page, { parts }, lost) =>
          layText(page, layer, parts.TextLayer, limits.textItems, either(signal, lost)),
        ),
      text: (number) => on(number, (page) => readText(page, limits.textItems)),
      items: (number) => on(number, (page) => itemsOf(page, limits.textItems)),
      release: (number) => {
        if (closed) return;
        on(number, async (page) => page.cleanup()).catch(() => undefined);
      },
    };
  }
}

type Work<T> = (page: PDFPageProxy, engine: Engine, lost: AbortSignal) => Promise<T>;

const isAbort = (error: unknown): boolean =>
  error instanceof Error && ["RenderingCancelledException", "AbortError", "AbortException"].includes(error.name);

const either = (signal: AbortSignal | undefined, lost: AbortSignal): AbortSignal =>
  signal === undefined ? lost : AbortSignal.any([signal, lost]);

type Target = { readonly canvas: HTMLCanvasElement; readonly width: number; readonly annotationMode: number };

async function paint(
  page: PDFPageProxy,
  { canvas, width, annotationMode }: Target,
  limits: Limits,
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  const whole = page.getViewport({ scale: 1 });
  const scale = Math.min(
    width / whole.width,
    Math.sqrt(limits.canvasPixels / (whole.width * whole.height)),
    limits.canvasSide / Math.max(whole.width, whole.height),
  );
  const viewport = page.getViewport({ scale });
  canvas.width = Math.max(1, Math.round(viewport.width));
  canvas.height = Math.max(1, Math.round(viewport.height));
  const task = page.render({ canvas, viewport, annotationMode });
  signal.addEventListener("abort", () => task.cancel());
  await task.promise;
}
