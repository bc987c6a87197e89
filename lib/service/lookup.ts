import { digest } from "#crypto";
import * as OID from "../asn1/oids.ts";
import { equalSecret, fromUtf8 } from "../bytes/bytes.ts";
import { Fault } from "../fault/fault.ts";
import { openingCode } from "../identity/lookup-code.ts";
import { parseLookupCode, parseOpeningCode } from "../identity/read-lookup-code.ts";
import type { Clock } from "../ports/ports.ts";
import { parseCertificate } from "../x509/certificate.ts";
import { nameAttribute } from "../x509/name.ts";
import { disputedAt } from "./dispute.ts";
import type { SignatureClass } from "./pki.ts";
import { signedAt } from "./proof-of.ts";
import { type AssistedBy, assistedBy, isoOrNull } from "./standing.ts";
import type { SignedResult, Transaction } from "./transaction.ts";
import type { TransactionStore } from "./transaction-store.ts";

/** What anybody learns who has a look-up code: that something was signed, never by whom nor what. */
export type LookedUp = {
  /** In its one form, 12 characters. */
  readonly code: string;
  readonly signedAt: string;
  readonly disputedAt: string | null;
  readonly class: SignatureClass;
  readonly demo: boolean;
  /** Who vouches for it: the organisation of the issuing CA. */
  readonly issuer: string;
  readonly assisted: AssistedBy | null;
  readonly documents: number;
};

/** What the opening code adds, which is printed on the document alone. */
export type Opened = LookedUp & {
  readonly signer: string;
  readonly titles: readonly string[];
  /** base64url, over the byte ranges of each signed file. */
  readonly digests: readonly string[];
  readonly relyingParty: string | null;
};

export interface CodeIndex {
  /** Eventually consistent. @returns the id of the transaction; undefined where there is none. @throws Fault `store_unavailable` */
  find(code: string): Promise<string | undefined>;
}

/** Guesses at the opening code, counted for each look-up code and by nobody's address. */
export interface OpeningGuesses {
  /**
   * Takes one of the guesses that are left, before it is looked at: many at once are counted as many.
   *
   * @returns false where none is left until the window has passed
   */
  take(code: string, now: number): Promise<boolean>;
  /** Gives back the guess of whoever was right. */
  giveBack(code: string): Promise<void>;
}

export type LookupPorts = {
  readonly store: Pick<TransactionStore, "read">;
  readonly codes: CodeIndex;
  readonly guesses: OpeningGuesses;
  readonly clock: Clock;
};

/**
 * What a look-up code leads to.
 *
 * @param typed the look-up code, as somebody typed or scanned it
 * @param opening the opening code as typed; undefined shows what is public
 * @throws Fault `lookup_code_malformed`: mistyped, as its check character tells; `lookup_not_found`: well formed, but nothing was signed
 *   under it; `opening_code_wrong`; `opening_locked`: too many wrong ones; `store_unavailable`
 */
export async function lookUp(
  ports: LookupPorts,
  typed: string,
  opening: string | undefined,
): Promise<LookedUp | Opened> {
  const code = parseLookupCode(typed);
  if (code === undefined) throw new Fault("lookup_code_malformed", "no look-up code, or one with a mistake");
  const id = await ports.codes.find(code);
  const transaction = id === undefined ? undefined : await ports.store.read(id);
  if (transaction?.result === undefined) throw new Fault("lookup_not_found", "nothing was signed under this code");
  const shown = describe(code, transaction, transaction.result);
  if (opening === undefined) return shown;
  await requireOpening(ports, code, transaction.id, opening);
  const { preimage, result } = transaction;
  return {
    ...shown,
    signer: result.person.fullName,
    titles: preimage.documents.map(({ title }) => title),
    digests: preimage.documents.map(({ digest: hash }) => hash),
    relyingParty: preimage.relyingParty,
  };
}

async function requireOpening({ guesses, clock }: LookupPorts, code: string, id: string, typed: string): Promise<void> {
  if (!(await guesses.take(code, clock())))
    throw new Fault("opening_locked", "too many wrong opening codes for this code");
  const given = parseOpeningCode(typed) ?? "";
  // Hashes of one length, so that neither length nor first difference shows in time.
  const [one, other] = [given, openingCode(id)].map((text) => digest("SHA-256", fromUtf8(text)));
  if (one === undefined || other === undefined || !equalSecret(one, other))
    throw new Fault("opening_code_wrong", "not the opening code of this document");
  // Best effort: at worst an honest reader has a guess less for an hour.
  await guesses.giveBack(code).catch(() => undefined);
}

function describe(code: string, transaction: Transaction, result: SignedResult): LookedUp {
  return {
    code,
    signedAt: new Date(signedAt(result)).toISOString(),
    disputedAt: isoOrNull(disputedAt(transaction)),
    class: result.signatureClass,
    demo: result.demo,
    issuer: issuerOf(result),
    assisted: assistedBy(transaction),
    documents: transaction.preimage.documents.length,
  };
}

function issuerOf({ certificates }: SignedResult): string {
  const [, issuing] = certificates;
  if (issuing === undefined) throw new TypeError("a signed transaction has the issuing CA's certificate");
  const { subject } = parseCertificate(issuing);
  return nameAttribute(subject, OID.organizationName) ?? nameAttribute(subject, OID.commonName) ?? "";
}
