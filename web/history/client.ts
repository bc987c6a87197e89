import type { ActivityDocuments, ActivityKind } from "../../lib/service/activity.ts";
import type { DisputeState } from "../../lib/service/dispute.ts";
import { ask } from "../api.ts";

/** One use of the person's identity (docs/FORMATS.md, "Activity"). */
export type ActivityView = {
  readonly order: string;
  readonly at: string;
  readonly kind: ActivityKind;
  readonly documents?: ActivityDocuments;
  readonly device?: string;
  readonly helper?: string;
  readonly code?: string;
  readonly passkey?: string;
  readonly caseNumber?: string;
  readonly lookupCode?: string;
  readonly dispute?: { readonly caseNumber: string; readonly at: string; readonly state: DisputeState };
  readonly read: boolean;
};

export type ActivityPage = {
  readonly rows: readonly ActivityView[];
  readonly next?: string;
  readonly openCases: readonly string[];
};

export function readActivities(before?: string): Promise<ActivityPage> {
  return ask(`/v1/me/activities${before === undefined ? "" : `?before=${encodeURIComponent(before)}`}`);
}

/** @param until the newest that was shown */
export async function markRead(until: string): Promise<void> {
  await ask("/v1/me/notices/read", { method: "POST", body: { until } });
}

export function report(transactionId: string): Promise<{ readonly caseNumber: string; readonly lookupCode: string }> {
  return ask("/v1/me/disputes", { method: "POST", body: { transactionId } });
}
