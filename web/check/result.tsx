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
import { SignatureCard } from "./signature-card.tsx";
import { Template } from "./template.tsx";
import { useStandings } from "./use-standings.ts";

type ResultProps = {
  readonly checked: Checked;
  readonly onAnother: () => void;
  readonly onAgain: () => void;
  /** Sends the file to the service; undefined where that was done. */
  readonly onSend: (() => void) | undefined;
};

/** Signatures that are shown one by one; a file that was made for it has thousands. All of them are in the JSON. */
const MOST_SHOWN = 20;
/** What a second try, or somebody who may ask the issuer, can still change. */
const OPEN: ReadonlySet<string> = new Set(["status", "open", "issuer"]);

/** What was found out about a file: one banner, five questions for each signature, and what to do with it. */
export function Result({ checked, onAnother, onAgain, onSend }: ResultProps) {
  const { answer, file, by, trust } = checked;
  const { verification } = answer;
  const text = useText(CHECK);
  const [standings, askAgain] = useStandings(checked);
  const banner = checkBanner(verification, standings);
  const shown = bySeverity(verification.signatures);
  const of = verification.signatures.length;
  return (
    <>
      <ScreenHeading>{text("result")}</ScreenHeading>
      <p>
        <Template words={CHECK.fileNamed} values={{ name: <Outside>{file.name}</Outside> }} />
      </p>
      <BannerView banner={banner}>
        {standings.includes("failed") && <p class="banner-also">{text("standingFailed")}</p>}
        {OPEN.has(banner.key) && <StillOpen banner={banner.key} onAgain={onAgain} onSend={onSend} />}
      </BannerView>
      <p class="hint">{text(by === "device" ? "checkedHere" : "checkedThere", { time: timeText(verification.at) })}</p>
      {shown.map((i) => (
        <SignatureCard
          key={i}
          signature={verification.signatures[i] as SignatureReport}
          number={i + 1}
          of={of}
          certificates={answer.certificates}
          standing={standings[i]}
          sourceOf={(sha256) => trust.sources.get(sha256)}
          onAskAgain={askAgain}
          pages={null}
        />
      ))}
      {shown.length < of && <p>{text("moreSignatures", { n: of - shown.length })}</p>}
      <AboutFile verification={verification} sha256={answer.sha256} />
      <Others />
      <Actions>
        <Button kind="primary" onClick={onAnother}>
          {text("another")}
        </Button>
      </Actions>
    </>
  );
}

const ORDER = { INVALID: 0, CANNOT_TELL: 1, VALID: 2 } as const;

/** Numbers of the signatures that are shown: all in their order, or those that are not valid before the others. */
function bySeverity(signatures: readonly SignatureReport[]): readonly number[] {
  const all = signatures.map((_, i) => i);
  if (all.length <= MOST_SHOWN) return all;
  const weight = (i: number): number => ORDER[signatures[i]?.verdict ?? "VALID"];
  return all.sort((a, b) => weight(a) - weight(b)).slice(0, MOST_SHOWN);
}

function StillOpen(props: { banner: string; onAgain: () => void; onSend: (() => void) | undefined }) {
  const text = useText(CHECK);
  const { banner, onAgain, onSend } = props;
  return (
    <>
      {banner === "status" && onSend !== undefined && <p class="banner-also">{text("deviceLimits")}</p>}
      <div class="banner-actions">
        {banner === "status" && <Button onClick={onAgain}>{text("again")}</Button>}
        {onSend !== undefined && <Button onClick={onSend}>{text("sendInstead")}</Button>}
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
        <Fact label={text("fileDigest")}>
          <span class="code">{grouped(sha256)}</span>
        </Fact>
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
