/** Characters that are looked at: browsers send some 150. */
const LIMIT = 512;

/** The first that fits counts: Edge and Opera call themselves Chrome too, and all call themselves Safari. */
const PROGRAMS: readonly (readonly [string, RegExp])[] = [
  ["Zalo", /\bZalo\b/i],
  ["Facebook", /\bFBA[NV]\//],
  ["Edge", /\bEdg(?:e|A|iOS)?\//],
  ["Opera", /\bOPR\/|\bOpera\b/],
  ["Samsung Internet", /\bSamsungBrowser\//],
  ["Cốc Cốc", /\bcoc_coc_browser\//],
  ["Firefox", /\b(?:Firefox|FxiOS)\//],
  ["Chrome", /\b(?:Chrome|CriOS)\//],
  ["Safari", /\bSafari\//],
  // Our own command line.
  ["motlan", /^motlan$/],
];
const SYSTEMS: readonly (readonly [string, RegExp])[] = [
  ["iPhone", /\biPhone\b/],
  ["iPad", /\biPad\b/],
  ["Android", /\bAndroid\b/],
  ["Windows", /\bWindows\b/],
  ["macOS", /\bMacintosh\b/],
  ["ChromeOS", /\bCrOS\b/],
  ["Linux", /\bLinux\b/],
];

/**
 * The family of a device and nothing more, out of `User-Agent`: enough for a person to say "that was not mine", too little to tell
 * two of them apart. Every word is of the lists above; nothing that a caller wrote is taken over.
 *
 * @returns such as "Chrome · Android", the same in every language; undefined where nothing is recognised
 */
export function deviceOf(userAgent: string | undefined): string | undefined {
  const text = (userAgent ?? "").slice(0, LIMIT);
  const named = (of: typeof PROGRAMS) => of.find(([, pattern]) => pattern.test(text))?.[0];
  const [program, system] = [named(PROGRAMS), named(SYSTEMS)];
  return program !== undefined && system !== undefined ? `${program} · ${system}` : (program ?? system);
}
