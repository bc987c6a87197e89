import { digest } from "#crypto";
import { fromBase64Url, toBase64Url } from "../../lib/bytes/base64.ts";
import { Fault } from "../../lib/fault/fault.ts";
import { commitmentOf, intentDigest, isCommitmentPreimage } from "../../lib/identity/commitment.ts";
import { ASSISTED_INTENT_VERSION, INTENT_VERSION, intentText } from "../../lib/text/consent.ts";
import { ask } from "../api.ts";
import type { Attempt, TransactionView } from "./attempt.ts";
import { TTL_SECONDS } from "./limits.ts";

/** Random octets, base64url. */
export function random(octets: number): string {
  return toBase64Url(crypto.getRandomValues(new Uint8Array(octets)));
}

const ownerHeaders = ({ secret }: Attempt) => ({ "motlan-owner-secret": secret });
const path = ({ id }: Attempt) => `/v1/transactions/${id}`;

/** Tells the service of the digests of an own file: of nothing else in it. Asking again gives the same transaction. */
export async function create(attempt: Attempt): Promise<TransactionView> {
  const { id, secret, language, signerName, documents, asked = {} } = attempt;
  const { relyingParty, procedure, assistance } = asked;
  const body = {
    id,
    ownerHash: toBase64Url(digest("SHA-256", fromBase64Url(secret) ?? new Uint8Array(0))),
    documents: documents.map(({ title, ready }) => ({ alg: "SHA-256", digest: ready?.digest, title })),
    signerName,
    ...given({ relyingParty, procedure, assistance: assistance?.id }),
    locale: language,
    ttlSeconds: TTL_SECONDS,
  };
  const headers = given({ "motlan-citizen-token": assistance?.token });
  return checked(attempt, await ask<TransactionView>("/v1/transactions", { method: "POST", body, headers }));
}

/** What has become of a transaction. */
export async function read(attempt: Attempt): Promise<TransactionView> {
  return checked(attempt, await ask<TransactionView>(path(attempt), { headers: ownerHeaders(attempt) }));
}

export async function approve(attempt: Attempt, { commitment, preimage }: TransactionView): Promise<void> {
  const body = { commitment, intentSha256: preimage.intent.sha256 };
  await ask(`${path(attempt)}/approval`, { method: "POST", body, headers: ownerHeaders(attempt) });
}

export async function decline(attempt: Attempt): Promise<void> {
  await ask(path(attempt), { method: "DELETE", headers: ownerHeaders(attempt) });
}

/** Where the browser goes to log in. */
export function loginAddress(attempt: Attempt, provider: number): string {
  return `${path(attempt)}/authorize?provider=${provider}`;
}

/**
 * The service's word is not enough for what a person is asked to approve: the commitment is made again over what it says, and what it
 * says must be about these documents and these words.
 *
 * @throws Fault `document_changed`
 */
function checked(attempt: Attempt, view: TransactionView): TransactionView {
  const { preimage, intentText: words, commitment } = view;
  const same =
    isCommitmentPreimage(preimage) &&
    preimage.id === attempt.id &&
    commitmentOf(preimage) === commitment &&
    preimage.intent.sha256 === intentDigest(words) &&
    (attempt.kind === "prepared" || isAboutOwnFile(attempt, view)) &&
    attempt.documents.every(
      ({ ready }, index) => ready === undefined || ready.digest === preimage.documents[index]?.digest,
    );
  if (!same) throw new Fault("document_changed", "the service's transaction is not about this file and these words");
  const { returnUrl, ...rest } = view;
  return returnUrl !== undefined && /^https?:/i.test(returnUrl) ? view : rest;
}

/** Of an own file the page knows all the words as well. */
function isAboutOwnFile(attempt: Attempt, { preimage, intentText: words }: TransactionView): boolean {
  const { documents, signerName, asked = {} } = attempt;
  const { relyingParty, procedure, assistance } = asked;
  const expected = intentText({
    version: assistance === undefined ? INTENT_VERSION : ASSISTED_INTENT_VERSION,
    locale: preimage.intent.locale,
    documents: documents.map(({ title }) => ({ title })),
    signerName,
    ...given({ relyingParty, procedure, helper: assistance?.unit }),
  });
  return (
    preimage.documents.length === documents.length &&
    preimage.signerName === signerName &&
    preimage.relyingParty === (relyingParty ?? null) &&
    preimage.procedure === (procedure ?? null) &&
    preimage.assistance?.unit === assistance?.unit &&
    words === expected
  );
}

/** Members that have a value. */
function given(values: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}
