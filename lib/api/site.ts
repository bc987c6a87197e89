/** A page that a person opens: one static HTML file, one script of its own. */
export type SitePage = {
  readonly name: "home" | "sign" | "check" | "history" | "passkeys" | "assist" | "pair";
  readonly path: string;
  /** `web/pages/<entry>.tsx` */
  readonly entry: string;
};

/** Every page. The local start, the stack (S3 and CloudFront) and the tests read this table, as they read the routes. */
export const SITE_PAGES: readonly SitePage[] = [
  { name: "home", path: "/", entry: "home" },
  { name: "sign", path: "/ky", entry: "sign" },
  { name: "check", path: "/kiem-tra", entry: "check" },
  { name: "history", path: "/lich-su", entry: "history" },
  { name: "passkeys", path: "/khoa", entry: "passkeys" },
  { name: "assist", path: "/ho-tro", entry: "assist" },
  { name: "pair", path: "/ghep", entry: "pair" },
];

/** Where scripts, styles, fonts and the viewer's files lie; each under a name that changes with its content. */
export const ASSETS = "/assets/";

/** A name that holds a hash of the content never means anything else: a year, as long as HTTP caches keep anything (RFC 9111). */
export const CACHE_ASSET = "public, max-age=31536000, immutable";
/** A page names the assets of its own version: it is asked for anew each time. */
export const CACHE_PAGE = "no-cache";

/**
 * What the browser is told with every page and asset. Nothing is loaded from elsewhere, no script or style stands in a page, nobody
 * frames it.
 *
 * @param documentHosts origins that documents may be fetched from and that a person may be sent back to (MOTLAN_DOCUMENT_HOSTS)
 */
export function siteHeaders(documentHosts: readonly string[] = []): Readonly<Record<string, string>> {
  const hosts = documentHosts.map((host) => ` ${host}`).join("");
  const policy = [
    "default-src 'none'",
    // WebAssembly for old image formats in PDFs and for reading QR codes.
    "script-src 'self' 'wasm-unsafe-eval'",
    "worker-src 'self' blob:",
    "img-src 'self' blob: data:",
    "media-src 'self' blob:",
    "style-src 'self'",
    // Fonts inside PDFs are handed to the browser as data.
    "font-src 'self' data:",
    `connect-src 'self'${hosts}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
    `form-action 'self'${hosts}`,
  ].join("; ");
  return {
    "content-security-policy": policy,
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy":
      "camera=(self), publickey-credentials-get=(self), publickey-credentials-create=(self), geolocation=(), microphone=(), payment=(), usb=()",
    "referrer-policy": "no-referrer",
    "strict-transport-security": "max-age=63072000; includeSubDomains",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
  };
}
