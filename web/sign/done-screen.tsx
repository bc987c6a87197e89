import { useEffect, useState } from "preact/hooks";
import { lookupCode, openingCode } from "../../lib/identity/lookup-code.ts";
import { formatLookupCode, lookupUrl } from "../../lib/identity/read-lookup-code.ts";
import { SIGN } from "../../lib/text/web/sign.ts";
import { Actions, Banner, Button, ButtonLink, ScreenHeading } from "../ui/controls.tsx";
import { localLink, useLanguage, useText } from "../ui/text.ts";
import { timeText } from "../ui/time.ts";
import { isAtCounter } from "./attempt.ts";
import { goToStart } from "./desk.ts";
import { downloadName } from "./names.ts";
import type { ScreenProps } from "./screens.tsx";
import { useService } from "./service.ts";
import { useLoaded } from "./use-loaded.ts";

/** Reached only with files that our own verifier has judged. */
export function DoneScreen({ state, desk, attempt }: ScreenProps) {
  const text = useText(SIGN);
  const language = useLanguage();
  const { service } = useService();
  const [first] = state.finished;
  const { view, documents } = attempt;
  if (first === undefined || view === undefined)
    return <ScreenHeading key="finishing">{text("finishingHeading")}</ScreenHeading>;
  const [date = "", time = ""] = timeText(new Date(first.genTime).toISOString()).split(" ");
  const { relyingParty } = view.preimage;
  const atCounter = isAtCounter(attempt);
  return (
    <>
      <ScreenHeading key="done">{text("doneHeading", { date, time })}</ScreenHeading>
      <Banner tone="good" title={text("doneChecked", { name: first.signer })} />
      {service?.demo && <Banner tone="test" title={text("doneTest")} />}
      <Actions>
        {documents.map(({ title, fileName, fileKey }, index) => (
          <DownloadLink
            key={fileKey}
            primary={index === 0}
            blob={state.finished[index]?.signed}
            name={downloadName(fileName, ".da-ky.pdf")}
            label={documents.length === 1 ? text("download") : text("downloadOf", { title })}
          />
        ))}
        {view.returnUrl !== undefined && (
          <ButtonLink href={view.returnUrl}>{text("backTo", { agency: relyingParty ?? "" })}</ButtonLink>
        )}
      </Actions>
      <Codes id={attempt.id} />
      <div class="stack">
        <Receipt proof={view.proof} name={downloadName(documents[0]?.fileName ?? "", ".phieu-ky.json")} />
        {/* From a machine at a counter nothing leads on: what is kept there goes with this page, and the history there is the officer's. */}
        {!atCounter && (
          <>
            <ButtonLink href={localLink(`/kiem-tra?ma=${lookupCode(attempt.id)}`, language)}>
              {text("seeResult")}
            </ButtonLink>
            <ButtonLink href={localLink("/lich-su", language)}>{text("toHistory")}</ButtonLink>
          </>
        )}
      </div>
      <details>
        <summary>{text("acrobat")}</summary>
        <p>{text("acrobatUnknown")}</p>
        <p>{text("acrobatChanged")}</p>
      </details>
      <p class="hint">{text(atCounter ? "notYourDevice" : "keptUntil")}</p>
      {!atCounter && (
        <div class="stack">
          <Button onClick={() => void goToStart(desk)}>{text("another")}</Button>
          <Button
            kind="quiet"
            onClick={() => void desk.store.remove(attempt.id).then(() => goToStart(desk, "replace"))}
          >
            {text("forgetNow")}
          </Button>
        </div>
      )}
    </>
  );
}

function Receipt({ proof, name }: { proof: unknown; name: string }) {
  const text = useText(SIGN);
  const [blob, setBlob] = useState<Blob>();
  useEffect(() => setBlob(new Blob([`${JSON.stringify(proof, null, 2)}\n`], { type: "application/json" })), [proof]);
  return proof === undefined ? null : <DownloadLink blob={blob} name={name} label={text("receipt")} />;
}

function DownloadLink(props: { blob: Blob | undefined; name: string; label: string; primary?: boolean }) {
  const { blob, name, label, primary = false } = props;
  const [href, setHref] = useState<string>();
  useEffect(() => {
    if (blob === undefined) return undefined;
    const url = URL.createObjectURL(blob);
    setHref(url);
    return () => URL.revokeObjectURL(url);
  }, [blob]);
  if (href === undefined) return null;
  return (
    <ButtonLink href={href} download={name} kind={primary ? "primary" : "secondary"}>
      {label}
    </ButtonLink>
  );
}

const loadQr = () => import("./qr.tsx");

function Codes({ id }: { id: string }) {
  const text = useText(SIGN);
  const qr = useLoaded(loadQr);
  const code = lookupCode(id);
  const shown = formatLookupCode(code);
  return (
    <section class="card codes">
      <dl>
        <dt>{text("lookupCode")}</dt>
        <dd class="code">{shown}</dd>
        <dt>{text("openingCode")}</dt>
        <dd class="code">{openingCode(id)}</dd>
      </dl>
      {qr !== undefined && <qr.Qr text={lookupUrl(location.host, code)} label={text("qrLabel", { code: shown })} />}
      <p class="hint">{text("printing")}</p>
    </section>
  );
}
