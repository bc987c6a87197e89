import { formatLookupCode } from "../../lib/identity/lookup-code.ts";
import { FAULTS } from "../../lib/text/faults.ts";
import { ACTIVITY_WORDS, HISTORY } from "../../lib/text/web/history.ts";
import { Button, ButtonLink } from "../ui/controls.tsx";
import { isFaultCode } from "../ui/fault-card.tsx";
import { localLink, useLanguage, useText } from "../ui/text.ts";
import { timeText } from "../ui/time.ts";
import type { ActivityView } from "./client.ts";

const DISPUTE_WORDS = { open: "disputeOpen", confirmed: "disputeConfirmed", withdrawn: "disputeWithdrawn" } as const;

/** One row; what a stranger could have written (titles, names) is text with its own direction. */
export function ActivityCard({ row, onReport }: { row: ActivityView; onReport: (row: ActivityView) => void }) {
  const language = useLanguage();
  const text = useText(HISTORY);
  const kinds = useText(ACTIVITY_WORDS);
  const { documents, dispute, lookupCode } = row;
  return (
    <li class="card activity">
      <h2>
        {kinds(row.kind)} {!row.read && <span class="tag">{text("fresh")}</span>}
      </h2>
      {dispute !== undefined && (
        <p class="dispute">{text(DISPUTE_WORDS[dispute.state], { caseNumber: dispute.caseNumber })}</p>
      )}
      <dl>
        <Row name={text("time")} value={timeText(row.at)} />
        {documents !== undefined && <Row name={text("documents")} value={documents.titles.join("; ")} />}
        {documents?.relyingParty && <Row name={text("party")} value={documents.relyingParty} />}
        <Row name={text("device")} value={row.device ?? text("unknownDevice")} />
        {row.helper !== undefined && <Row name={text("helper")} value={row.helper} />}
        {row.passkey !== undefined && <Row name={text("passkey")} value={row.passkey} />}
        {row.code !== undefined && (
          <Row name={text("why")} value={isFaultCode(row.code) ? FAULTS[row.code][language] : row.code} />
        )}
        {lookupCode !== undefined && <Row name={text("code")} value={formatLookupCode(lookupCode)} />}
        {row.caseNumber !== undefined && <Row name={text("caseNumber")} value={row.caseNumber} />}
      </dl>
      {row.kind === "signed" && lookupCode !== undefined && (
        <div class="row">
          <ButtonLink href={localLink(`/kiem-tra?ma=${lookupCode}`, language)}>{text("view")}</ButtonLink>
          {dispute === undefined && (
            <Button kind="danger" onClick={() => onReport(row)}>
              {text("notMine")}
            </Button>
          )}
        </div>
      )}
    </li>
  );
}

function Row({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <bdi>{value}</bdi>
      </dd>
    </div>
  );
}
