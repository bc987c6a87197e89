import { CACHE_ASSET, CACHE_PAGE, siteHeaders } from "../../lib/api/site.ts";
import type { Site } from "../web-bundling.ts";

/** Answers with a file of the site, as CloudFront does in the stack; undefined for every path that is none. */
export type SiteDoor = (request: Request) => Promise<Response | undefined>;

/**
 * The site is bundled when the first page is asked for: most starts of the service serve the command line and the tests, which
 * should not wait for it.
 */
export function siteDoor(documentHosts: readonly string[], paths: (path: string) => boolean): SiteDoor {
  let bundled: Promise<Site> | undefined;
  const headers = siteHeaders(documentHosts);
  return async (request) => {
    const { pathname } = new URL(request.url);
    if ((request.method !== "GET" && request.method !== "HEAD") || !paths(pathname)) return undefined;
    bundled ??= bundle();
    const file = (await bundled).files.get(pathname);
    if (file === undefined) return undefined;
    return new Response(request.method === "HEAD" ? null : Uint8Array.from(file.contents), {
      headers: {
        ...headers,
        "content-type": file.type,
        "content-length": String(file.contents.length),
        "cache-control": file.immutable ? CACHE_ASSET : CACHE_PAGE,
      },
    });
  };
}

async function bundle(): Promise<Site> {
  const [{ bundleSite }, { pdfjsAssets }] = await Promise.all([
    import("../web-bundling.ts"),
    import("../web-assets.ts"),
  ]);
  return bundleSite(pdfjsAssets());
}
