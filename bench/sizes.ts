import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { bundleSite } from "../bin/web-bundling.ts";
import { type Row, ratio } from "./report.ts";

/** Folders of dist/ beside those of the functions. */
const NO_FUNCTIONS: ReadonlySet<string> = new Set(["maps", "web"]);
/** Octets: what a page may load at once, gzip, besides fonts (ux.md). */
const FIRST_LOAD_BUDGET = 60_000;

/** What each page loads at once, compressed as it travels, and the web fonts. Held to its budget by test/web/first-load as well. */
export async function siteSizes(): Promise<Row[]> {
  const { files, firstLoad } = await bundleSite();
  const pages = [...firstLoad].map(([name, paths]) => {
    const octets = paths.reduce((sum, path) => sum + gzipSync(files.get(path)?.contents ?? "").length, 0);
    const share = ratio(octets / FIRST_LOAD_BUDGET, "60 KB", { atMost: 1 });
    return { name: `first load: ${name}, gzip`, value: octets / 1024, unit: "KiB", ratio: share } satisfies Row;
  });
  const fonts = [...files].filter(([path]) => path.endsWith(".woff2"));
  const octets = fonts.reduce((sum, [, { contents }]) => sum + contents.length, 0);
  return [...pages, { name: "first load: web fonts", value: octets / 1024, unit: "KiB" }];
}

/** What is deployed of each function: its bundle, as it lies in dist/ and as a download. */
export function bundleSizes(): Row[] {
  const names = readdirSync("dist", { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && !NO_FUNCTIONS.has(entry.name),
  );
  return names.flatMap(({ name }) => {
    const code = readFileSync(join("dist", name, "index.mjs"));
    return [
      { name: `size: ${name}`, value: code.length / 1024, unit: "KiB" },
      { name: `size: ${name}, gzip`, value: gzipSync(code).length / 1024, unit: "KiB" },
    ] satisfies Row[];
  });
}
