import { useCallback, useEffect, useState } from "preact/hooks";
import { Fault } from "../../lib/fault/fault.ts";
import type { FaultCode } from "../../lib/text/faults.ts";
import { PASSKEYS } from "../../lib/text/web/passkeys.ts";
import { LoginGate } from "../session/login-gate.tsx";
import type { SessionControl } from "../session/session.ts";
import { Banner, Button, Field } from "../ui/controls.tsx";
import { FaultCard } from "../ui/fault-card.tsx";
import { useText } from "../ui/text.ts";
import { addPasskey, listPasskeys, type PasskeyView, removePasskey, renamePasskey } from "./client.ts";
import { PasskeyList } from "./list.tsx";

/** Characters of a passkey's name; the service takes as many. */
const NAME_LIMIT = 60;

export function PasskeysScreen() {
  const text = useText(PASSKEYS);
  return (
    <LoginGate heading={text("heading")} returnTo="/khoa">
      {(_, control) => <Passkeys control={control} />}
    </LoginGate>
  );
}

type Said = { readonly tone: "good" | "unsure"; readonly title: string };

function Passkeys({ control }: { control: SessionControl }) {
  const text = useText(PASSKEYS);
  const [passkeys, setPasskeys] = useState<readonly PasskeyView[] | undefined>();
  const [code, setCode] = useState<FaultCode | undefined>();
  const [said, setSaid] = useState<Said | undefined>();
  const [busy, setBusy] = useState(false);
  const [name, setName] = useState<string>(text("defaultName"));
  const { failed } = control;

  const load = useCallback(async () => setPasskeys(await listPasskeys()), []);
  const run = useCallback(
    async (work: () => Promise<Said | undefined>) => {
      setBusy(true);
      setCode(undefined);
      setSaid(undefined);
      try {
        setSaid(await work());
        await load();
      } catch (error) {
        // What the browser throws is about the device and the person: refused, cancelled, there already.
        if (error instanceof Fault) setCode(failed(error));
        else setSaid({ tone: "unsure", title: text("notAdded") });
      } finally {
        setBusy(false);
      }
    },
    [failed, load, text],
  );
  useEffect(() => void run(async () => undefined), []);

  return (
    <>
      <p>{text("lead")}</p>
      <p class="hint">{text("privacy")}</p>
      {code !== undefined && <FaultCard code={code} />}
      {said !== undefined && <Banner tone={said.tone} title={said.title} />}
      {passkeys !== undefined && (
        <PasskeyList
          passkeys={passkeys}
          onRename={(passkey, next) =>
            run(async () => {
              await renamePasskey(passkey.id, next);
              return { tone: "good", title: text("renamed", { name: next }) };
            })
          }
          onRemove={(passkey) =>
            run(async () => {
              await removePasskey(passkey.id);
              return { tone: "good", title: text("removed", { name: passkey.name }) };
            })
          }
        />
      )}
      {"PublicKeyCredential" in globalThis ? (
        <form
          class="card"
          onSubmit={(event) => {
            event.preventDefault();
            run(async () => {
              await addPasskey(name);
              return { tone: "good", title: text("added", { name }) };
            });
          }}
        >
          <Field label={text("name")} value={name} onInput={setName} maxLength={NAME_LIMIT} required />
          <Button kind="primary" type="submit" busy={busy}>
            {text("add")}
          </Button>
        </form>
      ) : (
        <Banner tone="unsure" title={text("unsupported")} />
      )}
    </>
  );
}
