import { ASSIST } from "../../lib/text/web/assist.ts";
import { Button } from "../ui/controls.tsx";
import { QrCode } from "../ui/qr.tsx";
import { useText } from "../ui/text.ts";

/** What the citizen takes home: how to look the signature up, who helped, and where to object. */
export function Slip({ code, officerName, unit }: { code: string; officerName: string; unit: string }) {
  const text = useText(ASSIST);
  const address = `${location.host}/kiem-tra`;
  return (
    <section class="card slip">
      <h2>{text("slipHeading")}</h2>
      <QrCode text={`${location.origin}/kiem-tra?ma=${code.replaceAll("-", "")}`} label={text("slipCode", { code })} />
      <p>{text("slipCode", { code })}</p>
      <p>{text("slipCheck", { address })}</p>
      <p>
        <bdi>{text("slipHelper", { name: officerName, unit })}</bdi>
      </p>
      <p>{text("slipNotMine", { address: `${location.host}/lich-su` })}</p>
      <p class="no-print">
        <Button onClick={() => print()}>{text("print")}</Button>
      </p>
    </section>
  );
}
