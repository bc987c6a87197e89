import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ROUTES } from "../../lib/api/routes.ts";
import { activeSession, OFFICER } from "../worlds/session.ts";
import { newApiWorld, URL_ } from "./world.ts";

// Read off the route table, so that a door that is added later is held to the same.

let world: Awaited<ReturnType<typeof newApiWorld>>;
beforeAll(async () => {
  world = await newApiWorld();
});
afterAll(() => world.close());

type Name = Parameters<typeof world.send>[0];
const OF_SESSIONS = ROUTES.filter(({ needs }) => needs.some((need) => need.startsWith("sessions:")));
const CHANGING = OF_SESSIONS.filter(({ method }) => method !== "GET");
/** A browser goes there by itself: what they lead to depends on `state` and on the provider. */
const BY_NAVIGATION = ["session.authorize", "session.callback"];
/** Whoever is logged in nowhere may open a session and end none. */
const WITHOUT = ["session.open", "session.end", ...BY_NAVIGATION];

const addressOf = (path: string) =>
  path.replace(/\{(\w+)\+?\}/g, (_, name) => (name === "number" ? "0" : "A".repeat(22)));
const ask = ({ function: name, method, path, bodyLimit }: (typeof ROUTES)[number], headers: Record<string, string>) =>
  world.send(name as Name, method, addressOf(path), {
    headers: { "content-type": "application/json", ...headers },
    ...(method === "POST" && bodyLimit > 0 ? { body: "{}" } : {}),
  });
const codeOf = async (response: Response) => ((await response.json()) as { code: string }).code;
const officer = () => activeSession(world.table.sessions, world.time.now, { person: OFFICER });

describe("doors that a session opens", () => {
  test("are more than a dozen that change something", () => expect(CHANGING.length).toBeGreaterThan(12));

  test.each(CHANGING.map((route) => [route.id, route] as const))(
    "%s: not for a page of another site",
    async (_, route) => {
      const { cookie } = await officer();
      const foreign: Record<string, string>[] = [
        {},
        { origin: "https://evil.example" },
        { origin: "null" },
        { origin: `${URL_}.evil.example` },
        { origin: URL_.replace("http:", "https:") },
        { "sec-fetch-site": "cross-site" },
        { "sec-fetch-site": "same-site" },
        { "sec-fetch-site": "none" },
        { origin: URL_, "sec-fetch-site": "same-site" },
        { origin: "https://evil.example", "sec-fetch-site": "same-origin" },
      ];
      for (const headers of foreign) {
        const response = await ask(route, { cookie, ...headers });
        expect([response.status, await codeOf(response)]).toEqual([403, "cross_site"]);
        expect(response.headers.get("set-cookie")).toBeNull();
      }
      const own = await ask(route, { cookie, origin: URL_, "sec-fetch-site": "same-origin" });
      expect(own.status).not.toBe(403);
    },
  );

  test.each(OF_SESSIONS.filter(({ id }) => !WITHOUT.includes(id)).map((route) => [route.id, route] as const))(
    "%s: for nobody without one",
    async (_, route) => {
      const response = await ask(route, { origin: URL_ });
      expect([response.status, await codeOf(response)]).toEqual([401, "session_missing"]);
    },
  );
});

/** What everybody gets alike, and may keep for a while. */
const PUBLIC = ["status.post", "status.get", "service.describe", "pki.file", "trust.list", "standing.read"];

test.each(ROUTES.filter(({ id }) => !PUBLIC.includes(id)).map((route) => [route.id, route] as const))(
  "%s: no cache keeps the answer, no page frames or runs it",
  async (_, route) => {
    const { headers } = await officer();
    const response = await ask(route, headers);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      "content-security-policy": expect.stringMatching(
        /^default-src 'none';.* frame-ancestors 'none'; base-uri 'none'/,
      ),
    });
    expect(response.headers.get("access-control-allow-origin")).toBeNull();
  },
);
