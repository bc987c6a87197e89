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
      <h2>{text("how")}</h2>
      <ol class="numbered">
        <li>{text("step1")}</li>
        <li>{text("step2")}</li>
        <li>{text("step3")}</li>
      </ol>
      <h2>{text("lookup")}</h2>
      <p>
        <a href={localLink("/kiem-tra", language)}>{text("lookupLink")}</a>
      </p>
      <h2>{text("help")}</h2>
      <ul class="links">
        <li>
          <a href={localLink("/ghep", language)}>{text("pair")}</a>
        </li>
        <li>
          <a href={localLink("/khoa", language)}>{text("passkeys")}</a>
        </li>
        <li>
          <a href={localLink("/ho-tro", language)}>{text("assist")}</a>
        </li>
      </ul>
    </>
  );
});
