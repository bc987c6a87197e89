import { request } from "node:http";
import { join } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { siteDoor } from "../../bin/local/site.ts";
import { readSite, type SiteFiles, writeSite } from "../../bin/site-files.ts";
import { bundleSite } from "../../bin/web-bundling.ts";
import { CACHE_ASSET, CACHE_PAGE, SITE_PAGES, siteHeaders } from "../../lib/api/site.ts";
import { type Service, startService } from "../e2e/service.ts";
import { temporaryDirectory } from "../stack/temporary.ts";

const URL_ = "http://localhost:8787";
const HTML = "text/html,application/xhtml+xml";
const AGENCY = ["https://hoso.example"];

let site: SiteFiles;
let script: string;
beforeAll(async () => {
  site = await bundleSite();
  // Any that is large enough to be compressed.
  script = [...site.files].find(([path, { contents }]) => path.endsWith(".js") && contents.length > 10_000)?.[0] ?? "";
});

const door = () => siteDoor(URL_, AGENCY, async () => site);
async function ask(path: string, headers: Record<string, string> = {}, method = "GET"): Promise<Response | undefined> {
  return door()(new Request(`${URL_}${path}`, { method, headers, redirect: "manual" }));
}
async function answered(...args: Parameters<typeof ask>): Promise<Response> {
  const response = await ask(...args);
  if (response === undefined) throw new Error(`${args[0]} was left to the API`);
  return response;
}

describe("a page or asset", () => {
  test("carries every header of the table, for the agency's host as well", async () => {
    for (const path of [...SITE_PAGES.map(({ path }) => path), script]) {
      const { headers } = await answered(path);
      for (const [name, value] of Object.entries(siteHeaders(AGENCY))) expect(headers.get(name), name).toBe(value);
    }
    const policy = (await answered("/ky")).headers.get("content-security-policy");
    expect(policy).toContain("connect-src 'self' https://hoso.example;");
    expect(policy).toContain("form-action 'self' https://hoso.example");
  });

  test("is asked for anew if it is a page, and kept for a year if its name holds its content", async () => {
    expect((await answered("/ky")).headers.get("cache-control")).toBe(CACHE_PAGE);
    expect((await answered(script)).headers.get("cache-control")).toBe(CACHE_ASSET);
  });

  test("travels as brotli or gzip to whoever takes it, and as it is to everybody else", async () => {
    const plain = site.files.get(script)?.contents;
    const [br, gzip, refused, none] = await Promise.all(
      ["gzip, deflate, br, zstd", "gzip", "br;q=0, gzip;q=0.0", ""].map((accepted) =>
        answered(script, { "accept-encoding": accepted }),
      ),
    );
    const octets = async (response: Response | undefined) =>
      Buffer.from((await response?.arrayBuffer()) ?? new ArrayBuffer(0));
    expect([br, gzip, refused, none].map((one) => one?.headers.get("content-encoding"))).toEqual([
      "br",
      "gzip",
      null,
      null,
    ]);
    expect(br?.headers.get("vary")).toBe("accept-encoding");
    const compressed = await octets(br);
    expect(br?.headers.get("content-length")).toBe(String(compressed.length));
    expect(compressed.length).toBeLessThan((plain?.length ?? 0) / 2);
    expect(new Uint8Array(brotliDecompressSync(compressed))).toEqual(plain);
    expect(new Uint8Array(gunzipSync(await octets(gzip)))).toEqual(plain);
    expect(new Uint8Array(await octets(refused))).toEqual(plain);
  });

  test("is not sent again to whoever has it, and is to whoever has another", async () => {
    const tag = (await answered("/ky")).headers.get("etag") ?? "";
    for (const known of [tag, `"x", ${tag}`, tag.replace("W/", ""), "*"]) {
      const again = await answered("/ky", { "if-none-match": known });
      expect(again.status, known).toBe(304);
      expect(await again.text()).toBe("");
      expect(again.headers.get("etag")).toBe(tag);
      expect(again.headers.get("content-security-policy")).not.toBeNull();
    }
    expect((await answered("/ky", { "if-none-match": 'W/"another"' })).status).toBe(200);
    expect((await answered("/kiem-tra")).headers.get("etag")).not.toBe(tag);
  });

  test("answers HEAD with the headers of GET and no content, and refuses every other method", async () => {
    const [head, get] = [await answered("/ky", {}, "HEAD"), await answered("/ky")];
    expect(await head.text()).toBe("");
    expect(Object.fromEntries(head.headers)).toEqual(Object.fromEntries(get.headers));
    for (const method of ["POST", "PUT", "DELETE", "OPTIONS"]) {
      const refused = await answered("/ky", {}, method);
      expect([refused.status, refused.headers.get("allow")], method).toEqual([405, "GET, HEAD"]);
      expect(await refused.json()).toMatchObject({ code: "method_not_allowed" });
    }
  });

  test("with thousands of slashes costs no more than another", async () => {
    const path = `/ky${"/".repeat(16_000)}x`;
    await answered("/ky", { accept: HTML });
    const started = performance.now();
    for (let i = 0; i < 10; i++) expect((await answered(path, { accept: HTML })).status).toBe(404);
    // With a pattern it took two seconds.
    expect(performance.now() - started).toBeLessThan(700);
  });

  test("with a slash too many leads to the one address, its query kept, and never to another host", async () => {
    const moved = await answered("/kiem-tra/?ma=K7QF", { accept: HTML });
    expect([moved.status, moved.headers.get("location")]).toEqual([301, "/kiem-tra?ma=K7QF"]);
    expect((await answered("//ky/", { accept: HTML })).status).toBe(404);
    expect((await answered("//evil.example/", { accept: HTML })).headers.get("location")).toBeNull();
  });
});

