import type { ChangeFact } from "../facts/facts.ts";
import { CHANGES, type ChangeCode } from "../text/changes.ts";
import { FINDINGS } from "../text/findings.ts";
import type { SignatureReport } from "./report.ts";

/** What was done behind a signature, with its sentences. Facts of a newer version may have codes that are not known here yet. */
export function changeListOf(items: readonly ChangeFact[]): SignatureReport["changeList"] {
  return items.map((item) => {
    const known = Object.hasOwn(CHANGES, item.code) ? CHANGES[item.code as ChangeCode] : undefined;
    const { vi, en } = known ?? FINDINGS[item.permitted ? "changes_permitted" : "changes_forbidden"];
    return { ...item, vi, en };
  });
}
