import { onDemand } from "../fault/on-demand.ts";
import type { FindingText } from "../text/finding-text.ts";

type Texts = Readonly<Record<string, FindingText>>;

const besides = onDemand(async (): Promise<Texts> => (await import("../text/findings-besides.ts")).BESIDES);
const against = onDemand(async (): Promise<Texts> => (await import("../text/findings-against.ts")).AGAINST);
const changes = onDemand(async () => (await import("../text/changes.ts")).CHANGES);

/** `#words` in a page: the catalogue comes in parts, each when something of it is to be said. */
export const findingText: typeof import("./words.ts").findingText = (code) =>
  besides()[code] ?? (against()[code] as FindingText);

export const changeText: typeof import("./words.ts").changeText = (code) => {
  const texts = changes();
  return Object.hasOwn(texts, code) ? texts[code as keyof typeof texts] : undefined;
};
