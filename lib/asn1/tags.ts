/** Identifier octets of the universal types in use (X.690 §8.1.2, X.680 §8.4); constructed bit included for SEQUENCE and SET. */
export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  enumerated: 0x0a,
  utf8String: 0x0c,
  numericString: 0x12,
  printableString: 0x13,
  teletexString: 0x14,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  visibleString: 0x1a,
  universalString: 0x1c,
  bmpString: 0x1e,
  sequence: 0x30,
  set: 0x31,
} as const;

/** The constructed bit of an identifier octet (X.690 §8.1.2.5). */
export const CONSTRUCTED = 0x20;

/**
 * Identifier octet of a context-specific tag.
 *
 * @param number 0 … 30; higher ones need the long form, which no structure here uses
 * @throws RangeError
 */
export function contextTag(number: number, constructed: boolean): number {
  if (!Number.isInteger(number) || number < 0 || number > 30) throw new RangeError("tag number is not 0 … 30");
  return 0x80 | (constructed ? CONSTRUCTED : 0) | number;
}
