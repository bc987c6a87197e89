import { type Fields, fields } from "../asn1/fields.ts";
import { readBer } from "../asn1/read.ts";
import { contextTag, TAG } from "../asn1/tags.ts";
import { boolean, integerOctets, oid, preciseTime, smallInteger } from "../asn1/values.ts";
import { Fault } from "../fault/fault.ts";
import { type Extension, readExtensions } from "../x509/extension.ts";
import { type GeneralName, readGeneralName } from "../x509/general-name.ts";
import { type MessageImprint, readMessageImprint } from "./message-imprint.ts";

/** TSTInfo (RFC 3161 §2.4.2): what a TSA says. */
export type TimestampInfo = {
  readonly policy: string;
  readonly imprint: MessageImprint;
  /** Content octets of the INTEGER. */
  readonly serial: Uint8Array;
  /** Milliseconds since 1970; finer digits are dropped. */
  readonly genTime: number;
  /** Milliseconds that the time may be off, to either side, rounded up; undefined where the TSA does not say. */
  readonly accuracy: number | undefined;
  /** Tokens of this TSA can be ordered by their time alone. */
  readonly ordering: boolean;
  /** Content octets of the INTEGER. */
  readonly nonce: Uint8Array | undefined;
  /** What the TSA calls itself: a hint, its certificate counts. */
  readonly tsa: GeneralName | undefined;
  readonly extensions: readonly Extension[];
};

/**
 * @param content the encapsulated content of a token; DER by RFC 3161, though BER is let pass, since the signature covers it as it is
 * @throws Fault `tsp_malformed`: another version; `der_malformed`, `der_limit`, `x509_malformed`
 */
export function readTimestampInfo(content: Uint8Array): TimestampInfo {
  const info = fields(readBer(content));
  if (smallInteger(info.next()) !== 1) throw new Fault("tsp_malformed", "TSTInfo of another version than 1");
  const policy = oid(info.next());
  const imprint = readMessageImprint(info.next());
  const serial = integerOctets(info.next());
  const genTime = preciseTime(info.next());
  const accuracy = info.optional(TAG.sequence);
  const ordering = info.optional(TAG.boolean);
  const nonce = info.optional(TAG.integer);
  const tsa = info.optional(contextTag(0, true));
  const extensions = info.optional(contextTag(1, true));
  info.done();
  return {
    policy,
    imprint,
    serial,
    genTime,
    accuracy: accuracy && readAccuracy(fields(accuracy)),
    ordering: ordering !== undefined && boolean(ordering),
    nonce: nonce && integerOctets(nonce),
    tsa: tsa && readGeneralName(fields(tsa, tsa.tag).next()),
    // IMPLICIT: under its own tag it is the SEQUENCE that the reader of extensions wants.
    extensions: extensions === undefined ? [] : readExtensions({ ...extensions, tag: TAG.sequence }),
  };
}

/** Seconds, milliseconds and microseconds, each optional. */
function readAccuracy(accuracy: Fields): number {
  const seconds = accuracy.optional(TAG.integer);
  const millis = accuracy.optional(contextTag(0, false));
  const micros = accuracy.optional(contextTag(1, false));
  accuracy.done();
  const value = (node: typeof seconds, tag: number) => (node === undefined ? 0 : smallInteger(node, tag));
  const parts = [value(seconds, TAG.integer), value(millis, contextTag(0, false)), value(micros, contextTag(1, false))];
  const [s = 0, ms = 0, us = 0] = parts;
  if (s < 0 || ms < 0 || us < 0) throw new Fault("tsp_malformed", "a negative accuracy");
  return s * 1000 + ms + Math.ceil(us / 1000);
}
