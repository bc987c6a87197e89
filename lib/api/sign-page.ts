import { Fault } from "../fault/fault.ts";
import type { Transaction } from "../service/transaction.ts";
import type { Incoming } from "./app.ts";

/** Where a person signs (site.ts); what it is about stands behind `#`, where no server log sees it. */
const SIGN_PAGE = "/ky";

/**
 * Sends a browser to the page that shows a transaction, or on from there: `/ky#<id>`, with `!<code>` where something went wrong. The
 * page asks for the transaction with its owner secret, so that the address alone shows nothing, and a made-up code changes nothing.
 *
 * @param id a transaction id in its one form: it goes into an address as it is
 * @param read the transaction, to be read inside: an outage is told on the page as well
 * @param proceed does what the browser came for; an address that it returns is where the browser goes instead
 */
export async function towardsPage(
  { context, note }: Incoming,
  id: string,
  read: () => Promise<Transaction | undefined>,
  proceed: (transaction: Transaction) => Promise<string | void>,
): Promise<Response> {
  let language = "";
  let outcome = "";
  try {
    const transaction = await read();
    // Without the approval's cookie a stranger's link ends here, whatever it names.
    if (transaction === undefined) throw new Fault("approval_missing", "this browser has not approved the transaction");
    if (transaction.preimage.intent.locale === "en") language = "?lang=en";
    const elsewhere = await proceed(transaction);
    if (elsewhere !== undefined) return context.redirect(elsewhere, 303);
  } catch (error) {
    const fault = error instanceof Fault ? error : new Fault("internal", "the service failed", { cause: error });
    note(fault);
    outcome = `!${fault.code}`;
  }
  return context.redirect(`${SIGN_PAGE}${language}#${id}${outcome}`, 303);
}

/** The same where it is not known for which transaction a browser came: `/ky#!<code>`. */
export function towardsStart({ context, note }: Incoming, fault: Fault): Response {
  note(fault);
  return context.redirect(`${SIGN_PAGE}#!${fault.code}`, 303);
}
