import { type ChildProcess, fork } from "node:child_process";
import { readFileSync } from "node:fs";
import { Fault, type FaultCode } from "../fault/fault.ts";

export type IsolationLimits = {
  /** Processes at most; each answers one question at a time. */
  readonly processes: number;
  /** Questions that may wait for a process at most; each holds its octets in memory. */
  readonly waiting: number;
  /** From question to answer, ms. Infinity is none. */
  readonly milliseconds: number;
  /** Of one process, MiB: what JavaScript holds, and (on Linux) everything. Infinity is none. */
  readonly megabytes: number;
};

export type Isolation<Question, Answer> = {
  /**
   * @throws Fault `time_limit`, `memory_limit`: the process was ended and is replaced; `internal`: it ended by itself;
   *   `unavailable`: too many wait; any Fault that the other side threw
   */
  readonly ask: (question: Question) => Promise<Answer>;
  /** Ends every process; questions that are open fail. */
  readonly close: () => void;
};

/**
 * What travels between the two sides (lib/service/isolated.ts is the other one), besides `ready`, and `spent`: the process holds so much of
 * earlier questions that this one belongs to a new process.
 */
export type Reply =
  | { readonly answer: unknown }
  | { readonly fault: { readonly code: FaultCode; readonly detail: string } };

/** Loading the code takes a quarter of a second; on a machine that is badly laden, many times as long. */
const START_MS = 60_000;
/** How often memory is looked at, ms: a process that fills memory as fast as it can gets some 50 MB further. */
const LOOK_MS = 25;
/** Of the memory of a process, the part for JavaScript; the code, stacks and octets of files need the rest. */
const HEAP_SHARE = 0.75;

type Job<Question, Answer> = {
  readonly question: Question;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (fault: Fault) => void;
};
type Seat<Question, Answer> = { readonly child: ChildProcess; job: Job<Question, Answer> | undefined; ready: boolean };

/**
 * Answers questions about hostile input in processes of their own, so that an endless loop, an explosion of memory or a crash of the
 * engine costs one answer and nothing else. Processes and not threads: an engine that is out of memory takes its whole process along.
 *
 * @param script what the processes run; it calls `answerQuestions`
 */
export function isolate<Question, Answer>(script: URL, limits: IsolationLimits): Isolation<Question, Answer> {
  const waiting: Job<Question, Answer>[] = [];
  const seats = new Set<Seat<Question, Answer>>();
  let closed = false;

  const sit = (): void => {
    const seat: Seat<Question, Answer> = { child: start(script, limits), job: undefined, ready: false };
    seats.add(seat);
    let finish = watch(seat.child, START_MS, Number.POSITIVE_INFINITY, (fault) => end(fault));
    const end = (fault: Fault): void => {
      finish();
      if (!seats.delete(seat)) return;
      seat.child.kill("SIGKILL");
      // Before it was ready it was nobody's fault in particular: the oldest question is answered, so that this ends some time.
      (seat.job ?? (seat.ready ? undefined : waiting.shift()))?.reject(fault);
      next();
    };
    seat.child.on("message", (message: Reply | "ready" | "spent") => {
      finish();
      const { job } = seat;
      if (message === "spent") {
        seats.delete(seat);
        seat.child.kill("SIGKILL");
        if (job !== undefined) waiting.unshift(job);
        return next();
      }
      seat.job = undefined;
      seat.ready = true;
      if (message !== "ready") settle(job, message);
      next();
    });
    seat.child.on("error", (cause) => end(new Fault("internal", "the process cannot be used", { cause })));
    seat.child.on("exit", (_, signal) => end(ended(signal)));
    begin.set(seat, () => {
      finish = watch(seat.child, limits.milliseconds, limits.megabytes, end);
    });
  };
  const begin = new WeakMap<Seat<Question, Answer>, () => void>();

  const next = (): void => {
    for (const seat of seats) {
      if (!seat.ready || seat.job !== undefined) continue;
      const job = waiting.shift();
      if (job === undefined) break;
      seat.job = job;
      begin.get(seat)?.();
      // A process that ended in this moment says so by its exit.
      seat.child.send(job.question as object, () => {});
    }
    const starting = [...seats].filter(({ ready }) => !ready).length;
    if (!closed && waiting.length > starting && seats.size < limits.processes) sit();
  };

  return {
    ask: (question) =>
      new Promise((resolve, reject) => {
        if (closed) return reject(new Fault("unavailable", "the service is closing"));
        if (waiting.length >= limits.waiting) return reject(new Fault("unavailable", "too many files wait already"));
        waiting.push({ question, resolve, reject });
        next();
      }),
    close() {
      closed = true;
      const left = new Fault("unavailable", "the service is closing");
      for (const { reject } of waiting.splice(0)) reject(left);
      for (const { child, job } of seats) {
        child.kill("SIGKILL");
        job?.reject(left);
      }
      seats.clear();
    },
  };
}

function start(script: URL, { megabytes }: IsolationLimits): ChildProcess {
  const heap = Number.isFinite(megabytes) ? [`--max-old-space-size=${Math.floor(megabytes * HEAP_SHARE)}`] : [];
  return fork(script, {
    // The other side throws away what is left of one question before it answers the next (lib/service/isolated.ts).
    execArgv: [...heap, "--expose-gc"],
    serialization: "advanced",
    // What an engine prints while it dies is of no use to anybody, and might quote its input.
    stdio: ["ignore", "ignore", process.env.MOTLAN_DEBUG ? "inherit" : "ignore", "ipc"],
  });
}

/** Ends what takes too long or too much. @returns what stops the watch */
function watch(child: ChildProcess, milliseconds: number, megabytes: number, end: (fault: Fault) => void): () => void {
  const late = () => end(new Fault("time_limit", `it took longer than ${milliseconds / 1000} s`));
  const timer = Number.isFinite(milliseconds) ? setTimeout(late, milliseconds) : undefined;
  const look = () => {
    if (residentMegabytes(child.pid) > megabytes)
      end(new Fault("memory_limit", `it needed more than ${megabytes} MiB of memory`));
  };
  const looks = Number.isFinite(megabytes) ? setInterval(look, LOOK_MS) : undefined;
  return () => {
    clearTimeout(timer);
    clearInterval(looks);
  };
}

/** Pages of memory as Linux counts them (proc(5), statm): 4 KiB on x86-64, and on ARM in the kernels that clouds run. */
const PAGE = 4096;

/** 0 where the system does not say. */
function residentMegabytes(pid: number | undefined): number {
  try {
    const [, resident] = readFileSync(`/proc/${pid}/statm`, "latin1").split(" ");
    return (Number(resident) * PAGE) / 1024 / 1024 || 0;
  } catch {
    return 0;
  }
}

/** V8 aborts where it finds no memory; a kernel that is out of it kills. */
function ended(signal: NodeJS.Signals | null): Fault {
  return signal === "SIGABRT" || signal === "SIGKILL"
    ? new Fault("memory_limit", "the engine ran out of memory")
    : new Fault("internal", "the process that checked the file ended");
}

function settle<Answer>(job: Job<unknown, Answer> | undefined, reply: Reply): void {
  if ("answer" in reply) job?.resolve(reply.answer as Answer);
  else job?.reject(new Fault(reply.fault.code, reply.fault.detail));
}
