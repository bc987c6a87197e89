/** Years that four digits can write. */
const YEARS = { from: Date.UTC(0, 0, 1), to: Date.UTC(9999, 11, 31, 23, 59, 59, 999) };
/** No place on Earth is further from UTC than 14 hours; the format would allow 23:59. */
const OFFSET_LIMIT = 14 * 60;

/**
 * A date string (ISO 32000-2 §7.9.4), `D:20261125101500+07'00'`: the apostrophe at the end is what PDF 1.7 readers look
 * for and PDF 2.0 ones accept.
 *
 * @param time ms since 1970
 * @param offsetMinutes of the clock that the text shows: 420 in Viet Nam
 * @throws RangeError a time or an offset that the format cannot write
 */
export function formatDate(time: number, offsetMinutes: number): string {
  if (!Number.isInteger(offsetMinutes) || Math.abs(offsetMinutes) > OFFSET_LIMIT) throw new RangeError("offsetMinutes");
  const local = time + offsetMinutes * 60_000;
  if (!(local >= YEARS.from && local <= YEARS.to)) throw new RangeError("time");
  const iso = new Date(local).toISOString();
  const date = iso.slice(0, 4) + iso.slice(5, 7) + iso.slice(8, 10);
  const clock = iso.slice(11, 13) + iso.slice(14, 16) + iso.slice(17, 19);
  const minutes = Math.abs(offsetMinutes);
  return `D:${date}${clock}${offsetMinutes < 0 ? "-" : "+"}${two(Math.trunc(minutes / 60))}'${two(minutes % 60)}'`;
}

/**
 * Reads a date string as programs write it: parts from the month on may be missing, and so may the zone (then UTC is
 * assumed, as the standard leaves it unknown).
 *
 * @returns ms since 1970, or undefined where the text is no date
 */
export function parseDate(text: string): number | undefined {
  const match =
    /^(?:D:)?(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:Z(?:00'?00'?)?|([+-])(\d\d)(?:'?(\d\d)'?)?)?$/.exec(
      text.trim(),
    );
  if (match === null) return undefined;
  const part = (group: number, missing: number): number => Number(match[group] ?? missing);
  const [month, day, hour, minute, second] = [part(2, 1), part(3, 1), part(4, 0), part(5, 0), part(6, 0)];
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 59) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(part(1, 0), month - 1, day);
  date.setUTCHours(hour, minute, second);
  if (date.getUTCDate() !== day) return undefined;
  const offset = (match[7] === "-" ? -1 : 1) * (part(8, 0) * 60 + part(9, 0));
  return date.getTime() - offset * 60_000;
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
