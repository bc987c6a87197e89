import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { isOfApi } from "../../lib/api/doors.ts";
import { ASSETS, CACHE_ASSET, CACHE_PAGE, SITE_PAGES, siteHeaders } from "../../lib/api/site.ts";
import { Fault } from "../../lib/fault/fault.ts";
import { toProblem } from "../../lib/fault/problem.ts";
import { NOT_BUNDLED } from "../../lib/text/cli.ts";
import { readSite, type SiteFiles } from "../site-files.ts";
import type { SiteFile } from "../web-bundling.ts";

/**
 * Answers with a page, an asset or the page that says there is none, as CloudFront does in the stack; undefined for what is the API's
 * and for programs that ask where nothing is.
 */
export type SiteDoor = (request: Request) => Promise<Response | undefined>;

/** Where `npm run bundle` writes the site. */
const BUNDLED = fileURLToPath(new URL("../../dist/web", import.meta.url));
const PAGE_PATHS: ReadonlySet<string> = new Set(SITE_PAGES.map(({ path }) => path));
/** Octets: CloudFront leaves smaller ones as they are as well. */
const WORTH_COMPRESSING = 1000;
/** woff2 is compressed already. */
const COMPRESSIBLE = /^(?:text\/|image\/svg|application\/(?:json|wasm)|font\/ttf)/;
/** A third of the time of the best quality, and within some percent of its size. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };

/**
 * The site is bundled when the first page is asked for: most starts of the service serve the command line and the tests, which
 * should not wait for it.
 *
 * @param publicUrl of the service, without a slash at its end
 * @param documentHosts origins, as {@link siteHeaders} takes them
 */
export function siteDoor(
  publicUrl: string,
  documentHosts: readonly string[],
  bundle: () => Promise<SiteFiles> = bundledSite,
): SiteDoor {
  let bundled: Promise<SiteFiles> | undefined;
  const headers = siteHeaders(documentHosts);
  const refuseMethod = (): Response => {
    const told = toProblem(new Fault("method_not_allowed", "pages and their files are read, nothing else"), publicUrl);
    const more = { "content-type": "application/problem+json; charset=utf-8", "cache-control": "no-store" };
    const allow = { allow: "GET, HEAD" };
    return new Response(JSON.stringify(told), { status: told.status, headers: { ...headers, ...more, ...allow } });
  };
  return async (request) => {
    const { pathname, search } = new URL(request.url);
    if (isOfApi(pathname)) return undefined;
    const ours = PAGE_PATHS.has(pathname) || pathname.startsWith(ASSETS);
    const reads = request.method === "GET" || request.method === "HEAD";
    if (!reads) return ours ? refuseMethod() : undefined;
    const shorter = withoutSlashes(pathname);
    if (!ours && PAGE_PATHS.has(shorter))
      return new Response(null, { status: 301, headers: { ...headers, location: `${shorter}${search}` } });
    const forBrowser = (request.headers.get("accept") ?? "").includes("text/html");
    if (!ours && !forBrowser) return undefined;
    bundled ??= bundle();
    let site: SiteFiles;
    try {
      site = await bundled;
    } catch (error) {
      bundled = undefined;
      return new Response(`${NOT_BUNDLED}\n\n${String(error)}\n`, { status: 503, headers: { ...headers, ...PLAIN } });
    }
    const file = site.files.get(pathname);
    if (file !== undefined) return answer(request, file, 200, headers);
    return forBrowser ? answer(request, site.notFound, 404, headers) : undefined;
  };
}

/** Without those at its end. A pattern takes the square of the time for slashes that are followed by something else. */
function withoutSlashes(path: string): string {
  let end = path.length;
  while (end > 0 && path[end - 1] === "/") end--;
  return path.slice(0, end);
}

const PLAIN = { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" };

function answer(request: Request, file: SiteFile, status: 200 | 404, site: Readonly<Record<string, string>>): Response {
  const etag = tagOf(file);
  const headers: Record<string, string> = {
    ...site,
    "cache-control": file.immutable ? CACHE_ASSET : CACHE_PAGE,
    vary: "accept-encoding",
    etag,
  };
  if (status === 200 && knows(request.headers.get("if-none-match"), etag))
    return new Response(null, { status: 304, headers });
  const { encoding, contents } = encoded(file, request.headers.get("accept-encoding") ?? "");
  headers["content-type"] = file.type;
  headers["content-length"] = String(contents.length);
  if (encoding !== undefined) headers["content-encoding"] = encoding;
  return new Response(request.method === "HEAD" ? null : Uint8Array.from(contents), { status, headers });
}

type Encoded = { readonly encoding?: "br" | "gzip"; readonly contents: Uint8Array };

const tags = new WeakMap<SiteFile, string>();
/** Weak: the same content compressed in another way is as good (RFC 9110 §8.8.1). */
function tagOf(file: SiteFile): string {
  const tag = tags.get(file) ?? `W/"${createHash("sha256").update(file.contents).digest("base64url").slice(0, 22)}"`;
  tags.set(file, tag);
  return tag;
}

/** RFC 9110 §13.1.2. */
function knows(ifNoneMatch: string | null, tag: string): boolean {
  const weak = (text: string) => text.trim().replace(/^W\//, "");
  return ifNoneMatch !== null && (ifNoneMatch.trim() === "*" || ifNoneMatch.split(",").map(weak).includes(weak(tag)));
}

const compressed = new WeakMap<SiteFile, Map<string, Uint8Array>>();
function encoded(file: SiteFile, accepted: string): Encoded {
  if (file.contents.length < WORTH_COMPRESSING || !COMPRESSIBLE.test(file.type)) return file;
  const encoding = (["br", "gzip"] as const).find((name) => accepts(accepted, name));
  if (encoding === undefined) return file;
  const known = compressed.get(file) ?? new Map<string, Uint8Array>();
  compressed.set(file, known);
  const contents =
    known.get(encoding) ?? (encoding === "br" ? brotliCompressSync(file.contents, BROTLI) : gzipSync(file.contents));
  known.set(encoding, contents);
  return { encoding, contents };
}

/** RFC 9110 §12.5.3, without the star: whoever says only that can read the file as it is. */
function accepts(header: string, encoding: string): boolean {
  return header.split(",").some((part) => {
    const [name = "", ...parameters] = part.split(";").map((text) => text.trim().toLowerCase());
    return name === encoding && !parameters.some((text) => /^q=0(?:\.0*)?$/.test(text));
  });
}

/** From the sources; where esbuild is not installed, what `npm run bundle` wrote. */
async function bundledSite(): Promise<SiteFiles> {
  const bundling = await import("../web-bundling.ts").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ERR_MODULE_NOT_FOUND") return undefined;
    throw error;
  });
  return bundling === undefined ? readSite(BUNDLED) : bundling.bundleSite();
}
