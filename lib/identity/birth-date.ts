/** `1990`, `1990-05` or `1990-05-17`: some people's documents name only the year. */
export type BirthDate = string;

/** OpenID Connect Core §5.1 `birthdate`; the year 0000 means that it is withheld. */
const OIDC = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;
/** `yyyyMMdd` as the national portal writes it; zeros, or fewer digits, where day or month are not known. */
const COMPACT = /^(\d{4})(?:(\d{2})(\d{2})?)?$/;

/** @returns undefined for a day that never was */
export function readBirthDate(text: string, form: "oidc" | "compact"): BirthDate | undefined {
  const [, year, month = "00", day = "00"] = (form === "oidc" ? OIDC : COMPACT).exec(text) ?? [];
  if (year === undefined || year === "0000") return undefined;
  if (month === "00") return day === "00" ? year : undefined;
  if (Number(month) > 12) return undefined;
  if (day === "00") return `${year}-${month}`;
  return Number(day) <= daysIn(Number(year), Number(month)) ? `${year}-${month}-${day}` : undefined;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}
