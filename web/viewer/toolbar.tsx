import { VIEWER } from "../../lib/text/web/viewer.ts";
import { Button } from "../ui/controls.tsx";
import { useText } from "../ui/text.ts";

export type ToolbarProps = {
  readonly page: number;
  readonly pages: number;
  readonly zoom: number;
  readonly asText: boolean;
  readonly onPage: (page: number) => void;
  readonly onZoom: (zoom: number) => void;
  readonly onMode: (asText: boolean) => void;
};

/** Times the width of the viewer. */
export const ZOOMS: readonly number[] = [0.5, 0.75, 1, 1.25, 1.5, 2, 3, 4];

export const zoomedIn = (zoom: number): number => ZOOMS.find((step) => step > zoom) ?? zoom;
export const zoomedOut = (zoom: number): number => ZOOMS.filter((step) => step < zoom).at(-1) ?? zoom;

export function Toolbar({ page, pages, zoom, asText, onPage, onZoom, onMode }: ToolbarProps) {
  const text = useText(VIEWER);
  return (
    <div class="viewer-tools" role="toolbar" aria-label={text("toolbar")}>
      <div class="viewer-pager">
        <Button kind="quiet" disabled={page <= 1} onClick={() => onPage(page - 1)}>
          <Sign name="previousPage" sign="‹" />
        </Button>
        <label>
          <span class="visually-hidden">{text("goToPage")}</span>
          <input
            type="number"
            inputMode="numeric"
            min={1}
            max={pages}
            value={page}
            onChange={(event) => onPage(event.currentTarget.valueAsNumber)}
          />
        </label>
        <span aria-live="off">{text("pageOf", { page, pages })}</span>
        <Button kind="quiet" disabled={page >= pages} onClick={() => onPage(page + 1)}>
          <Sign name="nextPage" sign="›" />
        </Button>
      </div>
      {!asText && (
        <div class="viewer-zoom">
          <Button kind="quiet" disabled={zoomedOut(zoom) === zoom} onClick={() => onZoom(zoomedOut(zoom))}>
            <Sign name="zoomOut" sign="−" />
          </Button>
          <Button kind="quiet" disabled={zoomedIn(zoom) === zoom} onClick={() => onZoom(zoomedIn(zoom))}>
            <Sign name="zoomIn" sign="+" />
          </Button>
          <Button kind="quiet" onClick={() => onZoom(1)}>
            {text("fitWidth")}
          </Button>
          <span class="visually-hidden" role="status">
            {text("zoomedTo", { percent: Math.round(zoom * 100) })}
          </span>
        </div>
      )}
      <Button kind="quiet" onClick={() => onMode(!asText)}>
        {text(asText ? "showPages" : "readAsText")}
      </Button>
    </div>
  );
}

function Sign({ name, sign }: { name: keyof typeof VIEWER; sign: string }) {
  const text = useText(VIEWER);
  return (
    <>
      <span aria-hidden="true" class="viewer-sign">
        {sign}
      </span>
      <span class="visually-hidden">{text(name)}</span>
    </>
  );
}
