import type { ComponentChildren } from "preact";
import { FAULTS, type FaultCode } from "../../lib/text/faults.ts";
import { CHECK } from "../../lib/text/web/check.ts";
import { COMMON } from "../../lib/text/web/common.ts";
import { withoutSigning } from "../../lib/text/without-signing.ts";
import { Banner } from "../ui/controls.tsx";
import { useLanguage, useText } from "../ui/text.ts";

/** Why nothing can be said of a file; that this is no verdict is said as well. @param title instead of the catalogue's sentence */
export function CheckFault(props: { code: FaultCode; title?: string | undefined; children?: ComponentChildren }) {
  const { code, title, children } = props;
  const language = useLanguage();
  const text = useText(CHECK);
  const common = useText(COMMON);
  // The catalogue tells whoever signs that no signature came; nobody waits for one here.
  const sentence = code === "server_unreachable" ? text("unreachable") : withoutSigning(FAULTS[code])[language];
  return (
    <Banner tone="unsure" title={title ?? sentence} urgent>
      <p class="banner-also">{text("nothingSaid")}</p>
      <p class="code">{common("errorCode", { code })}</p>
      {children}
    </Banner>
  );
}
