import type { RefObject } from "preact";
import { useEffect, useState } from "preact/hooks";

/** What stands around the visible part is painted before one gets there, and this far behind it is kept: screens. */
const AROUND = "100%";

export type Sight = {
  /** Pages that are on the screen or about to be. */
  readonly near: ReadonlySet<number>;
  /** The page that one reads: the first of those that fill the middle of the viewer. */
  readonly current: number;
};

/** Watches which pages of a scrolled box can be seen. @param fresh changes when there are other elements */
export function useNear(box: RefObject<HTMLElement | null>, fresh: unknown): Sight {
  const [near, setNear] = useState<ReadonlySet<number>>(new Set([1]));
  const [current, setCurrent] = useState(1);
  // Other elements need another watcher.
  useEffect(() => {
    const root = box.current;
    if (root === null) return undefined;
    const watch = (margin: string, change: (seen: ReadonlySet<number>) => void): IntersectionObserver => {
      const seen = new Set<number>();
      const observer = new IntersectionObserver(
        (entries) => {
          for (const { target, isIntersecting } of entries) {
            const page = Number((target as HTMLElement).dataset.page);
            if (isIntersecting) seen.add(page);
            else seen.delete(page);
          }
          change(new Set(seen));
        },
        { root, rootMargin: margin },
      );
      for (const page of root.querySelectorAll("[data-page]")) observer.observe(page);
      return observer;
    };
    const observers = [
      watch(`${AROUND} 0px`, setNear),
      // A line across the middle.
      watch("-50% 0px -50% 0px", (seen) => seen.size > 0 && setCurrent(Math.min(...seen))),
    ];
    return () => {
      for (const observer of observers) observer.disconnect();
    };
  }, [box, fresh]);
  return { near, current };
}
