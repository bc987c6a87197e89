import { isPlainText } from "./plain.ts";

/** The wording below. A text that somebody approved is never reworded: a change of wording is a new version beside it. */
export const INTENT_VERSION = "1";
/** Version 1 with one more sentence, which names the body whose officer helps; only for who is helped. */
export const ASSISTED_INTENT_VERSION = "2";

export type IntentLocale = "vi" | "en";

export type IntentInput = {
  readonly version: string;
  readonly locale: IntentLocale;
  /** Full name where it is known or pinned before the login. */
  readonly signerName?: string;
  /** 1 to 10, in the order in which they are signed. */
  readonly documents: readonly { readonly title: string }[];
  /** Who asks for the signature: agency, bank, employer. */
  readonly relyingParty?: string;
  /** Name of the administrative procedure, with its code where it has one. */
  readonly procedure?: string;
  readonly reason?: string;
  /** The body whose officer helps: in version 2 always, in version 1 never. */
  readonly helper?: string;
};

/** One approval covers at most ten documents: what a person can read and remember. */
export const MAX_DOCUMENTS = 10;
/** Longest title, name of an agency, procedure or reason, code points: they share one sentence on a small screen. */
export const MAX_TEXT = 200;

/**
 * The statement of intent that a person sees, approves and signs under; its hash is part of the commitment. The same input
 * gives the same text on every machine.
 *
 * @throws TypeError an unknown version or locale, a version that does not fit the helper, no document or more than ten, a value that is
 *   not plain text
 */
export function intentText(input: IntentInput): string {
  const { version, locale, signerName, documents, relyingParty, procedure, reason, helper } = input;
  if (version !== (helper === undefined ? INTENT_VERSION : ASSISTED_INTENT_VERSION))
    throw new TypeError("there is no such version of the intent text");
  if (!Object.hasOwn(TEXTS, locale)) throw new TypeError("there is no intent text in this language");
  if (documents.length < 1 || documents.length > MAX_DOCUMENTS)
    throw new TypeError("an approval covers one to ten documents");
  const titles = documents.map(({ title }) => quotable(title));
  return TEXTS[locale]({
    name: signerName === undefined ? undefined : plain(signerName),
    titles,
    party: relyingParty === undefined ? undefined : plain(relyingParty),
    procedure: procedure === undefined ? undefined : quotable(procedure),
    reason: reason === undefined ? undefined : quotable(reason),
    helper: helper === undefined ? undefined : plain(helper),
  });
}

type Parts = {
  readonly name: string | undefined;
  readonly titles: readonly string[];
  readonly party: string | undefined;
  readonly procedure: string | undefined;
  readonly reason: string | undefined;
  readonly helper: string | undefined;
};

function vietnamese({ name, titles, party, procedure, reason, helper }: Parts): string {
  const several = titles.length > 1;
  const who = name === undefined ? "Tôi, người đăng nhập, ký" : `Tôi, ${name}, ký`;
  const what = several ? ` ${titles.length} tài liệu` : ` tài liệu “${titles[0]}”`;
  const to = party === undefined ? "" : ` gửi ${party}`;
  const why = procedure === undefined ? "" : ` để làm thủ tục “${procedure}”`;
  const list = several ? `: ${numbered(titles)}` : "";
  const reasoned = reason === undefined ? "" : ` Lý do ký: “${reason}”.`;
  const once = several
    ? ` Chữ ký này chỉ dùng cho ${titles.length} tài liệu này và chỉ một lần.`
    : " Chữ ký này chỉ dùng cho tài liệu này và chỉ một lần.";
  const helped = helper === undefined ? "" : ` Khi ký, tôi có cán bộ ${helper} hỗ trợ.`;
  return `${who}${what}${to}${why}${list}.${reasoned}${helped}${once}`;
}

function english({ name, titles, party, procedure, reason, helper }: Parts): string {
  const several = titles.length > 1;
  const who = name === undefined ? "I, the person who logs in, sign" : `I, ${name}, sign`;
  const what = several ? ` ${titles.length} documents` : ` the document “${titles[0]}”`;
  const to = party === undefined ? "" : ` for ${party}`;
  const why = procedure === undefined ? "" : ` in the procedure “${procedure}”`;
  const list = several ? `: ${numbered(titles)}` : "";
  const reasoned = reason === undefined ? "" : ` Reason: “${reason}”.`;
  const once = several
    ? ` This signature is for these ${titles.length} documents only, and only once.`
    : " This signature is for this document only, and only once.";
  const helped = helper === undefined ? "" : ` An officer of ${helper} helps me to sign.`;
  return `${who}${what}${to}${why}${list}.${reasoned}${helped}${once}`;
}

const TEXTS: Readonly<Record<IntentLocale, (parts: Parts) => string>> = { vi: vietnamese, en: english };

const numbered = (titles: readonly string[]): string => titles.map((title, i) => `(${i + 1}) “${title}”`).join("; ");

function plain(text: string): string {
  if (!isPlainText(text, MAX_TEXT)) throw new TypeError("a value of the intent text is not plain text");
  return text;
}

/**
 * Quotation marks inside a quotation become single ones, as typography has it. A title that brings its own closing mark
 * could otherwise end the quotation and go on in the signer's voice.
 */
function quotable(text: string): string {
  return plain(text)
    .replace(/[“„‟«❝〝]/g, "‘")
    .replace(/[”»❞〞]/g, "’")
    .replace(/["″＂]/g, "'");
}
