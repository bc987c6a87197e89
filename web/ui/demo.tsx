import { useEffect, useState } from "preact/hooks";
import { COMMON } from "../../lib/text/web/common.ts";
import { remember, remembered } from "./remembered.ts";
import { useText } from "./text.ts";

const NAME = "motlan-demo";

/**
 * The strip over every page: on a test installation it says that signatures have no value. It has its height from the beginning, so that
 * nothing moves when the service has answered; for the other pages of the tab the answer is known.
 */
export function DemoStrip() {
  const text = useText(COMMON);
  const [demo, setDemo] = useState(remembered(NAME) === "true");
  useEffect(() => {
    if (remembered(NAME) !== null) return;
    // Not by `ask`: the words of every fault would come along, and the home page needs none of them.
    fetch("/v1/service")
      .then(async (response) => {
        if (!response.ok) return;
        const service = (await response.json()) as { readonly demo: boolean };
        remember(NAME, String(service.demo));
        setDemo(service.demo);
      })
      // Whatever the page does next will say that the service cannot be reached.
      .catch(() => undefined);
  }, []);
  return <p class={demo ? "demo demo-on" : "demo"}>{demo ? text("demo") : ""}</p>;
}
