import { render } from "preact";
import { type Language, LanguageContext } from "../../web/ui/text.ts";
import type { OpenedDocument } from "../../web/viewer/open.ts";
import { OnPage } from "../../web/viewer/page-view.tsx";
import { PdfViewer, type PdfViewerProps } from "../../web/viewer/pdf-viewer.tsx";

// Runs in a page: the viewer alone.

export { openDocument } from "../../web/viewer/open.ts";
export { textBoxes } from "../../web/viewer/text-boxes.ts";
export { thumbnails } from "../../web/viewer/thumbnails.ts";

export const seen: { shown: number[]; opened?: OpenedDocument | undefined; fault?: unknown } = { shown: [] };

const octets = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));

export { octets };

export type Showing = Omit<PdfViewerProps, "pdf" | "name" | "onPageShown" | "onOpened" | "onFault" | "overlay"> & {
  readonly language?: Language;
  /** Millimetres; something is put there on page 1. */
  readonly mark?: { readonly left: number; readonly bottom: number; readonly width: number; readonly height: number };
};

const app = (): HTMLElement => document.querySelector<HTMLElement>("#app") ?? document.body;

export function show(base64: string, { language = "vi", mark, ...more }: Showing = {}): void {
  close();
  document.documentElement.lang = language;
  seen.shown = [];
  seen.opened = undefined;
  seen.fault = undefined;
  render(
    <LanguageContext.Provider value={language}>
      <PdfViewer
        pdf={octets(base64)}
        name="tài liệu.pdf"
        onPageShown={(page) => seen.shown.push(page)}
        onOpened={(document) => {
          seen.opened = document;
        }}
        onFault={(fault) => {
          seen.fault = fault;
        }}
        overlay={(shown) =>
          mark !== undefined && shown.page === 1 ? <OnPage shown={shown} box={mark} class="mark" /> : null
        }
        {...more}
      />
    </LanguageContext.Provider>,
    app(),
  );
}

export function close(): void {
  render(null, app());
}
