import { useState } from "preact/hooks";
import type { Opened } from "../../lib/service/lookup.ts";
import { CHECK } from "../../lib/text/web/check.ts";
import { Banner, Button, Checkbox } from "../ui/controls.tsx";
import { fill, useText } from "../ui/text.ts";
import { Outside } from "./outside.tsx";
import { useSay } from "./template.tsx";

/** What is on a paper, held item by item against what was signed. The page cannot see the paper; the person can. */
export function Compare({ opened, time }: { opened: Opened; time: string }) {
  const text = useText(CHECK);
  const say = useSay();
  const items = [opened.signer, ...opened.titles, time, ...(opened.relyingParty === null ? [] : [opened.relyingParty])];
  const [same, setSame] = useState<ReadonlySet<number>>(new Set());
  const [differs, setDiffers] = useState(false);
  const tick = (i: number, ticked: boolean): void => {
    const next = new Set(same);
    if (ticked) next.add(i);
    else next.delete(i);
    setSame(next);
    setDiffers(false);
  };
  return (
    <fieldset class="card">
      <legend>{text("compare")}</legend>
      <p class="hint">{text("compareHint")}</p>
      {items.map((item, i) => (
        <Checkbox key={i} label={<Outside>{item}</Outside>} checked={same.has(i)} onChange={(on) => tick(i, on)} />
      ))}
      <Button kind="danger" onClick={() => setDiffers(true)}>
        {text("compareDiffers")}
      </Button>
      {differs && <Banner tone="bad" title={fill(say(CHECK.compareRefuse), { issuer: opened.issuer })} urgent />}
      {!differs && same.size === items.length && <Banner tone="neutral" title={text("compareAll")} />}
    </fieldset>
  );
}
