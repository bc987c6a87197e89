/** PKIFailureInfo by the bit's name (RFC 3161 §2.4.2, RFC 4210 App. F): why a TSA says no. */
export const FAILURES = {
  /** The digest algorithm is unknown or too weak. */
  badAlg: 0,
  /** Not permitted or not supported: another version, say. */
  badRequest: 2,
  /** The request cannot be read. */
  badDataFormat: 5,
  timeNotAvailable: 14,
  unacceptedPolicy: 15,
  unacceptedExtension: 16,
  addInfoNotAvailable: 17,
  systemFailure: 25,
} as const satisfies Record<string, number>;

export type Failure = keyof typeof FAILURES;

const BY_BIT: ReadonlyMap<number, Failure> = new Map(
  (Object.keys(FAILURES) as Failure[]).map((name) => [FAILURES[name], name]),
);

/** @returns undefined for a bit that RFC 3161 gives no meaning */
export function failureOfBit(bit: number): Failure | undefined {
  return BY_BIT.get(bit);
}
