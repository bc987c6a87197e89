import { PAGE_TITLES } from "../../lib/text/web/common.ts";
import { ScreenHeading } from "../ui/controls.tsx";
import { openSite } from "../ui/site.tsx";
import { useText } from "../ui/text.ts";

openSite("pair", function Screen() {
  const text = useText(PAGE_TITLES);
  return <ScreenHeading focus={false}>{text("pair")}</ScreenHeading>;
});
