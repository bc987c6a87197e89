import type { Context } from "hono";

/** What the names of our cookies begin with. */
const OWN = "motlan-";
/**
 * A browser takes a cookie whose name begins like this from this very host over TLS and from nobody else (RFC 6265bis §4.1.3.2). Without it
 * a neighbouring host, or a network that answers for one without TLS, plants a cookie of its own making: with the secret of a
 * transaction that a stranger approved, a login would sign what the person has never seen. On http, which is one machine, there is no such
 * name.
 */
const THIS_HOST = "__Host-";

const isSecure = (publicUrl: string): boolean => publicUrl.startsWith("https:");

/**
 * `Set-Cookie` for one of our cookies. Lax, because the way back from the identity provider is a top-level navigation from another site;
 * never readable by script.
 *
 * @param name begins with `motlan-`
 * @param seconds how long the browser keeps it; 0 takes it away
 */
export function setCookie(publicUrl: string, name: string, value: string, seconds: number): string {
  const attributes = `Max-Age=${seconds}; HttpOnly; SameSite=Lax`;
  if (!isSecure(publicUrl)) return `${name}=${value}; Path=/v1; ${attributes}`;
  return `${THIS_HOST}${name}=${value}; Path=/; ${attributes}; Secure`;
}

/** Our cookies among those of a request, as a `Cookie` header of their plain names; what anybody else may have planted is not among them. */
export function ownCookies(context: Context, publicUrl: string): string {
  const prefix = (isSecure(publicUrl) ? THIS_HOST : "") + OWN;
  const pairs = (context.req.header("cookie") ?? "").split(";").map((pair) => pair.trim());
  const ours = pairs.filter((pair) => pair.startsWith(prefix));
  return ours.map((pair) => OWN + pair.slice(prefix.length)).join("; ");
}
