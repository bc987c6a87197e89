import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { VIEWER } from "../../lib/text/web/viewer.ts";
import { Button } from "../ui/controls.tsx";
import { useText } from "../ui/text.ts";
import type { OpenedDocument } from "./open.ts";
import { MM_PER_POINT, type PageBox, type PageSize } from "./page-size.ts";
import { usePainted } from "./use-painted.ts";

/** A page as it lies on the screen, for what is put on top of it. */
export type ShownPage = {
  readonly page: number;
  readonly size: PageSize;
  /** CSS pixels of a millimetre. */
  readonly scale: number;
};

/** A page that is this many times as high as wide is shown smaller: nothing real is, and browsers end at some million pixels. */
const HIGHEST = 10;

export type PageProps = {
  readonly document: OpenedDocument;
  readonly page: number;
  /** CSS pixels that a page is wide. */
  readonly width: number;
  /** It is on the screen or about to be. */
  readonly near: boolean;
  readonly onPainted: (page: number) => void;
  readonly overlay?: ((shown: ShownPage) => ComponentChildren) | undefined;
};

/** One page: its picture, over it its letters, over them what the screen puts there. */
export function PageView({ document, page, width, near, onPainted, overlay }: PageProps) {
  const text = useText(VIEWER);
  const canvas = useRef<HTMLCanvasElement>(null);
  const letters = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState<PageSize>(document.firstSize);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    if (near) document.size(page).then(setSize, () => undefined);
  }, [document, page, near]);
  const shown = Math.min(width, (width * HIGHEST * size.width) / size.height);
  const painting = usePainted(document, page, { near, width: shown, turn }, canvas, letters);
  useEffect(() => {
    if (painting === "painted") onPainted(page);
  }, [painting, page, onPainted]);
  const scale = shown / size.width;
  const box = { width: `${shown}px`, height: `${scale * size.height}px`, "--total-scale-factor": scale * MM_PER_POINT };
  return (
    <section class="viewer-page" data-page={page} aria-label={text("page", { page })} style={box}>
      <canvas ref={canvas} />
      <div ref={letters} class="textLayer" lang="vi" />
      {near && painting === "waiting" && <p class="viewer-note">{text("painting", { page })}</p>}
      {(painting === "slow" || painting === "failed") && (
        <div class="viewer-note" role="alert">
          <p>{text(painting === "slow" ? "pageTooSlow" : "pageFailed", { page })}</p>
          <Button onClick={() => setTurn(turn + 1)}>{text("retry")}</Button>
        </div>
      )}
      {near && overlay?.({ page, size, scale })}
    </section>
  );
}

/** Something that lies on a page, given where in millimetres. For an overlay. */
export function OnPage(props: { shown: ShownPage; box: PageBox; class?: string; children?: ComponentChildren }) {
  const { shown, box, class: name = "", children } = props;
  const px = (mm: number): string => `${mm * shown.scale}px`;
  const style = { left: px(box.left), bottom: px(box.bottom), width: px(box.width), height: px(box.height) };
  return (
    <div class={`viewer-on-page ${name}`} style={style}>
      {children}
    </div>
  );
}
