import { randomBytes } from "node:crypto";
import { toBase64Url } from "../../lib/bytes/base64.ts";
import {
  type ActiveSession,
  IDLE_MS,
  type ReturnPath,
  SESSION_COOKIE,
  type SessionPerson,
  sessionId,
} from "../../lib/service/session.ts";
import type { SessionStore } from "../../lib/service/session-store.ts";

/** Someone who is no officer, logged in at the demo provider. */
export const CITIZEN: SessionPerson = {
  subject: "KM:VN-0000000000000000000000000000000000000000",
  fullName: "NGUYỄN THỊ THUÝ AN",
  issuer: "http://localhost:8788",
  assurance: { level: "substantial", ial: 2, aal: 2, fal: 2, schemeLevel: 2, source: "demo-level-2" },
  authenticatedAt: 0,
};

/** An officer of a ward; pass it as `person`. */
export const OFFICER: Partial<SessionPerson> = {
  subject: "KM:VN-1111111111111111111111111111111111111111",
  fullName: "LÊ HOÀNG DŨNG",
  officer: {
    unit: "Uỷ ban nhân dân phường Thử Nghiệm (DEMO)",
    unitCode: "H00.DEMO.001",
    title: "Công chức Tư pháp - Hộ tịch",
    role: "officer",
  },
};

/**
 * An active session in the store, begun at `now`, with what a browser sends: `headers` for a request of our own page, `cookie` alone for
 * a request by navigation.
 */
export async function activeSession(
  sessions: SessionStore,
  now: number,
  changes: { readonly person?: Partial<SessionPerson>; readonly returnTo?: ReturnPath } = {},
  publicUrl = "http://localhost:8787",
) {
  const secret = toBase64Url(randomBytes(32));
  const session: ActiveSession = {
    id: sessionId(secret) ?? "",
    state: "active",
    returnTo: changes.returnTo ?? "/lich-su",
    createdAt: now,
    expiresAt: now + IDLE_MS,
    person: { ...CITIZEN, authenticatedAt: now, ...changes.person },
  };
  if (!(await sessions.create(session))) throw new Error("the session was not written");
  const cookie = `${SESSION_COOKIE}=${secret}`;
  return { session, secret, cookie, headers: { cookie, origin: publicUrl, "content-type": "application/json" } };
}
