import { useState } from "preact/hooks";
import { COMMON } from "../../lib/text/web/common.ts";
import { PASSKEYS } from "../../lib/text/web/passkeys.ts";
import { Button, Dialog, Field } from "../ui/controls.tsx";
import { Name } from "../ui/name.tsx";
import { useText } from "../ui/text.ts";
import { timeText } from "../ui/time.ts";
import type { PasskeyView } from "./client.ts";

type Props = {
  readonly passkeys: readonly PasskeyView[];
  readonly onRename: (passkey: PasskeyView, name: string) => Promise<void>;
  readonly onRemove: (passkey: PasskeyView) => Promise<void>;
};

export function PasskeyList({ passkeys, onRename, onRemove }: Props) {
  const text = useText(PASSKEYS);
  const [asked, setAsked] = useState<{ passkey: PasskeyView; what: "rename" | "remove" } | undefined>();
  const close = () => setAsked(undefined);
  if (passkeys.length === 0) return <p>{text("none")}</p>;
  return (
    <>
      <ul class="cards">
        {passkeys.map((passkey) => (
          <li key={passkey.id} class="card">
            <h2>
              <Name>{passkey.name}</Name>
            </h2>
            <p>{text("created", { time: timeText(passkey.createdAt) })}</p>
            <p>{passkey.lastUsedAt === null ? text("unused") : text("used", { time: timeText(passkey.lastUsedAt) })}</p>
            <p>{text("expires", { time: timeText(passkey.expiresAt) })}</p>
            <p>{text(passkey.backedUp ? "synced" : "onlyHere")}</p>
            <div class="row">
              <Button onClick={() => setAsked({ passkey, what: "rename" })}>{text("rename")}</Button>
              <Button kind="danger" onClick={() => setAsked({ passkey, what: "remove" })}>
                {text("remove")}
              </Button>
            </div>
          </li>
        ))}
      </ul>
      {asked?.what === "rename" && <Rename passkey={asked.passkey} onRename={onRename} onClose={close} />}
      {asked?.what === "remove" && <Remove passkey={asked.passkey} onRemove={onRemove} onClose={close} />}
    </>
  );
}

function Rename(props: { passkey: PasskeyView; onRename: Props["onRename"]; onClose: () => void }) {
  const { passkey, onRename, onClose } = props;
  const text = useText(PASSKEYS);
  const common = useText(COMMON);
  const [name, setName] = useState(passkey.name);
  return (
    <Dialog title={text("rename")} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onRename(passkey, name).then(onClose);
        }}
      >
        <Field label={text("newName")} value={name} onInput={setName} maxLength={60} required />
        <div class="row">
          <Button kind="primary" type="submit">
            {text("save")}
          </Button>
          <Button onClick={onClose}>{common("cancel")}</Button>
        </div>
      </form>
    </Dialog>
  );
}

function Remove(props: { passkey: PasskeyView; onRemove: Props["onRemove"]; onClose: () => void }) {
  const { passkey, onRemove, onClose } = props;
  const text = useText(PASSKEYS);
  const common = useText(COMMON);
  return (
    <Dialog title={text("removeTitle", { name: passkey.name })} onClose={onClose}>
      <p>{text("removeText")}</p>
      <div class="row">
        <Button kind="danger" onClick={() => onRemove(passkey).then(onClose)}>
          {text("remove")}
        </Button>
        <Button onClick={onClose}>{common("cancel")}</Button>
      </div>
    </Dialog>
  );
}
