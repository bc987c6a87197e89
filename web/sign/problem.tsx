import type { ComponentChildren } from "preact";
import { FAULTS, type FaultCode } from "../../lib/text/faults.ts";
import { SIGN } from "../../lib/text/web/sign.ts";
import { Button, ButtonLink, ScreenHeading } from "../ui/controls.tsx";
import { FaultCard } from "../ui/fault-card.tsx";
import { localLink, useLanguage, useText } from "../ui/text.ts";
import { beginAgain } from "./approving.ts";
import type { Attempt } from "./attempt.ts";
import { type Desk, go, goToStart } from "./desk.ts";
import { fetchAll } from "./prepared.ts";
import { refresh } from "./returning.ts";

type Remedy =
  | "again"
  | "file"
  | "review"
  | "login"
  | "name"
  | "retry"
  | "fetch"
  | "raise"
  | "ask"
  | "agency"
  | "officer"
  | "history"
  | "export";

/** What to do about a problem: one thing. What is not here can be tried again. */
const REMEDIES: Partial<Readonly<Record<FaultCode, Remedy>>> = {
  session_expired: "again",
  transaction_not_found: "again",
  transaction_conflict: "again",
  approval_mismatch: "again",
  declined: "again",
  document_changed: "review",
  approval_missing: "retry",
  already_signed: "fetch",
  assurance_too_low: "raise",
  identity_inactive: "ask",
  signer_mismatch: "name",
  identity_not_person: "login",
  login_failed: "login",
  login_cancelled: "login",
  passkey_unknown: "login",
  passkey_refused: "login",
  passkey_expired: "login",
  passkey_cloned: "login",
  identity_provider_unavailable: "login",
  officer_is_signer: "name",
  assistance_not_found: "officer",
  assistance_not_paired: "officer",
  assistance_ended: "officer",
  signing_frozen: "history",
  pdf_encrypted: "file",
  pdf_invalid: "file",
  pdf_too_large: "file",
  pdf_limit: "file",
  file_unreadable: "file",
  pdf_unsupported: "export",
  pdf_locked_by_signature: "agency",
};

/** What is wrong with an answer of the provider is mended by another answer. */
const remedyOf = (code: FaultCode): Remedy => REMEDIES[code] ?? (code.startsWith("token_") ? "login" : "retry");

/** With these there is nothing left to be done on the screen that they came up on. */
const ENDS: ReadonlySet<FaultCode> = new Set<FaultCode>([
  "session_expired",
  "transaction_not_found",
  "transaction_conflict",
  "approval_mismatch",
  "declined",
  "document_changed",
  "already_signed",
  "result_not_verified",
]);

export const endsTheScreen = (code: FaultCode): boolean => ENDS.has(code);

type Props = {
  readonly desk: Desk;
  readonly attempt: Attempt;
  readonly code: FaultCode;
  /** It stands in place of a screen. */
  readonly whole?: boolean;
};

/** What went wrong, whether anything was signed, and one thing to do. */
export function Problem({ desk, attempt, code, whole = false }: Props) {
  const text = useText(SIGN);
  const signed = FAULTS[code].signed || attempt.view?.state === "signed";
  return (
    <>
      {whole && <ScreenHeading>{text(signed ? "fileProblemHeading" : "problemHeading")}</ScreenHeading>}
      <FaultCard code={code}>
        <WhatToDo desk={desk} attempt={attempt} code={code} />
      </FaultCard>
    </>
  );
}

function WhatToDo({ desk, attempt, code }: { desk: Desk; attempt: Attempt; code: FaultCode }) {
  const text = useText(SIGN);
  const language = useLanguage();
  const press = (label: keyof typeof SIGN, act: () => void) => <Button onClick={act}>{text(label)}</Button>;
  const otherFile = () => void goToStart(desk);
  switch (remedyOf(code)) {
    case "file":
      return press("chooseOther", otherFile);
    case "again":
      return attempt.kind === "own" ? (
        press("startAgain", () => void beginAgain(desk, attempt))
      ) : (
        <p>{text("askAgency")}</p>
      );
    case "review":
      return press("lookAgain", () =>
        attempt.kind === "own" ? void beginAgain(desk, attempt) : void fetchAll(desk, { ...attempt, documents: [] }),
      );
    case "login":
      return press("logInAgain", () => void go(desk, attempt, "identify"));
    case "name":
      return attempt.kind === "own"
        ? press("mendName", () => void go(desk, attempt, "name"))
        : press("otherPerson", () => void go(desk, attempt, "identify"));
    case "fetch":
      return press("fetchSigned", () => void refresh(desk, attempt));
    case "raise":
      return <Explained label={text("howToRaise")}>{text("howToRaiseText")}</Explained>;
    case "ask":
      return <Explained label={text("whomToAsk")}>{text("whomToAskText")}</Explained>;
    case "agency":
      return <Explained label={text("tellAgency")}>{text("tellAgencyText")}</Explained>;
    case "officer":
      return <p>{text("askOfficer")}</p>;
    case "history":
      return <ButtonLink href={localLink("/lich-su", language)}>{text("toHistory")}</ButtonLink>;
    case "export":
      return (
        <>
          <p>{text("howToExport")}</p>
          {press("chooseOther", otherFile)}
        </>
      );
    default:
      return press("tryAgain", () => void tryAgain(desk, attempt));
  }
}

/** Documents are still to be fetched: all of them, or what the browser has lost. */
const isIncomplete = ({ documents }: Attempt): boolean =>
  documents.length === 0 || documents.some(({ file }) => file === undefined);

async function tryAgain(desk: Desk, attempt: Attempt): Promise<void> {
  if (attempt.kind === "prepared" && isIncomplete(attempt)) return fetchAll(desk, attempt);
  if (attempt.view === undefined) return desk.change({ fault: undefined });
  return refresh(desk, attempt);
}

function Explained({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    <details>
      <summary>{label}</summary>
      <p>{children}</p>
    </details>
  );
}
