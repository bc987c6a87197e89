import { activityStore } from "../../lib/aws/activities.ts";
import { documentClient } from "../../lib/aws/clients.ts";
import { disputeMarks, disputeStore } from "../../lib/aws/disputes.ts";
import { personStore } from "../../lib/aws/people.ts";
import { clock, random } from "../../lib/aws/runtime.ts";
import { transactionStore } from "../../lib/aws/transactions.ts";
import { Fault } from "../../lib/fault/fault.ts";
import { lookupCode } from "../../lib/identity/lookup-code.ts";
import { formatLookupCode } from "../../lib/identity/read-lookup-code.ts";
import { type DisputeCase, OUTCOMES, type Outcome } from "../../lib/service/dispute.ts";
import { type DisputePorts, inspectDispute, resolveDispute } from "../../lib/service/dispute-work.ts";
import { isPlainText } from "../../lib/text/plain.ts";
import type { Output } from "./output.ts";

export type DisputeOptions = {
  readonly table?: string | undefined;
  readonly outcome?: string | undefined;
  readonly by?: string | undefined;
  readonly reason?: string | undefined;
};

/** Code points of a reason, and of who decides: a line of the audit is read, not searched through. */
const MAX_TEXT = 200;
const CASE = /^TC-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}$/;

/** The cases of disputed signatures, on the table itself under the operator's own credentials: no door of the service ends one. */
export async function dispute(
  action: string,
  rest: readonly string[],
  options: DisputeOptions,
  out: Output,
): Promise<void> {
  if (!options.table) throw new Fault("usage", "dispute needs --table");
  const ports = portsOf(options.table);
  if (action === "list" && rest.length === 0) return list(ports, out);
  if (action === "show") return show(ports, caseOf(rest), out);
  if (action === "resolve") return resolve(ports, caseOf(rest), options, out);
  throw new Fault(
    "usage",
    "dispute list, dispute show CASE, or dispute resolve CASE --outcome confirmed|withdrawn --by WHO",
  );
}

function portsOf(table: string): DisputePorts {
  const client = documentClient();
  return {
    store: transactionStore(client, table, clock),
    people: personStore(client, table),
    disputes: disputeStore(client, table),
    marks: disputeMarks(client, table),
    activities: activityStore(client, table),
    // The person sees it in the history; the webhook's secret is not the operator's to hold.
    notifier: { notify: async () => {} },
    trouble: (what) => {
      console.error(
        `! Không ghi được vào lịch sử của người ký. / The signer's history could not be written (${what}).`,
      );
    },
    clock,
    random,
  };
}

function caseOf([number, ...more]: readonly string[]): string {
  const wanted = number?.toUpperCase() ?? "";
  if (more.length > 0 || !CASE.test(wanted)) throw new Fault("usage", "a case number is like TC-3F9A-07C2-11BE");
  return wanted;
}

async function list(ports: DisputePorts, out: Output): Promise<void> {
  const cases: DisputeCase[] = [];
  for (let after: string | undefined; ; ) {
    const page = await ports.disputes.list(after);
    cases.push(...page.cases);
    if (page.next === undefined) break;
    after = page.next;
  }
  // What waits comes first, the oldest first.
  const sorted = cases.sort((a, b) => Number(b.state === "open") - Number(a.state === "open") || a.at - b.at);
  out.result(
    { cases: sorted.map(view) },
    sorted.length === 0 ? ["Không có vụ việc nào. / There are no cases."] : sorted.map(line),
  );
}

async function show(ports: DisputePorts, caseNumber: string, out: Output): Promise<void> {
  const { found, transaction, frozen } = await inspectDispute(ports, caseNumber);
  const mark = transaction?.dispute?.state ?? null;
  const whole = mark === found.state && frozen === (found.state === "open");
  const result = { ...view(found), subject: found.subject, mark, frozen, whole, audit: found.audit.map(auditView) };
  out.result(result, [
    line(found),
    `Người ký (bí danh) / signer: ${found.subject}`,
    `Dấu trên chữ ký / mark: ${mark ?? "–"} · Dừng ký / frozen: ${frozen ? "có / yes" : "không / no"}`,
    ...(whole ? [] : [UNFINISHED]),
    ...found.audit.map(
      ({ at, what, by, note }) => `  ${iso(at)} ${what} ${by}${note === undefined ? "" : `: ${note}`}`,
    ),
  ]);
}

const UNFINISHED =
  "! Chưa xong: chạy lại resolve với cùng kết quả, hoặc để người ký báo lại. / Unfinished: resolve again with the same outcome, or have the signer report again.";

async function resolve(ports: DisputePorts, caseNumber: string, options: DisputeOptions, out: Output): Promise<void> {
  const outcome = OUTCOMES.find((known) => known === options.outcome);
  if (outcome === undefined) throw new Fault("usage", `--outcome is one of ${OUTCOMES.join(", ")}`);
  const { by, reason } = options;
  for (const text of [by ?? "", ...(reason === undefined ? [] : [reason])])
    if (!isPlainText(text.normalize("NFC"), MAX_TEXT))
      throw new Fault(
        "usage",
        `--by, and --reason where it is given, are plain text of at most ${MAX_TEXT} characters`,
      );
  const resolved = await resolveDispute(ports, caseNumber, {
    outcome,
    by: (by ?? "").normalize("NFC"),
    note: reason?.normalize("NFC"),
  });
  const { openCases } = await ports.people.read(resolved.subject);
  out.result({ ...view(resolved), stillFrozen: openCases.length > 0 }, [
    line(resolved),
    ENDED[outcome],
    ...remaining(openCases),
  ]);
}

const ENDED: Readonly<Record<Outcome, string>> = {
  confirmed:
    "Chữ ký vẫn mang dấu tranh chấp với mọi người kiểm tra. / The signature stays marked as disputed for everybody who checks it.",
  withdrawn: "Dấu tranh chấp đã được gỡ; lịch sử vẫn giữ. / The mark is gone; the history keeps it.",
};

const remaining = (openCases: readonly string[]): readonly string[] =>
  openCases.length === 0
    ? ["Người này ký lại được. / This person can sign again."]
    : [`Vẫn dừng ký vì / Still frozen because of: ${openCases.join(", ")}`];

const iso = (at: number): string => new Date(at).toISOString();
const auditView = ({ at, ...rest }: DisputeCase["audit"][number]) => ({ at: iso(at), ...rest });
const view = ({ caseNumber, state, at, transactionId }: DisputeCase) => ({
  ...{ caseNumber, state, at: iso(at), transactionId, lookupCode: lookupCode(transactionId) },
});
const line = ({ caseNumber, state, at, transactionId }: DisputeCase): string =>
  `${caseNumber}  ${state}  ${iso(at)}  ${formatLookupCode(lookupCode(transactionId))}`;
