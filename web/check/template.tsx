import type { ComponentChildren } from "preact";
import { type Phrase, useLanguage } from "../ui/text.ts";

/** Says a phrase in the language of the page. */
export function useSay(): (phrase: Phrase) => string {
  const language = useLanguage();
  return (phrase) => phrase[language];
}

/**
 * A sentence with elements in place of `{name}`: what a stranger wrote keeps an element of its own.
 *
 * @param values by the name of their place
 */
export function Template({ words, values }: { words: Phrase; values: Readonly<Record<string, ComponentChildren>> }) {
  const parts = useSay()(words).split(/\{(\w+)\}/);
  // Every second part is the name of a place.
  return <>{parts.map((part, i) => (i % 2 === 0 ? part : (values[part] ?? `{${part}}`)))}</>;
}
