import { SIGN } from "../../lib/text/web/sign.ts";
import { Button, Dialog } from "../ui/controls.tsx";
import { useText } from "../ui/text.ts";
import { declineAll } from "./approving.ts";
import type { Attempt } from "./attempt.ts";
import type { Desk } from "./desk.ts";

export function DeclineDialog({ desk, attempt, onClose }: { desk: Desk; attempt: Attempt; onClose: () => void }) {
  const text = useText(SIGN);
  const decline = () => {
    onClose();
    void declineAll(desk, attempt);
  };
  return (
    <Dialog title={text("declineAsk")} onClose={onClose}>
      <p>{text("declineFinal")}</p>
      <div class="stack">
        <Button kind="danger" onClick={decline}>
          {text("declineYes")}
        </Button>
        <Button onClick={onClose}>{text("keepReading")}</Button>
      </div>
    </Dialog>
  );
}
