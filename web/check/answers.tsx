import type { ComponentChildren } from "preact";
import { identifiedWords } from "../../lib/text/identified.ts";
import { QUESTIONS } from "../../lib/text/verdicts.ts";
import { CHECK } from "../../lib/text/web/check.ts";
import type { SignatureReport } from "../../lib/validate/report.ts";
import { type Phrase, useText } from "../ui/text.ts";
import { timeText } from "../ui/time.ts";
import { Outside } from "./outside.tsx";
import { clockOf } from "./phrases.ts";
import type { KnownStanding } from "./standings.ts";
import { Template, useSay } from "./template.tsx";

/** A question and its answer. */
export function Answer({ question, children }: { question: Phrase; children: ComponentChildren }) {
  const say = useSay();
  return (
    <div class="answer">
      <h3>{say(question)}</h3>
      {children}
    </div>
  );
}

/** A sentence about something that a stranger named. */
function Named({ words, place, children }: { words: Phrase; place: string; children: string }) {
  return (
    <p>
      <Template words={words} values={{ [place]: <Outside>{children}</Outside> }} />
    </p>
  );
}

type WhoProps = {
  readonly signature: SignatureReport;
  readonly organization: string | null;
  readonly standing: KnownStanding;
  readonly onAskAgain: () => void;
};

export function Who({ signature, organization, standing, onAskAgain }: WhoProps) {
  const text = useText(CHECK);
  const say = useSay();
  const { signer } = signature.sevenFields;
  const { reason, location, trust } = signature;
  const identified = typeof standing === "object" ? standing.identified : undefined;
  return (
    <Answer question={QUESTIONS.who}>
      <p class="signer">{signer === null ? text("noName") : <Outside>{signer}</Outside>}</p>
      {signer !== null && trust !== "trusted" && <p>{text("notProven")}</p>}
      {organization !== null && (
        <Named words={CHECK.onBehalf} place="name">
          {organization}
        </Named>
      )}
      {signer !== null && <p>{say(identified ? identifiedWords(identified) : CHECK.identifiedUnknown)}</p>}
      <StandingLines standing={standing} onAskAgain={onAskAgain} />
      {reason !== null && (
        <Named words={CHECK.signReason} place="text">
          {reason}
        </Named>
      )}
      {location !== null && (
        <Named words={CHECK.signPlace} place="text">
          {location}
        </Named>
      )}
    </Answer>
  );
}

/** What the service says of a signature of its own; nothing of others'. */
function StandingLines({ standing, onAskAgain }: Pick<WhoProps, "standing" | "onAskAgain">) {
  const text = useText(CHECK);
  if (standing === undefined) return null;
  if (standing === "none") return <p>{text("standingNone")}</p>;
  if (standing === "unknown")
    return (
      <p class="unsure">
        {text("standingFailed")}{" "}
        <button type="button" class="inline-button" onClick={onAskAgain}>
          {text("askAgain")}
        </button>
      </p>
    );
  const { assistedBy, disputedAt } = standing;
  return (
    <>
      {assistedBy !== null && (
        <Named words={CHECK.assisted} place="unit">
          {assistedBy.unit}
        </Named>
      )}
      {disputedAt === null ? (
        <p>{text("standingGood")}</p>
      ) : (
        <p class="against">{text("deniedSince", { time: timeText(disputedAt) })}</p>
      )}
    </>
  );
}

export function When({ signature }: { signature: SignatureReport }) {
  const say = useSay();
  const { signingTime } = signature.sevenFields;
  return (
    <Answer question={QUESTIONS.when}>
      {signingTime.time !== null && <p class="signed-at">{timeText(signingTime.time)}</p>}
      <p>{say(clockOf(signingTime))}</p>
    </Answer>
  );
}

/** @param sourceOf an anchor, by SHA-256 in hex: where it was taken from */
export function Vouched(props: { signature: SignatureReport; sourceOf: (sha256: string) => string | undefined }) {
  const { signature, sourceOf } = props;
  const text = useText(CHECK);
  const { issuer, managingUnit } = signature.sevenFields;
  const anchor = signature.chain.find((link) => link.anchor);
  return (
    <Answer question={QUESTIONS.vouched}>
      {issuer !== null && (
        <Named words={CHECK.issuedBy} place="name">
          {issuer}
        </Named>
      )}
      {managingUnit !== null && (
        <Named words={CHECK.managed} place="name">
          {managingUnit}
        </Named>
      )}
      {anchor === undefined ? (
        <p>{text("notListed")}</p>
      ) : (
        <p>
          <Template
            words={CHECK.listed}
            values={{
              name: <Outside>{anchor.subject}</Outside>,
              source: <Outside>{sourceOf(anchor.sha256) ?? text("unknown")}</Outside>,
            }}
          />
        </p>
      )}
      {anchor !== undefined && signature.trust !== "trusted" && <p>{text("notVouched")}</p>}
    </Answer>
  );
}
