import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { TEST, VERDICTS } from "../../lib/text/report.ts";
import { QUESTIONS } from "../../lib/text/verdicts.ts";
import { CHECK } from "../../lib/text/web/check.ts";
import type { SignatureReport } from "../../lib/validate/report.ts";
import { type Phrase, useText } from "../ui/text.ts";
import { Answer, Vouched, When, Who } from "./answers.tsx";
import { Changes } from "./changes.tsx";
import { Details } from "./details.tsx";
import { changesOf, integrityOf, usesOf } from "./phrases.ts";
import type { CertificateDetail } from "./protocol.ts";
import { isDisputed, type KnownStanding } from "./standings.ts";
import { useSay } from "./template.tsx";

export type CardProps = {
  readonly signature: SignatureReport;
  /** From 1. */
  readonly number: number;
  readonly of: number;
  readonly certificates: Readonly<Record<string, CertificateDetail>>;
  readonly standing: KnownStanding;
  /** Of an anchor, by SHA-256 in hex: where it was taken from. */
  readonly sourceOf: (sha256: string) => string | undefined;
  /** What the operator says of signatures of the service in law; null for one of anybody else. */
  readonly legal: Phrase | null;
  readonly onAskAgain: () => void;
  /** The pages and the signed version, where the file is here. */
  readonly pages: ComponentChildren;
};

const SIGNS = { VALID: "✓", INVALID: "✕", CANNOT_TELL: "?" } as const;

/** One signature: the five questions that people ask, then everything for whoever wants to know more. */
export function SignatureCard(props: CardProps) {
  const { signature, number, of, standing, certificates } = props;
  const { verdict, test } = signature;
  const text = useText(CHECK);
  const say = useSay();
  const title = useId();
  const denied = isDisputed(standing);
  const organization = certificates[signature.chain[0]?.sha256 ?? ""]?.organization ?? null;
  return (
    <section class="card signature" aria-labelledby={title}>
      <h2 id={title}>
        {of === 1 ? text("signatureOne") : text("signatureNumber", { n: number, of })}{" "}
        {/* What is valid and a test must not look like something valid at a glance. */}
        <span class={`verdict verdict-${denied ? "INVALID" : test && verdict === "VALID" ? "TEST" : verdict}`}>
          <span aria-hidden="true">{denied ? "!" : SIGNS[verdict]}</span>{" "}
          {say(denied ? CHECK.denied : VERDICTS[verdict])}
          {test && ` · ${say(TEST)}`}
        </span>
      </h2>
      <Who signature={signature} organization={organization} standing={standing} onAskAgain={props.onAskAgain} />
      <When signature={signature} />
      <Answer question={QUESTIONS.changed}>
        <p>{say(integrityOf(signature))}</p>
        <p>{say(changesOf(signature))}</p>
        <Changes changes={signature.changeList} />
        {props.pages}
      </Answer>
      <Vouched signature={signature} sourceOf={props.sourceOf} />
      <Answer question={QUESTIONS.use}>
        {usesOf(signature, standing, props.legal).map((phrase) => (
          <p key={phrase.vi}>{say(phrase)}</p>
        ))}
        <p>{text("useLimits")}</p>
      </Answer>
      <Details signature={signature} certificates={certificates} />
    </section>
  );
}
