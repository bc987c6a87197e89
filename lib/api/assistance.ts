import { digest } from "#crypto";
import { toBase64Url } from "../bytes/base64.ts";
import { fromUtf8 } from "../bytes/bytes.ts";
import { Fault } from "../fault/fault.ts";
import { lookupCode } from "../identity/lookup-code.ts";
import { formatLookupCode } from "../identity/read-lookup-code.ts";
import {
  type AssistPorts,
  endAssistance,
  giveOfficerKey,
  type OfficerPerson,
  officersOwn,
  openAssistance,
  reportStatus,
  requireOfficer,
} from "../service/assist.ts";
import { type Assistance, DAILY_CAP, dayOf, requireCitizen } from "../service/assistance.ts";
import { raiseCap, reportDay } from "../service/assistance-report.ts";
import { deviceOf } from "../service/device.ts";
import { pair } from "../service/pair.ts";
import { putPart, type RelayPorts, readPart } from "../service/relay-parts.ts";
import { type ActiveSession, requireSession } from "../service/session.ts";
import type { SessionStore } from "../service/session-store.ts";
import type { AppDeps, Handlers, Incoming } from "./app.ts";
import {
  parseAssistance,
  parseAssistanceId,
  parseCap,
  parseDay,
  parseOfficerKey,
  parsePairing,
  parsePartCount,
  parsePartNumber,
  parseStatus,
} from "./assistance-schemas.ts";
import { readJson } from "./body.ts";
import { citizenToken } from "./citizen-token.ts";
import { clientAddress } from "./client-address.ts";
import { ownCookies } from "./own-cookies.ts";
import { networkOf } from "./rate-limit.ts";
import { refuseCrossSite } from "./same-origin.ts";

/** How many parts the document has, beside each of them. */
export const PART_COUNT_HEADER = "motlan-part-count";

export type AssistancePorts = AssistPorts & RelayPorts & { readonly sessions: SessionStore };

/** An officer opens, shows the key, hands over and ends; a citizen's browser joins, fetches, and says how far it is. */
export function assistanceHandlers(ports: AssistancePorts, deps: AppDeps): Handlers {
  const session = ({ context }: Incoming): Promise<ActiveSession> =>
    requireSession(ports.sessions, ownCookies(context, deps.publicUrl), deps.clock());
  const officer = async (request: Incoming): Promise<OfficerPerson> => requireOfficer((await session(request)).person);
  /** Before an officer changes something: the request is one of our own pages'. */
  const acting = (request: Incoming): Promise<OfficerPerson> => {
    refuseCrossSite(request.context, deps.publicUrl);
    return officer(request);
  };
  const idOf = ({ parameter }: Incoming): string => parseAssistanceId(parameter("id"));
  const own = async (request: Incoming): Promise<Assistance> =>
    officersOwn(ports, await acting(request), idOf(request));
  const citizens = async (request: Incoming): Promise<Assistance> =>
    requireCitizen(await ports.assistances.read(idOf(request)), citizenToken(request));
  const jsonOf = ({ context, body }: Incoming): unknown => readJson(context.req.header("content-type"), body);
  return {
    async "assistance.create"(request) {
      const person = await acting(request);
      const asked = parseAssistance(jsonOf(request));
      // Others will sit at this machine: a session that was begun on the officer's own pages could add their passkeys (enrol-passkey.ts).
      if (asked.mode === "kiosk" && (await session(request)).returnTo !== "/ho-tro")
        throw new Fault("session_missing", "a machine at the counter wants a login that was made at the desk");
      const device = deviceOf(request.context.req.header("user-agent"));
      const { assistance, code, secret } = await openAssistance(ports, person, asked, device);
      const view = { ...officerView(assistance, deps.clock()), pairingCode: code, pairingSecret: secret };
      return request.context.json(view, 201);
    },
    async "assistance.list"(request) {
      const person = await officer(request);
      const day = parseDay(request.context.req.query("day") ?? dayOf(deps.clock()));
      const { unit, unitCode } = person.officer;
      return request.context.json({
        day,
        unit,
        unitCode,
        cap: DAILY_CAP,
        officers: await reportDay(ports, person, day),
      });
    },
    async "assistance.read"(request) {
      const { context } = request;
      if (citizenToken(request) !== undefined) return context.json(citizenView(await citizens(request), deps.clock()));
      return context.json(officerView(await officersOwn(ports, await officer(request), idOf(request)), deps.clock()));
    },
    async "assistance.key"(request) {
      const assistance = await own(request);
      await giveOfficerKey(ports, assistance, parseOfficerKey(jsonOf(request)).officerKey);
      return request.context.body(null, 204);
    },
    async "assistance.put-part"(request) {
      const assistance = await own(request);
      const { context, body, parameter } = request;
      if (context.req.header("content-type") !== "application/octet-stream")
        throw new Fault("media_type_unsupported", "a part is application/octet-stream");
      const part = { octets: body, count: parsePartCount(context.req.header(PART_COUNT_HEADER)) };
      await putPart(ports, assistance, parsePartNumber(parameter("number")), part);
      return context.body(null, 204);
    },
    async "assistance.get-part"(request) {
      const assistance = await citizens(request);
      const { octets, count } = await readPart(ports, assistance, parsePartNumber(request.parameter("number")));
      return new Response(Uint8Array.from(octets), {
        headers: { "content-type": "application/octet-stream", [PART_COUNT_HEADER]: String(count) },
      });
    },
    async "assistance.status"(request) {
      await reportStatus(ports, await citizens(request), parseStatus(jsonOf(request)));
      return request.context.body(null, 204);
    },
    async "assistance.end"(request) {
      await endAssistance(ports, await own(request));
      return request.context.body(null, 204);
    },
    async "assistance.raise"(request) {
      const person = await acting(request);
      const { officer: whom, count, allowed } = await raiseCap(ports, person, parseCap(jsonOf(request)));
      return request.context.json({ officer: whom, count, allowed });
    },
    async "pairing.create"(request) {
      const asked = parsePairing(jsonOf(request));
      const { assistance, token } = await pair(ports, asked, hashedNetwork(request, deps));
      const { id: assistanceId, officerKeyHash } = assistance;
      return request.context.json(
        { ...citizenView(assistance, deps.clock()), assistanceId, officerKeyHash, citizenToken: token },
        201,
      );
    },
  };
}

