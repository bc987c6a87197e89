import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { NOON } from "../service/transactions.ts";
import { activeSession, OFFICER } from "../worlds/session.ts";
import { newApiWorld } from "./world.ts";

/** As it is deployed: over TLS, under a name that has neighbours. */
const HERE = "https://ky.example.vn";
let world: Awaited<ReturnType<typeof newApiWorld>>;
beforeAll(async () => {
  world = await newApiWorld({ publicUrl: HERE });
  world.time.now = NOON;
});
afterAll(() => world.close());

const codeOf = async (response: Response) => ((await response.json()) as { code: string }).code;
const whither = (response: Response) => response.headers.get("location");

/** A transaction that whoever made it has approved, with the cookie as the browser sends it. */
async function approved() {
  const { view, owner } = await world.create();
  const shown = { commitment: view.commitment, intentSha256: view.preimage.intent.sha256 };
  const path = `/v1/transactions/${view.id}`;
  const approval = await world.send("transactions", "POST", `${path}/approval`, world.json(shown, owner));
  const set = approval.headers.get("set-cookie") ?? "";
  const [pair = ""] = set.split(";");
  const leave = (cookie: string) => world.send("identity", "GET", `${path}/authorize`, { headers: { cookie } });
  return { view, set, pair, leave };
}

describe("cookies of a service with neighbours", () => {
  test("each has a name that browsers take from this host over TLS and from nobody else", async () => {
    const { view, set } = await approved();
    expect(set).toMatch(
      new RegExp(`^__Host-motlan-${view.id}=[\\w-]{43}; Path=/; Max-Age=900; HttpOnly; SameSite=Lax; Secure$`),
    );
    const open = world.json({ returnTo: "/khoa" }, { origin: HERE });
    const opened = await world.send("people", "POST", "/v1/session", open);
    expect(opened.headers.get("set-cookie")).toMatch(
      /^__Host-motlan-session=[\w-]{43}; Path=\/; Max-Age=3600; HttpOnly; SameSite=Lax; Secure$/,
    );
    const out = await world.send("people", "DELETE", "/v1/session", { headers: { origin: HERE } });
    expect(out.headers.get("set-cookie")).toMatch(/^__Host-motlan-session=; Path=\/; Max-Age=0;/);
  });

  test("a stranger's approval, planted by a neighbouring host, sends nobody to log in for it", async () => {
    const { view, pair, leave } = await approved();
    expect(whither(await leave(pair))).toContain("nonce=");
    const planted = pair.replace("__Host-", "");
    for (const cookie of [planted, `a=b; ${planted}`, `__Host-a=b; ${planted}`])
      expect(whither(await leave(cookie))).toBe(`/ky#${view.id}!approval_missing`);
    // Beside the real one it changes nothing.
    expect(whither(await leave(`${planted.replace(/=.*/, "=x")}; ${pair}; c=d`))).toContain("nonce=");
  });

  test("the way back does not take it either", async () => {
    const { view, pair, leave } = await approved();
    const state = new URL(whither(await leave(pair)) ?? "").searchParams.get("state");
    const cookie = pair.replace("__Host-", "");
    const back = await world.send("signing", "GET", `/v1/oidc/callback?code=c&state=${state}`, { headers: { cookie } });
    expect(whither(back)).toMatch(/!approval_missing$/);
    expect(view.state).toBe("pending");
  });

  test("a stranger's session, planted in the same way, is none, at every door that asks for one", async () => {
    const { cookie } = await activeSession(world.table.sessions, world.time.now, { person: OFFICER });
    const doors = [
      ["people", "/v1/session"],
      ["people", "/v1/me/activities"],
      ["passkeys", "/v1/passkeys"],
      ["assistance", "/v1/assistances"],
    ] as const;
    for (const [name, path] of doors) {
      const planted = await world.send(name, "GET", path, { headers: { cookie } });
      expect([planted.status, await codeOf(planted)]).toEqual([401, "session_missing"]);
      const ours = await world.send(name, "GET", path, { headers: { cookie: `__Host-${cookie}` } });
      expect(ours.status).toBe(200);
    }
    const authorize = await world.send("people", "GET", "/v1/session/authorize", { headers: { cookie } });
    expect(whither(authorize)).toBe("/lich-su#loi=session_missing");
  });

  test("two approvals of one transaction in one browser are none", async () => {
    const { view, pair, leave } = await approved();
    const other = `${pair.slice(0, -4)}AAAA`;
    for (const cookie of [`${pair}; ${other}`, `${other}; ${pair}`])
      expect(whither(await leave(cookie))).toBe(`/ky#${view.id}!approval_missing`);
  });
});
