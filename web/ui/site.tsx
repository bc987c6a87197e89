import { type ComponentChildren, render } from "preact";
import { useEffect, useState } from "preact/hooks";
import { SITE_PAGES, type SitePage } from "../../lib/api/site.ts";
import { COMMON, PAGE_TITLES } from "../../lib/text/web/common.ts";
import { type Language, LanguageContext, languageOf, localLink, useLanguage, useText } from "./text.ts";

/** In the navigation of every page; the others are reached from these. */
const LINKED: ReadonlySet<SitePage["name"]> = new Set(["sign", "check", "history"]);

/** Puts a page into the document: header, navigation, language, and what `screen` shows. */
export function openSite(name: SitePage["name"], screen: () => ComponentChildren): void {
  const root = document.getElementById("app");
  if (root === null) throw new TypeError("the page has no place for the application");
  render(<Site name={name} screen={screen} />, root);
}

function Site({ name, screen: Screen }: { name: SitePage["name"]; screen: () => ComponentChildren }) {
  const [language, setLanguage] = useState<Language>(languageOf(location.search));
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = `${PAGE_TITLES[name][language]} – ${COMMON.brand[language]}`;
  }, [language, name]);
  const toggle = () => {
    const next: Language = language === "vi" ? "en" : "vi";
    const url = new URL(location.href);
    if (next === "en") url.searchParams.set("lang", "en");
    else url.searchParams.delete("lang");
    // Replaced, not pushed: the way back leads to the page before, not to the other language.
    history.replaceState(history.state, "", url);
    setLanguage(next);
  };
  return (
    <LanguageContext.Provider value={language}>
      <Header name={name} onLanguage={toggle} />
      <main id="main" tabIndex={-1}>
        <Screen />
      </main>
      {/* Where a file may be sent when somebody asks for it, the page itself says what leaves the device. */}
      {name !== "check" && <Footer />}
    </LanguageContext.Provider>
  );
}

function Header({ name, onLanguage }: { name: SitePage["name"]; onLanguage: () => void }) {
  const language = useLanguage();
  const text = useText(COMMON);
  const other: Language = language === "vi" ? "en" : "vi";
  return (
    <header class="site-header">
      <a class="skip" href="#main">
        {text("skip")}
      </a>
      <a class="brand" href={localLink("/", language)}>
        {text("brand")}
      </a>
      <button type="button" class="language" lang={other} onClick={onLanguage}>
        {text("otherLanguage")}
      </button>
      <nav aria-label={text("navigation")}>
        <ul>
          {SITE_PAGES.filter((page) => LINKED.has(page.name)).map((page) => (
            <li key={page.name}>
              <a href={localLink(page.path, language)} aria-current={page.name === name ? "page" : undefined}>
                {PAGE_TITLES[page.name][language]}
              </a>
            </li>
          ))}
        </ul>
      </nav>
    </header>
  );
}

function Footer() {
  const text = useText(COMMON);
  return (
    <footer class="site-footer">
      <p>{text("footer")}</p>
    </footer>
  );
}
