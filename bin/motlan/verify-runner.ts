import { availableParallelism } from "node:os";
import { Fault } from "../../lib/fault/fault.ts";
import { type Isolation, isolate } from "../../lib/service/isolation.ts";
import { FAULTS } from "../../lib/text/faults.ts";
import { withoutSigning } from "../../lib/text/without-signing.ts";
import type { VerifyAnswer, VerifyOptions, VerifyQuestion } from "./verify-question.ts";
import type { VerifyRequest } from "./verify-request.ts";

/** Octets: up to here the ceilings of time and memory hold. */
export const FILE_LIMIT = 50 * 1024 * 1024;
/** For one file, ms: what it takes to judge it, and what asking for statuses may add. */
const JUDGING_MS = 10_000;
const ASKING_MS = 20_000;
/** MiB of the process that reads the file. With the one that waits for it, it stays below 512. */
const MEGABYTES = 400;
/** Each takes memory of its own; more than this many files at a time are no quicker on the machines that clerks have. */
const MAX_PROCESSES = 4;

/** Why there is no verdict. */
export type VerifyFailure = {
  readonly code: Fault["code"];
  readonly vi: string;
  readonly en: string;
  readonly detail: string;
};
/** The answer about one file. `file` is what it was called in the request; null where the request had no name for it. */
export type VerifyOutcome =
  | { readonly file: string | null; readonly answer: VerifyAnswer }
  | { readonly file: string | null; readonly failure: VerifyFailure };

export type VerifyRunner = {
  /** One outcome for each request, whatever the file does. Never throws. */
  readonly run: (file: string | null, request: VerifyRequest | Fault) => Promise<VerifyOutcome>;
  readonly close: () => void;
};

/** @param files how many are to be expected; one process for one file */
export function verifyRunner(options: VerifyOptions, files: number): VerifyRunner {
  const limited = Number.isFinite(options.limit);
  const isolation: Isolation<VerifyQuestion, VerifyAnswer> = isolate(new URL("./verify-child.ts", import.meta.url), {
    processes: Math.max(1, Math.min(files, availableParallelism(), MAX_PROCESSES)),
    // A batch does not send more than it waits for.
    waiting: Number.POSITIVE_INFINITY,
    milliseconds: limited ? JUDGING_MS + (options.hosts.length > 0 ? ASKING_MS : 0) : Number.POSITIVE_INFINITY,
    megabytes: limited ? MEGABYTES : Number.POSITIVE_INFINITY,
  });
  return {
    async run(file, request) {
      try {
        if (request instanceof Fault) throw request;
        return { file, answer: await isolation.ask({ request, at: request.at ?? Date.now(), options }) };
      } catch (error) {
        const fault = error instanceof Fault ? error : new Fault("internal", "unexpected failure", { cause: error });
        const { vi, en } = withoutSigning(FAULTS[fault.code]);
        return { file, failure: { code: fault.code, vi, en, detail: fault.message } };
      }
    },
    close: isolation.close,
  };
}

/** The outcome as one JSON object: the Verification, or an error beside the verdict that nothing can be told. */
export function outcomeJson(outcome: VerifyOutcome): Readonly<Record<string, unknown>> {
  const { file } = outcome;
  if ("failure" in outcome) return { file, verdict: "CANNOT_TELL", error: outcome.failure };
  const { verification, facts, asked, warnings } = outcome.answer;
  return {
    file,
    ...verification,
    ...(facts === undefined ? {} : { facts }),
    ...(asked.length === 0 ? {} : { asked }),
    ...(warnings.length === 0 ? {} : { warnings }),
  };
}
