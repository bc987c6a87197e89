import { isDeepStrictEqual } from "node:util";
import type { Facts } from "../../lib/facts/facts.ts";
import { Fault } from "../../lib/fault/fault.ts";
import { judge } from "../../lib/validate/judge.ts";
import { DEFAULT_POLICY } from "../../lib/validate/policy.ts";
import type { Verification } from "../../lib/validate/report.ts";
import { verifyPdf } from "../../lib/verify/verify-pdf.ts";
import { type Dice, newDice } from "./dice.ts";
import { makeSeeds, type Seed, type Seeds } from "./fuzz-seeds.ts";
import { mutateFacts, type Pool, poolOf } from "./mutate-facts.ts";
import { MUTATIONS, OFTEN } from "./mutate-pdf.ts";
import { forgery, type Judged } from "./oracles.ts";

/** CPU time that one input may take, ms. */
const PATIENCE_MS = 2000;
/** One in so many inputs is judged twice, and its facts are spoiled. */
const TWICE = 8;
const SPOILED_FACTS = 4;

export type Failure = {
  readonly number: number;
  readonly seed: string;
  readonly how: string;
  readonly why: string;
  readonly input: Uint8Array;
};
export type Round = {
  readonly number: number;
  readonly seed: string;
  readonly how: string;
  readonly milliseconds: number;
  /** What was said, in a few words that are the same for the same kind of answer. */
  readonly outcome: string;
  readonly verdict: string;
  readonly failure: Failure | undefined;
};
export type Fuzzer = {
  readonly seeds: readonly Seed[];
  readonly round: (number: number, before?: (input: Uint8Array) => void) => Promise<Round>;
};

type Answer = { readonly verification: Verification; readonly facts: Facts } | Fault;

/** Changes signed files without a key and looks whether the validator can be brought to say what is not so, or to fall over. */
export async function newFuzzer(seed: number): Promise<Fuzzer> {
  const made = await makeSeeds();
  const known: Judged[] = [];
  for (const { pdf } of made.seeds) {
    const answer = await answerTo(pdf, made);
    if (answer instanceof Fault) throw answer;
    known.push({ pdf, ...answer });
  }
  const pool = poolOf(known.map(({ facts }) => facts));
  const pdfs = made.seeds.map(({ pdf }) => pdf);

  const round: Fuzzer["round"] = async (number, before) => {
    const dice = newDice(seed * 1_000_003 + number);
    const from = dice.pick(made.seeds);
    const { input, how } = mutated(from, pdfs, dice);
    before?.(input);
    const told = { number, seed: from.name, how };
    const started = cpuMs();
    let outcome = "?";
    let verdict = "?";
    let why: string | undefined;
    let milliseconds = 0;
    try {
      const answer = await answerTo(input, made);
      milliseconds = cpuMs() - started;
      outcome = outcomeOf(answer);
      verdict = answer instanceof Fault ? "error" : answer.verification.verdict;
      if (milliseconds > PATIENCE_MS) why = `it took ${Math.round(milliseconds)} ms`;
      else if (answer instanceof Fault) why = faultIsWrong(answer);
      else why = forgery({ pdf: input, ...answer }, from, known) ?? (await notTheSame(input, answer, made, pool, dice));
    } catch (error) {
      why = error instanceof Error ? (error.stack ?? error.message) : String(error);
    }
    return {
      ...told,
      milliseconds,
      outcome,
      verdict,
      failure: why === undefined ? undefined : { ...told, why, input },
    };
  };
  return { seeds: made.seeds, round };
}

function mutated(
  from: Seed,
  others: readonly Uint8Array[],
  dice: Dice,
): { readonly input: Uint8Array; readonly how: string } {
  const hows: string[] = [];
  let input = from.pdf;
  do {
    const how = dice.pick(OFTEN);
    hows.push(how);
    input = MUTATIONS[how]({ pdf: input, others: [dice.pick(others), dice.pick(others)] }, dice);
  } while (input.length > 0 && input.length < 300_000 && hows.length < 4 && dice.once(4));
  return { input, how: hows.join("+") };
}

async function answerTo(pdf: Uint8Array, { anchors, at }: Seeds): Promise<Answer> {
  try {
    return await verifyPdf(pdf, { anchors, at, policy: DEFAULT_POLICY });
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
}

/** Whatever is not about the file is a bug of ours. */
function faultIsWrong({ code, message }: Fault): string | undefined {
  return code.startsWith("pdf_") ? undefined : `fault ${code}: ${message}`;
}

async function notTheSame(
  input: Uint8Array,
  answer: Exclude<Answer, Fault>,
  made: Seeds,
  pool: Pool,
  dice: Dice,
): Promise<string | undefined> {
  const { facts, verification } = answer;
  const rules = { at: made.at, policy: DEFAULT_POLICY };
  if (dice.once(TWICE)) {
    const again = await answerTo(input, made);
    if (again instanceof Fault || !isDeepStrictEqual(again.verification, verification))
      return "another answer the second time";
    const read = JSON.parse(JSON.stringify(facts)) as Facts;
    if (!isDeepStrictEqual(read, facts)) return "the facts are not the same after a trip through JSON";
    if (!isDeepStrictEqual(judge(read, rules), verification)) return "another verdict on facts that went through JSON";
  }
  if (dice.once(SPOILED_FACTS)) {
    const spoiled = mutateFacts(facts, pool, dice);
    try {
      JSON.stringify(judge(spoiled, rules));
    } catch (error) {
      return `judge throws on facts: ${error instanceof Error ? error.stack : error}\n${JSON.stringify(spoiled)}`;
    }
  }
  return undefined;
}

function outcomeOf(answer: Answer): string {
  if (answer instanceof Fault) return answer.code;
  const { verdict, signatures, findings } = answer.verification;
  const each = signatures.map((one) =>
    [
      one.verdict,
      one.integrity,
      one.coverage,
      one.changes,
      one.trust,
      one.indication,
      one.subIndication,
      one.level,
    ].join(" "),
  );
  return [verdict, ...findings.map(({ code }) => code), ...new Set(each)].join(" | ");
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
