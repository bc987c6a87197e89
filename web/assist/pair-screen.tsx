import { useEffect, useRef, useState } from "preact/hooks";
import { Fault } from "../../lib/fault/fault.ts";
import type { FaultCode } from "../../lib/text/faults.ts";
import { PAIR } from "../../lib/text/web/assist.ts";
import { beginAssisted } from "../sign/assisted.ts";
import { Banner, Button, Field, Progress, ScreenHeading } from "../ui/controls.tsx";
import { FaultCard } from "../ui/fault-card.tsx";
import { localLink, useLanguage, useText } from "../ui/text.ts";
import { readPairingLink } from "./link.ts";
import { isOwnDesk } from "./own-desk.ts";
import { type Joined, join, look, numberOf, receive } from "./pairing.ts";
import { spaced } from "./running.tsx";

/** Milliseconds between two looks for the officer's documents. */
const LOOK_MS = 1500;

/** Where a session on a machine at the counter ends (web/sign/leave-kiosk.ts). */
const WIPED = "#xong";

/** The citizen's way in: by the officer's QR code (behind `#`), or by typing the code. */
export function PairScreen() {
  const text = useText(PAIR);
  const [joined, setJoined] = useState<Joined | undefined>();
  const [code, setCode] = useState<FaultCode | undefined>();
  const [kiosk, setKiosk] = useState(false);
  const [wiped, setWiped] = useState(false);
  useEffect(() => {
    const fragment = location.hash;
    // A secret does not stay in the address.
    history.replaceState(null, "", location.pathname + location.search);
    setWiped(fragment === WIPED);
    const link = readPairingLink(fragment);
    if (link === undefined) return;
    setKiosk(link.kiosk);
    join({ secret: link.secret }, link.keyHash).then(setJoined, (error) => setCode(codeOf(error)));
  }, []);
  const typed = async (digits: string) => {
    setCode(undefined);
    try {
      setJoined(await join({ code: digits }));
    } catch (error) {
      setCode(codeOf(error));
    }
  };
  return (
    <>
      <ScreenHeading focus={false}>{text("heading")}</ScreenHeading>
      {wiped && <Banner tone="good" title={text("wiped")} />}
      {code !== undefined && <FaultCard code={code} />}
      {joined === undefined ? (
        <CodeForm onCode={typed} />
      ) : (
        <Waiting first={joined} kiosk={kiosk} onFault={(fault) => setCode(fault)} />
      )}
    </>
  );
}

function CodeForm({ onCode }: { onCode: (digits: string) => Promise<void> }) {
  const text = useText(PAIR);
  const [typed, setTyped] = useState("");
  const [wrong, setWrong] = useState(false);
  const [busy, setBusy] = useState(false);
  const submit = async () => {
    const digits = typed.replace(/\D/g, "");
    setWrong(digits.length !== 6);
    if (digits.length !== 6) return;
    setBusy(true);
    await onCode(digits);
    setBusy(false);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <p>{text("lead")}</p>
      <Field
        label={text("code")}
        value={typed}
        onInput={setTyped}
        inputMode="numeric"
        maxLength={20}
        error={wrong ? text("codeWrong") : undefined}
      />
      <Button kind="primary" type="submit" busy={busy}>
        {text("join")}
      </Button>
    </form>
  );
}

type WaitingProps = {
  readonly first: Joined;
  readonly kiosk: boolean;
  readonly onFault: (code: FaultCode) => void;
};

/** Says who helps, shows the number to compare, and goes on to reading as soon as the documents are there. */
function Waiting({ first, kiosk, onFault }: WaitingProps) {
  const language = useLanguage();
  const text = useText(PAIR);
  const [joined, setJoined] = useState(first);
  const [count, setCount] = useState<number | undefined>();
  const address = useRef("");
  const { view } = joined;
  const here = isOwnDesk(joined.id) && view.mode !== "kiosk";
  const over = view.state === "ended" || view.state === "expired";

  useEffect(() => {
    let stopped = here;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let now = first;
    const turn = async () => {
      try {
        now = await look(now);
        if (stopped) return;
        setJoined(now);
        if (now.view.state === "ended" || now.view.state === "expired") return;
        const handover = await received(now);
        if (handover !== undefined && !stopped) {
          address.current = await beginAssisted(handover, { joined: now, kiosk, language });
          setCount(handover.documents.length);
          return;
        }
      } catch (error) {
        if (!stopped) onFault(codeOf(error));
        return;
      }
      if (!stopped) timer = setTimeout(turn, LOOK_MS);
    };
    if (!stopped) turn();
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [first]);

  if (here) return <Banner tone="unsure" title={text("sameDevice")} urgent />;
  const number = numberOf(joined);
  return (
    <>
      <Banner tone="neutral" title={text("helped", { officer: view.officerName, unit: view.unit })}>
        <p>{text("cannotSee")}</p>
        {view.procedure !== null && <p>{text("procedure", { procedure: view.procedure })}</p>}
        {view.caseRef !== null && <p>{text("caseRef", { caseRef: view.caseRef })}</p>}
      </Banner>
      {over && <Banner tone="unsure" title={text("ended")} />}
      {!over && number !== undefined && (
        <div class="card">
          <p class="match">{text("match", { number: spaced(number) })}</p>
          <p>{text("matchTell")}</p>
        </div>
      )}
      {!over && count === undefined && <Progress label={text("waiting")} />}
      {count !== undefined && (
        <>
          <p role="status">{text("received", { count })}</p>
          <Button kind="primary" onClick={() => location.assign(localLink(address.current, language))}>
            {text("read")}
          </Button>
        </>
      )}
    </>
  );
}

/** @returns undefined while the documents are on their way */
async function received(joined: Joined) {
  try {
    return await receive(joined);
  } catch (error) {
    if (error instanceof Fault && error.code === "part_missing") return undefined;
    throw error;
  }
}

function codeOf(error: unknown): FaultCode {
  return error instanceof Fault ? error.code : "internal";
}
