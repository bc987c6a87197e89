import { execFileSync } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { chromium, type Page } from "playwright-core";

/** What a page of ours is allowed: its own scripts, and nothing else whatever. */
const POLICY = "default-src 'none'; script-src 'self'";

/** A page that runs in Chromium, alone with the files that it was given. */
export type BrowserPage = {
  readonly page: Page;
  /** Paths that were asked for so far, in order. */
  readonly asked: readonly string[];
  /** What was asked for elsewhere or is not there, and what the page complained of. */
  readonly wrong: readonly string[];
  readonly close: () => Promise<void>;
};

/**
 * Opens a page of these scripts.
 *
 * @param scripts by name; no folders
 * @param start the script that is loaded as a module; its exports become `globalThis.exported`
 */
export async function openPage(scripts: ReadonlyMap<string, Uint8Array>, start: string): Promise<BrowserPage> {
  const files = new Map<string, { readonly type: string; readonly body: Uint8Array | string }>([
    ["/", { type: "text/html", body: HTML }],
    ["/start.js", { type: "text/javascript", body: `import * as all from "./${start}";globalThis.exported=all;` }],
  ]);
  for (const [name, body] of scripts) files.set(`/${name}`, { type: "text/javascript", body });
  const server = createServer((request, response) => {
    const file = files.get(request.url ?? "");
    const headers = { "content-security-policy": POLICY, "cache-control": "no-store" };
    if (file === undefined) response.writeHead(404, headers).end();
    else response.writeHead(200, { ...headers, "content-type": `${file.type}; charset=utf-8` }).end(file.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  // The one on PATH: playwright-core brings none. Root, as CI is, cannot have Chromium's sandbox.
  const executablePath = execFileSync("sh", ["-c", "command -v chromium"], { encoding: "utf8" }).trim();
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
  const page = await browser.newPage();
  const [asked, wrong]: [string[], string[]] = [[], []];
  page.on("request", (request) => {
    const url = request.url();
    if (url.startsWith(`${origin}/`) && files.has(url.slice(origin.length))) asked.push(url.slice(origin.length));
    else wrong.push(`asked for ${url}`);
  });
  page.on("pageerror", (error) => wrong.push(String(error)));
  page.on("console", (message) => wrong.push(`${message.type()}: ${message.text()}`));
  await page.goto(`${origin}/`);
  await page.waitForFunction(() => "exported" in globalThis);
  const close = async () => {
    await browser.close();
    await new Promise((resolve) => server.close(resolve));
  };
  return { page, asked, wrong, close };
}

const HTML = `<!doctype html><html lang="vi"><meta charset="utf-8"><title>Ký Một Lần</title>
<script type="module" src="start.js"></script></html>`;
