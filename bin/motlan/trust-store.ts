import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { Fault } from "../../lib/fault/fault.ts";
import type { TrustAnchor } from "../../lib/trust/anchor.ts";
import {
  type Audit,
  nextAuditLine,
  readAudit,
  type Standing,
  sha256OfText,
  standing,
  type TrustChange,
} from "../../lib/trust/audit.ts";
import { parseTrustProfile, writeTrustProfile } from "../../lib/trust/profile.ts";

/** In the trust directory: what is trusted, and who changed it when. The audit's ending is not one that anchors are read from. */
export const PROFILE_FILE = "trust.json";
export const AUDIT_FILE = "audit.jsonl";
const LOCK_FILE = ".lock";

export type TrustStore = {
  readonly anchors: readonly TrustAnchor[];
  readonly audit: Audit;
  readonly standing: Standing;
};

/** @throws Fault `trust_malformed`, `trust_audit_broken`, `file_unreadable` */
export function readTrustStore(directory: string): TrustStore {
  const text = readText(join(directory, PROFILE_FILE));
  const audit = readAudit(readText(join(directory, AUDIT_FILE)));
  const anchors = text === "" ? [] : parseTrustProfile(text);
  return { anchors, audit, standing: standing(audit, sha256OfText(text)) };
}

export type Change = Pick<TrustChange, "action" | "sha256"> & {
  readonly anchors: readonly TrustAnchor[];
};

/**
 * Carries out one change: the audit line first and on the disk, then the profile in one step. After a crash between the two the
 * store says `interrupted`, and the same command again carries it out.
 *
 * @param decide sees the store under its lock and says what becomes of it; throws to change nothing
 * @throws Fault `output_unwritable`: another change is under way, or the disk refuses
 */
export function changeTrustStore(
  directory: string,
  { when, who }: Pick<TrustChange, "when" | "who">,
  decide: (store: TrustStore) => readonly Change[],
): Audit {
  mkdirSync(directory, { recursive: true });
  const release = lock(directory);
  try {
    let store = readTrustStore(directory);
    for (const { action, sha256, anchors } of decide(store)) {
      const before = sha256OfText(readText(join(directory, PROFILE_FILE)));
      const text = action === "adopt" ? undefined : writeTrustProfile(anchors);
      const after = text === undefined ? before : sha256OfText(text);
      // What was changed besides the audit is adopted from where the audit left it.
      const from = action === "adopt" ? (store.audit.lines.at(-1)?.after ?? sha256OfText("")) : before;
      append(directory, nextAuditLine(store.audit, { when, who, action, sha256, before: from, after }));
      if (text !== undefined) replace(join(directory, PROFILE_FILE), text);
      store = readTrustStore(directory);
    }
    return store.audit;
  } catch (cause) {
    if (cause instanceof Fault) throw cause;
    throw new Fault("output_unwritable", `cannot write in ${basename(directory)}`, { cause });
  } finally {
    release();
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return "";
    throw new Fault("file_unreadable", `cannot read ${basename(path)}`, { cause });
  }
}

function append(directory: string, line: string): void {
  const file = openSync(join(directory, AUDIT_FILE), "a", 0o644);
  try {
    writeFileSync(file, line);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function replace(path: string, text: string): void {
  const draft = `${path}.part`;
  try {
    writeFileSync(draft, text, { flush: true });
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

function lock(directory: string): () => void {
  const path = join(directory, LOCK_FILE);
  try {
    closeSync(openSync(path, "wx"));
  } catch (cause) {
    throw new Fault("output_unwritable", `another change is under way, or was cut off: see ${LOCK_FILE}`, { cause });
  }
  return () => rmSync(path, { force: true });
}
