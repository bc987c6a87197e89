import { HOME } from "../../lib/text/web/common.ts";
import { ButtonLink, ScreenHeading } from "../ui/controls.tsx";
import { openSite } from "../ui/site.tsx";
import { localLink, useLanguage, useText } from "../ui/text.ts";

openSite("home", function Home() {
  const language = useLanguage();
  const text = useText(HOME);
  return (
    <>
      <ScreenHeading focus={false}>{text("heading")}</ScreenHeading>
      <p class="lead">{text("lead")}</p>
      <p class="stack">
        <ButtonLink href={localLink("/ky", language)} kind="primary">
          {text("sign")}
        </ButtonLink>
        <ButtonLink href={localLink("/kiem-tra", language)}>{text("check")}</ButtonLink>
        <ButtonLink href={localLink("/lich-su", language)}>{text("history")}</ButtonLink>
      </p>
    </>
  );
});
