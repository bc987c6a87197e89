import type { LookedUp, Opened } from "../../lib/service/lookup.ts";
import { ask } from "../api.ts";

/** As lib/api/lookups names it: not part of an address, since addresses end up in histories and logs. */
const OPENING_CODE_HEADER = "motlan-opening-code";

/**
 * What the service knows under a look-up code.
 *
 * @param opening the opening code, where somebody typed it
 * @throws Fault with the service's code
 */
export function askLookup(code: string, opening?: string, signal?: AbortSignal): Promise<LookedUp | Opened> {
  const headers = opening === undefined ? {} : { [OPENING_CODE_HEADER]: opening };
  return ask(`/v1/lookups/${encodeURIComponent(code)}`, { headers, ...(signal === undefined ? {} : { signal }) });
}
