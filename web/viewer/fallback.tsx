import { useEffect, useState } from "preact/hooks";
import { Fault, type FaultCode } from "../../lib/fault/fault.ts";
import { VIEWER } from "../../lib/text/web/viewer.ts";
import { Banner, ButtonLink } from "../ui/controls.tsx";
import { useText } from "../ui/text.ts";

const WORDS: Readonly<Partial<Record<FaultCode, keyof typeof VIEWER>>> = {
  pdf_encrypted: "encrypted",
  pdf_invalid: "invalid",
  display_too_many_pages: "tooManyPages",
  display_too_slow: "tooSlow",
  pdf_limit: "tooSlow",
};
/** Nothing that another program would open either, or should. */
const HOPELESS: readonly FaultCode[] = ["pdf_encrypted", "pdf_invalid"];

/** Says why a document is not shown, and how else it can be read. @param name of the file, for the other program */
export function DisplayFault({ fault, pdf, name }: { fault: unknown; pdf: Uint8Array; name: string }) {
  const text = useText(VIEWER);
  const code = fault instanceof Fault ? fault.code : "display_unsupported";
  return (
    <Banner tone="unsure" title={text(WORDS[code] ?? "unsupported")} urgent>
      {!HOPELESS.includes(code) && <OpenElsewhere pdf={pdf} name={name} />}
    </Banner>
  );
}

/** Hands the file to the device's own program for PDF. */
function OpenElsewhere({ pdf, name }: { pdf: Uint8Array; name: string }) {
  const text = useText(VIEWER);
  const [href, setHref] = useState("");
  useEffect(() => {
    const url = URL.createObjectURL(new Blob([pdf as Uint8Array<ArrayBuffer>], { type: "application/pdf" }));
    setHref(url);
    return () => URL.revokeObjectURL(url);
  }, [pdf]);
  // A download, not a page: whatever the browser would do with it, it would do in our origin.
  return href === "" ? null : (
    <ButtonLink href={href} download={name}>
      {text("openElsewhere")}
    </ButtonLink>
  );
}
