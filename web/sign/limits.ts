/** Octets of a file. It lies in memory three times while it is shown and checked: more than that breaks telephones. */
export const LARGEST_FILE = 100 * 1024 * 1024;
/** Seconds for approval and log-in, of an own file: twice what the service takes unasked, as somebody may have to fetch a telephone. */
export const TTL_SECONDS = 1800;
/** Milliseconds that a record stays on the device, counted from its beginning: long enough to come back for the file on the same day. */
export const KEPT_MS = 24 * 60 * 60_000;
/** The same on a machine at a counter, where somebody has walked away from the log-in: as long as an assistance lasts. */
export const KEPT_AT_COUNTER_MS = 60 * 60_000;
/** Viet Nam has one time zone, UTC+7 (minutes). */
export const OFFSET_MINUTES = 420;
/** Code points of a signer's name; as the service takes it (lib/api/schemas.ts). */
export const LONGEST_NAME = 100;
