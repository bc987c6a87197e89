import { useEffect, useRef, useState } from "preact/hooks";
import { COMMON } from "../../lib/text/web/common.ts";
import { SIGN } from "../../lib/text/web/sign.ts";
import { Actions, Banner, Button, Progress, ScreenHeading } from "../ui/controls.tsx";
import { FaultCard } from "../ui/fault-card.tsx";
import { useLanguage, useText } from "../ui/text.ts";
import { timeText } from "../ui/time.ts";
import type { Attempt } from "./attempt.ts";
import { type Desk, goToStart, type SigningState } from "./desk.ts";
import { isInAppBrowser } from "./in-app.ts";
import { KEPT_MS } from "./limits.ts";
import { shownName } from "./names.ts";
import { TooLarge } from "./too-large.tsx";
import { useLoaded } from "./use-loaded.ts";

/** Choosing what to sign: a file, photos, or what was begun before. */
export function FileScreen({ state, desk }: { state: SigningState; desk: Desk }) {
  const text = useText(SIGN);
  const language = useLanguage();
  const [over, setOver] = useState(false);
  const [photos, setPhotos] = useState(false);
  const take = (file: File | null | undefined) => {
    return file ? import("./own-file.ts").then(({ chooseFile }) => chooseFile(desk, file, language)) : undefined;
  };
  if (photos) return <FromPhotos onPdf={take} onBack={() => setPhotos(false)} />;
  return (
    <>
      <ScreenHeading focus={history.length > 1}>{text("startHeading")}</ScreenHeading>
      <p class="lead">{text("free")}</p>
      {isInAppBrowser(navigator.userAgent) && <Banner tone="unsure" title={text("inApp")} />}
      {state.fault !== undefined && (
        <FaultCard code={state.fault}>{state.tooLarge !== undefined && <TooLarge size={state.tooLarge} />}</FaultCard>
      )}
      <Unfinished desk={desk} attempts={state.unfinished} />
      <KeptPhotos onResume={() => setPhotos(true)} />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the button is the one for all. */}
      <div
        class={`card drop${over ? " drop-over" : ""}`}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          void take(event.dataTransfer?.files[0]);
        }}
      >
        <p class="drop-hint">{text("dropHere")}</p>
        <FileButton label={text("chooseFile")} onFile={take} primary />
        <p class="hint">{text("stays")}</p>
      </div>
      <div class="card">
        <Button onClick={() => setPhotos(true)}>{text("takePhotos")}</Button>
        <p class="hint">{text("photosStay")}</p>
      </div>
    </>
  );
}

const loadPhotos = () => import("../photos/photos.tsx");
const loadKept = () => import("../photos/kept.ts").then(({ photoStore }) => photoStore(Date.now, KEPT_MS));

/** Photos of paper, put together on the device into the file that is signed. */
function FromPhotos({ onPdf, onBack }: { onPdf: (file: File) => unknown; onBack: () => void }) {
  const text = useText(SIGN);
  const common = useText(COMMON);
  const parts = useLoaded(loadPhotos);
  const store = useLoaded(loadKept);
  return (
    <>
      <ScreenHeading>{text("takePhotos")}</ScreenHeading>
      {parts === undefined || store === undefined ? (
        <Progress label={common("loading")} />
      ) : (
        <parts.PhotosToPdf
          store={store}
          onPdf={(pdf, name) => onPdf(new File([Uint8Array.from(pdf)], name, { type: "application/pdf" }))}
        />
      )}
      <Button kind="quiet" onClick={onBack}>
        {common("back")}
      </Button>
    </>
  );
}

/** Photos that the page lost before they were a PDF: many telephones end the page while their camera is open. */
function KeptPhotos({ onResume }: { onResume: () => void }) {
  const text = useText(SIGN);
  const store = useLoaded(loadKept);
  const [count, setCount] = useState(0);
  useEffect(() => void store?.read().then(({ length }) => setCount(length)), [store]);
  if (store === undefined || count === 0) return null;
  return (
    <section class="card">
      <h2>{text("keptPhotos", { count })}</h2>
      <Actions>
        <Button onClick={onResume}>{text("goOnPhotos")}</Button>
        <Button kind="quiet" onClick={() => void store.write([]).then(() => setCount(0))}>
          {text("forgetPhotos")}
        </Button>
      </Actions>
    </section>
  );
}

/** A button that asks for one PDF. The same file twice is two choices. */
export function FileButton(props: { label: string; onFile: (file: File) => unknown; primary?: boolean }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        accept="application/pdf,.pdf"
        hidden
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? [];
          currentTarget.value = "";
          if (file) props.onFile(file);
        }}
      />
      <Button kind={props.primary ? "primary" : "secondary"} onClick={() => input.current?.click()}>
        {props.label}
      </Button>
    </>
  );
}

function Unfinished({ desk, attempts }: { desk: Desk; attempts: readonly Attempt[] }) {
  const text = useText(SIGN);
  if (attempts.length === 0) return null;
  const resume = async ({ id, screen }: Attempt) => {
    history.pushState({ signing: { id, screen } }, "");
    await (await import("./returning.ts")).show(desk, id, screen);
  };
  const forget = async ({ id }: Attempt) => {
    await desk.store.remove(id);
    await goToStart(desk, "replace");
  };
  return (
    <section class="card">
      <h2>{text("unfinished")}</h2>
      <ul class="plain-list">
        {attempts.map((attempt) => {
          const name = shownName(attempt.documents[0]?.fileName ?? "");
          return (
            <li key={attempt.id}>
              <p>{text("unfinishedFile", { name, time: timeText(new Date(attempt.startedAt).toISOString()) })}</p>
              <Actions>
                <Button onClick={() => void resume(attempt)}>{text("goOn", { name })}</Button>
                <Button kind="quiet" onClick={() => void forget(attempt)}>
                  {text("forget", { name })}
                </Button>
              </Actions>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
