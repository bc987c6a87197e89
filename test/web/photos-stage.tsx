import { render } from "preact";
import { PhotosToPdf } from "../../web/photos/photos.tsx";
import { type Language, LanguageContext } from "../../web/ui/text.ts";

// Runs in a page: photos of paper alone, and the viewer to judge what becomes of them.

export { openDocument } from "../../web/viewer/open.ts";

export const made: { pdf?: Uint8Array | undefined; name?: string } = {};

export function show(language: Language = "vi"): void {
  const app = document.querySelector<HTMLElement>("#app") ?? document.body;
  render(null, app);
  made.pdf = undefined;
  document.documentElement.lang = language;
  render(
    <LanguageContext.Provider value={language}>
      <PhotosToPdf
        onPdf={(pdf, name) => {
          made.pdf = pdf;
          made.name = name;
        }}
      />
    </LanguageContext.Provider>,
    app,
  );
}
