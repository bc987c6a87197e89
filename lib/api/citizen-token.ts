import type { Incoming } from "./app.ts";

/** Carries the citizen token, base64url; a header, since addresses end up in histories and logs. */
export const CITIZEN_TOKEN_HEADER = "motlan-citizen-token";

export function citizenToken({ context }: Incoming): string | undefined {
  return context.req.header(CITIZEN_TOKEN_HEADER);
}
