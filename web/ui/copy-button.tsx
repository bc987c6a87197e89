import { useEffect, useState } from "preact/hooks";
import { COMMON } from "../../lib/text/web/common.ts";
import { Button } from "./controls.tsx";
import { useText } from "./text.ts";

/** Milliseconds that "copied" is shown. */
const SHOWN_MS = 4000;

/**
 * Puts a text on the clipboard and says so.
 *
 * @param label what the button says; it must name what is copied, since the button may stand apart from it
 */
export function CopyButton({ value, label }: { value: string; label: string }) {
  const text = useText(COMMON);
  const [outcome, setOutcome] = useState<"copied" | "notCopied">();
  useEffect(() => {
    if (outcome === undefined) return;
    const timer = setTimeout(() => setOutcome(undefined), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value);
      setOutcome("copied");
    } catch {
      // Refused, or a browser without it: the text can still be marked and copied by hand.
      setOutcome("notCopied");
    }
  };
  return (
    <span class="copy">
      <Button onClick={() => void copy()}>{label}</Button>{" "}
      <span role="status">{outcome === undefined ? "" : text(outcome)}</span>
    </span>
  );
}
