import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const made: string[] = [];
process.once("exit", () => {
  for (const directory of made) rmSync(directory, { recursive: true, force: true });
});

/** A new empty directory that is gone when the tests are. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), "motlan-"));
  made.push(directory);
  return directory;
}
