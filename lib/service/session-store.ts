import type { Session, SessionChallenge } from "./session.ts";

/**
 * Where sessions live: one item each, every change one conditional write on that item.
 *
 * Every method may throw Fault `store_unavailable`. The write may then have taken effect or not; docs/FORMATS.md, "Sessions", says why
 * either is harmless. Reads are strongly consistent. A refused condition is a result, never an error.
 */
export interface SessionStore {
  /** Puts `session` if its id is free. @returns false where it is taken */
  create(session: Session): Promise<boolean>;

  /** @returns undefined where there is none, or it is long over; one that has just expired is still told */
  read(id: string): Promise<Session | undefined>;

  /** Removes a pending session, so that it leads to one login at most. @returns false unless there was a pending one */
  take(id: string): Promise<boolean>;

  /** Moves the end of an active session that is not over. @param now milliseconds @returns false where there is none */
  extend(id: string, expiresAt: number, now: number): Promise<boolean>;

  /** Gives an active session a challenge; the last one counts. @returns false where there is no such session any more */
  challenge(id: string, challenge: SessionChallenge): Promise<boolean>;

  /** Takes the challenge back, once. @returns false unless it was this one and its time has not passed by `now` */
  answer(id: string, value: string, now: number): Promise<boolean>;

  /** Ends a session in whatever state; harmless where there is none. */
  end(id: string): Promise<void>;
}
