/** Numbers that follow from a seed, so that whatever they made can be made again. */
export type Dice = {
  /** A whole number from 0 up to and without `n`; 0 where `n` is less than 1. */
  readonly below: (n: number) => number;
  /** Whether something happens that happens once in `n` times. */
  readonly once: (n: number) => boolean;
  /** @throws TypeError for a list of nothing */
  readonly pick: <T>(from: readonly T[]) => T;
};

/** SplitMix32: good enough to throw dice with. */
export function newDice(seed: number): Dice {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x9e3779b9) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return (z ^ (z >>> 16)) >>> 0;
  };
  const below = (n: number): number => (n < 1 ? 0 : Math.floor((next() / 0x1_0000_0000) * n));
  return {
    below,
    once: (n) => below(n) === 0,
    pick: (from) => {
      if (from.length === 0) throw new TypeError("nothing to pick from");
      return from[below(from.length)] as (typeof from)[number];
    },
  };
}
