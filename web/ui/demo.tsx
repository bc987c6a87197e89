import { useEffect, useState } from "preact/hooks";
import { COMMON } from "../../lib/text/web/common.ts";
import { ask } from "../api.ts";
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
    ask<{ demo: boolean }>("/v1/service").then(
      (service) => {
        remember(NAME, String(service.demo));
        setDemo(service.demo);
      },
      // Whatever the page does next will say that the service cannot be reached.
      () => undefined,
    );
  }, []);
  return <p class={demo ? "demo demo-on" : "demo"}>{demo ? text("demo") : ""}</p>;
}
