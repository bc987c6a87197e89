import { useState } from "preact/hooks";
import { COMMON } from "../../lib/text/web/common.ts";
import { SIGN } from "../../lib/text/web/sign.ts";
import { Actions, Button, Field, ScreenHeading } from "../ui/controls.tsx";
import { useLanguage, useText } from "../ui/text.ts";
import { LONGEST_NAME } from "./limits.ts";
import { shownName, signerNameOf } from "./names.ts";
import { setName } from "./own-file.ts";
import type { ScreenProps } from "./screens.tsx";
import { sizeText } from "./size.ts";
import { Steps } from "./steps.tsx";

/** Who signs: the stamp shows the name, and the log-in must carry the same one. */
export function NameScreen({ state, desk, attempt }: ScreenProps) {
  const text = useText(SIGN);
  const common = useText(COMMON);
  const language = useLanguage();
  const [typed, setTyped] = useState(attempt.signerName);
  const [wrong, setWrong] = useState(false);
  const [document] = attempt.documents;
  const submit = () => {
    const name = signerNameOf(typed);
    setWrong(name === undefined);
    if (name !== undefined && state.busy === undefined) void setName(desk, attempt, name);
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Steps screen="name" />
      <ScreenHeading>{text("nameHeading")}</ScreenHeading>
      {document !== undefined && (
        <p>{text("file", { name: shownName(document.fileName), size: sizeText(document.size, language) })}</p>
      )}
      <Field
        label={text("nameLabel")}
        hint={text("nameHint")}
        value={typed}
        onInput={setTyped}
        error={wrong ? text("nameError", { most: LONGEST_NAME }) : undefined}
        autocomplete="name"
        required
      />
      <Actions>
        <Button kind="primary" type="submit" busy={state.busy !== undefined}>
          {common("continue")}
        </Button>
      </Actions>
    </form>
  );
}
