import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Fault } from "../../lib/fault/fault.ts";
import { allowedHosts, isPrivateAddress } from "../../lib/service/allowed-hosts.ts";
import { type Fetch, fetchAllowed, type Resolver } from "../../lib/service/http-fetch.ts";

let server: Server;
let port = 0;
const asked: string[] = [];
const DOORS: Readonly<Record<string, (request: IncomingMessage, response: ServerResponse) => void>> = {
  "/good": (_, response) => response.end("octets"),
  "/echo": (request, response) => {
    response.setHeader("content-type", "application/octet-stream");
    request.pipe(response);
  },
  "/slow": (_, response) => {
    response.writeHead(200);
    const drip = setInterval(() => response.write("."), 20);
    response.on("close", () => clearInterval(drip));
  },
  "/silent": () => {},
  "/huge": (_, response) => {
    response.writeHead(200);
    const more = () => {
      while (response.write(Buffer.alloc(65_536)));
    };
    response.on("drain", more);
    more();
  },
  "/promises-much": (_, response) => response.writeHead(200, { "content-length": 1_000_000 }).end("x"),
  "/short": (_, response) => {
    response.writeHead(200, { "content-length": 100 }).write("x");
    setTimeout(() => response.destroy(), 20);
  },
  "/zipped": (_, response) => response.writeHead(200, { "content-encoding": "gzip" }).end("x"),
  "/missing": (_, response) => response.writeHead(404).end("no"),
  "/moved": (_, response) => response.writeHead(302, { location: "/good" }).end(),
  "/round": (_, response) => response.writeHead(302, { location: "/round" }).end(),
  "/elsewhere": (_, response) => response.writeHead(302, { location: `http://localhost:${port}/good` }).end(),
  "/other-port": (_, response) => response.writeHead(302, { location: "http://127.0.0.1:1/good" }).end(),
  "/to-a-file": (_, response) => response.writeHead(302, { location: "file:///etc/passwd" }).end(),
  "/to-nowhere": (_, response) => response.writeHead(302, { location: "http://[" }).end(),
};

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(`${request.headers.host}${request.url}`);
    DOORS[request.url ?? ""]?.(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  asked.length = 0;
});

const here = () => allowedHosts([`127.0.0.1:${port}`]);
const fetch = (path: string, changes: Partial<Fetch> = {}, hosts = here()) =>
  fetchAllowed({ url: `http://127.0.0.1:${port}${path}`, limit: 1000, milliseconds: 2_000, ...changes }, hosts);

