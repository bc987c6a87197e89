import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { basename } from "node:path";
import { Fault } from "../../lib/fault/fault.ts";

/**
 * Writes a file that is either whole or not there: a neighbour first, then a rename.
 *
 * @throws Fault `file_unwritable`: it exists already and `force` is not given, or the disk refuses
 */
export function writeWhole(target: string, parts: readonly Uint8Array[], force: boolean): void {
  if (!force && existsSync(target))
    throw new Fault("file_unwritable", `${basename(target)} exists; give --force or another --out`);
  const draft = `${target}.part`;
  try {
    const handle = openSync(draft, "w");
    try {
      for (const part of parts) for (let at = 0; at < part.length; ) at += writeSync(handle, part, at);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(draft, target);
  } catch (cause) {
    rmSync(draft, { force: true });
    throw new Fault("file_unwritable", `cannot write ${basename(target)}`, { cause });
  }
}
