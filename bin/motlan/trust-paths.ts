import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { Fault } from "../../lib/fault/fault.ts";
import type { TrustAnchor } from "../../lib/trust/anchor.ts";
import { isOtherJson } from "../../lib/trust/profile.ts";
import { type AnchorFile, mergeAnchors, readAnchorFile } from "../../lib/trust/read-anchors.ts";

/** What is looked at in a directory; everything else there is passed over. */
const ENDINGS = new Set([".json", ".pem", ".crt", ".cer", ".der"]);
/** A directory with more is not one of trust anchors. */
const MAX_FILES = 5000;
/** Octets; the largest bundles of root certificates have one megabyte. */
const MAX_FILE = 16 * 1024 * 1024;

export type TrustSet = {
  readonly anchors: readonly TrustAnchor[];
  /** What was left out and why, for the operator's eyes. */
  readonly warnings: readonly string[];
};

/**
 * The anchors of a list of paths: files, and directories with all `*.json`, `*.pem`, `*.crt`, `*.cer` and `*.der` in them (not
 * deeper). A file that is named has to be readable; one that only lies in a directory is left out with a warning, unless it is a
 * trust profile: that one has to be right.
 *
 * @throws Fault `file_unreadable`, `trust_malformed`
 */
export function readTrustPaths(paths: readonly string[]): TrustSet {
  const warnings: string[] = [];
  const files = paths.flatMap((path) => (isDirectory(path) ? inDirectory(path, warnings) : [readOne(path, warnings)]));
  return { anchors: mergeAnchors(files), warnings };
}

function inDirectory(directory: string, warnings: string[]): AnchorFile[] {
  const names = guarded(directory, () => readdirSync(directory))
    .filter((name) => ENDINGS.has(extname(name).toLowerCase()))
    .sort();
  if (names.length > MAX_FILES) throw new Fault("trust_malformed", `more than ${MAX_FILES} files in one directory`);
  return names.flatMap((name) => {
    const path = join(directory, name);
    if (isDirectory(path)) return [];
    const octets = readFile(path);
    const isProfile = extname(name).toLowerCase() === ".json" && !isOtherJson(octets);
    try {
      return [counted(readAnchorFile(octets, name), name, warnings)];
    } catch (error) {
      if (isProfile || !(error instanceof Fault)) throw named(error, name);
      warnings.push(`${name}: ${error.message}`);
      return [];
    }
  });
}

function readOne(path: string, warnings: string[]): AnchorFile {
  const name = basename(path);
  try {
    return counted(readAnchorFile(readFile(path), name), name, warnings);
  } catch (error) {
    throw named(error, name);
  }
}

function counted(file: AnchorFile, name: string, warnings: string[]): AnchorFile {
  if (file.unreadable > 0) warnings.push(`${name}: ${file.unreadable} certificates cannot be read`);
  return file;
}

/** Several files were asked for: the fault says which. */
function named(error: unknown, name: string): unknown {
  return error instanceof Fault && error.code === "trust_malformed"
    ? new Fault(error.code, `${name}: ${error.message}`, { cause: error })
    : error;
}

function isDirectory(path: string): boolean {
  return guarded(path, () => statSync(path).isDirectory());
}

function readFile(path: string): Uint8Array {
  return guarded(path, () => {
    const { size } = statSync(path);
    if (size > MAX_FILE) throw new Fault("trust_malformed", `${basename(path)} has ${size} octets`);
    return new Uint8Array(readFileSync(path));
  });
}

function guarded<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof Fault) throw cause;
    throw new Fault("file_unreadable", `cannot read ${basename(path)}`, { cause });
  }
}
