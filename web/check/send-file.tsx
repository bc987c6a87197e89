import { useState } from "preact/hooks";
import { CHECK } from "../../lib/text/web/check.ts";
import { COMMON } from "../../lib/text/web/common.ts";
import { Button } from "../ui/controls.tsx";
import { useText } from "../ui/text.ts";
import { megabytes } from "./megabytes.ts";

/** Offers a complete check by the service; says what happens to the file before it is sent. @param most octets that are taken */
export function SendFile({ size, most, onSend }: { size: number; most: number; onSend: () => void }) {
  const text = useText(CHECK);
  const common = useText(COMMON);
  const [asked, setAsked] = useState(false);
  if (!asked) return <Button onClick={() => setAsked(true)}>{text("sendInstead")}</Button>;
  const tooLarge = size > most;
  const sizes = { size: megabytes(size), most: megabytes(most) };
  return (
    <div class="ask-first">
      <p>{tooLarge ? text("tooLargeToSend", sizes) : text("onServerHint", { size: megabytes(most) })}</p>
      <div class="page-actions">
        {!tooLarge && <Button onClick={onSend}>{text("sendNow")}</Button>}
        <Button onClick={() => setAsked(false)}>{common("cancel")}</Button>
      </div>
    </div>
  );
}
