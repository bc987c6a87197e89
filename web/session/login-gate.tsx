import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { ReturnPath } from "../../lib/service/session.ts";
import { COMMON } from "../../lib/text/web/common.ts";
import { SESSION } from "../../lib/text/web/session.ts";
import { ask } from "../api.ts";
import { Button, Progress, ScreenHeading } from "../ui/controls.tsx";
import { FaultCard } from "../ui/fault-card.tsx";
import { useText } from "../ui/text.ts";
import { codeOf, logIn, type SessionControl, type SessionView, useSession } from "./session.ts";
import { SessionBar } from "./session-bar.tsx";

type Props = {
  readonly heading: string;
  readonly returnTo: ReturnPath;
  readonly children: (session: SessionView, control: SessionControl) => ComponentChildren;
};

/** A page of one's own: asks for a login first, and shows who is logged in and for how long. */
export function LoginGate({ heading, returnTo, children }: Props) {
  const control = useSession();
  const text = useText(COMMON);
  const { state } = control;
  return (
    <>
      <ScreenHeading focus={false}>{heading}</ScreenHeading>
      {state.kind === "loading" && <Progress label={text("loading")} />}
      {state.kind === "failed" && (
        <FaultCard code={state.code}>
          <Button onClick={control.refresh}>{text("retry")}</Button>
        </FaultCard>
      )}
      {state.kind === "none" && <LoginButtons returnTo={returnTo} code={state.code} />}
      {state.kind === "active" && (
        <>
          <SessionBar session={state.session} control={control} />
          {children(state.session, control)}
        </>
      )}
    </>
  );
}

type Provider = { readonly issuer: string; readonly name?: string };

function LoginButtons({ returnTo, code }: { returnTo: ReturnPath; code: SessionControlCode }) {
  const text = useText(SESSION);
  const [providers, setProviders] = useState<readonly Provider[]>([]);
  const [failure, setFailure] = useState<SessionControlCode>(code);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    ask<{ providers: readonly Provider[] }>("/v1/service").then(
      (service) => setProviders(service.providers),
      (error) => setFailure(codeOf(error)),
    );
  }, []);
  const choose = async (index: number) => {
    setBusy(true);
    try {
      await logIn(returnTo, index);
    } catch (error) {
      setFailure(codeOf(error));
      setBusy(false);
    }
  };
  return (
    <>
      {failure !== undefined && <FaultCard code={failure} />}
      <p>{text("why")}</p>
      <p class="stack">
        {providers.map((provider, index) => (
          <Button
            key={provider.issuer}
            kind={index === 0 ? "primary" : "secondary"}
            busy={busy}
            onClick={() => choose(index)}
          >
            {text("provider", { name: provider.name ?? hostOf(provider.issuer) })}
          </Button>
        ))}
      </p>
      <p class="hint">{text("receives")}</p>
    </>
  );
}

type SessionControlCode = Extract<SessionControl["state"], { kind: "none" }>["code"];

function hostOf(issuer: string): string {
  return URL.canParse(issuer) ? new URL(issuer).host : issuer;
}
