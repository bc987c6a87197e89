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

type Picture = { readonly page: number; readonly bitmap: ImageBitmap | undefined };
type Painted = { readonly pageCount: number; readonly pictures: readonly Picture[] };

function Strip({ marks, open }: { marks: ReadonlyMap<number, PageMark>; open: PagesProps["open"] }) {
  const text = useText(CHECK);
  const [painted, setPainted] = useState<Painted | "failed">();
  useEffect(() => {
    const stop = new AbortController();
    const made: Picture[] = [];
    const paint = async (): Promise<void> => {
      const document = await open();
      const { thumbnails } = await import("../viewer/thumbnails.ts");
      // One by one, so that the first ones are there while the last ones are painted.
      for (const page of shownPages(document.pageCount, marks.keys(), MOST_PAGES)) {
        const [bitmap] = await thumbnails(document, [page], WIDTH, stop.signal);
        made.push({ page, bitmap });
        if (stop.signal.aborted) return;
        setPainted({ pageCount: document.pageCount, pictures: [...made] });
      }
    };
    paint().catch(() => {
      if (!stop.signal.aborted && made.length === 0) setPainted("failed");
    });
    return () => {
      stop.abort();
      for (const { bitmap } of made) bitmap?.close();
    };
  }, [marks, open]);
  if (painted === undefined) return <Progress label={text("openingPages")} />;
  if (painted === "failed") return <p class="unsure">{text("pagesFailed")}</p>;
  const { pictures, pageCount } = painted;
  return (
    <>
      <ul class="pages" aria-label={text("pages")}>
        {pictures.map((picture) => (
          <Thumbnail key={picture.page} picture={picture} mark={marks.get(picture.page)} />
        ))}
      </ul>
      {pictures.length < pageCount && (
        <p class="hint">{text("morePages", { shown: pictures.length, all: pageCount })}</p>
      )}
    </>
  );
}

const CAPTIONS = { changed: "pageChanged", added: "pageAdded" } as const;
const SIGNS = { changed: "✕ ", added: "+ " } as const;

function Thumbnail({ picture: { page, bitmap }, mark }: { picture: Picture; mark: PageMark | undefined }) {
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
      {bitmap !== undefined && <canvas ref={canvas} />}
      <span>
        {mark !== undefined && <span aria-hidden="true">{SIGNS[mark]}</span>}
        {text(mark === undefined ? "pageSame" : CAPTIONS[mark], { page })}
      </span>
    </li>
  );
}
