import { createReadStream, statSync } from "node:fs";
import { basename, dirname } from "node:path";
import { Fault } from "../../lib/fault/fault.ts";
import { allowedHosts } from "../../lib/service/allowed-hosts.ts";
import { parseMoment } from "../../lib/service/moment.ts";
import { NOBODY_TRUSTED } from "../../lib/text/verdicts.ts";
import { inOrder, linesOf } from "./lines.ts";
import type { VerifyOptions } from "./verify-question.ts";
import { parseRequestLine, type VerifyRequest } from "./verify-request.ts";
import { FILE_LIMIT, outcomeJson, type VerifyOutcome, verifyRunner } from "./verify-runner.ts";
import { verificationLines } from "./verify-view.ts";
import { writeWhole } from "./write-whole.ts";

/** Exit codes of `motlan verify`, documented in README.md; those of every command are in output.ts. */
export const VERIFY_EXIT = { valid: 0, invalid: 10, cannotTell: 11, noSignature: 12, unreadable: 13 } as const;

export type VerifyCommand = {
  readonly trust: readonly string[];
  readonly at?: string | undefined;
  readonly crl: readonly string[];
  readonly ocsp: readonly string[];
  readonly cert: readonly string[];
  readonly "policy-revocation": string;
  readonly "fetch-from": readonly string[];
  readonly batch?: string | undefined;
  readonly facts: boolean;
  readonly report?: string | undefined;
  readonly force: boolean;
  readonly "no-limit": boolean;
  readonly json: boolean;
};

const REVOCATION = ["where-named", "required", "warn"] as const;
/** Lines of a batch that are under way or wait for one before them. */
const WINDOW = 64;

/** Judges files. @returns the exit code: the worst of them */
export async function verify(files: readonly string[], command: VerifyCommand): Promise<number> {
  const options = optionsOf(command);
  if (command.report !== undefined && (command.batch !== undefined || files.length !== 1))
    throw new Fault("usage", "--report is about one FILE");
  if (command.batch !== undefined) {
    if (files.length > 0) throw new Fault("usage", "--batch takes its files from the requests");
    return batch(command.batch, command, options);
  }
  if (files.length === 0) throw new Fault("usage", "at least one FILE is expected, or --batch REQUESTS");
  const { json } = command;
  const given = givenBy(command);
  const runner = verifyRunner(options, files.length);
  let exit: number = VERIFY_EXIT.valid;
  try {
    await inOrder(
      each(files),
      WINDOW,
      (file) => runner.run(file, { ...given, file }),
      async (outcome) => {
        exit = worse(exit, exitOf(outcome));
        keepReport(outcome, command);
        console.log(json ? JSON.stringify(outcomeJson(outcome)) : lines(outcome).map(printable).join("\n"));
      },
    );
  } finally {
    runner.close();
  }
  if (!json && given.trust.length === 0) console.error(`\n${NOBODY_TRUSTED.vi}\n${NOBODY_TRUSTED.en}`);
  return exit;
}

function keepReport(outcome: VerifyOutcome, { report, force }: VerifyCommand): void {
  if (report === undefined || "failure" in outcome || outcome.answer.report === undefined) return;
  try {
    writeWhole(report, [outcome.answer.report], force);
  } catch (cause) {
    throw new Fault("output_unwritable", cause instanceof Fault ? cause.message : "the disk refuses", { cause });
  }
}

function givenBy({ trust, at: text, crl, ocsp, cert }: VerifyCommand): Omit<VerifyRequest, "file"> {
  const at = text === undefined ? undefined : parseMoment(text);
  if (text !== undefined && at === undefined) throw new Fault("usage", "--at is a moment in ISO 8601");
  return { trust, at, crls: crl, ocsps: ocsp, certs: cert };
}

/** One answer line for each line of requests that is not blank, in their order. What a request does not say, the command line does. */
async function batch(name: string, command: VerifyCommand, options: VerifyOptions): Promise<number> {
  const given = givenBy(command);
  const base = name === "-" ? undefined : dirname(name);
  // The failure is told where a line is written; as an event of the stream it would end the process without a word.
  process.stdout.on("error", () => {});
  const runner = verifyRunner(options, Number.POSITIVE_INFINITY);
  try {
    await inOrder(
      requestsIn(name),
      WINDOW,
      (line) => {
        const { file, request } = parseRequestLine(line, base, given);
        return runner.run(file, request);
      },
      (outcome) => print(`${JSON.stringify(outcomeJson(outcome))}\n`),
    );
  } finally {
    runner.close();
  }
  return VERIFY_EXIT.valid;
}

async function* requestsIn(name: string): AsyncGenerator<string | undefined> {
  const source = name === "-" ? process.stdin : createReadStream(openable(name));
  for await (const line of linesOf(source as AsyncIterable<Uint8Array>))
    if (line === undefined || line.trim() !== "") yield line;
}

function openable(name: string): string {
  try {
    statSync(name);
    return name;
  } catch (cause) {
    throw new Fault("file_unreadable", `cannot read ${basename(name)}`, { cause });
  }
}

/** Waits for a reader that is slower than the files are judged. @throws Fault `output_unwritable`: nobody reads any more */
function print(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (cause) =>
      cause ? reject(new Fault("output_unwritable", "standard output is closed", { cause })) : resolve(),
    );
  });
}

async function* each<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

function optionsOf(command: VerifyCommand): VerifyOptions {
  const revocation = REVOCATION.find((known) => known === command["policy-revocation"]);
  if (revocation === undefined) throw new Fault("usage", `--policy-revocation is one of ${REVOCATION.join(", ")}`);
  // A host that is none is a wrong command, not an answer about a file.
  allowedHosts(command["fetch-from"]);
  const limit = command["no-limit"] ? Number.POSITIVE_INFINITY : FILE_LIMIT;
  const report = command.report === undefined ? undefined : /\.xml$/i.test(command.report) ? "xml" : "pdf";
  return { revocation, hosts: command["fetch-from"], facts: command.facts, report, limit };
}

function exitOf(outcome: VerifyOutcome): number {
  if ("failure" in outcome) return VERIFY_EXIT.unreadable;
  return EXITS[outcome.answer.verification.verdict];
}

const EXITS = {
  VALID: VERIFY_EXIT.valid,
  INVALID: VERIFY_EXIT.invalid,
  CANNOT_TELL: VERIFY_EXIT.cannotTell,
  NO_SIGNATURE: VERIFY_EXIT.noSignature,
} as const;
/** From the best to the worst: one bad file decides over many good ones. */
const ORDER: readonly number[] = [
  VERIFY_EXIT.valid,
  VERIFY_EXIT.noSignature,
  VERIFY_EXIT.cannotTell,
  VERIFY_EXIT.unreadable,
  VERIFY_EXIT.invalid,
];
const worse = (a: number, b: number): number => (ORDER.indexOf(a) >= ORDER.indexOf(b) ? a : b);

function lines(outcome: VerifyOutcome): readonly string[] {
  const file = outcome.file ?? "";
  if ("failure" in outcome) {
    const { vi, en, code, detail } = outcome.failure;
    return [file, `? ${vi} / ${en}`, `  (${code}: ${detail})`];
  }
  const { verification, asked, warnings } = outcome.answer;
  return [
    ...verificationLines(file, verification),
    ...asked.map(({ url, outcome: how }) => `  > ${url} (${how})`),
    ...warnings.map((warning) => `  ! ${warning}`),
  ];
}

/** Texts of a document must not speak to the terminal, nor turn its lines around. */
function printable(line: string): string {
  return line.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "\ufffd");
}
