import { formatLookupCode } from "../../lib/identity/read-lookup-code.ts";
import { FAULTS } from "../../lib/text/faults.ts";
import { ACTIVITY_WORDS, HISTORY } from "../../lib/text/web/history.ts";
import { Button, ButtonLink } from "../ui/controls.tsx";
import { isFaultCode } from "../ui/fault-card.tsx";
import { Name } from "../ui/name.tsx";
import { localLink, useLanguage, useText } from "../ui/text.ts";
import { timeText } from "../ui/time.ts";
import type { ActivityView } from "./client.ts";

const DISPUTE_WORDS = { open: "disputeOpen", confirmed: "disputeConfirmed", withdrawn: "disputeWithdrawn" } as const;

/** One row; what a stranger could have written (titles, names) is text with its own direction. */
export function ActivityCard({ row, onReport }: { row: ActivityView; onReport: (row: ActivityView) => void }) {
  const language = useLanguage();
  const text = useText(HISTORY);
  const kinds = useText(ACTIVITY_WORDS);
  const { dispute, lookupCode, caseNumber } = row;
  return (
    <li class="card activity">
      <h2>
        {kinds(row.kind)} {!row.read && <span class="tag">{text("fresh")}</span>}
      </h2>
      {dispute !== null && <p class="dispute">{text(DISPUTE_WORDS[dispute], { caseNumber: caseNumber ?? "" })}</p>}
      <dl>
        <Row name={text("time")} value={timeText(row.time)} />
        <Row name={text("documents")} value={row.titles.join("; ")} />
        <Row name={text("party")} value={row.relyingParty} />
        <Row name={text("device")} value={row.device ?? text("unknownDevice")} />
        <Row name={text("helper")} value={row.helper} />
        <Row name={text("passkey")} value={row.passkey} />
        <Row
          name={text("why")}
          value={row.code !== null && isFaultCode(row.code) ? FAULTS[row.code][language] : row.code}
        />
        <Row name={text("code")} value={lookupCode === null ? null : formatLookupCode(lookupCode)} />
        {dispute === null && <Row name={text("caseNumber")} value={caseNumber} />}
      </dl>
      {row.kind === "signed" && lookupCode !== null && (
        <div class="row">
          <ButtonLink href={localLink(`/kiem-tra?ma=${lookupCode}`, language)}>{text("view")}</ButtonLink>
          {dispute === null && (
            <Button kind="danger" onClick={() => onReport(row)}>
              {text("notMine")}
            </Button>
          )}
        </div>
      )}
    </li>
  );
}

/** Nothing where nothing is known. */
function Row({ name, value }: { name: string; value: string | null }) {
  if (value === null || value === "") return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <Name>{value}</Name>
      </dd>
    </div>
  );
}
