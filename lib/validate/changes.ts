import { changeText, findingText } from "#words";
import type { ChangeFact } from "../facts/facts.ts";
import type { SignatureReport } from "./report.ts";

/** What was done behind a signature, with its sentences. Facts of a newer version may have codes that are not known here yet. */
export function changeListOf(items: readonly ChangeFact[]): SignatureReport["changeList"] {
  return items.map((item) => {
    const { vi, en } = changeText(item.code) ?? findingText(item.permitted ? "changes_permitted" : "changes_forbidden");
    return { ...item, vi, en };
  });
}
