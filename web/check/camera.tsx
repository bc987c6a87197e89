import { useEffect, useRef, useState } from "preact/hooks";
import { CHECK } from "../../lib/text/web/check.ts";
import { Progress } from "../ui/controls.tsx";
import { useText } from "../ui/text.ts";
import type { QrTold } from "./qr-protocol.ts";

type CameraProps = {
  readonly read: (video: HTMLVideoElement) => Promise<QrTold["texts"]> | undefined;
  /** @returns whether that was all */
  readonly onTexts: (texts: QrTold["texts"]) => boolean;
  readonly onFailed: () => void;
};

/** Milliseconds between two pictures that are looked at: a hand is not steadier than that, and a telephone stays cool. */
const PAUSE_MS = 250;

/** What the camera sees, until a code is in it. The camera is let go with this. */
export function Camera({ read, onTexts, onFailed }: CameraProps) {
  const text = useText(CHECK);
  const video = useRef<HTMLVideoElement>(null);
  const [open, setOpen] = useState(false);
  useEffect(() => {
    let [stream, wanted]: [MediaStream | undefined, boolean] = [undefined, true];
    const run = async (): Promise<void> => {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" }, audio: false });
      const shown = video.current;
      if (!wanted || shown === null) return stopAll(stream);
      shown.srcObject = stream;
      await shown.play();
      setOpen(true);
      while (wanted) {
        const texts = shown.videoWidth === 0 ? [] : await read(shown);
        if (!wanted || (texts !== undefined && onTexts(texts))) return;
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      }
    };
    // No camera, no permission, or one that another program holds.
    run().catch(() => wanted && onFailed());
    return () => {
      wanted = false;
      if (stream !== undefined) stopAll(stream);
    };
  }, []);
  return (
    <>
      {!open && <Progress label={text("openingCamera")} />}
      <video ref={video} class="camera" muted playsInline aria-label={text("cameraPicture")} hidden={!open} />
      {open && <p role="status">{text("scanning")}</p>}
      <p class="hint">{text("photoHint")}</p>
    </>
  );
}

function stopAll(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
