import type { ChangeFact } from "../facts/facts.ts";
import { FINDINGS } from "../text/findings.ts";
import type { SignatureReport } from "./report.ts";

export function changeListOf(items: readonly ChangeFact[]): SignatureReport["changeList"] {
  return items.map((item) => {
    const { vi, en } = FINDINGS[item.permitted ? "changes_permitted" : "changes_forbidden"];
    return { ...item, vi, en };
  });
}
