import type { ComponentChildren } from "preact";
import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import { VIEWER } from "../../lib/text/web/viewer.ts";
import { useText } from "../ui/text.ts";
import type { OpenedDocument } from "./open.ts";
import { PageView, type ShownPage } from "./page-view.tsx";
import { PageWords } from "./page-words.tsx";
import { Toolbar, zoomedIn, zoomedOut } from "./toolbar.tsx";
import { useNear } from "./use-near.ts";

export type ViewerProps = {
  readonly document: OpenedDocument;
  /** Called once for each page that was really painted, or read as text. */
  readonly onPageShown?: (page: number) => void;
  /** What lies on a page that is near, in millimetres: see `OnPage`. */
  readonly overlay?: (shown: ShownPage) => ComponentChildren;
  /** A page to go to; again whenever it changes. */
  readonly goTo?: number | undefined;
};

/** Shows a document to be read: its pages, or their text. */
export function DocumentViewer({ document, onPageShown, overlay, goTo }: ViewerProps) {
  const text = useText(VIEWER);
  const box = useRef<HTMLElement>(null);
  const width = useWidth(box);
  const [zoom, setZoom] = useState(1);
  const [asText, setAsText] = useState(false);
  const { near, current } = useNear(box, `${asText} ${document.pageCount}`);
  const onPainted = useOnce(document, onPageShown);
  const scrollTo = (page: number): void => {
    const wanted = Math.min(Math.max(1, Math.round(page) || 1), document.pageCount);
    const target = box.current?.querySelector<HTMLElement>(`[data-page="${wanted}"]`);
    if (box.current !== null && target) box.current.scrollTop = target.offsetTop;
  };
  // Once for each wish.
  useEffect(() => {
    if (goTo !== undefined) scrollTo(goTo);
  }, [goTo]);
  const pages = useMemo(() => Array.from({ length: document.pageCount }, (_, i) => i + 1), [document]);
  const onKeyDown = ({ key }: KeyboardEvent): void => {
    if (asText) return;
    if (key === "+" || key === "=") setZoom(zoomedIn);
    else if (key === "-") setZoom(zoomedOut);
    else if (key === "0") setZoom(1);
  };
  return (
    <div class="viewer">
      <Toolbar
        page={current}
        pages={document.pageCount}
        zoom={zoom}
        asText={asText}
        onPage={scrollTo}
        onZoom={setZoom}
        onMode={setAsText}
      />
      {asText && <p class="hint">{text("textMayDiffer")}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard (WCAG 2.1.1). */}
      <section ref={box} class="viewer-box" aria-label={text("document")} tabIndex={0} onKeyDown={onKeyDown}>
        {pages.map((page) =>
          asText ? (
            <PageWords key={page} document={document} page={page} near={near.has(page)} onPainted={onPainted} />
          ) : (
            <PageView
              key={page}
              document={document}
              page={page}
              width={width * zoom}
              near={near.has(page)}
              onPainted={onPainted}
              overlay={overlay}
            />
          ),
        )}
      </section>
      <p class="hint">{text("keys")}</p>
    </div>
  );
}

/** CSS pixels between the edges of an element. */
function useWidth(element: { readonly current: HTMLElement | null }): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    if (element.current === null) return undefined;
    const observer = new ResizeObserver(([entry]) => entry && setWidth(Math.floor(entry.contentRect.width)));
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return width;
}

/** Tells of each page of a document once. */
function useOnce(document: OpenedDocument, tell: ((page: number) => void) | undefined): (page: number) => void {
  const told = useRef({ document, pages: new Set<number>() });
  const teller = useRef(tell);
  teller.current = tell;
  if (told.current.document !== document) told.current = { document, pages: new Set() };
  return useCallback((page) => {
    if (told.current.pages.has(page)) return;
    told.current.pages.add(page);
    teller.current?.(page);
  }, []);
}
