import { toBase64Url } from "../../lib/bytes/base64.ts";
import { Fault } from "../../lib/fault/fault.ts";
import type { OfficerReport } from "../../lib/service/assistance-report.ts";
import type { AssistanceMode, AssistanceReason, AssistanceStatusCode } from "../../lib/text/assistance.ts";
import { ask } from "../api.ts";

/** An assistance as the officer sees it (docs/FORMATS.md, "Assistance"). */
export type OfficerView = {
  readonly id: string;
  readonly state: "waiting" | "paired" | "ended" | "expired";
  readonly mode: AssistanceMode;
  readonly unit: string;
  readonly citizenKey: string | null;
  readonly officerKeySent: boolean;
  readonly status: { readonly code: AssistanceStatusCode; readonly page?: number; readonly pages?: number } | null;
  readonly lookupCode: string | null;
  readonly pairingUntil: string;
  readonly expiresAt: string;
};
export type OpenedAssistance = OfficerView & { readonly pairingCode: string; readonly pairingSecret: string };

/** The same as the citizen sees it. */
export type CitizenView = {
  readonly id: string;
  readonly state: OfficerView["state"];
  readonly mode: AssistanceMode;
  readonly procedure: string | null;
  readonly caseRef: string | null;
  readonly unit: string;
  readonly officerName: string;
  readonly officerKeyHash: string;
  readonly officerKey: string | null;
};
export type Pairing = CitizenView & { readonly assistanceId: string; readonly citizenToken: string };

export type NewAssistance = {
  readonly mode: AssistanceMode;
  readonly reason: AssistanceReason;
  readonly procedure?: string;
  readonly caseRef?: string;
  readonly officerKeyHash: string;
};

const ROOT = "/v1/assistances";
const PART_COUNT = "motlan-part-count";
const CITIZEN = "motlan-citizen-token";
const OCTETS = "application/octet-stream";

export const openAssistance = (body: NewAssistance): Promise<OpenedAssistance> => ask(ROOT, { method: "POST", body });

export const readAsOfficer = (id: string): Promise<OfficerView> => ask(`${ROOT}/${id}`);

export async function giveKey(id: string, officerKey: Uint8Array): Promise<void> {
  await ask(`${ROOT}/${id}/officer-key`, { method: "POST", body: { officerKey: toBase64Url(officerKey) } });
}

export async function endAssistance(id: string): Promise<void> {
  await ask(`${ROOT}/${id}/end`, { method: "POST" });
}

export type DayReport = { readonly day: string; readonly unit: string; readonly officers: readonly OfficerReport[] };

export const readDay = (day: string): Promise<DayReport> => ask(`${ROOT}?day=${encodeURIComponent(day)}`);

export async function allowMore(officer: string, more: number): Promise<void> {
  await ask(`${ROOT}/caps`, { method: "POST", body: { officer, more } });
}

/** Hands over one sealed part. @throws Fault `server_unreachable`, `unavailable` */
export async function putPart(id: string, number: number, part: Uint8Array, count: number): Promise<void> {
  await ask(`${ROOT}/${id}/parts/${number}`, {
    method: "POST",
    octets: part,
    headers: { "content-type": OCTETS, [PART_COUNT]: String(count) },
  });
}

export const pair = (
  by: { readonly code: string } | { readonly secret: string },
  citizenKey: Uint8Array,
): Promise<Pairing> => ask("/v1/pairings", { method: "POST", body: { ...by, citizenKey: toBase64Url(citizenKey) } });

export const readAsCitizen = (id: string, token: string): Promise<CitizenView> =>
  ask(`${ROOT}/${id}`, { headers: { [CITIZEN]: token } });

/**
 * All sealed parts, in order.
 *
 * @param most parts that anybody hands over
 * @throws Fault `part_missing` while they are not all there; `handover_malformed`
 */
export async function readParts(id: string, token: string, most: number): Promise<readonly Uint8Array[]> {
  const parts: Uint8Array[] = [];
  for (let number = 0, count = 1; number < count; number++) {
    const response = await fetch(`${ROOT}/${id}/parts/${number}`, { headers: { [CITIZEN]: token } }).catch(
      () => undefined,
    );
    if (response === undefined) throw new Fault("server_unreachable", "no answer");
    if (!response.ok) throw new Fault("part_missing", `part ${number} is not there`);
    count = Number(response.headers.get(PART_COUNT));
    // Whoever relays the parts must not keep this page fetching without end.
    if (!(count >= 1 && count <= most))
      throw new Fault("handover_malformed", "a number of parts that nobody hands over");
    parts.push(new Uint8Array(await response.arrayBuffer()));
  }
  return parts;
}

export type CitizenStatus = { readonly code: AssistanceStatusCode; readonly page?: number; readonly pages?: number };

/** Tells the officer how far the citizen is. Best effort: signing does not wait for it. */
export async function reportStatus(id: string, token: string, status: CitizenStatus): Promise<void> {
  await ask(`${ROOT}/${id}/status`, { method: "POST", body: status, headers: { [CITIZEN]: token } }).catch(
    () => undefined,
  );
}
