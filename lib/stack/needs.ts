import { type FunctionName, type Need, ROUTES } from "../api/routes.ts";

/** The functions that the route table names, in its order. */
export const FUNCTIONS: readonly FunctionName[] = [...new Set(ROUTES.map((route) => route.function))];

/** What a function may touch: everything that one of its routes needs, and nothing else. */
export function needsOf(name: FunctionName): ReadonlySet<Need> {
  return new Set(ROUTES.filter((route) => route.function === name).flatMap((route) => route.needs));
}

/** The functions that have a need. */
export function functionsWith(need: Need): readonly FunctionName[] {
  return FUNCTIONS.filter((name) => needsOf(name).has(need));
}
