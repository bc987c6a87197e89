import { TAG } from "../../lib/asn1/tags.ts";
import {
  bitString,
  boolean,
  element,
  explicit,
  integer,
  octetString,
  oid,
  sequence,
  time,
} from "../../lib/asn1/write.ts";
import type { Bytes } from "../../lib/bytes/bytes.ts";
import type { ExtensionInput } from "../../lib/x509/issue.ts";
import { type AnyParty, keyOf } from "../worlds/parties.ts";
import { NOW, type Party } from "../worlds/world.ts";

export const DAY = 86_400_000;

/** Any CRL at all, also those that must not be: every part can be replaced. */
export type RawCrl = {
  readonly by: Party | AnyParty;
  /** DER Name; the signer's unless given. */
  readonly issuer?: Uint8Array;
  readonly version?: Uint8Array | "none";
  readonly times?: readonly Uint8Array[];
  /** revokedCertificates as a whole, or its entries; left out where there is none. */
  readonly list?: Uint8Array;
  readonly entries?: readonly Uint8Array[];
  readonly extensions?: readonly ExtensionInput[];
  /** The algorithm of the copy that is not signed. */
  readonly outer?: Uint8Array;
  readonly behind?: readonly Uint8Array[];
};

export function rawCrl(parts: RawCrl): Bytes {
  const key = keyOf(parts.by);
  const { version = integer(1), entries = [], extensions = [] } = parts;
  const list = parts.list ?? (entries.length === 0 ? undefined : sequence(...entries));
  const tbs = sequence(
    ...(version === "none" ? [] : [version]),
    key.algorithm(),
    parts.issuer ?? parts.by.certificate.subject.raw,
    ...(parts.times ?? [time(NOW), time(NOW + 7 * DAY)]),
    ...(list === undefined ? [] : [list]),
    ...(extensions.length === 0 ? [] : [explicit(0, sequence(...extensions.map(writeExtension)))]),
    ...(parts.behind ?? []),
  );
  return sequence(tbs, parts.outer ?? key.algorithm(), bitString(key.sign(tbs)));
}

export function rawEntry(serial: Uint8Array, extensions: readonly ExtensionInput[] = [], at = time(NOW - DAY)): Bytes {
  const list = extensions.length === 0 ? [] : [sequence(...extensions.map(writeExtension))];
  return sequence(element(TAG.integer, serial), at, ...list);
}

export function extension(type: string, value: Uint8Array, critical = false): ExtensionInput {
  return { oid: type, critical, value };
}

export function writeExtension({ oid: type, critical, value }: ExtensionInput): Bytes {
  return sequence(oid(type), ...(critical ? [boolean(true)] : []), octetString(value));
}
