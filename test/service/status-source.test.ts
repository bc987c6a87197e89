import { describe, expect, test } from "vitest";
import type { Fetch, Fetched } from "../../lib/service/http-fetch.ts";
import { webStatusSource } from "../../lib/service/status-source.ts";

function source(answer: (what: Fetch) => Fetched | Promise<Fetched>) {
  const asked: Fetch[] = [];
  let now = 0;
  const made = webStatusSource(
    ["crl.example"],
    () => now,
    async (what) => {
      asked.push(what);
      return answer(what);
    },
  );
  const pass = (ms: number): void => {
    now += ms;
  };
  return { ...made, asked, told: made.asked, pass };
}
const some = (length: number): Fetched => ({ outcome: "fetched", octets: new Uint8Array(length) });

describe("sources of one document", () => {
  test("are asked within limits of octets for each kind, and of five seconds", async () => {
    const { ask, asked } = source(() => some(1));
    await ask("crl", "http://crl.example/1");
    await ask("ocsp", "http://crl.example/2", new Uint8Array([1]));
    await ask("issuer", "http://crl.example/3");
    expect(asked.map(({ limit }) => limit)).toEqual([20 * 1024 * 1024, 64 * 1024, 64 * 1024]);
    expect(asked.map(({ milliseconds }) => milliseconds)).toEqual([5000, 5000, 5000]);
    expect(asked[1]).toMatchObject({ body: new Uint8Array([1]), type: "application/ocsp-request" });
    expect(asked[0]).not.toHaveProperty("body");
  });

  test("are asked sixteen times, and no more", async () => {
    const { ask, asked, told } = source(() => ({ outcome: "failed" }));
    for (let i = 0; i < 30; i++) await ask("crl", `http://crl.example/${i}`);
    expect(asked).toHaveLength(16);
    expect(told.filter(({ outcome }) => outcome === "too-many")).toHaveLength(14);
  });

  test("give no more than forty megabytes together", async () => {
    const { ask, asked } = source(({ limit }) => some(limit));
    for (let i = 0; i < 5; i++) await ask("crl", `http://crl.example/${i}`);
    expect(asked.map(({ limit }) => limit / 1024 / 1024)).toEqual([20, 20]);
  });

  test("have fifteen seconds together", async () => {
    const { ask, asked, pass } = source(() => {
      pass(4_000);
      return { outcome: "failed" };
    });
    for (let i = 0; i < 6; i++) await ask("crl", `http://crl.example/${i}`);
    expect(asked.map(({ milliseconds }) => milliseconds)).toEqual([5000, 5000, 5000, 3000]);
  });

  test("that are not allowed cost nothing, and what is told of them stays short", async () => {
    const { ask, told } = source(({ url }) => (url.includes("evil") ? { outcome: "not-allowed" } : some(1)));
    for (let i = 0; i < 1000; i++) await ask("crl", `http://evil.example/${"x".repeat(5000)}${i}`);
    expect(await ask("crl", "http://crl.example/")).toHaveLength(1);
    expect(told.length).toBeLessThanOrEqual(64);
    expect(JSON.stringify(told).length).toBeLessThan(64 * 600);
  });
});
