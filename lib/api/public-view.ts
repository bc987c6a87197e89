/**
 * Numbers of people as certificates and forms carry them: behind a prefix that says so (Circular 06/2015 UID `CCCD:`, EN 319 412-1
 * `IDCVN-`, `PNOVN-`, `PASVN-`), or bare with nine or twelve digits (CMND, CCCD). Tax codes of organisations have ten or thirteen and
 * are public.
 */
const PREFIXED = /\b((?:CCCD|CMND|CMT|HC|HCHIEU|BHXH|CC)[:\s-]{1,2}|(?:IDC|PNO|PAS|TIN)[A-Z]{2}-)([0-9A-Z]{5,})/gi;
const BARE = /(?<![0-9A-Za-z]|\d\.)(?:\d{12}|\d{9})(?![0-9A-Za-z]|\.\d)/g;
/** What a person recognises their own number by, and nobody else finds it by. */
const SHOWN = 3;
/** Digests, and what is not text about anybody. */
const NOT_TEXT = new Set(["sha256", "id", "schema", "code", "at", "time", "notBefore", "notAfter", "genTime"]);

/** An answer as anybody may see it: the numbers of people are covered but for their last digits. */
export function publicView<T>(value: T): T {
  return view(value, "") as T;
}

function view(value: unknown, member: string): unknown {
  if (typeof value === "string") return NOT_TEXT.has(member) ? value : maskNumbers(value);
  if (Array.isArray(value)) return value.map((item) => view(item, member));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, view(item, name)]));
}

export function maskNumbers(text: string): string {
  return text
    .replace(PREFIXED, (_, prefix: string, number: string) => prefix + covered(number))
    .replace(BARE, (number) => covered(number));
}

const covered = (number: string): string => "*".repeat(number.length - SHOWN) + number.slice(-SHOWN);
