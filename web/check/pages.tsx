import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { CHECK } from "../../lib/text/web/check.ts";
import type { SignatureReport } from "../../lib/validate/report.ts";
import { Button, Progress } from "../ui/controls.tsx";
import { useText } from "../ui/text.ts";
import type { OpenedDocument } from "../viewer/open.ts";
import { type PageMark, pageMarks, shownPages } from "./page-marks.ts";

type PagesProps = {
  readonly changes: SignatureReport["changeList"];
  /** Opens the file as it is now; what is opened belongs to the caller. */
  readonly open: () => Promise<OpenedDocument>;
  /** Octets that the signature vouches for; null where they are not what was signed. */
  readonly signedSize: number | null;
  readonly onSigned: (size: number) => void;
};

/** Small pictures: as many as are looked at, each of some 20 KB of pixels. */
const MOST_PAGES = 24;
/** Pixels; twice what is shown, for dense screens. */
const WIDTH = 200;

/** The pages of the file with what happened to them, and the way to the signed version. Shown at once where a page was changed. */
export function Pages({ changes, open, signedSize, onSigned }: PagesProps) {
  const text = useText(CHECK);
  const marks = useMemo(() => pageMarks(changes), [changes]);
  const [shown, setShown] = useState([...marks.values()].includes("changed"));
  return (
    <>
      {shown && <Strip marks={marks} open={open} />}
      <div class="page-actions">
        {!shown && <Button onClick={() => setShown(true)}>{text("showPages")}</Button>}
        {signedSize !== null && <Button onClick={() => onSigned(signedSize)}>{text("signedVersion")}</Button>}
      </div>
    </>
  );
}

/** `pictures` holds what is painted by now; undefined where a page cannot be painted. */
type Painted = {
  readonly pageCount: number;
  readonly order: readonly number[];
  readonly pictures: ReadonlyMap<number, ImageBitmap | undefined>;
};

function Strip({ marks, open }: { marks: ReadonlyMap<number, PageMark>; open: PagesProps["open"] }) {
  const text = useText(CHECK);
  const [painted, setPainted] = useState<Painted | "failed">();
  useEffect(() => {
    const stop = new AbortController();
    const made = new Map<number, ImageBitmap | undefined>();
    const paint = async (): Promise<void> => {
      const document = await open();
      const { thumbnails } = await import("../viewer/thumbnails.ts");
      if (stop.signal.aborted) return;
      const { pageCount } = document;
      const order = shownPages(pageCount, marks, MOST_PAGES);
      // The marks of all of them are read before any is painted; nothing moves when the pictures come.
      setPainted({ pageCount, order, pictures: new Map() });
      for (const page of order) {
        const [bitmap] = await thumbnails(document, [page], WIDTH, stop.signal);
        made.set(page, bitmap);
        if (stop.signal.aborted) return;
        setPainted({ pageCount, order, pictures: new Map(made) });
      }
    };
    paint().catch(() => {
      if (!stop.signal.aborted && made.size === 0) setPainted("failed");
    });
    return () => {
      stop.abort();
      for (const bitmap of made.values()) bitmap?.close();
    };
  }, [marks, open]);
  if (painted === undefined) return <Progress label={text("openingPages")} />;
  if (painted === "failed") return <p class="unsure">{text("pagesFailed")}</p>;
  const { pictures, order, pageCount } = painted;
  return (
    <>
      <ul class="pages" aria-label={text("pages")}>
        {order.map((page) => (
          <Thumbnail
            key={page}
            page={page}
            bitmap={pictures.get(page)}
            unpaintable={pictures.has(page) && pictures.get(page) === undefined}
            mark={marks.get(page)}
          />
        ))}
      </ul>
      {order.length < pageCount && <p class="hint">{text("morePages", { shown: order.length, all: pageCount })}</p>}
    </>
  );
}

const CAPTIONS = { changed: "pageChanged", added: "pageAdded" } as const;
const SIGNS = { changed: "✕ ", added: "+ " } as const;

type ThumbnailProps = {
  readonly page: number;
  /** Undefined until it is painted. */
  readonly bitmap: ImageBitmap | undefined;
  readonly unpaintable: boolean;
  readonly mark: PageMark | undefined;
};

function Thumbnail({ page, bitmap, unpaintable, mark }: ThumbnailProps) {
  const text = useText(CHECK);
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (canvas.current === null || bitmap === undefined) return;
    canvas.current.width = bitmap.width;
    canvas.current.height = bitmap.height;
    canvas.current.getContext("2d")?.drawImage(bitmap, 0, 0);
  }, [bitmap]);
  return (
    <li class={mark === undefined ? undefined : `page-${mark}`}>
      {/* Of the form of most pages until its own is known. */}
      {!unpaintable && <canvas ref={canvas} width={210} height={297} />}
      <span>
        {mark !== undefined && <span aria-hidden="true">{SIGNS[mark]}</span>}
        {text(mark === undefined ? "pageSame" : CAPTIONS[mark], { page })}
      </span>
    </li>
  );
}
