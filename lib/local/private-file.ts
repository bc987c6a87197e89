import { randomBytes } from "node:crypto";
import {
  chmodSync,
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";

/** Secrets of the installation: the owner reads and writes, nobody else does either. */
const MODE_FILE = 0o600;
const MODE_DIRECTORY = 0o700;

/** @returns the text of the file, or undefined where there is none; a mode that lets others in is tightened */
export function readPrivate(path: string): string | undefined {
  try {
    const text = readFileSync(path, "utf8");
    chmodSync(path, MODE_FILE);
    return text;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/**
 * Replaces the file in one step: whoever reads it, also after a crash at any moment, sees the old text or the new one whole.
 * The text is on the disk when the call returns.
 */
export function writePrivate(path: string, text: string): void {
  const directory = dirname(path);
  mkdirSync(directory, { recursive: true, mode: MODE_DIRECTORY });
  const draft = `${path}.${randomBytes(6).toString("hex")}.tmp`;
  try {
    const file = openSync(draft, "wx", MODE_FILE);
    try {
      writeFileSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
  flushDirectory(directory);
}

/** The rename itself lives in the directory. Windows offers no handle on one, and keeps its own journal. */
function flushDirectory(directory: string): void {
  if (process.platform === "win32") return;
  const handle = openSync(directory, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
