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
import { type AssistedBy, assistedBy, type Identified, identified, isoOrNull } from "./standing.ts";
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
  /** How it was known who the signer is. */
  readonly identified: Identified | null;
};

export interface CodeIndex {
  /**
   * Eventually consistent. Mostly one, signed or not; clients choose the ids that codes follow from, and whoever computes long enough has
   * one with another's code.
   *
   * @returns ids of transactions, in no order. @throws Fault `store_unavailable`
   */
  find(code: string): Promise<readonly string[]>;
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
  const found = await signedUnder(ports, code);
  const [first] = found;
  if (first === undefined) throw new Fault("lookup_not_found", "nothing was signed under this code");
  if (opening === undefined) return describe(code, first);
  const opened = await requireOpening(ports, code, found, opening);
  const { preimage, result } = opened;
  return {
    ...describe(code, opened),
    signer: result.person.fullName,
    titles: preimage.documents.map(({ title }) => title),
    digests: preimage.documents.map(({ digest: hash }) => hash),
    relyingParty: preimage.relyingParty,
    identified: identified(result),
  };
}

type Signed = Transaction & { readonly result: SignedResult };

/** What was signed under a code: disputed signatures before others, then the earliest, so that none is hidden behind a later one. */
async function signedUnder({ codes, store }: LookupPorts, code: string): Promise<readonly Signed[]> {
  const all = await Promise.all((await codes.find(code)).map((id) => store.read(id)));
  const signed = all.filter((one): one is Signed => one?.result !== undefined);
  const undisputed = (one: Signed): number => Number(disputedAt(one) === null);
  return signed.sort((a, b) => undisputed(a) - undisputed(b) || signedAt(a.result) - signedAt(b.result));
}

/** @returns the first of those that the opening code opens */
async function requireOpening(
  { guesses, clock }: LookupPorts,
  code: string,
  found: readonly Signed[],
  typed: string,
): Promise<Signed> {
  if (!(await guesses.take(code, clock())))
    throw new Fault("opening_locked", "too many wrong opening codes for this code");
  const given = parseOpeningCode(typed) ?? "";
  // Hashes of one length, so that neither length nor first difference shows in time.
  const hash = (text: string) => digest("SHA-256", fromUtf8(text));
  const opened = found.find(({ id }) => equalSecret(hash(given), hash(openingCode(id))));
  if (opened === undefined) throw new Fault("opening_code_wrong", "not the opening code of this document");
  // Best effort: at worst an honest reader has a guess less for an hour.
  await guesses.giveBack(code).catch(() => undefined);
  return opened;
}

function describe(code: string, transaction: Signed): LookedUp {
  const { result } = transaction;
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
