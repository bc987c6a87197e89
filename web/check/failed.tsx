import type { FaultCode } from "../../lib/text/faults.ts";
import { CHECK } from "../../lib/text/web/check.ts";
import { COMMON } from "../../lib/text/web/common.ts";
import { Actions, Button, ScreenHeading } from "../ui/controls.tsx";
import { useText } from "../ui/text.ts";
import { CheckFault } from "./check-fault.tsx";
import type { Checked } from "./check-file.ts";
import { megabytes } from "./megabytes.ts";
import { Outside } from "./outside.tsx";
import { SendFile } from "./send-file.tsx";
import { Template } from "./template.tsx";
import { useSendable } from "./use-sendable.ts";
import { MOST_OCTETS } from "./verifier.ts";

type FailedProps = {
  readonly file: File;
  readonly by: Checked["by"];
  readonly code: FaultCode;
  /** The list of those trusted was not to be had. */
  readonly noTrust: boolean;
  readonly onAgain: (by: Checked["by"]) => void;
  readonly onAnother: () => void;
};

/** What is a matter of the device; the service has more time and memory. */
const OF_THE_DEVICE: ReadonlySet<FaultCode> = new Set(["time_limit", "memory_limit", "internal"]);

/** Nothing can be said of the file, and why. */
export function Failed({ file, by, code, noTrust, onAgain, onAnother }: FailedProps) {
  const text = useText(CHECK);
  const common = useText(COMMON);
  const sendable = useSendable(!noTrust);
  const most = by === "device" ? MOST_OCTETS : sendable;
  const tooLarge = code === "pdf_too_large" && most !== undefined;
  const sizes = { size: megabytes(file.size), most: megabytes(most ?? 0) };
  const notLoaded = by === "device" && code === "server_unreachable";
  const title = notLoaded
    ? text(noTrust ? "noTrust" : "notLoaded")
    : tooLarge
      ? text(by === "device" ? "tooLarge" : "tooLargeToSend", sizes)
      : undefined;
  const weak = by === "device" && !noTrust && OF_THE_DEVICE.has(code);
  const again = notLoaded || (by === "server" && !tooLarge);
  return (
    <>
      <ScreenHeading>{text("result")}</ScreenHeading>
      <p>
        <Template words={CHECK.fileNamed} values={{ name: <Outside>{file.name}</Outside> }} />
      </p>
      <CheckFault code={code} title={title}>
        {weak && sendable !== undefined && (
          <>
            <p class="banner-also">{text("deviceFailed")}</p>
            <SendFile size={file.size} most={sendable} onSend={() => onAgain("server")} />
          </>
        )}
      </CheckFault>
      <Actions>
        {again && <Button onClick={() => onAgain(by)}>{common("retry")}</Button>}
        <Button kind="primary" onClick={onAnother}>
          {text("another")}
        </Button>
      </Actions>
    </>
  );
}
