import { gzipSync } from "node:zlib";
import { beforeAll, expect, test } from "vitest";
import { bundleSite, type Site } from "../../bin/web-bundling.ts";
import { SITE_PAGES } from "../../lib/api/site.ts";

let site: Site;
beforeAll(async () => {
  site = await bundleSite();
});

const KB = 1000;
/** ux.md, "First-load budget": HTML, CSS and JavaScript of a page, gzip; and its fonts, which are counted in KiB there. */
const PAGE_BUDGET = 60 * KB;
const FONTS_BUDGET = 67 * 1024;

const contents = (path: string): Uint8Array => site.files.get(path)?.contents ?? new Uint8Array();
const gzip = (path: string): number => gzipSync(contents(path)).length;

test.each(SITE_PAGES.map(({ name }) => name))("%s: what it loads at once is within 60 KB, gzip", (name) => {
  const paths = site.firstLoad.get(name) ?? [];
  const octets = paths.reduce((sum, path) => sum + gzip(path), 0);
  process.stdout.write(`first load of ${name}: ${(octets / KB).toFixed(1)} KB gzip in ${paths.length} files\n`);
  expect(paths.length).toBeGreaterThanOrEqual(3);
  for (const path of paths) expect(contents(path).length, path).toBeGreaterThan(0);
  expect(octets).toBeLessThanOrEqual(PAGE_BUDGET);
});

test("what is listed as the first load is what the HTML and its scripts name: nothing is left out of the count", () => {
  for (const { name, path } of SITE_PAGES) {
    const listed = new Set(site.firstLoad.get(name));
    const html = new TextDecoder().decode(contents(path));
    const named = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, asset = ""]) => asset);
    const seen = new Set<string>([path]);
    // Static imports of minified modules: `from"./x.js"` or `import"./x.js"`, never `import("./x.js")`.
    const follow = (asset: string): void => {
      if (seen.has(asset)) return;
      seen.add(asset);
      if (!asset.endsWith(".js")) return;
      const code = new TextDecoder().decode(contents(asset));
      for (const [, next = ""] of code.matchAll(/(?:from|import)"\.\/([^"]+)"/g)) follow(`/assets/${next}`);
    };
    for (const asset of named) follow(asset);
    expect([...seen].sort(), name).toEqual([...listed].sort());
  }
});

test("the fonts of a page are within 67 KB", () => {
  const fonts = [...site.files.keys()].filter((path) => path.endsWith(".woff2"));
  const octets = fonts.reduce((sum, path) => sum + contents(path).length, 0);
  process.stdout.write(`web fonts: ${(octets / KB).toFixed(1)} KB in ${fonts.length} files\n`);
  expect(fonts).toHaveLength(4);
  expect(octets).toBeLessThanOrEqual(FONTS_BUDGET);
});

/** Addresses that stand in files of the site and are asked by nobody. What else should ever stand here? */
const NAMES_ONLY: readonly RegExp[] = [
  // Names of XML vocabularies.
  /^http:\/\/www\.w3\.org\//,
  /^http:\/\/(?:ns\.adobe\.com|www\.xfa\.org\/schema)\//,
  // Where a licence is, in the licence.
  /^http:\/\/www\.apache\.org\/licenses\/LICENSE-2\.0$/,
  /^http:\/\/scripts\.sil\.org\/OFL$/,
  /^https:\/\/github\.com\/(?:bettergui\/BeVietnamPro|zloirock\/core-js)/,
  // PDF.js and what it is built with try out how the browser reads addresses.
  /^https?:\/\/(?:x|a|foo\.bar|example\.com)(?:[/@#]|$)/,
  // In the text of an error.
  /^https:\/\/simplewebauthn\.dev\/docs\//,
  // What a person's own machine is called.
  /^http:\/\/localhost\b/,
];

/** Everything that could be an address of somebody else: scheme and host. */
const addresses = (text: string): string[] =>
  [...text.matchAll(/\b(?:https?|wss?):\/\/[a-z0-9.-]+[^\s"'`<>)\\]*/gi)].map(([address]) => address);

test("no file of the site names an address of somebody else", () => {
  const found = [...site.files].flatMap(([path, { type, contents }]) =>
    /^(?:text|application\/(?:json|wasm)|image\/svg)/.test(type)
      ? addresses(new TextDecoder().decode(contents))
          .filter((address) => !NAMES_ONLY.some((name) => name.test(address)))
          .map((address) => `${path.replace(/-[0-9A-Za-z]{8,12}(?=[./])/, "")}: ${address}`)
      : [],
  );
  expect([...new Set(found)].sort()).toEqual([]);
  expect(addresses('import("https://cdn.example/x.js")')).toEqual(["https://cdn.example/x.js"]);
});
