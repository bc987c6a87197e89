import { setImmediate as breath } from "node:timers/promises";

/** One thing to be timed; asynchronous work is awaited, one at a time. */
export type Case = { readonly name: string; readonly run: () => unknown };

/**
 * Processor time of one run over the rounds, microseconds, all threads of this process together: what a core is busy with, so
 * that garbage collection and helper threads count and a neighbour's work does not.
 */
export type Timing = { readonly name: string; readonly median: number; readonly best: number; readonly runs: number };

/** Rounds until the engine has settled on its code. */
const WARM_UP = 6;

export type Rounds = {
  readonly rounds: number;
  /** How long one case runs in one round, ms. */
  readonly slice: number;
};

/**
 * Times the cases turn by turn: every round gives each case one slice, in an order that turns, so that a machine that slows
 * down or a neighbour that wakes up hits all cases alike. The first rounds are not counted: the engine is still compiling.
 */
export async function interleave(
  cases: readonly Case[],
  { rounds, slice }: Rounds,
): Promise<ReadonlyMap<string, Timing>> {
  const samples = new Map(cases.map(({ name }) => [name, [] as number[]]));
  const runs = new Map<string, number>();
  for (let round = -WARM_UP; round < rounds; round++) {
    for (let i = 0; i < cases.length; i++) {
      const one = cases[(i + round + WARM_UP) % cases.length];
      if (one === undefined) continue;
      const timed = await timeSlice(one.run, slice);
      if (round < 0) continue;
      samples.get(one.name)?.push(timed.each);
      runs.set(one.name, (runs.get(one.name) ?? 0) + timed.runs);
    }
  }
  return new Map(
    [...samples].map(([name, each]) => [
      name,
      { name, median: median(each), best: Math.min(...each), runs: runs.get(name) ?? 0 },
    ]),
  );
}

async function timeSlice(run: () => unknown, slice: number): Promise<{ each: number; runs: number }> {
  await breath();
  const start = performance.now();
  const before = process.cpuUsage();
  let runs = 0;
  do {
    const result = run();
    if (result instanceof Promise) await result;
    runs++;
  } while (performance.now() - start < slice);
  const { user, system } = process.cpuUsage(before);
  return { each: (user + system) / runs, runs };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}
