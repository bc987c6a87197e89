import { words } from "#words";
import type { ChangeFact } from "../facts/facts.ts";
import type { ChangeCode } from "../text/changes.ts";
import type { SignatureReport } from "./report.ts";

/** What was done behind a signature, with its sentences. Facts of a newer version may have codes that are not known here yet. */
export function changeListOf(items: readonly ChangeFact[]): SignatureReport["changeList"] {
  if (items.length === 0) return [];
  const { changes, findings } = words();
  return items.map((item) => {
    const known = Object.hasOwn(changes, item.code) ? changes[item.code as ChangeCode] : undefined;
    const { vi, en } = known ?? findings[item.permitted ? "changes_permitted" : "changes_forbidden"];
    return { ...item, vi, en };
  });
}
