import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Fault } from "../../lib/fault/fault.ts";
import { requireSession, type Session } from "../../lib/service/session.ts";
import {
  extendSession,
  logIn,
  openSession,
  readSessionState,
  sessionLoginUrl,
} from "../../lib/service/session-login.ts";
import type { SessionStore } from "../../lib/service/session-store.ts";
import { signTransaction } from "../../lib/service/sign.ts";
import { activeSession } from "../worlds/session.ts";
import { ISSUER, newSigningWorld, type SigningWorld } from "./signing-world.ts";
import { NOON } from "./transactions.ts";

let world: SigningWorld;
let sessions: SessionStore;
let ports: Parameters<typeof logIn>[0];
beforeAll(async () => {
  world = await newSigningWorld();
  sessions = world.table.sessions;
  ports = { ...world.ports, sessions };
});
afterAll(() => world.close());
beforeEach(() => {
  world.time.now = NOON;
});

const MINUTE = 60_000;
const provider = {
  issuer: ISSUER,
  clientId: "motlan",
  authorizationEndpoint: async () => `${ISSUER}/auth`,
  jwks: async () => world.jwks,
  exchange: () => Promise.reject(new Error("not used")),
};
const chosen = { provider, index: 0, redirectUri: "http://localhost:8787/v1/oidc/session" };

/** Opens a session and goes to the provider: what it is asked, and what the browser expects of the answer. */
async function leave() {
  const opened = await openSession(ports, "/khoa", undefined);
  const to = new URL(await sessionLoginUrl(opened.secret, chosen, ports.random));
  const state = readSessionState(to.searchParams.get("state") ?? "", opened.secret);
  return { ...opened, to, state };
}
const cookie = (secret: string) => `a=b; motlan-session=${secret}; c=d`;
const require = (header: string | undefined) => requireSession(sessions, header, world.time.now);

describe("a session of a person", () => {
  test("the login gives the browser a new secret; the old one opens nothing, neither does the id that is kept", async () => {
    const { session, secret, state } = await leave();
    const opened = await logIn(ports, session, await world.token(state.nonce), state);
    expect(opened.secret).not.toBe(secret);
    const { person } = await require(cookie(opened.secret));
    expect(person).toEqual({
      subject: expect.stringMatching(/^KM:VN-/),
      fullName: "Nguyễn Thị Thúy",
      issuer: ISSUER,
      assurance: { level: "substantial", ial: 2, aal: 2, fal: 2, source: "full" },
      authenticatedAt: NOON,
    });
    for (const other of [secret, session.id, opened.session.id, "", "x"])
      await expect(require(cookie(other)), other).rejects.toMatchObject({ code: "session_missing" });
    expect(await sessions.read(session.id)).toBeUndefined();
  });

  test("the subject is the pseudonym of certificates", async () => {
    const { session, state } = await leave();
    const { session: active } = await logIn(ports, session, await world.token(state.nonce), state);
    const transaction = await world.open();
    const signed = await signTransaction(ports as never, transaction, await world.token(transaction.commitment));
    expect(signed.result?.person.pseudonym).toBe(active.person?.subject);
  });

  test("a pending session leads to one login, also when two answers arrive at once", async () => {
    const { session, state } = await leave();
    const token = await world.token(state.nonce);
    const results = await Promise.allSettled([1, 2].map(() => logIn(ports, session, token, state)));
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    await expect(logIn(ports, session, token, state)).rejects.toMatchObject({ code: "session_missing" });
  });

  test("a token that signs logs nobody in, a token of a session signs nothing, and each attempt has a nonce of its own", async () => {
    const { session, secret, state } = await leave();
    const transaction = await world.open();
    const signing = await world.token(transaction.commitment);
    await expect(logIn(ports, session, signing, state)).rejects.toMatchObject({ code: "token_nonce" });
    const login = await world.token(state.nonce);
    await expect(signTransaction(ports as never, transaction, login)).rejects.toMatchObject({ code: "token_nonce" });
    const again = new URL(await sessionLoginUrl(secret, chosen, ports.random));
    expect(again.searchParams.get("nonce")).not.toBe(state.nonce);
    const other = await leave();
    await expect(logIn(ports, other.session, login, other.state)).rejects.toMatchObject({ code: "token_nonce" });
  });

  test("the address asks for a fresh login with PKCE and tells no secret; what comes back fits this browser only", async () => {
    const { to, secret, state } = await leave();
    expect(Object.fromEntries(to.searchParams)).toMatchObject({
      ...{ response_type: "code", client_id: "motlan", prompt: "login", max_age: "0", code_challenge_method: "S256" },
      ...{ redirect_uri: chosen.redirectUri, nonce: state.nonce },
    });
    for (const told of [secret, state.verifier]) expect(to.href).not.toContain(told);
    const text = to.searchParams.get("state") ?? "";
    const other = randomBytes(32).toString("base64url");
    expect(() => readSessionState(text, other)).toThrow(expect.objectContaining({ code: "login_failed" }));
    const [, attempt, mac] = text.split(".");
    for (const forged of [`1.${attempt}.${mac}`, `0.${"A".repeat(22)}.${mac}`, `0.${attempt}.`, `${text}.x`, "", "%00"])
      expect(() => readSessionState(forged, secret), forged).toThrow(Fault);
  });

  test("the assurance that signing asks for is asked for here as well", async () => {
    const { session, state } = await leave();
    const weak = await world.token(state.nonce, { acr: "1" });
    await expect(logIn(ports, session, weak, state)).rejects.toMatchObject({ code: "assurance_too_low" });
    // The session still waits: the person may log in with another account.
    expect(await sessions.read(session.id)).toEqual(session);
  });

  test("nobody is logged in without a cookie, with a pending session, with a cookie of that name twice", async () => {
    const { secret } = await openSession(ports, "/khoa", undefined);
    const { cookie: ours } = await activeSession(sessions, world.time.now);
    for (const header of [undefined, "", cookie(secret), `${ours}; motlan-session=x`, `motlan-session=x; ${ours}`])
      await expect(require(header)).rejects.toMatchObject({ code: "session_missing" });
    expect((await require(ours)).state).toBe("active");
  });

  test("opening another one ends the one before", async () => {
    const { session, secret } = await activeSession(sessions, world.time.now);
    await openSession(ports, "/khoa", secret);
    expect(await sessions.read(session.id)).toBeUndefined();
  });
});

