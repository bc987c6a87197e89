import { useEffect, useRef, useState } from "preact/hooks";
import { grouped, shownCount } from "../../lib/report/shown.ts";
import { CHECK } from "../../lib/text/web/check.ts";
import type { SignatureReport, Verification } from "../../lib/validate/report.ts";
import { Actions, Button, ScreenHeading } from "../ui/controls.tsx";
import { useLanguage, useText } from "../ui/text.ts";
import { timeText } from "../ui/time.ts";
import { checkBanner } from "./banner.ts";
import { BannerView } from "./banner-view.tsx";
import type { Checked } from "./check-file.ts";
import { Fact, Findings } from "./details.tsx";
import { Others } from "./others.tsx";
import { Outside } from "./outside.tsx";
import { Pages } from "./pages.tsx";
import { Reports } from "./reports.tsx";
import { SendFile } from "./send-file.tsx";
import { SignatureCard } from "./signature-card.tsx";
import { SignedVersion } from "./signed-version.tsx";
import { isOurs } from "./standings.ts";
import { Template } from "./template.tsx";
import { useOpener } from "./use-opener.ts";
import { useStandings } from "./use-standings.ts";

type ResultProps = {
  readonly checked: Checked;
  readonly onAnother: () => void;
  /** Where `onAnother` leads, if not to another file. */
  readonly back?: string;
  /** Checks the file again, on this device or by the service; undefined where that is offered elsewhere. */
  readonly onAgain: ((by: Checked["by"]) => void) | undefined;
};

/** Signatures that are shown one by one; a file that was made for it has thousands. All of them are in the JSON. */
const MOST_SHOWN = 20;
/** What a second try, or somebody who may ask the issuer, can still change. */
const OPEN: ReadonlySet<string> = new Set(["status", "open", "issuer"]);

/** What was found out about a file: one banner, five questions for each signature, and what to do with it. */
export function Result({ checked: first, onAnother, back, onAgain }: ResultProps) {
  const [checked, askAgain] = useStandings(first);
  const { answer, file, by, trust, standings } = checked;
  const { verification, extras } = answer;
  const text = useText(CHECK);
  const open = useOpener(file);
  const [signedSize, setSignedSize] = useState<number>();
  const opener = useRef<Element | null>(null);
  const banner = checkBanner(verification, standings);
  const shown = bySeverity(verification.signatures);
  const of = verification.signatures.length;
  const showSigned = (size: number): void => {
    opener.current = document.activeElement;
    setSignedSize(size);
  };
  // The result stays as it was behind the signed version, and the focus comes back to where it was.
  useEffect(() => {
    if (signedSize === undefined && opener.current instanceof HTMLElement) opener.current.focus();
  }, [signedSize]);
  const signed = signedSize !== undefined && (
    <SignedVersion file={file} size={signedSize} onBack={() => setSignedSize(undefined)} />
  );
  return (
    <>
      {signed}
      <div hidden={signedSize !== undefined}>
        <ScreenHeading>{text("result")}</ScreenHeading>
        <p>
          <Template words={CHECK.fileNamed} values={{ name: <Outside>{file.name}</Outside> }} />
        </p>
        <BannerView banner={banner}>
          {standings.includes("unknown") && <p class="banner-also">{text("standingFailed")}</p>}
          {OPEN.has(banner.key) && onAgain !== undefined && (
            <StillOpen checked={checked} again={banner.key === "status"} onAgain={onAgain} />
          )}
        </BannerView>
        <p class="hint">
          {text(by === "device" ? "checkedHere" : "checkedThere", { time: timeText(verification.at) })}
        </p>
        {shown.map((i) => (
          <SignatureCard
            key={i}
            signature={verification.signatures[i] as SignatureReport}
            number={i + 1}
            of={of}
            certificates={answer.certificates}
            standing={standings[i]}
            legal={legalOf(verification.signatures[i] as SignatureReport, trust)}
            sourceOf={(sha256) => trust.sources.get(sha256)}
            onAskAgain={askAgain}
            pages={
              <Pages
                changes={verification.signatures[i]?.changeList ?? []}
                open={open}
                signedSize={verification.signatures[i]?.integrity === "intact" ? (extras[i]?.signedSize ?? null) : null}
                onSigned={showSigned}
              />
            }
          />
        ))}
        {shown.length < of && <p>{text("moreSignatures", { n: of - shown.length })}</p>}
        <AboutFile verification={verification} sha256={answer.sha256} />
        <Reports checked={checked} />
        <Others />
        <Actions>
          <Button kind="primary" onClick={onAnother}>
            {back ?? text("another")}
          </Button>
        </Actions>
      </div>
    </>
  );
}

/** The operator speaks of signatures of the service alone. */
const legalOf = (signature: SignatureReport, trust: Checked["trust"]) =>
  isOurs(signature, trust) ? trust.legal : null;

const ORDER = { INVALID: 0, CANNOT_TELL: 1, VALID: 2 } as const;

/** Numbers of the signatures that are shown: all in their order, or those that are not valid before the others. */
function bySeverity(signatures: readonly SignatureReport[]): readonly number[] {
  const all = signatures.map((_, i) => i);
  if (all.length <= MOST_SHOWN) return all;
  const weight = (i: number): number => ORDER[signatures[i]?.verdict ?? "VALID"];
  return all.sort((a, b) => weight(a) - weight(b)).slice(0, MOST_SHOWN);
}

/** @param again whether the same check can end otherwise in a moment */
function StillOpen(props: { checked: Checked; again: boolean; onAgain: (by: Checked["by"]) => void }) {
  const text = useText(CHECK);
  const { checked, again, onAgain } = props;
  const { by, file, trust } = checked;
  return (
    <>
      {again && by === "device" && <p class="banner-also">{text("deviceLimits")}</p>}
      <div class="banner-actions">
        {again && <Button onClick={() => onAgain(by)}>{text("again")}</Button>}
        {by === "device" && <SendFile size={file.size} most={trust.sendable} onSend={() => onAgain("server")} />}
      </div>
    </>
  );
}

function AboutFile({ verification, sha256 }: { verification: Verification; sha256: string }) {
  const language = useLanguage();
  const text = useText(CHECK);
  const { document, documentTimestamps, findings, policy, at } = verification;
  return (
    <details class="card">
      <summary>{text("aboutFile")}</summary>
      <dl class="facts">
        {sha256 !== "" && (
          <Fact label={text("fileDigest")}>
            <span class="code">{grouped(sha256)}</span>
          </Fact>
        )}
        <Fact label={text("fileSize")}>
          {text("octets", { size: shownCount(document.size)[language], n: document.revisions })}
        </Fact>
        <Fact label={text("at")}>{timeText(at)}</Fact>
        <Fact label={text("policy")}>
          <span class="code">{policy}</span>
        </Fact>
        {documentTimestamps.slice(0, MOST_SHOWN).map(({ genTime, authority, indication }, i) => (
          <Fact key={i} label={text("documentTimestamp")}>
            {genTime === null ? text("unknown") : timeText(genTime)} · {indication} ·{" "}
            <Outside>{authority ?? text("unknown")}</Outside>
          </Fact>
        ))}
      </dl>
      <Findings findings={findings} />
    </details>
  );
}
