import type { Font } from "../draw/font.ts";
import { Fault } from "../fault/fault.ts";
import { lookupCode, openingCode } from "../identity/lookup-code.ts";
import { formatLookupCode, lookupUrl } from "../identity/read-lookup-code.ts";
import { isPlainText } from "../text/plain.ts";
import { STAMP } from "../text/stamp.ts";

/** Millimetres as the page is seen: from its left edge, and upwards from its bottom edge, to the stamp's lower left corner. */
export type StampSpot = { readonly page: number; readonly left: number; readonly bottom: number };

export type StampInput = {
  /** Of Vietnamese letters; what is used of it is embedded. */
  readonly font: Font;
  /** The signer's, as the log-in will carry it. Plain text of at most 200 characters, normalised to NFC. */
  readonly name: string;
  /** The same as in the options beside it. */
  readonly claimedTime: number;
  readonly offsetMinutes: number;
  /** Where the signature can be checked: `kymotlan.vn`, `localhost:8787`. */
  readonly host: string;
  /** Of the transaction: base64url of 16 octets. */
  readonly id: string;
  /**
   * "auto": the last page, at the bottom on the right or wherever nothing is covered; else a page of its own or, in a file that is
   * signed already, the same on a page before the last.
   */
  readonly place: "auto" | "own-page" | StampSpot;
  readonly locale?: "vi" | "en" | undefined;
};

/** What a stamp says. */
export type StampText = {
  /** Signer, time, codes, address. */
  readonly lines: readonly [string, string, string, string];
  /** The first line in two: what stands before the name, and the name. */
  readonly signer: readonly [label: string, name: string];
  /** In the QR code. */
  readonly url: string;
  /** What a screen reader calls the field. */
  readonly field: string;
};

/** As the transaction's pinned name (lib/identity/commitment.ts). */
const NAME_LIMIT = 200;
/** Characters of a host: three lines of the stamp. */
const HOST_LIMIT = 90;
const HOST = /^([A-Za-z0-9][A-Za-z0-9.-]*|\[[0-9a-f:.]+\])(:\d{1,5})?$/;

/**
 * @throws Fault `stamp_name_unusable`
 * @throws RangeError anything else that is out of its range
 */
export function stampText(input: StampInput): StampText {
  const { host, id, locale = "vi" } = input;
  // A long text is refused before it is normalised.
  const name = input.name.length > 4 * NAME_LIMIT ? "" : input.name.normalize("NFC").trim();
  if (!isPlainText(name, NAME_LIMIT))
    throw new Fault("stamp_name_unusable", "the name is empty, too long, or has characters that cannot be shown");
  if (host.length > HOST_LIMIT || !HOST.test(host)) throw new RangeError("host");
  const code = lookupCode(id);
  const words = STAMP[locale];
  // Functions, as a name may hold what `replace` takes for a pattern.
  const put = (text: string, key: string, value: string): string => text.replace(`{${key}}`, () => value);
  return {
    lines: [
      put(words.signer, "name", name),
      put(words.time, "time", stampTime(input.claimedTime, input.offsetMinutes)),
      put(put(words.codes, "lookup", formatLookupCode(code)), "opening", openingCode(id)),
      put(words.check, "address", `${host}/kiem-tra`),
    ],
    signer: [words.signer.replace("{name}", "").trim(), name],
    url: lookupUrl(host, code),
    field: put(words.field, "name", name),
  };
}

/** `23/11/2026 10:15:32 (GMT+7)` @throws RangeError */
export function stampTime(time: number, offsetMinutes: number): string {
  if (!Number.isInteger(offsetMinutes) || Math.abs(offsetMinutes) > 14 * 60) throw new RangeError("offsetMinutes");
  const local = new Date(time + offsetMinutes * 60_000);
  const [year = "", month = "", day = ""] = local.toISOString().slice(0, 10).split("-");
  const minutes = Math.abs(offsetMinutes);
  const rest = minutes % 60 === 0 ? "" : `:${String(minutes % 60).padStart(2, "0")}`;
  const zone = `GMT${offsetMinutes < 0 ? "-" : "+"}${Math.trunc(minutes / 60)}${rest}`;
  return `${day}/${month}/${year} ${local.toISOString().slice(11, 19)} (${zone})`;
}
