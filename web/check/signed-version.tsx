import { useEffect, useState } from "preact/hooks";
import { CHECK } from "../../lib/text/web/check.ts";
import { Actions, Button, ButtonLink, Progress, ScreenHeading } from "../ui/controls.tsx";
import { useText } from "../ui/text.ts";
import { LazyViewer } from "../viewer/lazy-viewer.tsx";
import { CheckFault } from "./check-fault.tsx";

/** The file as it was when it was signed: shown, and to be kept. @param size octets from its beginning */
export function SignedVersion({ file, size, onBack }: { file: File; size: number; onBack: () => void }) {
  const text = useText(CHECK);
  const [pdf, setPdf] = useState<Uint8Array | "failed">();
  const [href, setHref] = useState<string>();
  useEffect(() => {
    const part = file.slice(0, size, "application/pdf");
    const url = URL.createObjectURL(part);
    let wanted = true;
    setHref(url);
    part.arrayBuffer().then(
      (octets) => wanted && setPdf(new Uint8Array(octets)),
      () => wanted && setPdf("failed"),
    );
    return () => {
      wanted = false;
      URL.revokeObjectURL(url);
    };
  }, [file, size]);
  return (
    <>
      <ScreenHeading>{text("signedVersionTitle")}</ScreenHeading>
      <p>{text("signedVersionNote")}</p>
      {pdf === undefined && <Progress label={text("reading")} />}
      {pdf === "failed" && <CheckFault code="file_unreadable" />}
      {pdf instanceof Uint8Array && <LazyViewer pdf={pdf} name={text("signedFile")} />}
      <Actions>
        {href !== undefined && (
          <ButtonLink href={href} download={text("signedFile")}>
            {text("downloadSigned")}
          </ButtonLink>
        )}
        <Button kind="primary" onClick={onBack}>
          {text("backToResult")}
        </Button>
      </Actions>
    </>
  );
}
