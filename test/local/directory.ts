import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

/** A directory that is gone after the test file. */
export function scratch(): string {
  const directory = mkdtempSync(join(tmpdir(), "motlan-"));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}
