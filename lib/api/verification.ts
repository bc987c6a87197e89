import { Fault } from "../fault/fault.ts";
import type { Clock } from "../ports/ports.ts";
import { type AskPorts, tellStandings } from "../service/ask-standings.ts";
import { parseMoment } from "../service/moment.ts";
import type { Verifier } from "../service/verifier.ts";
import type { TrustAnchor } from "../trust/anchor.ts";
import { writeTrustProfile } from "../trust/profile.ts";
import type { Handlers } from "./app.ts";
import { publicView } from "./public-view.ts";
import { type ReportPorts, reportAnswer, wantedForm } from "./report-answer.ts";

export type VerificationPorts = AskPorts & {
  readonly verify: Verifier;
  /** Whom the service trusts; a request cannot add to it. */
  readonly anchors: () => Promise<readonly TrustAnchor[]>;
  readonly clock: Clock;
  readonly reports: ReportPorts;
};

const MEDIA_TYPE = /^application\/(pdf|octet-stream)\s*(;.*)?$/i;

/**
 * `POST /v1/verifications`: whatever the verdict, it is a result with status 200; a problem is only a file that cannot be read at all.
 * As JSON, or as `Accept` prefers: a sealed report in PDF, or an ETSI report in XML. Nothing of the file is kept or logged.
 */
export function verificationHandlers(ports: VerificationPorts): Handlers {
  let written: { readonly anchors: readonly TrustAnchor[]; readonly profile: string } | undefined;
  const profile = async (): Promise<string> => {
    const anchors = await ports.anchors();
    if (written?.anchors !== anchors) written = { anchors, profile: writeTrustProfile(anchors) };
    return written.profile;
  };
  return {
    async "verification.create"({ context, body }) {
      if (!MEDIA_TYPE.test(context.req.header("content-type") ?? ""))
        throw new Fault("media_type_unsupported", "the body must be application/pdf");
      if (body.length === 0) throw new Fault("request_malformed", "the body is empty; it must be the PDF itself");
      const at = readAt(context.req.query("at"), ports.clock());
      const form = wantedForm(context.req.header("accept"));
      const trust = await profile();
      const verified = await ports.verify({ pdf: body, profile: trust, at, facts: form !== "json" });
      const answer = publicView(await tellStandings(ports, verified));
      if (form === "json") return context.json(answer.verification);
      return reportAnswer(form, answer, { pdf: body, trust, fileName: context.req.query("name") }, ports.reports);
    },
  };
}

/** The moment the verdict is asked for. @throws Fault `request_malformed`: no moment, or one to come */
function readAt(text: string | undefined, now: number): number {
  if (text === undefined) return now;
  // A plus sign of an offset that was not percent-encoded arrives as a space.
  const at = parseMoment(text.replace(/ (?=\d{2}:?\d{2}$)/, "+"));
  if (at === undefined || at > now + CLOCK_SKEW_MS)
    throw new Fault("request_malformed", "at is a moment in ISO 8601, not one to come");
  return at;
}

/** Callers' clocks run ahead of ours. */
const CLOCK_SKEW_MS = 300_000;
