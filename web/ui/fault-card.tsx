import type { ComponentChildren } from "preact";
import { FAULTS, type FaultCode } from "../../lib/text/faults.ts";
import { COMMON } from "../../lib/text/web/common.ts";
import { Banner } from "./controls.tsx";
import { useLanguage, useText } from "./text.ts";

/** Whether a text is a code of ours; anything else from outside is shown as `internal`. */
export function isFaultCode(text: string): text is FaultCode {
  return Object.hasOwn(FAULTS, text);
}

/** What went wrong, whether anything was signed (the sentence says it), and one thing to do. */
export function FaultCard({ code, children }: { code: FaultCode; children?: ComponentChildren }) {
  const language = useLanguage();
  const text = useText(COMMON);
  return (
    <Banner tone="bad" title={FAULTS[code][language]} urgent>
      <p class="code">{text("errorCode", { code })}</p>
      {children}
    </Banner>
  );
}
