import * as z from "zod/mini";
import { isPublicKey } from "../assist/keys.ts";
import { MAX_PARTS } from "../assist/seal.ts";
import { fromBase64Url } from "../bytes/base64.ts";
import { Fault } from "../fault/fault.ts";
import { HIGHEST_CAP } from "../service/assistance.ts";
import type { PairingRequest } from "../service/pair.ts";
import { ASSISTANCE_MODES, ASSISTANCE_REASONS, ASSISTANCE_STATUSES } from "../text/assistance.ts";
import { MAX_TEXT } from "../text/consent.ts";
import { base64Url, parse, plain } from "./schema-parts.ts";

/** Pages of all documents together; what a person can read in an hour is far below. */
const MAX_PAGES = 10_000;

const PUBLIC_KEY = z.string().check(
  z.regex(/^[A-Za-z0-9_-]{87}$/),
  z.refine((text) => {
    const octets = fromBase64Url(text);
    return octets !== undefined && isPublicKey(octets);
  }),
);

const AssistanceBody = z.strictObject({
  mode: z.enum(ASSISTANCE_MODES),
  reason: z.enum(ASSISTANCE_REASONS),
  procedure: z.optional(plain(MAX_TEXT)),
  caseRef: z.optional(plain(MAX_TEXT)),
  officerKeyHash: base64Url(32),
});

const PairingBody = z.union([
  z.strictObject({ code: z.string().check(z.regex(/^\d{6}$/)), citizenKey: PUBLIC_KEY }),
  z.strictObject({ secret: base64Url(32), citizenKey: PUBLIC_KEY }),
]);

const OfficerKeyBody = z.strictObject({ officerKey: PUBLIC_KEY });

const PAGE = z.int().check(z.gte(1), z.lte(MAX_PAGES));
const StatusBody = z.strictObject({
  code: z.enum(ASSISTANCE_STATUSES),
  page: z.optional(PAGE),
  pages: z.optional(PAGE),
});

const CapBody = z.strictObject({
  officer: z.string().check(z.regex(/^KM:VN-[0-9a-f]{40}$/)),
  more: z.int().check(z.gte(1), z.lte(HIGHEST_CAP)),
});

/** The bodies of this function's requests by route id, as in schemas.ts. */
export const ASSISTANCE_BODIES = {
  "assistance.create": AssistanceBody,
  "assistance.key": OfficerKeyBody,
  "assistance.status": StatusBody,
  "assistance.raise": CapBody,
  "pairing.create": PairingBody,
} as const;

export const parseAssistance = (value: unknown) => parse(AssistanceBody, value);
export const parseOfficerKey = (value: unknown) => parse(OfficerKeyBody, value);
export const parseCap = (value: unknown) => parse(CapBody, value);

export function parsePairing(value: unknown): PairingRequest {
  const { citizenKey, ...by } = parse(PairingBody, value);
  return { by, citizenKey };
}

/** Page numbers come with `reading` and with nothing else. */
export function parseStatus(value: unknown) {
  const status = parse(StatusBody, value);
  const { code, page, pages } = status;
  const fits =
    code === "reading"
      ? page !== undefined && pages !== undefined && page <= pages
      : page === undefined && pages === undefined;
  if (!fits) throw new Fault("request_malformed", "page numbers that do not fit the status");
  return status;
}

/** The id of an assistance out of a path. @throws Fault `assistance_not_found` */
export function parseAssistanceId(text: string): string {
  if (text.length !== 22 || fromBase64Url(text)?.length !== 16)
    throw new Fault("assistance_not_found", "the id of an assistance is 22 characters of base64url");
  return text;
}

/** The number of a part, from 0. @throws Fault `part_missing` */
export function parsePartNumber(text: string): number {
  if (!/^(0|[1-9]\d?)$/.test(text) || Number(text) >= MAX_PARTS)
    throw new Fault("part_missing", "parts are numbered from 0");
  return Number(text);
}

/** How many parts there are, out of a header. @throws Fault `request_malformed` */
export function parsePartCount(text: string | undefined): number {
  if (text === undefined || !/^[1-9]\d?$/.test(text) || Number(text) > MAX_PARTS)
    throw new Fault("request_malformed", "the header with the number of parts is missing or wrong");
  return Number(text);
}

/** A day of a calendar. @throws Fault `request_malformed` */
export function parseDay(text: string): string {
  const time = /^20\d\d-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== text)
    throw new Fault("request_malformed", "a day is yyyy-MM-dd");
  return text;
}
