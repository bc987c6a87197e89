import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { basename, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type PluginBuild } from "esbuild";
import { pdfjsAssets } from "../../bin/web-assets.ts";
import { siteHeaders } from "../../lib/api/site.ts";
import { newVisitor, type Visitor, type VisitorOptions } from "./visitor.ts";

const WEB = fileURLToPath(new URL("../../web", import.meta.url));
const TYPES: Readonly<Record<string, string>> = {
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".css": "text/css",
  ".wasm": "application/wasm",
};

/** A page with parts of the site on it, under the headers of the site; and what it asked for. */
export type Stage = {
  readonly url: string;
  /** Paths, in order. */
  readonly asked: readonly string[];
  /** A visitor who has opened it. What the page exports is `globalThis.stage`. */
  readonly visit: (options?: VisitorOptions) => Promise<Visitor>;
  readonly close: () => Promise<void>;
};

/**
 * @param entry a module (.ts or .tsx) that shows something in `#app`
 * @param leaveOut paths that are answered with 404
 */
export async function newStage(entry: URL, leaveOut: RegExp = /^$/): Promise<Stage> {
  const { outputFiles } = await build({
    entryPoints: [{ in: fileURLToPath(entry), out: "stage" }],
    outdir: "stage",
    write: false,
    bundle: true,
    splitting: true,
    format: "esm",
    target: "es2022",
    jsx: "automatic",
    jsxImportSource: "preact",
    minify: true,
    logLevel: "warning",
    plugins: [{ name: "assets", setup: assets }],
  });
  const files = new Map<string, Uint8Array | (() => Uint8Array)>([
    ["/", new TextEncoder().encode(HTML)],
    ["/start.js", new TextEncoder().encode(`import * as all from "/stage.js";globalThis.stage=all;`)],
    ["/style.css", new TextEncoder().encode(styles())],
    [READER, await bundled(join(WEB, "workers/pdf-reader.ts"))],
    ...outputFiles.map(({ path, contents }) => [`/${basename(path)}`, contents] as const),
    ...pdfjsAssets().map(({ path, file }) => [path, () => new Uint8Array(readFileSync(file))] as const),
  ]);
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? "";
    asked.push(path);
    const file = leaveOut.test(path) ? undefined : files.get(path);
    const headers = { ...siteHeaders(), "content-type": TYPES[extname(path)] ?? "application/octet-stream" };
    if (path === "/") headers["content-type"] = "text/html; charset=utf-8";
    if (file === undefined) response.writeHead(404, headers).end();
    else response.writeHead(200, headers).end(typeof file === "function" ? file() : file);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    asked,
    async visit(options) {
      const visitor = await newVisitor(options);
      await visitor.page.goto(`${url}/`);
      await visitor.page.waitForFunction(() => "stage" in globalThis);
      return visitor;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

const READER = "/pdf-reader.js";

/** As the site's own `web:assets`, with the worker that the viewer needs. */
function assets({ onResolve, onLoad }: PluginBuild): void {
  onResolve({ filter: /^web:assets$/ }, ({ path }) => ({ path, namespace: "assets" }));
  const contents = `export const WORKERS = ${JSON.stringify({ "pdf-reader": READER })};`;
  onLoad({ filter: /.*/, namespace: "assets" }, () => ({ contents }));
}

async function bundled(entry: string): Promise<Uint8Array> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    format: "esm",
    target: "es2022",
    write: false,
  });
  return outputFiles[0]?.contents ?? new Uint8Array(0);
}

function styles(): string {
  const sheets = readdirSync(WEB, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".css"));
  sheets.sort((a, b) => Number(b === "style.css") - Number(a === "style.css") || (a < b ? -1 : 1));
  return sheets.map((name) => readFileSync(join(WEB, name), "utf8")).join("\n");
}

const HTML = `<!doctype html><html lang="vi"><meta charset="utf-8"><title>Ký Một Lần</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,"><link rel="stylesheet" href="/style.css">
<main><h1>Ký Một Lần</h1><div id="app"></div></main><script type="module" src="/start.js"></script></html>`;

/** Octets on their way into a page. */
export const base64 = (octets: Uint8Array): string => Buffer.from(octets).toString("base64");
