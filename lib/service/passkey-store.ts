import type { KeyRing, Passkey } from "./passkey.ts";

/** What an assertion changes in its passkey. */
export type PasskeyUse = {
  readonly signCount: number;
  readonly backedUp: boolean;
  /** Milliseconds. */
  readonly at: number;
  /** SHA-256 of the assertion, base64url. */
  readonly assertion: string;
};

/**
 * Where passkeys live: one ring a person, and beside it a pointer a passkey that leads from the credential id to the person. The ring
 * decides: what is not on it does not exist, whatever points to it. Every change is one conditional write on one item; the order in which
 * the service makes them is in docs/FORMATS.md, "Passkey".
 *
 * Every method may throw Fault `store_unavailable`. The write may then have taken effect or not; doing it again is safe. Reads are strongly
 * consistent. A refused condition is a result, never an error.
 */
export interface PasskeyStore {
  /** Makes the ring of a person with this handle, unless there is one. @returns the ring as it is now */
  open(subject: string, handle: string): Promise<KeyRing>;

  /** @returns undefined where the person never added a passkey */
  read(subject: string): Promise<KeyRing | undefined>;

  /** Points from a passkey to a person. @param until milliseconds; the pointer may go some time after @returns false where it points to somebody else */
  point(id: string, subject: string, until: number): Promise<boolean>;

  /** @returns the person whose ring is to be asked */
  ownerOf(id: string): Promise<string | undefined>;

  /** Takes a pointer away, where it points to this person. */
  unpoint(id: string, subject: string): Promise<void>;

  /** Puts a passkey on the ring. @returns false where it is there already, or the ring has `limit` of them, or there is no ring */
  add(subject: string, passkey: Passkey, limit: number): Promise<boolean>;

  /** @returns false where it is not on the ring */
  rename(subject: string, id: string, name: string): Promise<boolean>;

  /** From the moment that this returns it signs no more. @returns false where it is not on the ring */
  remove(subject: string, id: string): Promise<boolean>;

  /**
   * Records an assertion before anything is signed by it.
   *
   * @returns false where the passkey is not on the ring, or its counter is as high already (0 to 0 excepted) under another assertion
   */
  use(subject: string, id: string, use: PasskeyUse): Promise<boolean>;
}
