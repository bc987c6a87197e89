import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/**
 * What the command line remembers of a transaction: enough to prepare the same bytes again and to fetch the result, so that
 * a power cut between any two steps costs nothing. The owner secret is in it, so only the owner of the file can read it.
 */
export type Remembered = {
  readonly id: string;
  readonly server: string;
  /** base64url; opens the transaction and its proof. */
  readonly ownerSecret: string;
  /** What the signature dictionary carries: the digest depends on it. */
  readonly claimedTime: number;
  /** SHA-256 of file and options: the same command finds its transaction again. */
  readonly inputs: string;
  /** True once the signed file has been written. */
  readonly done: boolean;
};

const directory = () =>
  join(process.env.XDG_STATE_HOME || join(homedir(), ".local", "state"), "motlan", "transactions");

export function remember(transaction: Remembered): void {
  mkdirSync(directory(), { recursive: true, mode: 0o700 });
  const text = JSON.stringify(transaction);
  for (const name of [transaction.id, `last-${transaction.inputs}`]) {
    const file = join(directory(), `${name}.json`);
    writeFileSync(`${file}.new`, text, { mode: 0o600, flush: true });
    renameSync(`${file}.new`, file);
  }
}

/** @param name a transaction id, or `last-` and the hash of inputs */
export function recall(name: string): Remembered | undefined {
  try {
    return JSON.parse(readFileSync(join(directory(), `${name}.json`), "utf8")) as Remembered;
  } catch {
    return undefined;
  }
}