/** Addresses are not kept, not even for the minutes in which tries are counted; the network of a subscriber is one caller. */
function hashedNetwork({ context }: Incoming, { frontDoor }: AppDeps): string {
  return toBase64Url(digest("SHA-256", fromUtf8(`motlan/pairing/v1\n${networkOf(clientAddress(context, frontDoor))}`)));
}

/** What the officer's screen shows: how far the citizen is, never what they read or typed, and no key to the transaction. */
function officerView(assistance: Assistance, now: number) {
  const { id, mode, reason, procedure, caseRef, unit, citizenKey, officerKey, status, transactions } = assistance;
  const last = transactions.at(-1);
  return {
    id,
    state: stateOf(assistance, now),
    mode,
    reason,
    procedure: procedure ?? null,
    caseRef: caseRef ?? null,
    unit,
    citizenKey: citizenKey ?? null,
    officerKeySent: officerKey !== undefined,
    status: status === undefined ? null : { ...status, at: iso(status.at) },
    // For the slip that the citizen takes home; everybody may know it.
    lookupCode: status?.code === "signed" && last !== undefined ? formatLookupCode(lookupCode(last)) : null,
    createdAt: iso(assistance.createdAt),
    pairingUntil: iso(assistance.pairingUntil),
    expiresAt: iso(assistance.expiresAt),
  };
}

/** What the citizen's screen shows of who helps. */
function citizenView(assistance: Assistance, now: number) {
  const { id, mode, procedure, caseRef, unit, officerName, officerKey, officerKeyHash } = assistance;
  return {
    id,
    state: stateOf(assistance, now),
    mode,
    procedure: procedure ?? null,
    caseRef: caseRef ?? null,
    unit,
    officerName,
    officerKeyHash,
    officerKey: officerKey ?? null,
    expiresAt: iso(assistance.expiresAt),
  };
}

const iso = (time: number): string => new Date(time).toISOString();

/** `expired` is what a person needs to know; the item itself keeps what it was. */
function stateOf({ state, expiresAt, pairingUntil }: Assistance, now: number): string {
  if (state === "ended") return state;
  return now >= (state === "waiting" ? pairingUntil : expiresAt) ? "expired" : state;
}
