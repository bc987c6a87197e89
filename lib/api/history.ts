import { Fault } from "../fault/fault.ts";
import { isOrder, orderOf } from "../service/activity.ts";
import { deviceOf } from "../service/device.ts";
import { disputedAt } from "../service/dispute.ts";
import { type DisputePorts, openDispute } from "../service/dispute-work.ts";
import { type HistoryPorts, type HistoryRow, history } from "../service/history.ts";
import { requireSession } from "../service/session.ts";
import type { SessionStore } from "../service/session-store.ts";
import { isoOrNull } from "../service/standing.ts";
import { REPEATED_MS } from "../service/witness.ts";
import type { AppDeps, Handlers, Incoming } from "./app.ts";
import { readJson } from "./body.ts";
import { parseDispute, parseReading } from "./history-schemas.ts";
import { ownCookies } from "./own-cookies.ts";
import { refuseCrossSite } from "./same-origin.ts";

export type HistoryHandlerPorts = HistoryPorts & DisputePorts & { readonly sessions: SessionStore };

/** What was done in a person's name, for that person alone: each of these takes a session. */
export function historyHandlers(ports: HistoryHandlerPorts, deps: AppDeps): Handlers {
  const subjectOf = async ({ context }: Incoming): Promise<string> =>
    (await requireSession(ports.sessions, ownCookies(context, deps.publicUrl), deps.clock())).person.subject;
  return {
    async "activity.list"(request) {
      const subject = await subjectOf(request);
      const { rows, next, openCases } = await history(ports, subject, before(request));
      return request.context.json({
        activities: rows.map(rowView),
        next: next ?? null,
        frozen: openCases.length > 0,
        openCases,
      });
    },
    async "notice.list"(request) {
      const { rows } = await history(ports, await subjectOf(request), undefined);
      const unread = rows.filter(({ read }) => !read);
      return request.context.json({ notices: unread.map(rowView) });
    },
    async "notice.read"(request) {
      const { context, body } = request;
      refuseCrossSite(context, deps.publicUrl);
      const subject = await subjectOf(request);
      const { until } = parseReading(readJson(context.req.header("content-type"), body));
      if (!isOrder(until)) throw new Fault("request_malformed", "until is not the id of an activity");
      // What is still to come cannot have been read.
      const latest = orderOf(deps.clock() + REPEATED_MS, LAST);
      const [earlier = latest] = [until, latest].sort();
      await ports.people.markRead(subject, earlier);
      return context.body(null, 204);
    },
    async "dispute.create"(request) {
      const { context, body } = request;
      refuseCrossSite(context, deps.publicUrl);
      const subject = await subjectOf(request);
      const { transactionId } = parseDispute(readJson(context.req.header("content-type"), body));
      const device = deviceOf(context.req.header("user-agent"));
      return context.json(await openDispute(ports, { subject, transactionId, device }), 201);
    },
  };
}

/** Sorts behind every other suffix of one time. */
const LAST = "z".repeat(22);

function before({ context }: Incoming): string | undefined {
  const text = context.req.query("before");
  if (text !== undefined && !isOrder(text)) throw new Fault("request_malformed", "before is not the id of an activity");
  return text;
}

/** docs/FORMATS.md, "Activity". */
function rowView(row: HistoryRow) {
  const { order, at, kind, documents, device, helper, code, passkey, lookupCode, caseNumber, dispute, read } = row;
  return {
    id: order,
    time: new Date(at).toISOString(),
    kind,
    transactionId: documents?.transactionId ?? null,
    titles: documents?.titles ?? [],
    relyingParty: documents?.relyingParty ?? null,
    device: device ?? null,
    helper: helper ?? null,
    code: code ?? null,
    passkey: passkey ?? null,
    lookupCode: lookupCode ?? null,
    caseNumber: dispute?.caseNumber ?? caseNumber ?? null,
    dispute: dispute?.state ?? null,
    disputedAt: isoOrNull(disputedAt(row)),
    read,
  };
}
