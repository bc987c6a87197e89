import { useEffect, useState } from "preact/hooks";
import { SIGN } from "../../lib/text/web/sign.ts";
import { Button, Progress, ScreenHeading } from "../ui/controls.tsx";
import { FaultCard } from "../ui/fault-card.tsx";
import { useText } from "../ui/text.ts";
import { chooseMeans } from "./approving.ts";
import { codeOf } from "./desk.ts";
import { canUsePasskey } from "./passkey.ts";
import type { ScreenProps } from "./screens.tsx";
import { type Service, useService } from "./service.ts";
import { Steps } from "./steps.tsx";

/** How the person will show who they are. Nothing happens yet: the choice is used when what is signed has been approved. */
export function IdentifyScreen({ desk, attempt, state }: ScreenProps) {
  const text = useText(SIGN);
  const { service, error, retry } = useService();
  return (
    <>
      <Steps screen="identify" without={attempt.kind === "own" ? [] : ["name", "stamp"]} />
      <ScreenHeading>{text("identifyHeading")}</ScreenHeading>
      {attempt.signerName !== "" && <p>{text("signer", { name: attempt.signerName })}</p>}
      {error !== undefined && (
        <FaultCard code={codeOf(error)}>
          <Button onClick={retry}>{text("tryAgain")}</Button>
        </FaultCard>
      )}
      {service === undefined && error === undefined && <Progress label={text("opening")} />}
      {service !== undefined && (
        <Choices
          service={service}
          busy={state.busy !== undefined}
          onChoice={(means) => void chooseMeans(desk, attempt, means)}
        />
      )}
      <p>{text("receives")}</p>
      <h2>{text("written")}</h2>
      <ul>
        <li>{text("writtenName")}</li>
        <li>{text("writtenBirth")}</li>
        <li>{text("writtenNumber")}</li>
      </ul>
    </>
  );
}

type ChoicesProps = { service: Service; busy: boolean; onChoice: (means: number | "passkey") => void };

function Choices({ service, busy, onChoice }: ChoicesProps) {
  const text = useText(SIGN);
  const [passkey, setPasskey] = useState(false);
  useEffect(() => {
    if (service.passkeys) canUsePasskey().then(setPasskey, () => undefined);
  }, [service]);
  return (
    <div class="stack">
      {service.providers.map((provider, index) => (
        <Button
          key={provider.issuer}
          kind={index === 0 ? "primary" : "secondary"}
          busy={busy}
          onClick={() => onChoice(index)}
        >
          {text("continueWith", { name: provider.name })}
        </Button>
      ))}
      {passkey && (
        <>
          <Button busy={busy} onClick={() => onChoice("passkey")}>
            {text("continuePasskey")}
          </Button>
          <p class="hint">{text("passkeyHint")}</p>
        </>
      )}
    </div>
  );
}
