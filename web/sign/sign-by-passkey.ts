import { startAuthentication } from "@simplewebauthn/browser";
import { Fault } from "../../lib/fault/fault.ts";
import { ask } from "../api.ts";
import type { Attempt, TransactionView } from "./attempt.ts";
import type { Service } from "./service.ts";

/**
 * Signs with a passkey: the device asks for fingerprint, face or PIN over the commitment, so that its answer is good for these documents
 * alone. None of what it measures leaves it.
 *
 * @throws Fault `login_cancelled`: the person, or the browser, ended it; as the service refuses
 */
export async function signByPasskey(attempt: Attempt, { commitment }: TransactionView): Promise<void> {
  const { passkeys } = await ask<Service>("/v1/service");
  if (!passkeys) throw new Fault("passkey_unknown", "the service takes no passkeys");
  const { rpId } = passkeys;
  let assertion: unknown;
  try {
    assertion = await startAuthentication({
      // No list: whoever may sign is told by the passkey, not by us beforehand.
      optionsJSON: { challenge: commitment, rpId, userVerification: "required", allowCredentials: [] },
    });
  } catch (cause) {
    throw new Fault("login_cancelled", "no passkey was shown", { cause });
  }
  const headers = { "motlan-owner-secret": attempt.secret };
  await ask(`/v1/transactions/${attempt.id}/passkey-signature`, { method: "POST", body: { assertion }, headers });
}
