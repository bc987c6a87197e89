import type { PDFDocumentProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import { Fault } from "../../lib/fault/fault.ts";
import type { Limits } from "./limits.ts";

type Parts = typeof import("./pdfjs.ts");

/** PDF.js with a document: one worker that reads it, one that paints it. */
export type Engine = {
  readonly parts: Parts;
  readonly pdf: PDFDocumentProxy;
  /** Ends both workers at once, whatever they do. */
  readonly stop: () => void;
};

/** Where the files of PDF.js lie (bin/web-assets.ts), its release within: they may be kept for ever. */
export const pdfjsFolder = (version: string): string => `/assets/pdfjs/${version}/`;

/**
 * Opens a document.
 *
 * @param pdf is copied: PDF.js keeps what it gets
 * @throws Fault `pdf_encrypted`, `pdf_invalid`, `display_too_slow`, `display_unsupported` (a browser that is too old)
 */
export async function startEngine(pdf: Uint8Array, limits: Limits, folder = pdfjsFolder): Promise<Engine> {
  const parts = await loadParts();
  const base = new URL(folder(parts.version), document.baseURI).href;
  const workers = ["pdf.worker.min.mjs", "pdf.renderer.min.mjs"].map((name) => newWorker(base + name));
  const [reader, painter] = workers;
  if (reader === undefined || painter === undefined) throw new TypeError("two workers");
  const failed = new Promise<never>((_, reject) => {
    for (const worker of workers)
      worker.addEventListener("error", () => reject(new Fault("display_unsupported", "a worker cannot start")));
  });
  failed.catch(() => undefined);
  parts.GlobalWorkerOptions.rendererPorts = [painter];
  const loading = parts.getDocument({
    data: pdf.slice(),
    worker: parts.PDFWorker.create({ port: reader }),
    enableXfa: false,
    disableAutoFetch: true,
    canvasMaxAreaInBytes: limits.imageOctets,
    maxImageSize: limits.imagePixels,
    cMapUrl: `${base}cmaps/`,
    standardFontDataUrl: `${base}standard_fonts/`,
    wasmUrl: `${base}wasm/`,
    iccUrl: `${base}iccs/`,
    verbosity: parts.VerbosityLevel.ERRORS,
  });
  const stop = (): void => {
    for (const worker of workers) worker.terminate();
    // What is left of it in the page. Its farewell to the workers is not answered any more.
    loading.destroy().catch(() => undefined);
  };
  try {
    return { parts, pdf: await within(limits.openMs, Promise.race([loading.promise, failed])), stop };
  } catch (error) {
    stop();
    throw faultOf(error);
  }
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
