import type { RefObject } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Fault, type FaultCode } from "../../lib/fault/fault.ts";
import type { OpenedDocument } from "./open.ts";

export type Painting = "waiting" | "painted" | "slow" | "failed";

const SLOW: readonly FaultCode[] = ["display_too_slow", "pdf_limit"];

/** Milliseconds that a size must stay before a page is painted anew in it: zooming goes through several. */
const SETTLE_MS = 150;
/** Milliseconds that a page must be near before it is painted: scrolling far passes many. */
const STAY_MS = 40;

/**
 * Keeps the picture and the letters of a page while it is near, and forgets them when it is not.
 *
 * @param width of the page, CSS pixels
 * @param turn anything that, changed, makes it try again
 */
export function usePainted(
  document: OpenedDocument,
  page: number,
  view: { readonly near: boolean; readonly width: number; readonly turn: number },
  canvas: RefObject<HTMLCanvasElement | null>,
  letters: RefObject<HTMLElement | null>,
): Painting {
  const { near, width, turn } = view;
  const [painting, setPainting] = useState<Painting>("waiting");
  // A turn is a reason of its own to paint.
  useEffect(() => {
    const target = canvas.current;
    if (!near || target === null || width === 0) return undefined;
    const stop = new AbortController();
    const paint = async (): Promise<void> => {
      // Painted aside, so that what is seen stays until the new picture is whole.
      const aside = window.document.createElement("canvas");
      await document.paint(page, aside, width * devicePixelRatio, stop.signal);
      stop.signal.throwIfAborted();
      target.width = aside.width;
      target.height = aside.height;
      target.getContext("2d")?.drawImage(aside, 0, 0);
      forget(aside);
      setPainting("painted");
      if (letters.current !== null && letters.current.childElementCount === 0)
        await document.layText(page, letters.current, stop.signal);
    };
    const timer = setTimeout(
      () => {
        paint().catch((error: unknown) => {
          if (stop.signal.aborted) return;
          setPainting(error instanceof Fault && SLOW.includes(error.code) ? "slow" : "failed");
        });
      },
      painting === "painted" ? SETTLE_MS : STAY_MS,
    );
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [document, page, near, width, turn]);
  useEffect(() => {
    if (near) return;
    if (canvas.current !== null) forget(canvas.current);
    letters.current?.replaceChildren();
    setPainting("waiting");
    document.release(page);
  }, [document, page, near, canvas, letters]);
  return painting;
}

/** Safari keeps the pixels of a canvas until it has none. */
function forget(canvas: HTMLCanvasElement): void {
  canvas.width = 0;
  canvas.height = 0;
}
