import { WORKERS } from "web:assets";
import type { PDFDocumentProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import { Fault } from "../../lib/fault/fault.ts";
import { TOO_MUCH } from "./guard-memory.ts";
import type { Limits } from "./limits.ts";

type Parts = typeof import("./pdfjs.ts");

/** PDF.js with a document: one worker that reads it, one that paints it. */
export type Engine = {
  readonly parts: Parts;
  readonly pdf: PDFDocumentProxy;
  /** Fails when the engine cannot go on: Fault `pdf_limit`, or {@link STOPPED}. Never anything else. */
  readonly over: Promise<never>;
  /** Ends both workers at once, whatever they do. */
  readonly stop: () => void;
};

/** What was asked of an engine that somebody stopped; another one may answer it. */
export const STOPPED = new Error("the engine was stopped");

/** Where the files of PDF.js lie (bin/web-assets.ts), its release within: they may be kept for ever. */
const folderOf = (version: string): string => `/assets/pdfjs/${version}/`;

/**
 * Opens a document.
 *
 * @param pdf is copied: PDF.js keeps what it gets
 * @throws Fault `pdf_encrypted`, `pdf_invalid`, `pdf_limit`, `display_too_slow`, `display_unsupported` (a browser that is too old)
 */
export async function startEngine(pdf: Uint8Array, limits: Limits): Promise<Engine> {
  const parts = await loadParts();
  const base = new URL(folderOf(parts.version), document.baseURI).href;
  const reader = newWorker(WORKERS["pdf-reader"] ?? "");
  const painter = newWorker(`${base}pdf.renderer.min.mjs`);
  const { over, fail } = ending([reader, painter]);
  parts.GlobalWorkerOptions.rendererPorts = [painter];
  const verbosity = parts.VerbosityLevel.ERRORS;
  const loading = parts.getDocument({
    data: pdf.slice(),
    worker: parts.PDFWorker.create({ port: reader, verbosity }),
    enableXfa: false,
    disableAutoFetch: true,
    canvasMaxAreaInBytes: limits.imageOctets,
    maxImageSize: limits.imagePixels,
    cMapUrl: `${base}cmaps/`,
    standardFontDataUrl: `${base}standard_fonts/`,
    wasmUrl: `${base}wasm/`,
    iccUrl: `${base}iccs/`,
    verbosity,
  });
  const stop = (): void => {
    for (const worker of [reader, painter]) worker.terminate();
    fail(STOPPED);
    // What is left of it in the page. Its farewell to the workers is not answered any more.
    loading.destroy().catch(() => undefined);
  };
  try {
    return { parts, pdf: await within(limits.openMs, Promise.race([loading.promise, over])), over, stop };
  } catch (error) {
    stop();
    throw faultOf(error);
  }
}

function ending(workers: readonly Worker[]): Pick<Engine, "over"> & { readonly fail: (error: Error) => void } {
  let fail: (error: Error) => void = () => undefined;
  const over = new Promise<never>((_, reject) => {
    fail = reject;
  });
  over.catch(() => undefined);
  for (const worker of workers)
    worker.addEventListener("error", (event) => {
      // It is said in the page, where people can read it.
      event.preventDefault();
      const tooMuch = event.message?.includes(TOO_MUCH);
      fail(tooMuch ? new Fault("pdf_limit", TOO_MUCH) : new Fault("display_unsupported", "a worker cannot run"));
    });
  return { over, fail };
}

/** @throws Fault `display_too_slow` where `promise` takes longer; what it does goes on */
export async function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Fault("display_too_slow", `not done within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function loadParts(): Promise<Parts> {
  try {
    return await import("./pdfjs.ts");
  } catch (cause) {
    // Too old to read it: a syntax, or a function at the top of it, that this browser does not know.
    throw new Fault("display_unsupported", "PDF.js cannot be loaded", { cause });
  }
}

function newWorker(url: string): Worker {
  try {
    return new Worker(url, { type: "module" });
  } catch (cause) {
    throw new Fault("display_unsupported", "no module workers", { cause });
  }
}

function faultOf(error: unknown): Fault {
  if (error instanceof Fault) return error;
  const name = error instanceof Error ? error.name : "";
  if (name === "PasswordException") return new Fault("pdf_encrypted", "a password is asked for", { cause: error });
  return new Fault("pdf_invalid", `PDF.js cannot open it: ${name}`, { cause: error });
}
