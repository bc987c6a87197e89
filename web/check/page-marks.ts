import type { SignatureReport } from "../../lib/validate/report.ts";

/** What happened to a page behind a signature. */
export type PageMark = "changed" | "added";

/** Its number is one that the page had before; it is not there any more. */
const GONE: ReadonlySet<string> = new Set(["page_removed"]);

/** Pages, as they are counted now, that are not as they were signed; the worse of two marks. */
export function pageMarks(changes: SignatureReport["changeList"]): ReadonlyMap<number, PageMark> {
  const marks = new Map<number, PageMark>();
  for (const { page, permitted, code } of changes) {
    if (page === null || GONE.has(code)) continue;
    if (!permitted) marks.set(page, "changed");
    else if (!marks.has(page)) marks.set(page, "added");
  }
  return marks;
}

/** Which pages are shown small: those with a mark, then the first ones, in their order. @param most of them */
export function shownPages(pageCount: number, marked: Iterable<number>, most: number): readonly number[] {
  const chosen = new Set([...marked].filter((page) => page >= 1 && page <= pageCount).slice(0, most));
  for (let page = 1; page <= pageCount && chosen.size < most; page++) chosen.add(page);
  return [...chosen].sort((a, b) => a - b);
}
