import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { SITE_PAGES } from "../lib/api/site.ts";
import type { Site, SiteFile } from "./web-bundling.ts";

/** What is served: everything but the account of what a page loads first. */
export type SiteFiles = Pick<Site, "files" | "notFound">;

/** A row of `site.json`: a file of the folder, and how it is served. Without a path it is what is answered at every other address. */
export type SiteRow = {
  readonly path?: string;
  readonly file: string;
  readonly type: string;
  readonly immutable: boolean;
};

export const SITE_LIST = "site.json";
const NOT_FOUND = "not-found.html";

const fileOf = (path: string): string => {
  const page = SITE_PAGES.find((page) => page.path === path);
  return page === undefined ? path.slice(1) : `pages/${page.name}.html`;
};

/** Writes the site for the stack, and for a machine without esbuild: pages and assets in folders apart, and a list of them. */
export function writeSite({ files, notFound }: SiteFiles, directory: string): void {
  rmSync(directory, { recursive: true, force: true });
  const put = (file: string, contents: Uint8Array): void => {
    mkdirSync(dirname(join(directory, file)), { recursive: true });
    writeFileSync(join(directory, file), contents);
  };
  const rows: SiteRow[] = [...files].map(([path, { type, immutable, contents }]) => {
    put(fileOf(path), contents);
    return { path, file: fileOf(path), type, immutable };
  });
  put(NOT_FOUND, notFound.contents);
  rows.push({ file: NOT_FOUND, type: notFound.type, immutable: false });
  writeFileSync(join(directory, SITE_LIST), JSON.stringify(rows));
}

/** @throws Error nothing was bundled there */
export function readSiteRows(directory: string): readonly SiteRow[] {
  return JSON.parse(readFileSync(join(directory, SITE_LIST), "utf8")) as SiteRow[];
}

/** What {@link writeSite} wrote: the files that are listed, and no other. */
export function readSite(directory: string): SiteFiles {
  const files = new Map<string, SiteFile>();
  let notFound: SiteFile | undefined;
  for (const { path, file, type, immutable } of readSiteRows(directory)) {
    const read = { type, immutable, contents: new Uint8Array(readFileSync(join(directory, file))) };
    if (path === undefined) notFound = read;
    else files.set(path, read);
  }
  if (notFound === undefined) throw new TypeError(`${SITE_LIST} lists no ${NOT_FOUND}`);
  return { files, notFound };
}
