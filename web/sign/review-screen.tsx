import { useState } from "preact/hooks";
import { COMMON } from "../../lib/text/web/common.ts";
import { SIGN } from "../../lib/text/web/sign.ts";
import { Actions, Button, Checkbox, Progress, ScreenHeading } from "../ui/controls.tsx";
import { useText } from "../ui/text.ts";
import type { Attempt, SigningDocument } from "./attempt.ts";
import { CheckCode } from "./check-code.tsx";
import { DeclineDialog } from "./decline-dialog.tsx";
import { type Desk, go, keep } from "./desk.ts";
import { shownName } from "./names.ts";
import type { ScreenProps } from "./screens.tsx";
import { Steps } from "./steps.tsx";
import { useLoaded, useOctets } from "./use-loaded.ts";

/** The whole document, before anything is asked. */
export function ReviewScreen({ state, desk, attempt }: ScreenProps) {
  const text = useText(SIGN);
  const common = useText(COMMON);
  const [declining, setDeclining] = useState(false);
  const [open, setOpen] = useState(0);
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set([0]));
  const own = attempt.kind === "own";
  const allOpened = attempt.documents.every(({ shown }, index) => shown.length > 0 || opened.has(index));
  const goOn = () => void go(desk, attempt, own ? "stamp" : "identify");
  return (
    <>
      <Steps screen="review" without={own ? [] : ["name", "stamp"]} />
      <ScreenHeading>{text("reviewHeading")}</ScreenHeading>
      <Requester attempt={attempt} />
      {attempt.documents.map((document, index) => (
        <DocumentCard
          key={document.fileKey}
          {...{ desk, document, index, count: attempt.documents.length, open: index === open }}
          onOpen={() => {
            setOpen(index);
            setOpened(new Set([...opened, index]));
          }}
        />
      ))}
      {allOpened ? (
        <Checkbox
          label={readLabel(attempt.documents, text)}
          checked={attempt.read}
          onChange={(read) => void keep(desk, { ...(desk.state().attempt ?? attempt), read })}
        />
      ) : (
        <p>{text("openEach")}</p>
      )}
      {!attempt.read && <p class="hint">{text("readFirst")}</p>}
      <Actions>
        <Button kind="primary" disabled={!attempt.read} busy={state.busy !== undefined} onClick={goOn}>
          {common("continue")}
        </Button>
      </Actions>
      <div class="stack">
        <Button onClick={() => setDeclining(true)}>{text("decline")}</Button>
      </div>
      {declining && <DeclineDialog desk={desk} attempt={attempt} onClose={() => setDeclining(false)} />}
    </>
  );
}

function readLabel(
  documents: readonly SigningDocument[],
  text: (key: keyof typeof SIGN, values?: Record<string, string | number>) => string,
): string {
  const counts = documents.map(({ pages }) => pages);
  if (counts.some((count) => count === undefined)) return text("haveReadUnknown");
  const pages = counts.reduce<number>((sum, count) => sum + (count ?? 0), 0);
  return documents.length === 1 ? text("haveRead", { pages }) : text("haveReadAll", { count: documents.length, pages });
}

function Requester({ attempt }: { attempt: Attempt }) {
  const text = useText(SIGN);
  const { relyingParty, procedure } = attempt.view?.preimage ?? attempt.asked ?? {};
  const hosts = hostsOf(attempt);
  return (
    <div class="card">
      {relyingParty != null && <p>{text("requestedBy", { agency: relyingParty })}</p>}
      {relyingParty == null && <p>{text(attempt.kind === "own" ? "ownFile" : "nobodyNamed")}</p>}
      {hosts.length > 0 && <p class="hint">{text("comesFrom", { host: hosts.join(", ") })}</p>}
      {procedure != null && <p>{text("procedure", { procedure })}</p>}
      {attempt.signerName !== "" && <p>{text("signer", { name: attempt.signerName })}</p>}
      <p>{text("free")}</p>
    </div>
  );
}

/** Whoever made the link could write any name: what is known is where the documents lie, which the operator allowed. */
function hostsOf({ view }: Attempt): readonly string[] {
  const urls = (view?.documentUrls ?? []).filter((url) => url !== null && URL.canParse(url));
  return [...new Set(urls.map((url) => new URL(url ?? "").host))];
}

type CardProps = {
  desk: Desk;
  document: SigningDocument;
  index: number;
  count: number;
  /** One at a time: ten documents at once are more than a telephone can paint, or a person read. */
  open: boolean;
  onOpen: () => void;
};

function DocumentCard({ desk, document, index, count, open, onOpen }: CardProps) {
  const text = useText(SIGN);
  const title = count === 1 ? document.title : text("documentOf", { number: index + 1, count, title: document.title });
  /** Out of the state of this moment: pages are painted while other things change. */
  const change = (changes: (now: SigningDocument) => Partial<SigningDocument>) => {
    const now = desk.state().attempt;
    if (now === undefined) return;
    const documents = now.documents.map((other) =>
      other.fileKey === document.fileKey ? { ...other, ...changes(other) } : other,
    );
    void keep(desk, { ...now, documents });
  };
  return (
    <section class="sign-document">
      <h2>{title}</h2>
      {document.sha256 !== undefined && <CheckCode label={text("checkCode")} hex={document.sha256} />}
      {open ? (
        <Pages
          file={document.file}
          name={shownName(document.fileName)}
          onPages={(pages) => change(() => ({ pages }))}
          onShown={(page) => change(({ shown }) => ({ shown: shown.includes(page) ? shown : [...shown, page] }))}
        />
      ) : (
        <Button onClick={onOpen}>{text("readThis", { number: index + 1 })}</Button>
      )}
      {document.pages !== undefined && (
        <p class="hint">{text("pagesShown", { shown: document.shown.length, pages: document.pages })}</p>
      )}
    </section>
  );
}

const loadViewer = () => import("../viewer/pdf-viewer.tsx");

type PagesProps = {
  file: Blob | undefined;
  name: string;
  onPages: (pages: number) => void;
  onShown: (page: number) => void;
};

function Pages({ file, name, onPages, onShown }: PagesProps) {
  const common = useText(COMMON);
  const parts = useLoaded(loadViewer);
  const pdf = useOctets(file);
  if (parts === undefined || pdf === undefined) return <Progress label={common("loading")} />;
  return (
    <parts.PdfViewer pdf={pdf} name={name} onOpened={({ pageCount }) => onPages(pageCount)} onPageShown={onShown} />
  );
}