describe("the time of a session", () => {
  test("fifteen minutes from the login, then it is over and says so", async () => {
    const { cookie: header, session } = await activeSession(sessions, world.time.now);
    world.time.now += 15 * MINUTE - 1;
    expect((await require(header)).id).toBe(session.id);
    world.time.now += 1;
    await expect(require(header)).rejects.toMatchObject({ code: "session_expired" });
  });

  test("an extension gives fifteen minutes from now, and none reaches beyond an hour from the login", async () => {
    const { cookie: header } = await activeSession(sessions, world.time.now);
    for (const minutes of [10, 20, 30, 40, 50, 58]) {
      world.time.now = NOON + minutes * MINUTE;
      const { expiresAt } = await extendSession(ports, await require(header));
      expect(expiresAt).toBe(NOON + Math.min(minutes + 15, 60) * MINUTE);
    }
    const last = await require(header);
    world.time.now = NOON + 60 * MINUTE;
    await expect(require(header)).rejects.toMatchObject({ code: "session_expired" });
    await expect(extendSession(ports, last)).rejects.toMatchObject({ code: "session_expired" });
  });

  test("what is over is not extended, whatever was read before", async () => {
    const { session } = await activeSession(sessions, world.time.now);
    world.time.now += 15 * MINUTE;
    await expect(extendSession(ports, session)).rejects.toMatchObject({ code: "session_expired" });
  });
});

describe("a store that breaks during a login", () => {
  for (const step of ["take", "create"] as const)
    for (const how of ["lost", "persisted"] as const)
      test(`${step} fails, its effect is ${how}: no secret is handed out, and the next login succeeds`, async () => {
        const { session, state } = await leave();
        let left = 1;
        const broken: SessionStore = {
          ...sessions,
          [step]: async (input: never) => {
            if (left-- > 0) {
              if (how === "persisted") await (sessions[step] as (input: unknown) => Promise<boolean>)(input);
              throw new Fault("store_unavailable", "broke");
            }
            return (sessions[step] as (input: unknown) => Promise<boolean>)(input);
          },
        };
        const token = await world.token(state.nonce);
        await expect(logIn({ ...ports, sessions: broken }, session, token, state)).rejects.toMatchObject({
          code: "store_unavailable",
        });
        const next = await leave();
        const opened = await logIn(ports, next.session, await world.token(next.state.nonce), next.state);
        expect((await require(cookie(opened.secret))).state).toBe("active");
      });

  test("a put whose first attempt took effect is recognised", async () => {
    const twice: SessionStore = {
      ...sessions,
      create: async (session: Session) => {
        await sessions.create(session);
        return sessions.create(session);
      },
    };
    const { session, secret } = await openSession({ ...ports, sessions: twice }, "/khoa", undefined);
    expect(await sessions.read(session.id)).toEqual(session);
    expect(secret).toHaveLength(43);
  });
});
