import { Fault } from "../fault/fault.ts";
import type { Clock } from "../ports/ports.ts";
import { type Assistance, refuseUnlessOngoing, requireCitizen } from "./assistance.ts";
import type { AssistanceStore } from "./assistance-store.ts";
import type { Transaction } from "./transaction.ts";

/**
 * Lets a transaction name an assistance, and notes it there, before the transaction exists: one that a supervisor could not find
 * must not be signed under. A transaction that is then not created leaves an id that leads to nothing.
 *
 * @param token of the citizen, base64url
 * @throws Fault `assistance_not_found`, `assistance_ended`; `store_unavailable`: asking again is safe
 */
export async function linkAssistance(
  ports: { readonly assistances: Pick<AssistanceStore, "read" | "link">; readonly clock: Clock },
  {
    id,
    token,
    transactionId,
  }: { readonly id: string; readonly token: string | undefined; readonly transactionId: string },
): Promise<Assistance> {
  const assistance = requireCitizen(await ports.assistances.read(id), token);
  refuseUnlessOngoing(assistance, ports.clock());
  if (!(await ports.assistances.link(id, transactionId, ports.clock())))
    throw new Fault("assistance_ended", "the assistance has ended, or was used as often as it can be");
  return assistance;
}

/**
 * What an officer's help adds to the conditions of a signature; nothing where nobody helps.
 *
 * @param signer the signer's pairwise pseudonym
 * @throws Fault `officer_is_signer`, `assistance_ended`, `store_unavailable`
 */
export async function refuseWrongHelp(
  ports: { readonly assistances: Pick<AssistanceStore, "read">; readonly clock: Clock },
  { preimage, assistanceId }: Transaction,
  signer: string,
): Promise<void> {
  if (preimage.assistance === undefined) return;
  if (preimage.assistance.officer === signer)
    throw new Fault("officer_is_signer", "the person who logged in is the officer who helps");
  const assistance = assistanceId === undefined ? undefined : await ports.assistances.read(assistanceId);
  if (assistance === undefined) throw new Fault("assistance_ended", "the assistance is gone");
  refuseUnlessOngoing(assistance, ports.clock());
}
