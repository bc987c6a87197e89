import { digestText } from "#crypto";
import { fromBase64Url, toBase64Url } from "../bytes/base64.ts";
import { canonicalJson } from "../json/canonical.ts";
import {
  ASSISTANCE_MODES,
  ASSISTANCE_REASONS,
  type AssistanceMode,
  type AssistanceReason,
} from "../text/assistance.ts";
import { MAX_DOCUMENTS, MAX_TEXT } from "../text/consent.ts";
import { isPlainText } from "../text/plain.ts";

export const COMMITMENT_VERSION = "motlan/commitment/v1";
/** Version 1 and one member more, `assistance`; only for who is helped, so that version 1 keeps its meaning and its members. */
export const ASSISTED_COMMITMENT_VERSION = "motlan/commitment/v2";

export type CommittedDocument = {
  readonly alg: "SHA-256";
  /** Digest of what will be signed (for a PDF: of the two byte ranges), 32 octets, base64url. */
  readonly digest: string;
  readonly title: string;
};

/** An officer's help, as it is approved, signed under and shown to whoever verifies. */
export type CommittedAssistance = {
  /** Name of the officer's body, and its code. */
  readonly unit: string;
  readonly unitCode: string;
  /** The officer's pairwise pseudonym, as in the serialNumber of a certificate of theirs: a person, without a name. */
  readonly officer: string;
  /** On the citizen's own telephone, or on a machine at the counter. */
  readonly mode: AssistanceMode;
  readonly reason: AssistanceReason;
};

/**
 * Everything that an approval binds, and nothing else. Its hash travels through the identity provider as `nonce`, so the token
 * that comes back says: this person, these documents, these words, once. Octets are base64url without padding.
 */
export type CommitmentPreimage = {
  readonly version: typeof COMMITMENT_VERSION | typeof ASSISTED_COMMITMENT_VERSION;
  /** Identifier of the transaction, 16 random octets. */
  readonly id: string;
  /** 1 to 10, in the order in which they are signed. */
  readonly documents: readonly CommittedDocument[];
  readonly format: "PAdES";
  readonly level: "B-B" | "B-T" | "B-LT" | "B-LTA";
  /** The words that were shown: SHA-256 over their UTF-8 octets. */
  readonly intent: { readonly locale: "vi" | "en"; readonly version: string; readonly sha256: string };
  readonly relyingParty: string | null;
  readonly procedure: string | null;
  /** Who alone may sign, where that was pinned. */
  readonly signerName: string | null;
  /** When the transaction can no longer be signed, as ECMAScript writes UTC: `2026-11-25T10:15:00.000Z`. */
  readonly expiresAt: string;
  /** 32 random octets, so that the commitment tells nothing to who does not know what is committed to. */
  readonly salt: string;
  /** In version 2, and there alone. */
  readonly assistance?: CommittedAssistance;
};

/**
 * The commitment: base64url of SHA-256 over the RFC 8785 text of the preimage, 43 characters. `docs/FORMATS.md` has an example.
 * One that comes from elsewhere is first held to {@link isCommitmentPreimage}.
 */
export function commitmentOf(preimage: CommitmentPreimage): string {
  return toBase64Url(digestText("SHA-256", canonicalJson(preimage)));
}

/** For `intent.sha256`. */
export function intentDigest(text: string): string {
  return toBase64Url(digestText("SHA-256", text));
}

/** Whether a value, such as one out of a proof, has every member of a preimage of its version in its one form and no other. */
export function isCommitmentPreimage(value: unknown): value is CommitmentPreimage {
  return (
    (hasMembers(value, PREIMAGE) || (hasMembers(value, ASSISTED) && hasMembers(value.assistance, ASSISTANCE))) &&
    Array.isArray(value.documents) &&
    value.documents.length >= 1 &&
    value.documents.length <= MAX_DOCUMENTS &&
    value.documents.every((document) => hasMembers(document, DOCUMENT)) &&
    hasMembers(value.intent, INTENT)
  );
}

type Check = (value: unknown) => boolean;

const octets =
  (length: number): Check =>
  (value) =>
    typeof value === "string" && fromBase64Url(value)?.length === length;
const one =
  (...values: readonly string[]): Check =>
  (value) =>
    values.some((item) => item === value);
const plain: Check = (value) => typeof value === "string" && isPlainText(value, MAX_TEXT);
const plainOrNull: Check = (value) => value === null || plain(value);
const any: Check = () => true;

const PREIMAGE: Readonly<Record<Exclude<keyof CommitmentPreimage, "assistance">, Check>> = {
  version: one(COMMITMENT_VERSION),
  id: octets(16),
  documents: any,
  format: one("PAdES"),
  level: one("B-B", "B-T", "B-LT", "B-LTA"),
  intent: any,
  relyingParty: plainOrNull,
  procedure: plainOrNull,
  signerName: plainOrNull,
  expiresAt: (value) => typeof value === "string" && isInstant(value),
  salt: octets(32),
};

const ASSISTED: Readonly<Record<keyof CommitmentPreimage, Check>> = {
  ...PREIMAGE,
  version: one(ASSISTED_COMMITMENT_VERSION),
  assistance: any,
};

const ASSISTANCE: Readonly<Record<keyof CommittedAssistance, Check>> = {
  unit: plain,
  unitCode: plain,
  officer: plain,
  mode: one(...ASSISTANCE_MODES),
  reason: one(...ASSISTANCE_REASONS),
};

const DOCUMENT: Readonly<Record<keyof CommittedDocument, Check>> = {
  alg: one("SHA-256"),
  digest: octets(32),
  title: plain,
};

const INTENT: Readonly<Record<keyof CommitmentPreimage["intent"], Check>> = {
  locale: one("vi", "en"),
  version: (value) => typeof value === "string" && /^[\x21-\x7e]{1,32}$/.test(value),
  sha256: octets(32),
};

function hasMembers(value: unknown, checks: Readonly<Record<string, Check>>): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const object = value as Readonly<Record<string, unknown>>;
  const names = Object.keys(checks);
  return Object.keys(object).length === names.length && names.every((name) => checks[name]?.(object[name]) === true);
}

/** One text an instant: the one that `toISOString` gives. */
function isInstant(text: string): boolean {
  const time = Date.parse(text);
  return Number.isFinite(time) && text.length === 24 && new Date(time).toISOString() === text;
}