describe("what is fetched from a host that is allowed", () => {
  test("is what it sends, by GET or by POST", async () => {
    expect(Buffer.from((await fetch("/good")).octets ?? []).toString()).toBe("octets");
    const body = new Uint8Array([1, 2, 3]);
    expect(await fetch("/echo", { body, type: "application/ocsp-request" })).toEqual({
      outcome: "fetched",
      octets: body,
    });
  });

  test("may have moved on the same host, and only there", async () => {
    expect((await fetch("/moved")).outcome).toBe("fetched");
    expect((await fetch("/round")).outcome).toBe("redirected");
    asked.length = 0;
    const both = allowedHosts([`127.0.0.1:${port}`, `localhost:${port}`]);
    for (const door of ["/elsewhere", "/other-port", "/to-a-file", "/to-nowhere"])
      expect((await fetch(door, {}, both)).outcome, door).toBe("redirected");
    expect(asked.filter((address) => address.endsWith("/good"))).toEqual([]);
  });

  test("ends by the clock, however slowly it drips", async () => {
    const started = performance.now();
    expect((await fetch("/slow", { milliseconds: 300 })).outcome).toBe("too-slow");
    expect((await fetch("/silent", { milliseconds: 300 })).outcome).toBe("too-slow");
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  test("ends at the limit, however much is sent or promised", async () => {
    expect((await fetch("/huge")).outcome).toBe("too-large");
    expect((await fetch("/promises-much")).outcome).toBe("too-large");
    expect((await fetch("/good", { limit: 5 })).outcome).toBe("too-large");
    expect((await fetch("/good", { limit: 6 })).outcome).toBe("fetched");
  });

  test.each(["/short", "/zipped", "/missing", "/nothing-is-here-and-nobody-answers"])(
    "%s says nothing",
    async (door) => {
      expect(["failed", "too-slow"]).toContain((await fetch(door, { milliseconds: 300 })).outcome);
    },
  );
});

describe("nobody is contacted", () => {
  const contacts = async (url: string, entries: readonly string[]) => {
    const { outcome } = await fetchAllowed({ url, limit: 1000, milliseconds: 1_000 }, allowedHosts(entries));
    return { outcome, contacted: asked.length };
  };

  test("whose host is not allowed: another name, another port, another kind of address", async () => {
    for (const [url, entries] of [
      [`http://127.0.0.1:${port}/good`, []],
      [`http://127.0.0.1:${port}/good`, ["localhost"]],
      [`http://127.0.0.1:${port}/good`, ["127.0.0.1"]],
      [`http://127.0.0.1:${port}/good`, [`127.0.0.1:${port + 1}`]],
      [`http://localhost:${port}/good`, [`127.0.0.1:${port}`]],
      [`http://who:ever@127.0.0.1:${port}/good`, [`127.0.0.1:${port}`]],
      [`http://who@127.0.0.1:${port}/good`, [`127.0.0.1:${port}`]],
      [`ftp://127.0.0.1:${port}/good`, [`127.0.0.1:${port}`]],
      ["file:///etc/passwd", [`127.0.0.1:${port}`]],
    ] as const)
      expect(await contacts(url, entries), url).toEqual({ outcome: "not-allowed", contacted: 0 });
    expect(await contacts("no url", [])).toEqual({ outcome: "failed", contacted: 0 });
  });

  test("at a private address behind a name, unless the address is named as well", async () => {
    const resolver: Resolver = (_, __, callback) => callback(null, [{ address: "127.0.0.1", family: 4 }]);
    const name = `pki.example:${port}`;
    const through = (...entries: string[]) =>
      fetchAllowed(
        { url: `http://${name}/good`, limit: 1000, milliseconds: 1_000 },
        allowedHosts([name, ...entries]),
        resolver,
      );
    expect(await through()).toEqual({ outcome: "private-address" });
    expect(asked).toEqual([]);
    expect((await through("127.0.0.1")).outcome).toBe("fetched");
    const hosts = allowedHosts(["pki.example", "10.1.2.3", "[fd00::1]"]);
    expect(hosts.mayLeadTo("pki.example", "10.1.2.3")).toBe(true);
    expect(hosts.mayLeadTo("pki.example", "fd00::1")).toBe(true);
    expect(hosts.mayLeadTo("pki.example", "10.1.2.4")).toBe(false);
    expect(hosts.mayLeadTo("pki.example", "127.0.0.1")).toBe(false);
    expect(hosts.mayLeadTo("localhost", "127.0.0.1")).toBe(true);
    expect(hosts.mayLeadTo("localhost", "10.0.0.1")).toBe(false);
    expect(hosts.mayLeadTo("pki.example", "8.8.8.8")).toBe(true);
  });

  test("localhost is this machine by its meaning", async () => {
    expect(await contacts(`http://localhost:${port}/good`, [`localhost:${port}`])).toEqual({
      outcome: "fetched",
      contacted: 1,
    });
  });
});

test.each([
  ...["0.0.0.0", "10.0.0.1", "100.64.0.1", "127.0.0.1", "169.254.169.254", "172.31.0.1", "192.168.1.1", "224.0.0.1"],
  ...[
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "fd00::1",
  ],
  ...["fe80::1", "ff02::1", "no address"],
])("%s is private", (address) => {
  expect(isPrivateAddress(address)).toBe(true);
});

test.each(["8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "::ffff:8.8.8.8"])("%s is public", (address) => {
  expect(isPrivateAddress(address)).toBe(false);
});

test("a host is a name, an address, or one with a port; numbers are what they mean", () => {
  const allows = (entry: string, url: string) => allowedHosts([entry]).allows(new URL(url));
  expect(allows("OCSP.Example.VN", "http://ocsp.example.vn/x")).toBe(true);
  expect(allows("ocsp.example.vn", "https://ocsp.example.vn/x")).toBe(true);
  expect(allows("ocsp.example.vn", "http://ocsp.example.vn:8080/x")).toBe(false);
  expect(allows("ocsp.example.vn:8080", "http://ocsp.example.vn:8080/x")).toBe(true);
  expect(allows("example.vn", "http://ocsp.example.vn/x")).toBe(false);
  expect(allows("example.vn", "http://example.vn.evil.test/x")).toBe(false);
  expect(allows("127.0.0.1", "http://0x7f.1/x")).toBe(true);
  for (const wrong of ["", "http://a", "a/b", "a b", "u@a", "a:99999"])
    expect(() => allowedHosts([wrong]), wrong).toThrow(Fault);
});
