import type { Facts } from "../../lib/facts/facts.ts";
import type { Dice } from "./dice.ts";

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** What stands in facts, by the way that leads there. */
export type Pool = ReadonlyMap<string, readonly Json[]>;

/** Values in one place at most: repeated ones are no gain. */
const MAX_EACH = 60;

export function poolOf(all: readonly Facts[]): Pool {
  const pool = new Map<string, Json[]>();
  const add = (way: string, value: Json): void => {
    const known = pool.get(way) ?? [];
    pool.set(way, known);
    if (known.length < MAX_EACH) known.push(value);
    if (Array.isArray(value)) for (const item of value) add(`${way}[]`, item);
    else if (typeof value === "object" && value !== null)
      for (const [key, item] of Object.entries(value)) add(below(way, key), item);
  };
  for (const facts of all) add("", facts as unknown as Json);
  return pool;
}

/** Facts of the same shape that say something else in one to five places: what stood elsewhere in the same place. */
export function mutateFacts(facts: Facts, pool: Pool, dice: Dice): Facts {
  let changed = facts as unknown as Json;
  for (let n = 1 + dice.below(5); n > 0; n--) changed = change("", changed, pool, dice);
  return changed as unknown as Facts;
}

function change(way: string, value: Json, pool: Pool, dice: Dice): Json {
  if (way !== "" && dice.once(5)) return dice.pick(pool.get(way) ?? [value]);
  if (Array.isArray(value)) {
    if (value.length === 0) return (pool.get(`${way}[]`) ?? []).slice(0, 1);
    const i = dice.below(value.length);
    if (dice.once(6)) return value.toSpliced(i, 1);
    if (dice.once(6)) return [...value, value[i] as Json];
    return value.with(i, change(`${way}[]`, value[i] as Json, pool, dice));
  }
  if (typeof value === "object" && value !== null) {
    // What else is there depends on `ok`: only both together may be exchanged.
    const keys = Object.keys(value).filter((key) => key !== "ok");
    if (keys.length === 0) return value;
    const key = dice.pick(keys);
    const item = (value as { readonly [key: string]: Json })[key] as Json;
    return { ...value, [key]: change(below(way, key), item, pool, dice) };
  }
  return dice.pick(pool.get(way) ?? [value]);
}

/** Certificates and anchors are named by their digests. */
function below(way: string, key: string): string {
  return /^[0-9a-f]{64}$/.test(key) ? `${way}{}` : `${way}.${key}`;
}
