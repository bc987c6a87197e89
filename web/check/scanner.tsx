import { useEffect, useRef, useState } from "preact/hooks";
import { parseQrText } from "../../lib/identity/read-lookup-code.ts";
import { CHECK } from "../../lib/text/web/check.ts";
import { Actions, Banner, Button, Progress, ScreenHeading } from "../ui/controls.tsx";
import { useText } from "../ui/text.ts";
import { Camera } from "./camera.tsx";
import { Outside } from "./outside.tsx";
import { newQrReader, type QrReader } from "./qr-reader.ts";
import { Template } from "./template.tsx";

type ScannerProps = {
  /** A photo that was chosen instead of the camera. */
  readonly photo: File | undefined;
  readonly onCode: (code: string) => void;
  readonly onBack: () => void;
};
type State = "looking" | "nothing" | "failed" | "noCamera" | "empty" | { readonly foreign: string };

/** Reads a QR code by the camera or out of a photo, and goes nowhere that it leads to but to a look-up code of ours. */
export function Scanner({ photo, onCode, onBack }: ScannerProps) {
  const text = useText(CHECK);
  const [state, setState] = useState<State>("looking");
  const reader = useRef<QrReader | undefined>(undefined);
  reader.current ??= newQrReader();
  useEffect(() => () => reader.current?.close(), []);

  /** @returns whether that was all */
  const judge = (texts: Awaited<ReturnType<QrReader["read"]>>): boolean => {
    if (texts === "failed") {
      setState("failed");
      return true;
    }
    const read = texts.map((found) => [found, parseQrText(found, location.host)] as const);
    // One of ours among several is what was meant.
    for (const [, ours] of read)
      if (typeof ours === "object") {
        onCode(ours.code);
        return true;
      }
    const [first] = read;
    if (first === undefined) return false;
    setState(first[1] === "foreign" ? { foreign: first[0] } : "empty");
    return true;
  };
  useEffect(() => {
    if (photo === undefined) return;
    let wanted = true;
    reader.current?.read(photo).then(
      (texts) => wanted && !judge(texts) && setState("nothing"),
      () => wanted && setState("nothing"),
    );
    return () => {
      wanted = false;
    };
  }, [photo]);

  return (
    <>
      <ScreenHeading>{text("byQr")}</ScreenHeading>
      {state === "looking" && photo !== undefined && <Progress label={text("readingPhoto")} />}
      {state === "looking" && photo === undefined && (
        <Camera read={(video) => reader.current?.read(video)} onTexts={judge} onFailed={() => setState("noCamera")} />
      )}
      {state === "nothing" && <Banner tone="unsure" title={text("noQr")} urgent />}
      {state === "failed" && <Banner tone="unsure" title={text("readerFailed")} urgent />}
      {state === "noCamera" && <Banner tone="unsure" title={text("noCamera")} urgent />}
      {state === "empty" && <Banner tone="unsure" title={text("noCodeInside")} urgent />}
      {typeof state === "object" && (
        <Banner tone="bad" title={text("foreign")} urgent>
          <p class="banner-also">
            <Template words={CHECK.foreignText} values={{ text: <Outside>{state.foreign}</Outside> }} />
          </p>
        </Banner>
      )}
      <Actions>
        <Button kind="primary" onClick={onBack}>
          {text("backToChoice")}
        </Button>
      </Actions>
    </>
  );
}
