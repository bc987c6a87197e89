import { useEffect, useState } from "preact/hooks";
import { Fault } from "../../lib/fault/fault.ts";
import { formatLookupCode } from "../../lib/identity/read-lookup-code.ts";
import type { LookedUp, Opened } from "../../lib/service/lookup.ts";
import type { FaultCode } from "../../lib/text/faults.ts";
import { identifiedWords } from "../../lib/text/identified.ts";
import { CLASSES, TEST_DOCUMENT } from "../../lib/text/report.ts";
import { CHECK } from "../../lib/text/web/check.ts";
import { COMMON } from "../../lib/text/web/common.ts";
import { Actions, Banner, Button, Progress, ScreenHeading } from "../ui/controls.tsx";
import { useText } from "../ui/text.ts";
import { timeText } from "../ui/time.ts";
import { CheckFault } from "./check-fault.tsx";
import { Compare } from "./compare.tsx";
import { Fact } from "./details.tsx";
import { askLookup } from "./lookup-request.ts";
import { OpeningForm } from "./opening-form.tsx";
import { Outside } from "./outside.tsx";
import { Template, useSay } from "./template.tsx";

type State = "asking" | { readonly found: LookedUp | Opened } | { readonly code: FaultCode };

/** What the service knows under a look-up code. It is never green: no document was checked. */
export function Lookup({ code, onBack }: { code: string; onBack: () => void }) {
  const text = useText(CHECK);
  const common = useText(COMMON);
  const [state, setState] = useState<State>("asking");
  const [round, setRound] = useState(0);
  useEffect(() => {
    const stop = new AbortController();
    setState("asking");
    askLookup(code, undefined, stop.signal).then(
      (found) => setState({ found }),
      (error: unknown) => {
        if (!stop.signal.aborted) setState({ code: error instanceof Fault ? error.code : "internal" });
      },
    );
    return () => stop.abort();
  }, [code, round]);
  return (
    <>
      <ScreenHeading>{text("codeResult")}</ScreenHeading>
      <p>{text("codeShown", { code: formatLookupCode(code) })}</p>
      {state === "asking" && <Progress label={text("lookingUp")} />}
      {typeof state === "object" &&
        ("found" in state ? (
          <Found found={state.found} onOpened={(found) => setState({ found })} />
        ) : state.code === "lookup_not_found" ? (
          <Banner tone="bad" title={text("notFound")} urgent />
        ) : (
          <CheckFault code={state.code}>
            <Button onClick={() => setRound((before) => before + 1)}>{common("retry")}</Button>
          </CheckFault>
        ))}
      <Actions>
        <Button kind="primary" onClick={onBack}>
          {text("backToChoice")}
        </Button>
      </Actions>
    </>
  );
}

function Found({ found, onOpened }: { found: LookedUp | Opened; onOpened: (found: Opened) => void }) {
  const text = useText(CHECK);
  const say = useSay();
  const { disputedAt, demo, issuer, signedAt, assisted, documents } = found;
  const [date = ""] = timeText(signedAt).split(" ");
  const opened = "signer" in found ? found : undefined;
  return (
    <>
      {disputedAt !== null && (
        <Banner tone="disputed" title={text("codeDisputed")}>
          <p class="banner-also">{text("disputedSince", { time: timeText(disputedAt) })}</p>
        </Banner>
      )}
      {demo && <Banner tone="test" title={say(TEST_DOCUMENT)} />}
      <div class="banner banner-neutral" role="status">
        <span class="banner-sign" aria-hidden="true">
          i
        </span>
        <div>
          <p class="banner-title">
            <Template words={CHECK.codeFound} values={{ issuer: <Outside>{issuer}</Outside>, date }} />
          </p>
          <p class="banner-also">{text("codeLimits")}</p>
        </div>
      </div>
      <dl class="facts card">
        <Fact label={text("signedAtLabel")}>{timeText(signedAt)}</Fact>
        <Fact label={text("classLabel")}>{say(CLASSES[found.class])}</Fact>
        <Fact label={text("documentsLabel")}>{documents}</Fact>
        {assisted !== null && (
          <Fact label={text("assistedLabel")}>
            <Outside>{assisted.unit}</Outside>
          </Fact>
        )}
        {opened !== undefined && <OpenedFacts opened={opened} />}
      </dl>
      {opened?.identified && <p>{say(identifiedWords(opened.identified))}</p>}
      {opened === undefined ? (
        <OpeningForm code={found.code} onOpened={onOpened} />
      ) : (
        <Compare opened={opened} time={timeText(signedAt)} />
      )}
    </>
  );
}

function OpenedFacts({ opened: { signer, titles, digests, relyingParty } }: { opened: Opened }) {
  const text = useText(CHECK);
  return (
    <>
      <Fact label={text("signerLabel")}>
        <Outside>{signer}</Outside>
      </Fact>
      {relyingParty !== null && (
        <Fact label={text("recipientLabel")}>
          <Outside>{relyingParty}</Outside>
        </Fact>
      )}
      {titles.map((title, i) => (
        <Fact key={i} label={text("titleLabel")}>
          <Outside>{title}</Outside>
          <span class="code digest">
            {text("digestLabel")}: {digests[i]}
          </span>
        </Fact>
      ))}
    </>
  );
}
