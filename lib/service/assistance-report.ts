import { Fault } from "../fault/fault.ts";
import type { AssistPorts, OfficerPerson } from "./assist.ts";
import { type Assistance, DAILY_CAP, dayOf } from "./assistance.ts";
import type { OfficerDay, Outcome } from "./assistance-store.ts";

/** One officer's day, as a supervisor sees it. Whom they helped is not in it. */
export type OfficerReport = {
  readonly officer: string;
  readonly officerName: string | null;
  readonly sessions: number;
  /** Sessions that a citizen's phone joined. */
  readonly paired: number;
  readonly signed: number;
  readonly declined: number;
  readonly disputed: number;
  /** Disputed of the signed, 0 to 1; null where none was signed. */
  readonly disputeRate: number | null;
  /** From the pairing to the end, seconds; of those that came to one. */
  readonly medianSeconds: number | null;
  readonly allowed: number;
};

/**
 * What the officers of a unit did on a day: all of them for its supervisor, their own for an officer.
 *
 * @param day `yyyy-MM-dd`
 */
export async function reportDay(
  { days }: Pick<AssistPorts, "days">,
  person: OfficerPerson,
  day: string,
): Promise<readonly OfficerReport[]> {
  const { unitCode, role } = person.officer;
  const found = await days.read(unitCode, day);
  const mine = (officer: string): boolean => role === "supervisor" || officer === person.subject;
  const assistances = found.assistances.filter(({ officer }) => mine(officer));
  const outcomes = await days.outcomes(assistances.flatMap(({ transactions }) => transactions));
  return found.officers
    .filter(({ officer }) => mine(officer))
    .map((one) =>
      summarise(
        one,
        assistances.filter(({ officer }) => officer === one.officer),
        outcomes,
      ),
    );
}

/** @param outcomes of the transactions of these assistances, and perhaps of others */
export function summarise(
  { officer, allowed }: OfficerDay,
  assistances: readonly Assistance[],
  outcomes: readonly Outcome[],
): OfficerReport {
  const byId = new Map(outcomes.map((outcome) => [outcome.id, outcome]));
  const ended = assistances.map((assistance) => {
    // An id that was noted by somebody who does not own it counts for nothing.
    const own = assistance.transactions.flatMap((id) => {
      const outcome = byId.get(id);
      return outcome?.assistance === assistance.id ? [outcome] : [];
    });
    const signed = own.filter(({ state }) => state === "signed");
    return {
      assistance,
      signed: signed.length > 0,
      // The phone's own word counts where there was no transaction to decline.
      declined: signed.length === 0 && (own.some(({ state }) => state === "declined") || said(assistance, "declined")),
      disputed: signed.some(({ disputed }) => disputed),
    };
  });
  const count = (holds: (one: (typeof ended)[number]) => boolean): number => ended.filter(holds).length;
  const [signed, disputed] = [count((one) => one.signed), count((one) => one.disputed)];
  return {
    officer,
    officerName: assistances[0]?.officerName ?? null,
    sessions: assistances.length,
    paired: count(({ assistance }) => assistance.pairedAt !== undefined),
    signed,
    declined: count((one) => one.declined),
    disputed,
    disputeRate: signed === 0 ? null : disputed / signed,
    medianSeconds: median(ended.flatMap(({ assistance }) => secondsOf(assistance))),
    allowed,
  };
}

const said = ({ status }: Assistance, code: string): boolean => status?.code === code;

function secondsOf({ pairedAt, status, endedAt }: Assistance): readonly number[] {
  const final = status?.code === "signed" || status?.code === "declined" ? status.at : endedAt;
  return pairedAt === undefined || final === undefined ? [] : [Math.max(0, (final - pairedAt) / 1000)];
}

function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low, high] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}

/**
 * Allows an officer of the supervisor's own unit more assistances today. Asking twice allows twice as many.
 *
 * @throws Fault `supervisor_required`: no supervisor, or for themselves; `assistance_not_found`: nobody of this pseudonym has helped
 *   anybody today in this unit, or they have been allowed the most that there is
 */
export async function raiseCap(
  ports: AssistPorts,
  person: OfficerPerson,
  { officer, more }: { readonly officer: string; readonly more: number },
): Promise<OfficerDay> {
  if (person.officer.role !== "supervisor" || officer === person.subject)
    throw new Fault("supervisor_required", "a supervisor of the unit, for somebody else");
  const raised = await ports.days.raise(person.officer.unitCode, dayOf(ports.clock()), officer, more);
  if (raised === undefined)
    throw new Fault(
      "assistance_not_found",
      `no such officer today, or beyond what anybody is allowed (${DAILY_CAP} to begin with)`,
    );
  return raised;
}
