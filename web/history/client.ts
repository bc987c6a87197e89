import type { ActivityKind } from "../../lib/service/activity.ts";
import type { DisputeState } from "../../lib/service/dispute.ts";
import { ask } from "../api.ts";

/** One use of the person's identity (docs/FORMATS.md, "Activity"). */
export type ActivityView = {
  readonly id: string;
  readonly time: string;
  readonly kind: ActivityKind;
  readonly transactionId: string | null;
  readonly titles: readonly string[];
  readonly relyingParty: string | null;
  readonly device: string | null;
  readonly helper: string | null;
  readonly code: string | null;
  readonly passkey: string | null;
  readonly lookupCode: string | null;
  readonly caseNumber: string | null;
  readonly dispute: DisputeState | null;
  readonly read: boolean;
};

export type ActivityPage = {
  readonly activities: readonly ActivityView[];
  readonly next: string | null;
  readonly openCases: readonly string[];
};

/** @param before the last one that was shown; null from the newest */
export function readActivities(before: string | null = null): Promise<ActivityPage> {
  return ask(`/v1/me/activities${before === null ? "" : `?before=${encodeURIComponent(before)}`}`);
}

/** @param until the newest that was shown */
export async function markRead(until: string): Promise<void> {
  await ask("/v1/me/notices/read", { method: "POST", body: { until } });
}

export function report(transactionId: string): Promise<{ readonly caseNumber: string; readonly lookupCode: string }> {
  return ask("/v1/me/disputes", { method: "POST", body: { transactionId } });
}
