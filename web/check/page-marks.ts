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

/**
 * Which pages are shown small, and in which order: what was changed before what was added, then the others. Whoever asks whether a file
 * was changed sees that first, on whatever page it is.
 *
 * @param most of them
 */
export function shownPages(pageCount: number, marks: ReadonlyMap<number, PageMark>, most: number): readonly number[] {
  const marked = (wanted: PageMark): number[] =>
    [...marks]
      .filter(([page, mark]) => mark === wanted && page >= 1 && page <= pageCount)
      .map(([page]) => page)
      .sort((a, b) => a - b);
  const chosen = new Set([...marked("changed"), ...marked("added")].slice(0, most));
  for (let page = 1; page <= pageCount && chosen.size < most; page++) chosen.add(page);
  return [...chosen];
}
