import { CHECK } from "../../lib/text/web/check.ts";
import { useText } from "../ui/text.ts";

/** Why other programs may say something else of the same file. */
export function Others() {
  const text = useText(CHECK);
  return (
    <details class="card">
      <summary>{text("others")}</summary>
      <p>{text("othersTrust")}</p>
      <p>{text("othersFirefox")}</p>
      <p>{text("othersChanges")}</p>
      <p>{text("othersTime")}</p>
    </details>
  );
}
