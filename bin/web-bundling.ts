import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Plugin, transform } from "esbuild";
import { ASSETS, SITE_PAGES, type SitePage } from "../lib/api/site.ts";
import { reportFontFiles } from "../lib/service/report-fonts.ts";
import { COMMON, NOT_FOUND, PAGE_TITLES } from "../lib/text/web/common.ts";
import { bundleForPage, loadedAtOnce } from "./page-bundling.ts";
import { staticAssets } from "./web-assets.ts";

/** A file of the site, by the path that it is asked for under. */
export type SiteFile = {
  readonly type: string;
  readonly contents: Uint8Array;
  /** Its name holds a hash of its content. */
  readonly immutable: boolean;
};
export type Site = {
  readonly files: ReadonlyMap<string, SiteFile>;
  /** What a browser is shown at an address where nothing is; itself at no address. */
  readonly notFound: SiteFile;
  /** What each page loads at once, as paths: its HTML, the style sheet, its scripts. */
  readonly firstLoad: ReadonlyMap<SitePage["name"], readonly string[]>;
};

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const WEB = join(ROOT, "web");

const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".ttf": "font/ttf",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".woff2": "font/woff2",
};

/** The web fonts: two faces, Latin and Vietnamese apart, so that a browser loads what the page needs (unicode-range as in the package). */
const FACES = [400, 700].flatMap((weight) => ["latin", "vietnamese"].map((subset) => ({ weight, subset })));
const RANGES: Readonly<Record<string, string>> = {
  latin:
    "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD",
  vietnamese:
    "U+0102-0103,U+0110-0111,U+0128-0129,U+0168-0169,U+01A0-01A1,U+01AF-01B0,U+0300-0301,U+0303-0304,U+0308-0309,U+0323,U+0329,U+1EA0-1EF9,U+20AB",
};

/**
 * The whole site, in memory: the pages, one script each with what they share apart, the workers, one style sheet, fonts. The same
 * sources give the same octets.
 *
 * @param more other files under /assets: those of the viewer and of the QR reader
 * @param pages all of them, or those that a test is about
 */
export async function bundleSite(
  more: readonly { readonly path: string; readonly file: string }[] = staticAssets(),
  pages: readonly SitePage[] = SITE_PAGES,
): Promise<Site> {
  const files = new Map<string, SiteFile>();
  const put = (path: string, contents: Uint8Array, immutable = true): string => {
    files.set(path, { type: TYPES[extname(path)] ?? "application/octet-stream", contents, immutable });
    return path;
  };
  const hashed = (name: string, contents: Uint8Array): string => {
    const ending = extname(name);
    return put(`${ASSETS}${basename(name, ending)}-${hashOf(contents)}${ending}`, contents);
  };
  for (const { path, file } of more) put(path, new Uint8Array(readFileSync(file)));
  const workers = await bundleWorkers(put);
  const stampFonts = reportFontFiles().map(({ path, name }) => hashed(name, new Uint8Array(readFileSync(path))));
  const style = hashed("style.css", await bundleStyle(hashed));
  const known = assetsModule({ workers, fonts: { regular: stampFonts[0] ?? "", bold: stampFonts[1] ?? "" } });
  const scripts = await bundlePages(pages, known, put);
  const firstLoad = new Map<SitePage["name"], readonly string[]>();
  for (const page of pages) {
    const [script = "", ...shared] = scripts.get(page.entry) ?? [];
    const html = new TextEncoder().encode(htmlOf(page, { style, script, shared }));
    firstLoad.set(page.name, [put(page.path, html, false), style, script, ...shared]);
    // "/" and "/ky" have no ending to tell their type by.
    files.set(page.path, { type: TYPES[".html"] ?? "", contents: html, immutable: false });
  }
  const missing = new TextEncoder().encode(notFoundHtml(style));
  return { files, notFound: { type: TYPES[".html"] ?? "", contents: missing, immutable: false }, firstLoad };
}

/** Each worker in a folder of its own, named by all that is in it: its parts find each other by relative names. */
async function bundleWorkers(put: (path: string, contents: Uint8Array) => string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  const folder = join(WEB, "workers");
  const entries = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".ts")) : [];
  for (const entry of entries.sort()) {
    const name = basename(entry, ".ts");
    const { atOnce, onDemand } = await bundleForPage(join(folder, entry), name);
    const parts = [...atOnce, ...onDemand];
    const hash = hashOf(...parts.map(({ contents }) => contents));
    for (const part of parts) put(`${ASSETS}${name}-${hash}/${part.name}`, part.contents);
    found[name] = `${ASSETS}${name}-${hash}/${name}.js`;
  }
  return found;
}

