import { useEffect } from "preact/hooks";
import { SIGN } from "../../lib/text/web/sign.ts";
import { Actions, Button, ButtonLink, Progress, ScreenHeading } from "../ui/controls.tsx";
import { useText } from "../ui/text.ts";
import type { Attempt } from "./attempt.ts";
import { type Desk, goToStart } from "./desk.ts";
import { refresh } from "./returning.ts";
import { loginAddress, read } from "./transaction.ts";

export function DeclinedScreen({ desk, attempt }: { desk: Desk; attempt: Attempt | undefined }) {
  const text = useText(SIGN);
  const asked = attempt?.view?.preimage.relyingParty ?? null;
  const { returnUrl } = attempt?.view ?? {};
  return (
    <>
      <ScreenHeading>{text("declinedHeading")}</ScreenHeading>
      <p>{text(asked === null ? "declinedOwn" : "declinedText")}</p>
      <Actions>
        {returnUrl !== undefined && asked !== null ? (
          <ButtonLink kind="primary" href={returnUrl}>
            {text("backTo", { agency: asked })}
          </ButtonLink>
        ) : (
          <Button kind="primary" onClick={() => void goToStart(desk, "replace")}>
            {text("close")}
          </Button>
        )}
      </Actions>
    </>
  );
}

/** Back from a log-in in a browser that knows nothing of the session: another tab holds it. */
export function ElsewhereScreen({ desk }: { desk: Desk }) {
  const text = useText(SIGN);
  return (
    <>
      <ScreenHeading>{text("elsewhereHeading")}</ScreenHeading>
      <p>{text("elsewhereText")}</p>
      <Actions>
        <Button onClick={() => void goToStart(desk, "replace")}>{text("another")}</Button>
      </Actions>
    </>
  );
}

/** Milliseconds between two looks at what the other tab has done. */
const LOOK_MS = 3000;

/** Nothing is kept in this browser: the log-in happens in another tab, and this one asks how it went. */
export function WaitingScreen({ desk, attempt }: { desk: Desk; attempt: Attempt }) {
  const text = useText(SIGN);
  useEffect(() => {
    const timer = setInterval(async () => {
      const view = await read(attempt).catch(() => undefined);
      if (view === undefined || view.state === "pending" || view.state === "signing") return;
      clearInterval(timer);
      desk.change({ view: "signing" });
      await refresh(desk, attempt);
    }, LOOK_MS);
    return () => clearInterval(timer);
  }, [attempt.id]);
  const { means } = attempt;
  return (
    <>
      <ScreenHeading>{text("identifyHeading")}</ScreenHeading>
      <p>{text("loginElsewhere")}</p>
      <Actions>
        {typeof means === "number" && (
          <a
            class="button button-primary"
            href={loginAddress(attempt, means)}
            target="_blank"
            rel="noopener noreferrer"
          >
            {text("openLogin")}
          </a>
        )}
        <Button onClick={() => desk.change({ view: "signing" })}>{text("otherMeans")}</Button>
      </Actions>
      <Progress label={text("waiting")} />
    </>
  );
}
