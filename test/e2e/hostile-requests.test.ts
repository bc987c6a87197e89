import { readFileSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ROUTES } from "../../lib/api/routes.ts";
import { type Service, startService } from "./service.ts";

/** Octets. Far above what a request may carry, far below what would show if it were kept. */
const HUGE = 100_000_000;
/** Octets that the process may have grown by after a dozen huge requests: buffers of sockets and garbage not yet collected. */
const GROWTH = 96 * 1024 * 1024;

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());

const alive = async () => (await fetch(`${service.url}/v1/service`)).status;
const path = (template: string) => template.replace("{id}", "A".repeat(22)).replace(/\{\w+\+?\}/, "x");
const posts = ROUTES.filter(({ method }) => method === "POST");

/** Sends zeros until it is told to stop, as a client does that cannot hear "no". */
function pour(route: string, octets: number): Promise<{ status: number; sent: number; milliseconds: number }> {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    let sent = 0;
    let status = 0;
    const request = httpRequest(service.url + route, {
      method: "POST",
      headers: { "content-type": "application/json" },
    });
    const done = () => resolve({ status, sent, milliseconds: performance.now() - started });
    request.on("response", (response) => {
      status = response.statusCode ?? 0;
      response.resume().on("end", () => {
        request.destroy();
        done();
      });
    });
    request.on("error", (error) => (status === 0 && sent === 0 ? reject(error) : done()));
    const chunk = Buffer.alloc(65_536);
    const more = () => {
      while (sent < octets && status === 0 && !request.destroyed) {
        sent += chunk.length;
        if (!request.write(chunk)) return void request.once("drain", more);
      }
      if (status === 0) request.end();
    };
    more();
  });
}

describe("every door that takes a body", () => {
  test.each(posts.map((route) => [route.id, route.path]))(
    "%s refuses 100 MB at once and stays up",
    async (_, template) => {
      const { status, milliseconds } = await pour(path(template), HUGE);
      expect(status).toBe(413);
      expect(milliseconds).toBeLessThan(5_000);
      expect(await alive()).toBe(200);
    },
  );

  test.each(posts.map((route) => [route.id, route.path]))(
    "%s refuses a promised length that is too long, unread",
    async (_, template) => {
      const request = httpRequest(service.url + path(template), {
        method: "POST",
        headers: { "content-length": String(HUGE) },
      });
      const status = await new Promise((resolve, reject) => {
        request.on("response", ({ statusCode }) => resolve(statusCode)).on("error", reject);
        request.write("{");
      });
      request.destroy();
      expect(status).toBe(413);
    },
  );

  test("memory stays flat", async () => {
    // Only Linux tells another process's memory so simply; the limits above hold everywhere.
    if (process.platform !== "linux") return;
    const rss = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${service.pid()}/status`, "utf8"))?.[1]) * 1024;
    const before = rss();
    for (let i = 0; i < 12; i++) await pour("/v1/transactions", HUGE);
    expect(rss() - before).toBeLessThan(GROWTH);
  });
});

describe("what is no request", () => {
  test.each<[string, string]>([
    ["garbage", "\x16\x03\x01\x02\x00garbage\r\n\r\n"],
    ["a header of 64 KB", `GET /v1/service HTTP/1.1\r\nHost: x\r\nX-A: ${"a".repeat(65_536)}\r\n\r\n`],
    ["two lengths", "POST /v1/transactions HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}"],
    [
      "length and chunks",
      "POST /v1/transactions HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    ],
  ])("%s is refused by the server, which stays up", async (_, octets) => {
    const { hostname, port } = new URL(service.url);
    const said = await new Promise<string>((resolve) => {
      let text = "";
      const socket = connect(Number(port), hostname, () => socket.write(octets, "latin1"));
      socket.on("data", (chunk) => {
        text += chunk;
      });
      socket.on("close", () => resolve(text)).on("error", () => resolve(text));
      setTimeout(() => socket.destroy(), 2_000);
    });
    expect(said).toMatch(/^(HTTP\/1\.1 4\d\d|$)/);
    expect(await alive()).toBe(200);
  });

  test("a client that goes away in the middle leaves nothing behind", async () => {
    const { hostname, port } = new URL(service.url);
    await Promise.all(
      Array.from({ length: 50 }, async () => {
        const socket = connect(Number(port), hostname);
        await new Promise((resolve) => socket.once("connect", resolve));
        socket.write(
          "POST /v1/transactions HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\nContent-Type: application/json\r\n\r\n{",
        );
        socket.destroy();
      }),
    );
    expect(await alive()).toBe(200);
  });
});
