import { createContext } from "preact";
import { useContext } from "preact/hooks";

export type Language = "vi" | "en";
export type Phrase = { readonly vi: string; readonly en: string };
export type Words = Readonly<Record<string, Phrase>>;
export type Values = Readonly<Record<string, string | number>>;

export const LanguageContext = createContext<Language>("vi");

export function useLanguage(): Language {
  return useContext(LanguageContext);
}

/** The words of a catalogue (lib/text/web) in the language of the page. */
export function useText<W extends Words>(words: W): (key: keyof W & string, values?: Values) => string {
  const language = useLanguage();
  return (key, values) => fill(words[key]?.[language] ?? "", values);
}

/** Puts values in place of `{name}`; a name without a value stays as it is, so that it is seen in tests. */
export function fill(text: string, values: Values = {}): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** `?lang=en`; Vietnamese for everything else. Where the address says nothing, as after a log-in elsewhere, what was chosen in this tab. */
export function languageOf(search: string, chosen: string | null = null): Language {
  return (new URLSearchParams(search).get("lang") ?? chosen) === "en" ? "en" : "vi";
}

/** A link within the site that keeps the language. @param path with or without a fragment */
export function localLink(path: string, language: Language): string {
  if (language === "vi") return path;
  const [before = "", fragment] = path.split("#", 2);
  const query = `${before}${before.includes("?") ? "&" : "?"}lang=en`;
  return fragment === undefined ? query : `${query}#${fragment}`;
}
