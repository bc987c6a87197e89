import type { FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";
import { COMMON } from "../../lib/text/web/common.ts";
import { Actions, Button, Progress } from "../ui/controls.tsx";
import { useText } from "../ui/text.ts";
import { CheckFault } from "./check-fault.tsx";

type OnDemandProps<P> = {
  readonly load: () => Promise<FunctionComponent<P>>;
  readonly props: P;
  readonly onBack: () => void;
};

/** A screen that most visits never see: loaded when it is wanted. */
export function OnDemand<P extends object>({ load, props, onBack }: OnDemandProps<P>) {
  const common = useText(COMMON);
  const [Screen, setScreen] = useState<FunctionComponent<P> | "failed">();
  useEffect(() => {
    load().then(
      (screen) => setScreen(() => screen),
      () => setScreen("failed"),
    );
  }, [load]);
  if (Screen === undefined) return <Progress label={common("loading")} />;
  if (Screen !== "failed") return <Screen {...props} />;
  return (
    <>
      <CheckFault code="server_unreachable" />
      <Actions>
        <Button kind="primary" onClick={onBack}>
          {common("back")}
        </Button>
      </Actions>
    </>
  );
}
