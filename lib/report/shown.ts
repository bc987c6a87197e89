import type { Both } from "../text/report.ts";

/** The clock of Viet Nam. */
const OFFSET_MS = 7 * 3_600_000;
const ZONE = "+07:00";

/** "25/11/2026 10:15:00 +07:00"; what is no time as it is written. @param iso ISO 8601 */
export function shownTime(iso: string): string {
  const time = Date.parse(iso);
  if (!Number.isFinite(time) || Math.abs(time) > 8e15) return iso;
  const text = new Date(time + OFFSET_MS).toISOString();
  const [date = "", clock = ""] = text.split("T");
  const [day = "", month = "", ...year] = date.split("-").reverse();
  return `${day}/${month}/${year.reverse().join("-")} ${clock.slice(0, 8)} ${ZONE}`;
}

/** Hexadecimal digits in groups that a person can compare. */
export function grouped(hex: string, size = 8): string {
  return hex.match(new RegExp(`.{1,${size}}`, "g"))?.join(" ") ?? "";
}

/** 12.345.678, as numbers are written in Viet Nam. */
export function shownCount(value: number): Both {
  const digits = String(value);
  const with_ = (mark: string): string => digits.replace(/\B(?=(\d{3})+$)/g, mark);
  return { vi: with_("."), en: with_(",") };
}
