import type { ComponentChildren } from "preact";
import { grouped } from "../../lib/report/shown.ts";
import { LABELS, VALUES } from "../../lib/text/report.ts";
import { CHECK } from "../../lib/text/web/check.ts";
import type { Finding, RuleResult, SignatureReport } from "../../lib/validate/report.ts";
import { useText } from "../ui/text.ts";
import { timeText } from "../ui/time.ts";
import { Outside } from "./outside.tsx";
import { axesOf } from "./phrases.ts";
import type { CertificateDetail } from "./protocol.ts";
import { useSay } from "./template.tsx";

type Certificates = Readonly<Record<string, CertificateDetail>>;

/** Everything that is known of a signature, closed until somebody asks. */
export function Details({ signature, certificates }: { signature: SignatureReport; certificates: Certificates }) {
  const text = useText(CHECK);
  const say = useSay();
  const { indication, subIndication, level, subFilter, algorithms, sevenFields: fields } = signature;
  const { proven, logged, claimed } = fields.signingTime;
  const unknown = text("unknown");
  const period = fields.certificateValidity;
  const time = (iso: string | null): string => (iso === null ? unknown : timeText(iso));
  return (
    <details>
      <summary>{text("details")}</summary>
      <dl class="facts">
        <Fact label={text("conclusion")}>
          {subIndication === null ? indication : `${indication} / ${subIndication}`}
        </Fact>
        {axesOf(signature).map(([label, value]) => (
          <Fact key={label} label={text(label)}>
            {say(value)}
          </Fact>
        ))}
        <Fact label={text("level")}>{level ?? unknown}</Fact>
        <Fact label={text("format")}>{subFilter === null ? unknown : <Outside>{subFilter}</Outside>}</Fact>
        <Fact label={text("coverage")}>{say(VALUES.coverage[signature.coverage])}</Fact>
        <Fact label={text("algorithms")}>
          {[algorithms.signature, algorithms.digest, algorithms.key].filter((name) => name !== null).join(" · ") ||
            unknown}
        </Fact>
        <Fact label={text("timeProvenLabel")}>{time(proven)}</Fact>
        <Fact label={text("timeLoggedLabel")}>{time(logged)}</Fact>
        <Fact label={text("timeClaimedLabel")}>{time(claimed)}</Fact>
        <Fact label={text("validWhenSigned")}>{say(VALUES.validAtSigningTime[fields.validAtSigningTime])}</Fact>
        <Fact label={text("period")}>
          {period === null
            ? unknown
            : text("periodOf", { from: timeText(period.notBefore), to: timeText(period.notAfter) })}
        </Fact>
        <Fact label={text("fieldName")}>
          <Outside>{signature.fieldName}</Outside>
        </Fact>
        <Whole label={text("signerName")} words={fields.signer} />
        <Whole label={say(LABELS.reason)} words={signature.reason} />
        <Whole label={say(LABELS.location)} words={signature.location} />
      </dl>
      <Findings findings={signature.findings} />
      <Chain chain={signature.chain} certificates={certificates} />
      <Rules rules={signature.rules} />
    </details>
  );
}

/** What is cut elsewhere, all of it. */
function Whole({ label, words }: { label: string; words: string | null }) {
  if (words === null) return null;
  return (
    <Fact label={label}>
      <Outside most={Number.POSITIVE_INFINITY}>{words}</Outside>
    </Fact>
  );
}

export function Fact({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

const SIGNS = { error: "✕", warning: "!", info: "i" } as const;

export function Findings({ findings }: { findings: readonly Finding[] }) {
  const text = useText(CHECK);
  const say = useSay();
  if (findings.length === 0) return null;
  return (
    <>
      <h3>{text("findings")}</h3>
      <ul class="findings">
        {findings.slice(0, MOST).map((finding, i) => (
          <li key={i} class={`finding-${finding.severity}`}>
            <span aria-hidden="true">{SIGNS[finding.severity]}</span>
            <span>
              <span class="visually-hidden">{text(finding.severity)}: </span>
              {say(finding)} <span class="code">{finding.code}</span>
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Findings, rules and certificates of one signature that are shown; all of them are in the JSON. */
const MOST = 200;

function Chain({ chain, certificates }: { chain: SignatureReport["chain"]; certificates: Certificates }) {
  const text = useText(CHECK);
  if (chain.length === 0) return null;
  return (
    <>
      <h3>{text("certificates")}</h3>
      <ol class="chain">
        {chain.slice(0, MOST).map(({ subject, sha256, anchor }) => {
          const known = certificates[sha256];
          const key = known?.key ?? null;
          return (
            <li key={sha256}>
              <Outside>{subject}</Outside>
              {anchor && <strong> ({text("anchor")})</strong>}
              {known !== undefined && (
                <>
                  <span class="code">{text("serial", { text: known.serial })}</span>
                  <span>{text("periodOf", { from: timeText(known.notBefore), to: timeText(known.notAfter) })}</span>
                  {key !== null && <span>{text("key", { text: `${key.kind} ${key.curve ?? key.bits}` })}</span>}
                </>
              )}
              <span class="code">{text("fingerprint", { text: grouped(sha256) })}</span>
            </li>
          );
        })}
      </ol>
    </>
  );
}

const RESULTS = { passed: "✓", failed: "✕", skipped: "–", warning: "!" } as const;

function Rules({ rules }: { rules: readonly RuleResult[] }) {
  const text = useText(CHECK);
  return (
    <>
      <h3>{text("rules", { n: rules.length })}</h3>
      <ul class="rules">
        {rules.slice(0, MOST).map(({ id, source, result, saw }, i) => (
          <li key={i} class={`rule-${result}`}>
            <span aria-hidden="true">{RESULTS[result]}</span>
            <span>
              <span class="code">{id}</span> – {text(result)} <span class="hint">{source}</span>
              {saw !== undefined && saw !== null && (
                <>
                  {" · "}
                  <Outside>{String(saw)}</Outside>
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