async function bundleStyle(hashed: (name: string, contents: Uint8Array) => string): Promise<Uint8Array> {
  const faces = FACES.map(({ weight, subset }) => {
    const name = `be-vietnam-pro-${subset}-${weight}-normal.woff2`;
    const file = fileURLToPath(import.meta.resolve(`@fontsource/be-vietnam-pro/files/${name}`));
    const url = hashed(name, new Uint8Array(readFileSync(file)));
    return `@font-face{font-family:"Be Vietnam Pro";font-weight:${weight};font-display:swap;src:url(${url}) format("woff2");unicode-range:${RANGES[subset]}}`;
  });
  const sheets = readdirSync(WEB, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".css"));
  // The page's own rules first: those of a component build on them.
  sheets.sort((a, b) => Number(b === "style.css") - Number(a === "style.css") || (a < b ? -1 : 1));
  const text = [...faces, ...sheets.map((name) => readFileSync(join(WEB, name), "utf8"))].join("\n");
  const { code } = await transform(text, { loader: "css", minify: true, target: "es2022" });
  return new TextEncoder().encode(code);
}

/** What `web:assets` (web/assets.d.ts) stands for. */
function assetsModule({ workers, fonts }: { workers: object; fonts: object }): Plugin {
  return {
    name: "assets",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^web:assets$/ }, ({ path }) => ({ path, namespace: "assets" }));
      onLoad({ filter: /.*/, namespace: "assets" }, () => ({
        contents: `export const WORKERS = ${JSON.stringify(workers)}; export const FONTS = ${JSON.stringify(fonts)};`,
        loader: "js",
      }));
    },
  };
}

/** @returns by entry: the paths of its script and of what that imports at once */
async function bundlePages(
  pages: readonly SitePage[],
  assets: Plugin,
  put: (path: string, contents: Uint8Array) => string,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const { outputFiles = [], metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: pages.map(({ entry }) => ({ in: join(WEB, "pages", `${entry}.tsx`), out: entry })),
    outdir: "site",
    entryNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
    write: false,
    bundle: true,
    splitting: true,
    platform: "browser",
    format: "esm",
    target: "es2022",
    jsx: "automatic",
    jsxImportSource: "preact",
    minify: true,
    legalComments: "none",
    logLevel: "warning",
    metafile: true,
    plugins: [assets],
  });
  for (const { path, contents } of outputFiles) put(`${ASSETS}${basename(path)}`, contents);
  const scripts = new Map<string, readonly string[]>();
  for (const [output, { entryPoint }] of Object.entries(metafile.outputs)) {
    if (entryPoint === undefined || !entryPoint.startsWith("web/pages/")) continue;
    const atOnce = loadedAtOnce(metafile, output);
    scripts.set(
      basename(entryPoint, ".tsx"),
      [...atOnce].map((path) => `${ASSETS}${basename(path)}`),
    );
  }
  return scripts;
}

type Loaded = { readonly style: string; readonly script: string; readonly shared: readonly string[] };

/** Nothing but addresses and words: what a page shows is made by its script. */
function htmlOf({ name }: SitePage, { style, script, shared }: Loaded): string {
  const preload = shared.map((path) => `<link rel="modulepreload" href="${path}">`).join("");
  // A look-up by code works without any script.
  const lookup =
    name === "check"
      ? `<form action="/tra-cuu" method="get"><label for="ma">Mã tra cứu / Look-up code</label> <input id="ma" name="ma" autocomplete="off"> <button>Tra cứu / Look up</button></form>`
      : "";
  return `<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${PAGE_TITLES[name].vi} – ${COMMON.brand.vi}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${style}">
${preload}<script type="module" src="${script}"></script>
</head>
<body><div id="app"></div><noscript><main><h1>${COMMON.brand.vi}</h1><p>${COMMON.noScript.vi}</p><p lang="en">${COMMON.noScript.en}</p>${lookup}</main></noscript></body>
</html>
`;
}

/** Both languages and no script: small enough for CloudFront to hold it itself (lib/stack/edge.ts). */
function notFoundHtml(style: string): string {
  const part = (language: "vi" | "en") =>
    `<section lang="${language}"><h${language === "vi" ? 1 : 2}>${NOT_FOUND.heading[language]}</h${language === "vi" ? 1 : 2}><p>${NOT_FOUND.lead[language]}</p><p><a href="/${language === "en" ? "?lang=en" : ""}">${NOT_FOUND.home[language]}</a></p></section>`;
  return `<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>${NOT_FOUND.heading.vi} – ${COMMON.brand.vi}</title><link rel="icon" href="data:,"><link rel="stylesheet" href="${style}"></head>
<body><main>${part("vi")}${part("en")}</main></body></html>
`;
}

function hashOf(...parts: readonly Uint8Array[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest("hex").slice(0, 12);
}