test("where nothing is, a browser is shown a page in both languages that leads back, and a program is left to the API's problem", async () => {
  for (const path of ["/khong-co", "/ky/1", "/assets/none.js", "/KY"]) {
    const page = await answered(path, { accept: HTML });
    expect(page.status, path).toBe(404);
    const html = await page.text();
    for (const word of ["Không có trang này", "There is no such page", 'href="/"', 'lang="en"'])
      expect(html).toContain(word);
    expect(html).not.toContain("<script");
    expect(page.headers.get("content-security-policy")).not.toBeNull();
    expect(await ask(path, { accept: "application/json" }), path).toBeUndefined();
  }
  for (const path of ["/v1/nothing", "/ocsp/", "/pki/x"])
    expect(await ask(path, { accept: HTML }), path).toBeUndefined();
});

test("what was written for the stack is served alike, and only what its list names", async () => {
  const directory = join(temporaryDirectory(), "web");
  writeSite(site, directory);
  const read = readSite(directory);
  expect(new Map(read.files)).toEqual(new Map(site.files));
  expect(read.notFound).toEqual(site.notFound);
});

test("without esbuild and without a bundle the pages say what to run, and are tried anew at the next request", async () => {
  let tries = 0;
  const broken = siteDoor(URL_, [], async () => {
    if (tries++ === 0) throw new Error("ENOENT");
    return site;
  });
  const first = await broken(new Request(`${URL_}/ky`));
  expect(first?.status).toBe(503);
  expect(await first?.text()).toContain("npm run bundle");
  expect((await broken(new Request(`${URL_}/ky`)))?.status).toBe(200);
});

describe("over HTTP", () => {
  let service: Service;
  beforeAll(async () => {
    service = await startService();
  });
  afterAll(() => service.close());

  /** A request line as it is, which `fetch` would tidy up. */
  const raw = (path: string, accept: string) =>
    new Promise<{ status: number | undefined; type: string | undefined; text: string }>((resolve, reject) => {
      const { hostname, port } = new URL(service.url);
      request({ hostname, port, path, headers: { accept } }, (response) => {
        let text = "";
        response.on("data", (chunk: Buffer) => {
          text += chunk.toString();
        });
        response.on("end", () =>
          resolve({ status: response.statusCode, type: response.headers["content-type"], text }),
        );
      })
        .on("error", reject)
        .end();
    });

  test.each([
    "/assets/../package.json",
    "/assets/../../package.json",
    "/assets/%2e%2e/%2e%2e/package.json",
    "/assets/..%2f..%2fpackage.json",
    "/assets/..%5c..%5cpackage.json",
    "/assets//etc/passwd",
    "/assets/%00",
    "/%2e%2e/package.json",
    "/web/pages/sign.tsx",
    "/.motlan/credentials.json",
    "/dist/web/site.json",
    "/package.json",
    "/assets/",
  ])("%s reads nothing outside the site", async (path) => {
    const [page, problem] = [await raw(path, HTML), await raw(path, "*/*")];
    expect([page.status, page.type]).toEqual([404, "text/html; charset=utf-8"]);
    expect(page.text).toContain("Không có trang này");
    expect([problem.status, problem.type]).toEqual([404, "application/problem+json; charset=utf-8"]);
    expect(JSON.parse(problem.text)).toMatchObject({ code: "not_found" });
  });

  test("an idle connection outlives what clients keep one for, so that no request is sent into one that is being closed", async () => {
    expect((await fetch(`${service.url}/ky`)).headers.get("keep-alive")).toBe("timeout=65");
  });

  test("pages and the API live at one address", async () => {
    expect((await raw("/ky", HTML)).status).toBe(200);
    expect((await raw("/v1/service", HTML)).type).toContain("json");
    expect((await raw("/v1/nothing", HTML)).type).toBe("application/problem+json; charset=utf-8");
  });
});
