import { Fault } from "../fault/fault.ts";
import type { Clock } from "../ports/ports.ts";
import { type JwksSnapshot, takeSnapshot } from "./jwks-snapshot.ts";
import { type KeyResolver, keyOf } from "./resolve-key.ts";
import { type Selection, selectKey } from "./select-key.ts";

export type KeySourceOptions = {
  /**
   * Reads the JWK Set of one issuer, as text where possible. It must end by itself, in seconds, and must not follow a redirect
   * to another host.
   */
  readonly fetchJwks: () => Promise<unknown>;
  readonly clock: Clock;
  /** How long a set is used without asking again, seconds; also how long a withdrawn key is still believed. */
  readonly maxAge: number;
  /** Shortest time between two questions, seconds: tokens with made-up key identifiers must not become a flood elsewhere. */
  readonly coolDown: number;
  /** How much longer than `maxAge` a set is used while the provider does not answer, seconds. 0 where it is not given. */
  readonly staleIfError?: number;
};

/** The keys for one token. */
export type KeyLookup = {
  /** For the `jwks` option of `verifyIdToken`. */
  readonly resolve: KeyResolver;
  /** The set out of which the key came; undefined before `resolve` found one. */
  readonly snapshot: () => JwksSnapshot | undefined;
};

export type KeySource = {
  /** One lookup a token: its snapshot stays the one that was used, whatever is read in the meantime. */
  readonly lookup: () => KeyLookup;
};

/**
 * The keys of one issuer, cached. An unknown key identifier leads to one new question once the cool-down is over, which is how
 * a rotation is noticed; questions that are asked at the same time are one.
 *
 * A lookup rejects with Fault token_key_unknown or token_algorithm as `selectKey` finds, and with identity_provider_unavailable
 * where the provider did not answer and no set that is young enough is held.
 */
export function keySource(options: KeySourceOptions): KeySource {
  const { maxAge, coolDown, staleIfError = 0 } = options;
  for (const seconds of [maxAge, coolDown, staleIfError]) {
    if (!(seconds >= 0)) throw new RangeError("maxAge, coolDown and staleIfError are seconds");
  }
  // A set would be too old to be used and too young to be asked for again.
  if (coolDown > maxAge) throw new RangeError("coolDown must not be longer than maxAge");
  const cache = newCache(options);

  const resolve = async (alg: string, kid: string | undefined): Promise<[JwksSnapshot, Selection]> => {
    if (!cache.youngerThan(maxAge)) await cache.ask();
    let snapshot = heldSnapshot();
    let selection = selectKey(snapshot.jwks.keys, alg, kid);
    if (selection.outcome !== "unknown") return [snapshot, selection];
    await cache.ask();
    snapshot = heldSnapshot();
    selection = selectKey(snapshot.jwks.keys, alg, kid);
    // The key may be a new one that could not be read: that is not the token's fault, and a later try can succeed.
    if (selection.outcome === "unknown" && cache.failure() !== undefined) throw unavailable();
    return [snapshot, selection];
  };
  const heldSnapshot = (): JwksSnapshot => {
    const snapshot = cache.held();
    const limit = cache.failure() === undefined ? maxAge : maxAge + staleIfError;
    if (snapshot === undefined || !cache.youngerThan(limit)) throw unavailable();
    return snapshot;
  };
  const unavailable = (): Fault =>
    new Fault("identity_provider_unavailable", "the keys of the identity provider cannot be read", {
      cause: cache.failure(),
    });

  return {
    lookup: () => {
      let used: JwksSnapshot | undefined;
      return {
        resolve: async ({ alg, kid }) => {
          const [snapshot, selection] = await resolve(alg, kid);
          const key = keyOf(selection);
          used = snapshot;
          return key;
        },
        snapshot: () => used,
      };
    },
  };
}

type Cache = {
  readonly held: () => JwksSnapshot | undefined;
  /** Why the latest question had no answer. */
  readonly failure: () => unknown;
  readonly youngerThan: (seconds: number) => boolean;
  /** Asks the provider unless it was asked within the cool-down; joins a question that is under way. Never rejects. */
  readonly ask: () => Promise<void>;
};

function newCache({ fetchJwks, clock, coolDown }: KeySourceOptions): Cache {
  let held: JwksSnapshot | undefined;
  let failure: unknown;
  let askedAt: number | undefined;
  let underWay: Promise<void> | undefined;

  // A time that lies in the future was taken before the clock was set back: it says nothing.
  const within = (since: number | undefined, seconds: number): boolean => {
    const age = since === undefined ? -1 : clock() - since;
    return age >= 0 && age < seconds * 1000;
  };
  const fetchOnce = async (): Promise<void> => {
    const start = clock();
    askedAt = start;
    try {
      const snapshot = takeSnapshot(await fetchJwks(), start);
      if (snapshot === undefined) throw new TypeError("the answer is not a JWK Set");
      held = snapshot;
      failure = undefined;
    } catch (error) {
      failure = error ?? new TypeError("no reason was given");
    }
  };
  return {
    held: () => held,
    failure: () => failure,
    youngerThan: (seconds) => within(held?.fetchedAt, seconds),
    ask: async () => {
      if (underWay === undefined && within(askedAt, coolDown)) return;
      underWay ??= fetchOnce().finally(() => {
        underWay = undefined;
      });
      await underWay;
    },
  };
}
