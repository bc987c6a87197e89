import { useState } from "preact/hooks";
import { parseLookupCode } from "../../lib/identity/read-lookup-code.ts";
import { CHECK } from "../../lib/text/web/check.ts";
import { Button, Field } from "../ui/controls.tsx";
import { useText } from "../ui/text.ts";

/** The look-up code, as somebody types it from paper. @param onCode the code in its one form */
export function CodeForm({ first = "", onCode }: { first?: string; onCode: (code: string) => void }) {
  const text = useText(CHECK);
  const [typed, setTyped] = useState(first);
  // What came with the address and is wrong is said at once; what is being typed, when it is sent.
  const [wrong, setWrong] = useState(first !== "");
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const code = parseLookupCode(typed);
        setWrong(code === undefined);
        if (code !== undefined) onCode(code);
        else event.currentTarget.querySelector("input")?.focus();
      }}
    >
      <Field
        label={text("codeLabel")}
        hint={text("codeHint")}
        value={typed}
        onInput={setTyped}
        error={wrong ? text("codeWrong") : undefined}
        maxLength={MOST_TYPED}
      />
      <Button type="submit">{text("lookUp")}</Button>
    </form>
  );
}

/** Characters: lib/identity/lookup-code looks at no more. */
const MOST_TYPED = 64;
