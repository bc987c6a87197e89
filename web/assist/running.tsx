import { useEffect, useRef, useState } from "preact/hooks";
import { ASSISTANCE_STATUS_WORDS } from "../../lib/text/assistance.ts";
import type { FaultCode } from "../../lib/text/faults.ts";
import { ASSIST } from "../../lib/text/web/assist.ts";
import type { SessionControl } from "../session/session.ts";
import { Banner, Button, Progress, ScreenHeading } from "../ui/controls.tsx";
import { FaultCard } from "../ui/fault-card.tsx";
import { QrCode } from "../ui/qr.tsx";
import { fill, useLanguage, useText } from "../ui/text.ts";
import { timeText } from "../ui/time.ts";
import { endAssistance, type OfficerView, readAsOfficer } from "./client.ts";
import { handOver, type OpenDesk, revealKey } from "./desk.ts";
import { pairingLink } from "./link.ts";
import { rememberOwnDesk } from "./own-desk.ts";
import { Slip } from "./slip.tsx";

/** Milliseconds between two looks at how far the citizen is. */
const LOOK_MS = 2000;

type Props = {
  readonly desk: OpenDesk;
  readonly first: OfficerView;
  readonly officerName: string;
  readonly control: SessionControl;
  readonly onDone: () => void;
};

/** An assistance while it runs: pairing, comparing numbers, handing over, and from there on the status alone. */
export function RunningAssistance({ desk, first, officerName, control, onDone }: Props) {
  const language = useLanguage();
  const text = useText(ASSIST);
  const [view, setView] = useState(first);
  const [match, setMatch] = useState<string | undefined>();
  const [sent, setSent] = useState<number | undefined>();
  const [code, setCode] = useState<FaultCode | undefined>();
  useWatch(desk.id, setView, (error) => setCode(control.failed(error)));
  useEffect(() => rememberOwnDesk(desk.id), [desk.id]);

  useEffect(() => {
    if (view.state !== "paired" || match !== undefined) return;
    revealKey(desk, view).then(setMatch, (error) => setCode(control.failed(error)));
  }, [view, match]);

  const send = async () => {
    setSent(0);
    try {
      await handOver(desk, view, setSent);
    } catch (error) {
      setSent(undefined);
      setCode(control.failed(error));
    }
  };
  const end = async () => {
    try {
      await endAssistance(desk.id);
      setView({ ...view, state: "ended" });
    } catch (error) {
      setCode(control.failed(error));
    }
  };

  const { state, status } = view;
  const over = state === "ended" || state === "expired";
  return (
    <>
      <ScreenHeading>{text(over ? "heading" : state === "waiting" ? "pairing" : "status")}</ScreenHeading>
      {code !== undefined && <FaultCard code={code} />}
      {state === "waiting" && <Pairing desk={desk} view={view} />}
      {state === "paired" && sent === undefined && match !== undefined && (
        <div class="card">
          <p class="match" role="status">
            {text("match", { number: spaced(match) })}
          </p>
          <p>{text("matchAsk")}</p>
          <div class="row">
            <Button kind="primary" onClick={send}>
              {text("matchSame")}
            </Button>
            <Button kind="danger" onClick={end}>
              {text("matchOther")}
            </Button>
          </div>
        </div>
      )}
      {state === "paired" && sent !== undefined && sent < 1 && <Progress label={text("sending")} part={sent} />}
      {state === "paired" && sent === 1 && (
        <p role="status" class="match">
          {status === null ? text("sent") : fill(ASSISTANCE_STATUS_WORDS[status.code][language], pagesOf(status))}
        </p>
      )}
      {state === "expired" && <Banner tone="unsure" title={text("expired")} />}
      {state === "ended" && <Banner tone="neutral" title={text("ended")} />}
      {view.lookupCode !== null && <Slip code={view.lookupCode} officerName={officerName} unit={view.unit} />}
      <div class="row">
        {over ? (
          <Button kind="primary" onClick={onDone}>
            {text("again")}
          </Button>
        ) : (
          <Button onClick={end}>{text("end")}</Button>
        )}
      </div>
    </>
  );
}

function Pairing({ desk, view }: { desk: OpenDesk; view: OfficerView }) {
  const text = useText(ASSIST);
  const { pairingCode, pairingSecret: secret, keyHash } = desk;
  const kiosk = view.mode === "kiosk";
  const link = pairingLink(location.origin, { secret, keyHash, kiosk });
  return (
    <div class="card">
      {kiosk ? (
        <p>
          <a class="button button-primary" href={link} target="_blank" rel="noopener">
            {text("openKiosk")}
          </a>
        </p>
      ) : (
        <>
          <p>{text("pairingHow", { address: `${location.host}/ghep` })}</p>
          <QrCode text={link} label={text("pairingQr")} />
          <p>{text("pairingCode")}</p>
          <p class="match">{spaced(pairingCode)}</p>
        </>
      )}
      <p class="hint">{text("pairingUntil", { time: timeText(view.pairingUntil) })}</p>
      <Progress label={text("waiting")} />
    </div>
  );
}

/** Looks again and again until nothing more can come. */
function useWatch(id: string, onView: (view: OfficerView) => void, onError: (error: unknown) => void): void {
  const latest = useRef({ onView, onError });
  latest.current = { onView, onError };
  useEffect(() => {
    let stopped = false;
    const look = async () => {
      try {
        const view = await readAsOfficer(id);
        if (stopped) return;
        latest.current.onView(view);
        if (view.state === "ended" || view.state === "expired") stopped = true;
      } catch (error) {
        if (!stopped) latest.current.onError(error);
      }
      if (!stopped) timer = setTimeout(look, LOOK_MS);
    };
    let timer = setTimeout(look, LOOK_MS);
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [id]);
}

const pagesOf = ({ page = 0, pages = 0 }: NonNullable<OfficerView["status"]>) => ({ page, pages });

/** Digits apart, so that people and screen readers read them one by one. */
export const spaced = (digits: string): string => [...digits].join(" ");
