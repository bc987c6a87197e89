import type { Context } from "hono";
import { Fault } from "../fault/fault.ts";

/**
 * Refuses what another site makes a browser send with our cookie. `SameSite=Lax` keeps the cookie from such requests already; this
 * holds where a neighbouring host counts as the same site (Fetch Metadata §2; Fetch, "Origin"). Every browser sends `Origin` with what is
 * neither GET nor HEAD.
 *
 * @param publicUrl of the service, without a slash at its end
 * @throws Fault `cross_site`
 */
export function refuseCrossSite(context: Context, publicUrl: string): void {
  const site = context.req.header("sec-fetch-site");
  const origin = context.req.header("origin");
  const fromHere = (site === undefined || site === "same-origin") && (origin === undefined || origin === publicUrl);
  if (!fromHere || (site === undefined && origin === undefined))
    throw new Fault("cross_site", "the request was not sent by a page of this service");
}
