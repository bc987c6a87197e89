import { useState } from "preact/hooks";
import { fromBase64Url } from "../../lib/bytes/base64.ts";
import { toHex } from "../../lib/bytes/hex.ts";
import { matchCode } from "../../lib/identity/match-code.ts";
import { SIGN } from "../../lib/text/web/sign.ts";
import { Actions, Button, ScreenHeading } from "../ui/controls.tsx";
import { useText } from "../ui/text.ts";
import { approveAndLeave } from "./approving.ts";
import type { SigningDocument } from "./attempt.ts";
import { CheckCode } from "./check-code.tsx";
import { DeclineDialog } from "./decline-dialog.tsx";
import type { ScreenProps } from "./screens.tsx";
import { useService } from "./service.ts";
import { Steps } from "./steps.tsx";

/** Exactly what is signed, in the words that are kept; one press. */
export function ApproveScreen({ state, desk, attempt }: ScreenProps) {
  const text = useText(SIGN);
  const { service } = useService();
  const [declining, setDeclining] = useState(false);
  const { view, documents, means } = attempt;
  if (view === undefined) return null;
  const count = documents.length;
  const provider = typeof means === "number" ? service?.providers[means] : undefined;
  return (
    <>
      <Steps screen="approve" without={attempt.kind === "own" ? [] : ["name", "stamp"]} />
      <ScreenHeading>{text("approveHeading", { count })}</ScreenHeading>
      <ol class="sign-list">
        {documents.map((document) => (
          <Item key={document.fileKey} document={document} />
        ))}
      </ol>
      <h2>{text("intent")}</h2>
      <blockquote class="card intent" lang={view.preimage.intent.locale}>
        {view.intentText}
      </blockquote>
      <p class="match">{text("match", { code: matchCode(view.commitment) })}</p>
      <p class="hint">{text("matchHint")}</p>
      <p>
        {means === "passkey"
          ? text("thenPasskey")
          : provider !== undefined && text("thenLogIn", { name: provider.name })}
      </p>
      <Actions>
        <Button kind="primary" busy={state.busy !== undefined} onClick={() => void approveAndLeave(desk, attempt)}>
          {count === 1 ? text("sign") : text("signSeveral", { count })}
        </Button>
      </Actions>
      <div class="stack">
        <Button onClick={() => setDeclining(true)}>{text("decline")}</Button>
        <Button kind="quiet" onClick={() => history.back()}>
          {text("otherMeans")}
        </Button>
      </div>
      {declining && <DeclineDialog desk={desk} attempt={attempt} onClose={() => setDeclining(false)} />}
    </>
  );
}

/** Hexadecimal digits that name a document in a list. */
const SHORT_CODE = 8;

function Item({ document: { title, pages, ready } }: { document: SigningDocument }) {
  const text = useText(SIGN);
  const hex = toHex(fromBase64Url(ready?.digest ?? "") ?? new Uint8Array(0));
  const code = hex.slice(0, SHORT_CODE);
  return (
    <li>
      <p>
        {pages === undefined
          ? text("approveItemUnknown", { title, code })
          : text("approveItem", { title, pages, code })}
      </p>
      <CheckCode label={text("signedCode")} hex={hex} />
    </li>
  );
}
