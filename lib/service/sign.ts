import { Fault } from "../fault/fault.ts";
import { sameName } from "../identity/names.ts";
import type { Clock, OneTimeKey, Random, Signer } from "../ports/ports.ts";
import { refuseWrongHelp } from "./assistance-link.ts";
import type { AssistanceStore } from "./assistance-store.ts";
import type { ResultCheck } from "./check-result.ts";
import { claim } from "./claim.ts";
import { issueSignatures, type WhoSigns } from "./issue-signatures.ts";
import type { Pki } from "./pki.ts";
import { byToken, type Signatory, type TokenPorts } from "./signatory.ts";
import type { SignedResult, Transaction } from "./transaction.ts";
import { refuseUnlessOpen } from "./transaction-rules.ts";
import type { TransactionStore } from "./transaction-store.ts";
import type { CertificateUrls } from "./urls.ts";
import { recordRefusal, refuseFrozen, type WitnessPorts, witnessed } from "./witness.ts";

/** What a signature is made with, whoever signs. */
export type IssuingPorts = WitnessPorts & {
  readonly store: TransactionStore;
  readonly assistances: Pick<AssistanceStore, "read">;
  /** @throws Fault `ca_not_initialised` */
  readonly pki: () => Promise<Pki>;
  readonly issuingCa: Signer;
  readonly tsa: Signer;
  readonly oneTimeKey: () => OneTimeKey;
  /** Judges what was signed before anybody is told of it. */
  readonly checkResult: ResultCheck;
  readonly clock: Clock;
  readonly random: Random;
  /** @param milliseconds how long to wait before looking again */
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly urls: CertificateUrls;
};

/** The same with what tells who signs by an identity token. */
export type SigningPorts = IssuingPorts & TokenPorts;

/** Attempts to write the result before the outcome is called unknown; each is one conditional write. */
const COMPLETE_ATTEMPTS = 3;

/**
 * Signs the documents of a transaction that its owner, or the browser that approved it, asks to sign (architecture §4).
 *
 * Crash order, what is true after each step:
 * 1. identify: nothing has changed but, of a passkey, its counter;
 * 2. claim: the item is `signing` and names the serial of a certificate that may come to exist; a crash from here on leaves a
 *    lease that lapses, and the next request takes over with a serial of its own;
 * 3. issue: certificate, signatures and timestamps exist in memory only, and are judged there by our own validator; the one-time key is
 *    forgotten whatever happens;
 * 4. complete: the item is `signed`. Only now can anybody see a signature, so a lost step 4 is a signature that never was;
 * 5. record: the person's history has it. Where that is lost, the history finds the signature by the index that step 4 wrote.
 *
 * Whether signing is frozen is asked before the claim, of the item itself: a freeze that was answered before that stops it.
 *
 * @param transaction as just read
 * @param identify tells who signs by what that person has shown for this very commitment; it is not asked where nothing is left to sign
 * @returns the transaction, `signed`; the same signatures however often it is asked
 * @param device the family of the device that asks, for the person's history
 * @throws whatever `identify` throws; Fault `signer_mismatch`, `officer_is_signer`, `assistance_ended`, `signing_frozen`, `session_expired`, `declined`,
 *   `signing_in_progress`, `key_unavailable`, `result_not_verified`, `store_unavailable`, `ca_not_initialised`
 */
export async function signAs(
  ports: IssuingPorts,
  transaction: Transaction,
  identify: () => Promise<Signatory>,
  device?: string,
): Promise<Transaction> {
  if (transaction.state === "signed") return transaction;
  refuseUnlessOpen(transaction, ports.clock());
  const who = await identify();
  const subject = who.person.pseudonym;
  return witnessed(ports, { subject, transaction, device }, async () => {
    refuseOtherSigner(transaction, who);
    await refuseWrongHelp(ports, transaction, subject);
    const [pki] = await Promise.all([ports.pki(), refuseFrozen(ports.people, subject)]);
    const claimed = await claim(ports, transaction);
    if (claimed.state === "signed") return claimed;
    return issueAndComplete(ports, claimed, { who, pki });
  });
}

/**
 * {@link signAs} by an identity token.
 *
 * @param token as received, its nonce the commitment
 * @throws Fault token_*, `assurance_too_low`, `identity_inactive` as well
 */
export async function signTransaction(
  ports: SigningPorts,
  transaction: Transaction,
  token: string,
  device?: string,
): Promise<Transaction> {
  const refused = (subject: string, fault: Fault) => recordRefusal(ports, { subject, transaction, device }, fault);
  const asked = { nonce: transaction.commitment, now: ports.clock() };
  return signAs(ports, transaction, () => byToken(ports, token, asked, refused), device);
}

async function issueAndComplete(ports: IssuingPorts, held: Transaction, signer: WhoSigns): Promise<Transaction> {
  const { lease } = held;
  if (lease === undefined) throw new TypeError("a claimed transaction carries its lease");
  let result: SignedResult;
  try {
    result = await issueSignatures(ports, held, lease, signer);
  } catch (error) {
    // Best effort: where this fails as well, the lease lapses by itself.
    await ports.store.release(held.id, lease).catch(() => false);
    throw error;
  }
  return complete(ports, held, result);
}

async function complete(
  ports: Pick<IssuingPorts, "store">,
  held: Transaction,
  result: SignedResult,
): Promise<Transaction> {
  const { id, lease } = held;
  if (lease === undefined) throw new TypeError("a claimed transaction carries its lease");
  let outage: unknown;
  for (let attempt = 0; attempt < COMPLETE_ATTEMPTS; attempt++) {
    try {
      if (await ports.store.complete(id, lease, result)) return { ...held, state: "signed", result };
      outage = undefined;
    } catch (error) {
      outage = error;
    }
    // Refused or unknown: perhaps an earlier attempt took effect, perhaps the lease lapsed and another request signed.
    const now = await ports.store.read(id).catch(() => undefined);
    if (now?.state === "signed") return now;
    if (now !== undefined && now.lease?.token !== lease.token) break;
  }
  if (outage !== undefined) throw outage;
  throw new Fault("signing_in_progress", "another request took over this transaction");
}

/** R14, R52: a name pinned before the approval must be the name that logged in, whatever the place of its tone marks. */
function refuseOtherSigner(transaction: Transaction, { person }: Signatory): void {
  const pinned = transaction.preimage.signerName;
  if (pinned !== null && !sameName(pinned, person.fullName))
    throw new Fault("signer_mismatch", "the name of the person is not the name in the transaction");
}
