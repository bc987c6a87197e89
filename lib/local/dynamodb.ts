import { mkdirSync } from "node:fs";
import { Worker } from "node:worker_threads";
import type { LocalCredentials } from "./credentials.ts";
import type { DynamoDbSettings } from "./dynamodb-worker.ts";
import { LOOPBACK, type Running } from "./loopback.ts";

/** Milliseconds. Closing a LevelDB takes a few; after this long the thread is ended as a crash would end it. */
const CLOSE_TIMEOUT = 5_000;

/**
 * Starts the embedded DynamoDB (dynalite over LevelDB) in a thread of its own, on loopback.
 *
 * What was acknowledged survives the process: every write has reached the operating system before its answer. A thread that
 * fails is replaced on the same port with the same data; requests under way then fail as on a network error.
 *
 * @param options.directory of the database; made if missing; one process at a time
 * @param options.port 0 or nothing for a free port
 * @throws Error the port is taken, or the database cannot be opened
 */
export async function startDynamoDb(options: {
  readonly directory: string;
  readonly credentials: LocalCredentials;
  readonly port?: number;
}): Promise<Running> {
  const { directory, credentials } = options;
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const settings = { directory, accessKeyId: credentials.accessKeyId };
  const first = await launch({ ...settings, port: options.port ?? 0 });

  let closed: Promise<void> | undefined;
  let current = Promise.resolve(first);
  const watch = ({ ended }: Thread): void => {
    ended.then((reason) => {
      if (closed !== undefined) return;
      process.emitWarning(`The embedded DynamoDB failed (${reason}) and is started again`);
      current = launch({ ...settings, port: first.port });
      current.then(watch, (error) => process.emitWarning(`The embedded DynamoDB stays down: ${error}`));
    });
  };
  watch(first);

  return {
    url: `http://${LOOPBACK}:${first.port}`,
    close: () => {
      closed ??= current.then(end, () => undefined);
      return closed;
    },
  };
}

type Thread = { readonly worker: Worker; readonly port: number; readonly ended: Promise<string> };

async function launch(settings: DynamoDbSettings): Promise<Thread> {
  const worker = new Worker(new URL("./dynamodb-worker.ts", import.meta.url), { workerData: settings, execArgv: [] });
  let reason = "it ended by itself";
  worker.on("error", (error) => {
    reason = error.message;
  });
  const ended = new Promise<string>((resolve) => worker.once("exit", () => resolve(reason)));
  const port = await Promise.race([
    new Promise<number>((resolve) => worker.once("message", resolve)),
    ended.then(() => {
      throw new Error(
        `The embedded DynamoDB cannot start on ${settings.directory} (${reason}). Is another process using this directory?`,
      );
    }),
  ]);
  return { worker, port, ended };
}

async function end({ worker, ended }: Thread): Promise<void> {
  worker.postMessage("close");
  const force = setTimeout(() => worker.terminate(), CLOSE_TIMEOUT);
  await ended;
  clearTimeout(force);
}
