import { useEffect, useState } from "preact/hooks";
import { COMMON } from "../../lib/text/web/common.ts";
import { remember, remembered } from "./remembered.ts";
import { type Phrase, useLanguage } from "./text.ts";

const NAME = "motlan-strip";

/** What the service says of signatures as a whole: on a test installation that they have no value, elsewhere the operator's own words. */
type Told = { readonly demo: boolean; readonly legalLevelLabel?: Phrase | null };

/**
 * The strip over every page. It has its height from the beginning, so that nothing moves when the service has answered; for the other pages
 * of the tab the answer is known.
 */
export function Strip() {
  const language = useLanguage();
  const [told, setTold] = useState(known);
  useEffect(() => {
    if (told !== undefined) return;
    // Not by `ask`: the words of every fault would come along, and the home page needs none of them.
    fetch("/v1/service")
      .then(async (response) => {
        if (!response.ok) return;
        const { demo, legalLevelLabel = null } = (await response.json()) as Told;
        remember(NAME, JSON.stringify({ demo, legalLevelLabel }));
        setTold({ demo, legalLevelLabel });
      })
      // Whatever the page does next will say that the service cannot be reached.
      .catch(() => undefined);
  }, []);
  const words = told?.demo === true ? COMMON.demo : (told?.legalLevelLabel ?? undefined);
  return <p class={told?.demo === true ? "strip strip-demo" : "strip"}>{words?.[language] ?? ""}</p>;
}

function known(): Told | undefined {
  try {
    return JSON.parse(remembered(NAME) ?? "") as Told;
  } catch {
    return undefined;
  }
}
