import type { Language } from "../ui/text.ts";

const KILO = 1024;

/** "1,4 MB" in Vietnamese, "1.4 MB" in English. */
export function sizeText(octets: number, language: Language): string {
  const [value, unit] = octets < KILO * KILO ? [octets / KILO, "KB"] : [octets / KILO / KILO, "MB"];
  return `${value.toLocaleString(language, { maximumFractionDigits: value < 10 ? 1 : 0 })} ${unit}`;
}

/** Groups of four, as people read them aloud. @param hex digits */
export function groups(hex: string, most = Number.POSITIVE_INFINITY): string {
  return (hex.match(/.{4}/g) ?? []).slice(0, most).join(" ");
}
