import { toUtf8 } from "../bytes/bytes.ts";
import { Fault } from "../fault/fault.ts";
import { type LookedUp, type LookupPorts, lookUp, type Opened } from "../service/lookup.ts";
import { type StandingPorts, standingOf } from "../service/standing.ts";
import type { Handlers, Incoming } from "./app.ts";
import { lookupPage } from "./lookup-page.ts";

/** Carries the opening code; a header, since addresses end up in histories and logs. */
export const OPENING_CODE_HEADER = "motlan-opening-code";

/** A dispute is known to everybody a minute after it was reported, at the latest. */
const STANDING_CACHE = "public, max-age=60";

/** What anybody may ask about a signature, with no account. */
export function lookupHandlers(ports: LookupPorts & StandingPorts): Handlers {
  return {
    async "lookup.read"({ context, parameter }) {
      return context.json(await lookUp(ports, parameter("code"), context.req.header(OPENING_CODE_HEADER)));
    },
    "lookup.page": ({ context, note }) => answerPage(ports, { code: context.req.query("ma") ?? "", note }),
    "lookup.open"({ context, body, note }) {
      if (!/^application\/x-www-form-urlencoded\b/i.test(context.req.header("content-type") ?? ""))
        throw new Fault("media_type_unsupported", "the body must be a form");
      const form = new URLSearchParams(toUtf8(body) ?? "");
      return answerPage(ports, { code: form.get("ma") ?? "", opening: form.get("mo") || undefined, note });
    },
    async "standing.read"({ context, parameter }) {
      const standing = await standingOf(ports, parameter("serial"));
      if (standing === undefined)
        throw new Fault("standing_not_found", "no certificate of ours signed under this serial");
      return context.json(standing, 200, { "cache-control": STANDING_CACHE });
    },
  };
}

type Asked = {
  readonly code: string;
  readonly opening?: string | undefined;
  readonly note: Incoming["note"];
};

/** The page is there whatever was typed: a person corrects a code where it stands. */
async function answerPage(ports: LookupPorts, { code, opening, note }: Asked): Promise<Response> {
  if (code.trim() === "") return lookupPage({ code });
  let found: LookedUp | Opened;
  try {
    found = await lookUp(ports, code, opening);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    note(error);
    // With a wrong opening code, what the look-up code alone shows is shown again.
    const shown = error.code === "opening_code_wrong" || error.code === "opening_locked";
    return lookupPage({ code, fault: error.code, ...(shown ? { found: await lookUp(ports, code, undefined) } : {}) });
  }
  return lookupPage({ code, found });
}
