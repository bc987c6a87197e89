import { useState } from "preact/hooks";
import { Fault } from "../../lib/fault/fault.ts";
import { parseOpeningCode } from "../../lib/identity/read-lookup-code.ts";
import type { Opened } from "../../lib/service/lookup.ts";
import { FAULTS, type FaultCode } from "../../lib/text/faults.ts";
import { CHECK } from "../../lib/text/web/check.ts";
import { withoutSigning } from "../../lib/text/without-signing.ts";
import { Button, Field } from "../ui/controls.tsx";
import { useLanguage, useText } from "../ui/text.ts";
import { askLookup } from "./lookup-request.ts";

/** The second code, which is printed on the document alone. */
export function OpeningForm({ code, onOpened }: { code: string; onOpened: (found: Opened) => void }) {
  const text = useText(CHECK);
  const language = useLanguage();
  const [typed, setTyped] = useState("");
  const [wrong, setWrong] = useState<"form" | FaultCode>();
  const [busy, setBusy] = useState(false);
  const send = async (form: HTMLFormElement): Promise<void> => {
    const opening = parseOpeningCode(typed);
    if (opening === undefined) {
      setWrong("form");
      form.querySelector("input")?.focus();
      return;
    }
    setBusy(true);
    setWrong(undefined);
    try {
      const found = await askLookup(code, opening);
      if ("signer" in found) onOpened(found);
    } catch (error) {
      setWrong(error instanceof Fault ? error.code : "internal");
      form.querySelector("input")?.focus();
    } finally {
      setBusy(false);
    }
  };
  const error =
    wrong === undefined ? undefined : wrong === "form" ? text("openWrong") : withoutSigning(FAULTS[wrong])[language];
  return (
    <form
      class="card"
      aria-labelledby="open-title"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void send(event.currentTarget);
      }}
    >
      <h2 id="open-title">{text("openTitle")}</h2>
      <Field
        label={text("openLabel")}
        hint={text("openHint")}
        value={typed}
        onInput={setTyped}
        error={error}
        maxLength={MOST_TYPED}
      />
      <Button type="submit" busy={busy}>
        {text("open")}
      </Button>
    </form>
  );
}

/** Characters: lib/identity/lookup-code looks at no more. */
const MOST_TYPED = 64;
