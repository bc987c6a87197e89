import { existsSync, readFileSync, writeFileSync } from "node:fs";

/** One measured case. A ratio is taken against something measured in the same run, so that it travels between machines. */
export type Row = {
  readonly name: string;
  readonly value: number;
  readonly unit: "us" | "ms" | "MB/s" | "KiB" | "1/s";
  readonly ratio?: {
    readonly value: number;
    readonly of: string;
    /** Absent where nothing was promised. */
    readonly target?: string;
    readonly holds?: boolean;
  };
  readonly note?: string;
};

const BASELINE = new URL("baseline.json", import.meta.url);
/** Ratios of runs on a quiet machine differ by less. */
const NOISE = 0.1;

type Baseline = { readonly source: string; readonly ratios: Readonly<Record<string, number>> };

/** One JSON line a case, as it becomes known. */
export function printLine(row: Row): void {
  console.log(
    JSON.stringify({
      ...row,
      value: round(row.value),
      ...(row.ratio && { ratio: { ...row.ratio, value: round(row.ratio.value) } }),
    }),
  );
}

/** The ratios as a table, each beside its target and beside the baseline. */
export function printTable(rows: readonly Row[]): void {
  const baseline = readBaseline();
  console.log(`\n${"".padEnd(50)}${"ratio".padStart(8)}${"target".padStart(10)}${"baseline".padStart(10)}`);
  for (const { name, ratio } of rows) {
    if (ratio === undefined) continue;
    const before = baseline?.ratios[name];
    const moved = before !== undefined && Math.abs(ratio.value / before - 1) > NOISE;
    const verdict = `${ratio.holds === undefined ? "told only" : ratio.holds ? "holds" : "MISSED"}${moved ? ", moved by more than 10 %" : ""}`;
    console.log(
      `${name.padEnd(50)}${format(ratio.value)}${(ratio.target ?? "-").padStart(10)}${before === undefined ? "-".padStart(10) : format(before, 10)}  ${verdict}`,
    );
  }
}

/** `npm run bench -- --save` keeps this run's ratios as the baseline. */
export function saveBaseline(rows: readonly Row[], source: string): void {
  const ratios = Object.fromEntries(rows.flatMap(({ name, ratio }) => (ratio ? [[name, round(ratio.value)]] : [])));
  writeFileSync(BASELINE, `${JSON.stringify({ source, ratios } satisfies Baseline, null, 2)}\n`);
}

/** @param bound the share that must be reached, or the multiple that must not be passed */
export function ratio(
  value: number,
  of: string,
  bound?: { atLeast: number } | { atMost: number },
): NonNullable<Row["ratio"]> {
  if (bound === undefined) return { value, of };
  if ("atLeast" in bound) return { value, of, target: `>= ${bound.atLeast}`, holds: value >= bound.atLeast };
  return { value, of, target: `<= ${bound.atMost}`, holds: value <= bound.atMost };
}

function readBaseline(): Baseline | undefined {
  return existsSync(BASELINE) ? (JSON.parse(readFileSync(BASELINE, "utf8")) as Baseline) : undefined;
}

function round(value: number): number {
  return Number(value.toPrecision(3));
}

function format(value: number, width = 8): string {
  return value.toFixed(2).padStart(width);
}
