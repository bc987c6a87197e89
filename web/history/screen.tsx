import { useCallback, useEffect, useState } from "preact/hooks";
import { formatLookupCode } from "../../lib/identity/read-lookup-code.ts";
import type { FaultCode } from "../../lib/text/faults.ts";
import { COMMON } from "../../lib/text/web/common.ts";
import { HISTORY } from "../../lib/text/web/history.ts";
import { LoginGate } from "../session/login-gate.tsx";
import type { SessionControl } from "../session/session.ts";
import { Banner, Button, Dialog, Progress } from "../ui/controls.tsx";
import { FaultCard } from "../ui/fault-card.tsx";
import { Name } from "../ui/name.tsx";
import { localLink, useLanguage, useText } from "../ui/text.ts";
import { ActivityCard } from "./activity.tsx";
import { type ActivityPage, type ActivityView, markRead, readActivities, report } from "./client.ts";

export function HistoryScreen() {
  const text = useText(HISTORY);
  return (
    <LoginGate heading={text("heading")} returnTo="/lich-su">
      {(_, control) => <History control={control} />}
    </LoginGate>
  );
}

function History({ control }: { control: SessionControl }) {
  const language = useLanguage();
  const text = useText(HISTORY);
  const common = useText(COMMON);
  const [page, setPage] = useState<ActivityPage | undefined>();
  const [code, setCode] = useState<FaultCode | undefined>();
  const [asked, setAsked] = useState<ActivityView | undefined>();
  const [said, setSaid] = useState<string | undefined>();
  const [busy, setBusy] = useState(false);
  const { failed } = control;

  const run = useCallback(
    async (work: () => Promise<void>) => {
      setBusy(true);
      setCode(undefined);
      try {
        await work();
      } catch (error) {
        setCode(failed(error));
      } finally {
        setBusy(false);
      }
    },
    [failed],
  );
  const load = useCallback(() => run(async () => setPage(await readActivities())), [run]);
  useEffect(() => void load(), [load]);

  const more = () =>
    run(async () => {
      const next = await readActivities(page?.next);
      setPage({ ...next, activities: [...(page?.activities ?? []), ...next.activities] });
    });
  const seen = () =>
    run(async () => {
      const newest = page?.activities[0]?.id;
      if (newest !== undefined) await markRead(newest);
      setPage(await readActivities());
    });
  const dispute = (row: ActivityView) =>
    run(async () => {
      setAsked(undefined);
      const { caseNumber, lookupCode } = await report(row.transactionId ?? "");
      setSaid(text("reported", { code: formatLookupCode(lookupCode), caseNumber }));
      setPage(await readActivities());
    });

  const fresh = page?.activities.filter(({ read }) => !read).length ?? 0;
  return (
    <>
      <p>{text("lead")}</p>
      <p>
        <a href={localLink("/khoa", language)}>{text("passkeys")}</a>
      </p>
      {code !== undefined && (
        <FaultCard code={code}>
          <Button onClick={load}>{common("retry")}</Button>
        </FaultCard>
      )}
      {said !== undefined && <Banner tone="neutral" title={said} />}
      {page === undefined && code === undefined && <Progress label={common("loading")} />}
      {page !== undefined && page.openCases.length > 0 && (
        <Banner tone="bad" title={text("frozen", { cases: page.openCases.join(", ") })} />
      )}
      {fresh > 0 && (
        <Banner tone="neutral" title={text("freshCount", { count: fresh })}>
          <Button onClick={seen} busy={busy}>
            {text("markRead")}
          </Button>
        </Banner>
      )}
      {page?.activities.length === 0 && <p>{text("none")}</p>}
      {page !== undefined && page.activities.length > 0 && (
        <ol class="cards">
          {page.activities.map((row) => (
            <ActivityCard key={row.id} row={row} onReport={setAsked} />
          ))}
        </ol>
      )}
      {page !== undefined && page.next !== null && (
        <Button onClick={more} busy={busy}>
          {text("more")}
        </Button>
      )}
      {asked !== undefined && (
        <Dialog title={text("notMineTitle")} onClose={() => setAsked(undefined)}>
          <p>
            <Name>{asked.titles.join("; ")}</Name>
          </p>
          <p>{text("notMineText")}</p>
          <div class="row">
            <Button kind="danger" onClick={() => dispute(asked)} busy={busy}>
              {text("notMineConfirm")}
            </Button>
            <Button onClick={() => setAsked(undefined)}>{common("cancel")}</Button>
          </div>
        </Dialog>
      )}
    </>
  );
}
