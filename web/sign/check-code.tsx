import { SIGN } from "../../lib/text/web/sign.ts";
import { useText } from "../ui/text.ts";
import { groups } from "./size.ts";

/** A code in groups that two people can compare. @param hex of a SHA-256 */
export function CheckCode({ label, hex }: { label: string; hex: string }) {
  const text = useText(SIGN);
  return (
    <details class="check-code">
      <summary>{label}</summary>
      <p class="code">{text("checkCodeShort", { code: groups(hex, 8) })}</p>
      <p class="code">{text("checkCodeWhole", { code: groups(hex) })}</p>
    </details>
  );
}
