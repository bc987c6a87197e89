import { fields } from "../asn1/fields.ts";
import { children, raw, readBer } from "../asn1/read.ts";
import { TAG } from "../asn1/tags.ts";
import { namedBits, smallInteger, text } from "../asn1/values.ts";
import { integer, namedBitString, sequence, utf8String } from "../asn1/write.ts";
import type { Bytes } from "../bytes/bytes.ts";
import { Fault } from "../fault/fault.ts";
import { FAILURES, type Failure, failureOfBit } from "./failure.ts";

/** PKIStatus (RFC 3161 §2.4.2). */
const GRANTED = 0;
const GRANTED_WITH_MODS = 1;
const REJECTION = 2;

/** DER TimeStampResp with a token. */
export function grantedResponse(token: Uint8Array): Bytes {
  return sequence(sequence(integer(GRANTED)), token);
}

/**
 * DER TimeStampResp without a token.
 *
 * @param explanation for a person, in English; no personal data
 */
export function rejectionResponse(failure: Failure, explanation?: string): Bytes {
  const texts = explanation === undefined ? [] : [sequence(utf8String(explanation))];
  return sequence(sequence(integer(REJECTION), ...texts, namedBitString([FAILURES[failure]])));
}

/** TimeStampResp. */
export type TimestampResponse = {
  readonly granted: boolean;
  /** PKIStatus as received: 0 granted, 1 granted with modifications, 2 and above not. */
  readonly status: number;
  readonly failures: readonly Failure[];
  readonly explanation: readonly string[];
  /** The TimeStampToken, ready for `readToken`; present exactly where it was granted. */
  readonly token: Uint8Array | undefined;
};

/**
 * Reads what a TSA answered.
 *
 * @throws Fault `tsp_malformed`: granted without a token, or refused with one; `der_malformed`, `der_limit`
 */
export function parseResponse(bytes: Uint8Array): TimestampResponse {
  const response = fields(readBer(bytes));
  const info = fields(response.next());
  const token = response.optional(TAG.sequence);
  response.done();
  const status = smallInteger(info.next());
  const texts = info.optional(TAG.sequence);
  const bits = info.optional(TAG.bitString);
  info.done();
  const granted = status === GRANTED || status === GRANTED_WITH_MODS;
  if (granted !== (token !== undefined)) throw new Fault("tsp_malformed", `status ${status}, and a token or none`);
  return {
    granted,
    status,
    failures: bits === undefined ? [] : namedBits(bits).flatMap((bit) => failureOfBit(bit) ?? []),
    explanation: texts === undefined ? [] : children(texts).map((node) => text(node)),
    token: token && raw(token),
  };
}
