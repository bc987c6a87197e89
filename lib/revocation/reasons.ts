/** CRLReason by its number (RFC 5280 §5.3.1); 7 is not used. */
const NAMES = [
  "unspecified",
  "keyCompromise",
  "cACompromise",
  "affiliationChanged",
  "superseded",
  "cessationOfOperation",
  "certificateHold",
  undefined,
  "removeFromCRL",
  "privilegeWithdrawn",
  "aACompromise",
] as const;

export type RevocationReason = Exclude<(typeof NAMES)[number], undefined>;

/** @returns undefined for a number that RFC 5280 does not name: revoked is revoked for whatever reason */
export function revocationReason(code: number): RevocationReason | undefined {
  return NAMES[code];
}

/** CRLReason by its name, to be written. */
export function reasonNumber(reason: RevocationReason): number {
  return NAMES.indexOf(reason);
}

/** What ReasonFlags can name, by bit number (RFC 5280 §4.2.1.13): a CRL for some reasons leaves the others open. */
const FLAGS = [
  undefined,
  "keyCompromise",
  "cACompromise",
  "affiliationChanged",
  "superseded",
  "cessationOfOperation",
  "certificateHold",
  "privilegeWithdrawn",
  "aACompromise",
] as const;

export type ReasonFlag = Exclude<(typeof FLAGS)[number], undefined>;

/** A set of ReasonFlags, bit n for flag n. */
export type ReasonMask = number;

/** All that can be named; bit 0 is not used and counts for nothing. */
export const ALL_REASONS: ReasonMask = 0x1fe;

/** @param bits as `namedBits` gives them; undefined, where the list is absent, is all reasons */
export function reasonMask(bits: readonly number[] | undefined): ReasonMask {
  if (bits === undefined) return ALL_REASONS;
  return bits.reduce((mask, bit) => (bit < FLAGS.length ? mask | (1 << bit) : mask), 0) & ALL_REASONS;
}

export function reasonFlags(mask: ReasonMask): ReasonFlag[] {
  return FLAGS.filter((flag, bit) => flag !== undefined && (mask & (1 << bit)) !== 0) as ReasonFlag[];
}

/** For those who write ReasonFlags. */
export function reasonBits(flags: readonly ReasonFlag[]): number[] {
  return flags.map((flag) => FLAGS.indexOf(flag));
}
