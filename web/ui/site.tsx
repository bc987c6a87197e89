import { type ComponentChildren, render } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { SITE_PAGES, type SitePage } from "../../lib/api/site.ts";
import { COMMON, PAGE_TITLES } from "../../lib/text/web/common.ts";
import { remember, remembered } from "./remembered.ts";
import { Strip } from "./strip.tsx";
import { type Language, LanguageContext, languageOf, localLink, useLanguage, useText } from "./text.ts";

/** In the navigation of every page; the others are reached from the foot and from these. */
const LINKED: ReadonlySet<SitePage["name"]> = new Set(["sign", "check", "history"]);
const AT_THE_FOOT: ReadonlySet<SitePage["name"]> = new Set(["passkeys", "pair", "assist"]);
const LANGUAGE = "motlan-language";

/** Puts a page into the document: header, navigation, language, and what `screen` shows. */
export function openSite(name: SitePage["name"], screen: () => ComponentChildren): void {
  const root = document.getElementById("app");
  if (root === null) throw new TypeError("the page has no place for the application");
  const language = languageOf(location.search, remembered(LANGUAGE));
  speak(language);
  render(<Site name={name} screen={screen} first={language} />, root);
}

/** The address says the language, for whoever keeps or sends it. Replaced, not pushed: the way back leads to the page before. */
function speak(language: Language): void {
  const url = new URL(location.href);
  if (language === "en") url.searchParams.set("lang", "en");
  else url.searchParams.delete("lang");
  if (url.href !== location.href) history.replaceState(history.state, "", url);
  remember(LANGUAGE, language);
}

type SiteProps = { name: SitePage["name"]; screen: () => ComponentChildren; first: Language };

function Site({ name, screen: Screen, first }: SiteProps) {
  const [language, setLanguage] = useState<Language>(first);
  const main = useRef<HTMLElement>(null);
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = `${PAGE_TITLES[name][language]} – ${COMMON.brand[language]}`;
  }, [language, name]);
  const toggle = () => {
    const next: Language = language === "vi" ? "en" : "vi";
    speak(next);
    setLanguage(next);
  };
  return (
    <LanguageContext.Provider value={language}>
      <Header name={name} onLanguage={toggle} onSkip={() => main.current?.focus()} />
      <main ref={main} tabIndex={-1}>
        <Screen />
      </main>
      <Footer name={name} />
    </LanguageContext.Provider>
  );
}

type HeaderProps = { name: SitePage["name"]; onLanguage: () => void; onSkip: () => void };

function Header({ name, onLanguage, onSkip }: HeaderProps) {
  const language = useLanguage();
  const text = useText(COMMON);
  const other: Language = language === "vi" ? "en" : "vi";
  return (
    <header class="site-header">
      {/* No link to a fragment: that names a transaction here, and would be lost. */}
      <button type="button" class="skip" onClick={onSkip}>
        {text("skip")}
      </button>
      <Strip />
      <a class="brand" href={localLink("/", language)}>
        {text("brand")}
      </a>
      <button type="button" class="language" lang={other} onClick={onLanguage}>
        {text("otherLanguage")}
      </button>
      <Pages name={name} label={text("navigation")} which={LINKED} />
    </header>
  );
}

type PagesProps = { name: SitePage["name"]; label: string; which: ReadonlySet<SitePage["name"]> };

function Pages({ name, label, which }: PagesProps) {
  const language = useLanguage();
  return (
    <nav aria-label={label}>
      <ul>
        {SITE_PAGES.filter((page) => which.has(page.name)).map((page) => (
          <li key={page.name}>
            <a href={localLink(page.path, language)} aria-current={page.name === name ? "page" : undefined}>
              {PAGE_TITLES[page.name][language]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Footer({ name }: { name: SitePage["name"] }) {
  const text = useText(COMMON);
  return (
    <footer class="site-footer">
      <Pages name={name} label={text("footerPages")} which={AT_THE_FOOT} />
      {/* Where a file may be sent when somebody asks for it, the page itself says what leaves the device. */}
      {name !== "check" && <p>{text("footer")}</p>}
      <p>{text("free")}</p>
    </footer>
  );
}
