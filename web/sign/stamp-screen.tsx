import { useState } from "preact/hooks";
import { COMMON } from "../../lib/text/web/common.ts";
import { SIGN } from "../../lib/text/web/sign.ts";
import { Actions, Banner, Button, Progress, ScreenHeading } from "../ui/controls.tsx";
import { useLanguage, useText } from "../ui/text.ts";
import type { PageSize } from "../viewer/page-size.ts";
import { openTransaction } from "./approving.ts";
import type { PlacedStamp, StampPlace, StampSpot } from "./attempt.ts";
import { shownName } from "./names.ts";
import { setPlace } from "./own-file.ts";
import type { ScreenProps } from "./screens.tsx";
import { StampFields } from "./stamp-fields.tsx";
import { StampFrame } from "./stamp-frame.tsx";
import { Steps } from "./steps.tsx";
import { useLoaded, useOctets } from "./use-loaded.ts";

/** Where the signature shows. The page has chosen a place; whoever does not care goes on. */
export function StampScreen({ state, desk, attempt }: ScreenProps) {
  const text = useText(SIGN);
  const language = useLanguage();
  const [moving, setMoving] = useState<StampSpot>();
  const [document] = attempt.documents;
  const stamp = document?.ready?.stamp;
  const busy = state.busy !== undefined;
  const place = (wanted: StampPlace) => {
    setMoving(undefined);
    void setPlace(desk, attempt, wanted);
  };
  return (
    <>
      <Steps screen="stamp" />
      <ScreenHeading>{text("stampHeading")}</ScreenHeading>
      <Where stamp={stamp} auto={attempt.place === "auto"} />
      {stamp?.covers && <Banner tone="unsure" title={text("stampCovers")} />}
      {moving !== undefined && stamp !== undefined && (
        <StampFields
          spot={moving}
          pages={stamp.ownPage ? stamp.place.page - 1 : (document?.pages ?? stamp.place.page)}
          onSpot={setMoving}
          onSet={() => place(moving)}
          onCancel={() => setMoving(undefined)}
        />
      )}
      <SignedPages {...{ attempt, stamp, moving, onMove: setMoving }} />
      {moving === undefined && (
        <>
          <Actions>
            <Button kind="primary" busy={busy} onClick={() => void openTransaction(desk, attempt, language)}>
              {text("stampKeep")}
            </Button>
          </Actions>
          {stamp !== undefined && (
            <div class="stack">
              {attempt.documents.length === 1 && (
                <Button onClick={() => setMoving(spotOf(stamp, document?.pages))}>{text("stampChange")}</Button>
              )}
              {attempt.place !== "own-page" && (
                <Button busy={busy} onClick={() => place("own-page")}>
                  {text("stampOwnPage")}
                </Button>
              )}
              {attempt.place !== "auto" && (
                <Button busy={busy} onClick={() => place("auto")}>
                  {text("stampAuto")}
                </Button>
              )}
            </div>
          )}
        </>
      )}
    </>
  );
}

/** A place to begin moving from; a page of its own cannot be moved to. */
function spotOf({ place, ownPage }: PlacedStamp, pages: number | undefined): StampSpot {
  const { left, bottom } = place;
  return { page: ownPage ? Math.min(place.page - 1, pages ?? place.page - 1) : place.page, left, bottom };
}

function Where({ stamp, auto }: { stamp: PlacedStamp | undefined; auto: boolean }) {
  const text = useText(SIGN);
  if (stamp === undefined) return <p>{text("stampNone")}</p>;
  if (stamp.ownPage) return <p>{text("stampOwn")}</p>;
  const { page, left, bottom } = stamp.place;
  return (
    <>
      {auto && <p>{text("stampChosen")}</p>}
      <p>{text("stampAt", { page, left: Math.round(left), bottom: Math.round(bottom) })}</p>
    </>
  );
}

const loadViewer = () => import("../viewer/pdf-viewer.tsx");

type PagesProps = Pick<ScreenProps, "attempt"> & {
  stamp: PlacedStamp | undefined;
  moving: StampSpot | undefined;
  onMove: (spot: StampSpot) => void;
};

/** The file as it will be signed, stamp and all: these octets, and no others, are what the signature covers. */
function SignedPages({ attempt, stamp, moving, onMove }: PagesProps) {
  const common = useText(COMMON);
  const [document] = attempt.documents;
  const appended = document?.ready?.prepared?.appended;
  const [tail] = useState(() => new WeakMap<Uint8Array, Blob>());
  if (appended !== undefined && !tail.has(appended)) tail.set(appended, new Blob([appended]));
  const pdf = useOctets(document?.file, appended === undefined ? undefined : tail.get(appended));
  const parts = useLoaded(loadViewer);
  if (parts === undefined || pdf === undefined || document === undefined) return <Progress label={common("loading")} />;
  return (
    <parts.PdfViewer
      pdf={pdf}
      name={shownName(document.fileName)}
      goTo={moving?.page ?? stamp?.place.page}
      overlay={({ page, size, scale }: { page: number; size: PageSize; scale: number }) =>
        moving?.page === page ? (
          <StampFrame
            {...{ spot: moving, width: stamp?.place.width ?? 0, height: stamp?.place.height ?? 0 }}
            size={size}
            scale={scale}
            onSpot={onMove}
          />
        ) : null
      }
    />
  );
}
