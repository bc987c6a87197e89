import { shownPlainly } from "../../lib/text/plain.ts";
import { CHECK } from "../../lib/text/web/check.ts";
import { useText } from "../ui/text.ts";

/** Characters that a text of a stranger may take within the page: a name, a reason, the subject of a certificate. */
const SHORT = 160;

/**
 * A text that somebody else wrote: a name out of a certificate, a reason, the name of a file. Text and nothing else, kept apart from
 * the direction of what stands around it, what is not seen made visible, cut where it is much longer than such texts are.
 *
 * @param most characters; Infinity shows all of it
 */
export function Outside({ children, most = SHORT }: { children: string; most?: number }) {
  const text = useText(CHECK);
  const shown = children.length > most ? children.slice(0, most).toWellFormed() : children;
  const left = children.length - shown.length;
  return (
    <>
      <bdi class="outside">{shownPlainly(shown)}</bdi>
      {left > 0 && <span class="hint">{text("cut", { n: left })}</span>}
    </>
  );
}
