import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Failure, newFuzzer, type Round } from "./fuzz.ts";

/**
 * `npm run fuzz -- [seed] [minutes] [folder]`: changes signed files and judges them until the time is over. The same seed tries the
 * same changes in the same order. A failing input is kept in the folder (.motlan/fuzz); the input that is being judged is there as
 * `current.pdf`, for the case that the process never comes back from it.
 */
const [seed = "1", minutes = "5", folder = ".motlan/fuzz"] = process.argv.slice(2);
const say = (line: string) => process.stdout.write(`${line}\n`);

mkdirSync(folder, { recursive: true });
const fuzzer = await newFuzzer(Number(seed));
const end = Date.now() + Number(minutes) * 60_000;
const outcomes = new Map<string, number>();
const verdicts = new Map<string, number>();
let slowest: Round | undefined;
let failures = 0;
let survived = 0;
let told = Date.now();

for (let number = 0; Date.now() < end; number++) {
  const round = await fuzzer.round(number, (input) => writeFileSync(join(folder, "current.pdf"), input));
  outcomes.set(round.outcome, (outcomes.get(round.outcome) ?? 0) + 1);
  verdicts.set(round.verdict, (verdicts.get(round.verdict) ?? 0) + 1);
  if (slowest === undefined || round.milliseconds > slowest.milliseconds) slowest = round;
  if (round.failure === undefined) survived++;
  else keep(round.failure);
  if (Date.now() - told > 60_000) {
    summary();
    told = Date.now();
  }
}
summary();
process.exitCode = failures === 0 ? 0 : 1;

function keep({ number, seed: from, how, why, input }: Failure): void {
  failures++;
  const name = join(folder, `${seed}-${number}`);
  writeFileSync(`${name}.pdf`, input);
  writeFileSync(`${name}.txt`, `${from}\n${how}\n${why}\n`);
  say(`FAILED ${name}.pdf (${from}, ${how}): ${why.split("\n").slice(0, 3).join(" ").slice(0, 300)}`);
}

function summary(): void {
  const counts = [...verdicts].map(([verdict, count]) => `${verdict} ${count}`).join(", ");
  const slow =
    slowest === undefined
      ? ""
      : `; slowest ${Math.round(slowest.milliseconds)} ms of CPU (${slowest.seed}, ${slowest.how})`;
  const memory = Math.round(process.memoryUsage.rss() / 1024 / 1024);
  say(
    `seed ${seed}: ${survived} inputs survived, ${failures} failed; ${outcomes.size} distinct outcomes (${counts})${slow}; ${memory} MB`,
  );
}
