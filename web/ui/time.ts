import { shownTime } from "../../lib/report/shown.ts";

/** "25/11/2026 10:15:32 (GMT+7)", as everywhere that people read a time. @param iso ISO 8601 */
export function timeText(iso: string): string {
  return shownTime(iso).replace(" +07:00", " (GMT+7)");
}
