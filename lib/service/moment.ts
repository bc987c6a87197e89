/** Date, and a time of day with or without seconds, fractions of them and an offset. */
const ISO =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i;
/** Seconds since 1970, from 1973 on: fewer digits are a year or a date without its hyphens; more are beyond the year 9999. */
const EPOCH = /^\d{9,12}$/;
/** 31 December 9999, 23:59:59: the last second that ASN.1 and ISO 8601 can write in four digits of a year. */
const LAST_MS = 253_402_300_799_999;

/**
 * A moment as people and programs write it: ISO 8601, or whole seconds since 1970. Without an offset it is UTC; a date alone is its
 * first moment.
 *
 * @returns ms since 1970; undefined for anything else, 30 February included
 */
export function parseMoment(text: string): number | undefined {
  if (EPOCH.test(text)) return momentOf(Number(text));
  const parts = ISO.exec(text);
  if (parts === null) return undefined;
  const [, year, month, day, hour = "00", minute = "00", second = "00", fraction = "", zone = "Z"] = parts;
  const milliseconds = fraction.padEnd(3, "0").slice(0, 3);
  const written = `${year}-${month}-${day}T${hour}:${minute}:${second}.${milliseconds}Z`;
  const local = Date.parse(written);
  // What is parsed has to say the same again.
  if (Number.isNaN(local) || new Date(local).toISOString() !== written) return undefined;
  const offset = offsetMinutes(zone);
  return offset === undefined ? undefined : within(local - offset * 60_000);
}

/** @param seconds since 1970; fractions are dropped @returns ms; undefined for what no calendar of four digits has */
export function momentOf(seconds: number): number | undefined {
  return within(Math.floor(seconds) * 1000);
}

function offsetMinutes(zone: string): number | undefined {
  if (/^z$/i.test(zone)) return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(3).replace(":", "") || 0);
  // Kiribati is 14 hours ahead, nobody more.
  if (hours > 14 || minutes > 59) return undefined;
  return (zone.startsWith("-") ? -1 : 1) * (hours * 60 + minutes);
}

const within = (time: number): number | undefined => (time >= 0 && time <= LAST_MS ? time : undefined);
