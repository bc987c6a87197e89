import { createInterface } from "node:readline/promises";
import { toHex } from "../../lib/bytes/hex.ts";
import { Fault } from "../../lib/fault/fault.ts";
import type { SignOptions } from "./sign.ts";

/**
 * Shows what is going to be signed and asks. A demo person and `--yes` have said yes on the command line.
 *
 * @throws Fault `login_cancelled`: the answer was not yes; `usage`: nobody is there to answer
 */
export async function confirm(intentText: string, digest: Uint8Array, options: SignOptions): Promise<void> {
  const groups = toHex(digest).match(/.{4}/g) ?? [];
  console.error(`\n  ${intentText}\n\n  SHA-256: ${groups.join(" ")}\n`);
  if (options.yes || options.persona !== undefined) return;
  if (!process.stdin.isTTY) throw new Fault("usage", "nobody is there to approve; give --yes");
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question("Ký tài liệu này? / Sign this document? [c/y = có/yes] ");
  terminal.close();
  if (!/^\s*(c|co|có|y|yes)\s*$/i.test(answer)) throw new Fault("login_cancelled", "not approved");
}
