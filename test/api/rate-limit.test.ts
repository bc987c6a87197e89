import type { Context } from "hono";
import { describe, expect, test } from "vitest";
import { CLIENT_HEADER, clientAddress, FRONT_DOOR_HEADER } from "../../lib/api/client-address.ts";
import { rateLimiter } from "../../lib/api/rate-limit.ts";

function limited(perMinute = 3) {
  let now = 0;
  const ask = rateLimiter(perMinute, () => now);
  const pass = (ms: number): void => {
    now += ms;
  };
  return { ask: (address = "192.0.2.1") => ask(address).allowed, full: ask, pass };
}

describe("requests of one address", () => {
  test("pass at once up to the limit, then as they are allowed again, one by one", () => {
    const { ask, pass } = limited();
    expect([ask(), ask(), ask(), ask()]).toEqual([true, true, true, false]);
    pass(19_999);
    expect(ask()).toBe(false);
    pass(1);
    expect([ask(), ask()]).toEqual([true, false]);
    pass(3_600_000);
    expect([ask(), ask(), ask(), ask()]).toEqual([true, true, true, false]);
  });

  test("say what is left, and when to come back", () => {
    const { full, pass } = limited();
    expect(full("a")).toEqual({ allowed: true, remaining: 2, resetSeconds: 20 });
    full("a");
    full("a");
    expect(full("a")).toEqual({ allowed: false, remaining: 0, resetSeconds: 20 });
    pass(15_000);
    expect(full("a")).toEqual({ allowed: false, remaining: 0, resetSeconds: 5 });
  });

  test("are no concern of another address", () => {
    const { ask } = limited(1);
    expect([ask("192.0.2.1"), ask("192.0.2.1"), ask("192.0.2.2")]).toEqual([true, false, true]);
  });

  test("of one IPv6 network are of one caller, however they are written", () => {
    const { ask } = limited(1);
    expect(ask("2001:db8:1:2::1")).toBe(true);
    for (const same of ["2001:db8:1:2::2", "2001:DB8:1:2:3:4:5:6", "2001:db8:1:2:ffff::"])
      expect(ask(same), same).toBe(false);
    expect(ask("2001:db8:1:3::1")).toBe(true);
    expect(ask("2001:db8::1")).toBe(true);
    expect(ask("2001:db8:0:0:5::")).toBe(false);
    expect(ask("::1")).toBe(true);
    expect(ask("::ffff:192.0.2.9")).toBe(true);
    expect(ask("192.0.2.9")).toBe(false);
    expect(ask("::ffff:192.0.2.8")).toBe(true);
  });

  test("a clock that goes backwards gives nothing away and takes nothing", () => {
    const { ask, pass } = limited(1);
    ask();
    pass(-100_000);
    expect(ask()).toBe(false);
    pass(60_000);
    expect(ask()).toBe(true);
  });

  test("of ten thousand others make it forget the oldest, never grow", () => {
    const { ask } = limited(1);
    ask("first");
    for (let i = 0; i < 9_999; i++) ask(`address ${i}`);
    expect(ask("address 9998")).toBe(false);
    expect(ask("first")).toBe(false);
    ask("one more");
    expect(ask("address 0")).toBe(true);
  });
});

describe("the address of a request", () => {
  const SECRET = "a secret of CloudFront and the functions";
  const EDGE = { event: { requestContext: { http: { sourceIp: "203.0.113.7" } } } };
  const request = (headers: Record<string, string> = {}) => ({
    header: (name?: string) => (name === undefined ? headers : headers[name]),
  });
  const address = (env: unknown, headers: Record<string, string>, frontDoor: string | undefined) =>
    clientAddress({ env, req: request(headers) as Context["req"] }, frontDoor);

  test("is the platform's word, never a header's", () => {
    const forged = { [CLIENT_HEADER]: "192.0.2.66", [FRONT_DOOR_HEADER]: "", "x-forwarded-for": "192.0.2.67" };
    expect(address(EDGE, forged, undefined)).toBe("203.0.113.7");
    expect(address({ incoming: { socket: { remoteAddress: "::1" } } }, forged, undefined)).toBe("::1");
    expect(address(undefined, forged, undefined)).toBe("unknown");
  });

  test("is the front door's word where the request proves that it came through it", () => {
    expect(address(EDGE, { [CLIENT_HEADER]: "192.0.2.1", [FRONT_DOOR_HEADER]: SECRET }, SECRET)).toBe("192.0.2.1");
    expect(address(EDGE, { [FRONT_DOOR_HEADER]: SECRET }, SECRET)).toBe("unknown");
  });

  test("is the platform's for a request around the front door, whatever it says", () => {
    for (const proof of ["", SECRET.slice(1), `${SECRET} `, SECRET.toUpperCase()])
      expect(address(EDGE, { [CLIENT_HEADER]: "192.0.2.66", [FRONT_DOOR_HEADER]: proof }, SECRET), proof).toBe(
        "203.0.113.7",
      );
    expect(address(EDGE, { [CLIENT_HEADER]: "192.0.2.66" }, SECRET)).toBe("203.0.113.7");
  });
});
