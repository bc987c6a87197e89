import * as z from "zod/mini";
import { base64Url, parse } from "./schema-parts.ts";

const DisputeBody = z.strictObject({ transactionId: base64Url(16) });

/** Characters of an activity's id: a time, a mark and 16 octets. */
const MAX_ACTIVITY_ID = 64;
const ReadingBody = z.strictObject({ until: z.string().check(z.minLength(1), z.maxLength(MAX_ACTIVITY_ID)) });

/** As BODIES (schemas.ts). */
export const HISTORY_BODIES = { "dispute.create": DisputeBody, "notice.read": ReadingBody } as const;

export const parseDispute = (value: unknown) => parse(DisputeBody, value);
export const parseReading = (value: unknown) => parse(ReadingBody, value);
