import type { Handover } from "../../lib/assist/handover.ts";
import { type CitizenStatus, reportStatus } from "../assist/client.ts";
import type { Language } from "../ui/text.ts";
import type { Attempt } from "./attempt.ts";
import { forgetCitizens } from "./leave-kiosk.ts";
import { newAttempt } from "./own-file.ts";
import { type Kept, openStore } from "./store.ts";

/** The assistance that a citizen's browser has joined; of web/assist/pairing.ts. */
export type Help = {
  readonly joined: { readonly id: string; readonly token: string; readonly view: { readonly unit: string } };
  readonly kiosk: boolean;
  readonly language: Language;
};

/**
 * Takes over the documents that an officer's browser has sealed for this one.
 *
 * @returns the address at which the citizen goes on: names, reads, identifies, approves, as for any file
 */
export async function beginAssisted(handover: Handover, { joined, kiosk, language }: Help): Promise<string> {
  const { documents, relyingParty, procedure } = handover;
  const files = documents.map(({ title, fileName, pdf }) => ({
    title,
    fileName,
    file: new Blob([Uint8Array.from(pdf)], { type: "application/pdf" }),
  }));
  const { id, token, view } = joined;
  const assistance = { id, token, unit: view.unit, kiosk };
  const attempt = newAttempt(files, language, { relyingParty, procedure, assistance });
  const store = await openStore(Date.now());
  // Whoever left a machine at the counter without ending leaves nothing to the next citizen.
  if (kiosk) await forgetCitizens(store);
  const kept: Kept = await store.write(attempt);
  if (kept !== "whole") throw new DOMException("this browser keeps nothing beyond a page", "QuotaExceededError");
  return `/ky#${attempt.id}`;
}

/** How far the citizen is, for the officer who helps; what is read or typed stays here. */
export function tellHelper({ asked, screen, documents, view }: Attempt): void {
  tell(asked, statusOf(screen, documents, view?.state));
}

/** The citizen does not sign, and the service knows of no transaction that could say so. */
export function tellDeclined({ asked }: Attempt): void {
  tell(asked, { code: "declined" });
}

function tell(asked: Attempt["asked"], status: CitizenStatus | undefined): void {
  if (asked?.assistance === undefined) return;
  const words = JSON.stringify([asked.assistance.id, status]);
  if (status === undefined || words === told) return;
  told = words;
  void reportStatus(asked.assistance.id, asked.assistance.token, status);
}

/** What was told last: most changes of an attempt change nothing for the officer. */
let told = "";

function statusOf(
  screen: Attempt["screen"],
  documents: Attempt["documents"],
  state: string | undefined,
): CitizenStatus | undefined {
  if (state === "declined") return { code: "declined" };
  if (screen === "review") return reading(documents);
  if (screen === "identify") return { code: "identifying" };
  if (screen === "approve") return { code: "approving" };
  return screen === "done" && state === "signed" ? { code: "signed" } : undefined;
}

/** The last page that was shown, of all. */
function reading(documents: Attempt["documents"]): CitizenStatus | undefined {
  const pages = documents.reduce((sum, document) => sum + (document.pages ?? 0), 0);
  const page = documents.reduce((sum, { shown }) => sum + shown.length, 0);
  return page >= 1 && page <= pages ? { code: "reading", page, pages } : undefined;
}
