import { useState } from "preact/hooks";
import { shownPlainly } from "../../lib/text/plain.ts";
import { COMMON } from "../../lib/text/web/common.ts";
import { useText } from "./text.ts";

/** Characters of a name: the longest that certificates of ours hold is 64, the longest that a person has is not much more. */
const USUAL = 120;

/**
 * A name that somebody else gave: of a person, an agency, a file, a key. Text and nothing else; what stands around it keeps its order
 * whatever direction the name has, what cannot be seen is written out, and where it is much longer than names are, the rest comes at a
 * press.
 *
 * @param most characters shown at once
 */
export function Name({ children, most = USUAL }: { children: string; most?: number }) {
  const text = useText(COMMON);
  const [whole, setWhole] = useState(false);
  // By code points: half a character is none.
  const points = [...children];
  if (points.length <= most) return <bdi class="name">{shownPlainly(children)}</bdi>;
  return (
    <>
      <bdi class="name">{shownPlainly(whole ? children : points.slice(0, most).join(""))}</bdi>
      {!whole && <span aria-hidden="true">…</span>}{" "}
      <button type="button" class="name-more" aria-expanded={whole} onClick={() => setWhole(!whole)}>
        {whole ? text("less") : text("whole", { n: points.length })}
      </button>
    </>
  );
}
