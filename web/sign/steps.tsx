import { SIGN } from "../../lib/text/web/sign.ts";
import { useText } from "../ui/text.ts";
import { SCREENS, type Screen } from "./attempt.ts";

/** How far a person is. @param without screens that this signature does not have */
export function Steps({ screen, without = [] }: { screen: Screen; without?: readonly Screen[] }) {
  const text = useText(SIGN);
  const screens = SCREENS.filter((name) => name !== "done" && !without.includes(name));
  return <p class="hint">{text("step", { step: screens.indexOf(screen) + 1, steps: screens.length })}</p>;
}
