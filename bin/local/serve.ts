import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { honoPath } from "../../lib/api/app.ts";
import { type FunctionName, ROUTES } from "../../lib/api/routes.ts";
import { IDLE_TIMEOUT } from "../../lib/local/loopback.ts";
import { siteDoor } from "./site.ts";

/** The functions as Lambda runs them; each reads its environment when it is loaded. */
const FUNCTIONS: Readonly<Record<FunctionName, () => Promise<{ readonly service: Hono }>>> = {
  transactions: () => import("../../functions/transactions.ts"),
  signing: () => import("../../functions/signing.ts"),
  identity: () => import("../../functions/identity.ts"),
  proofs: () => import("../../functions/proofs.ts"),
  status: () => import("../../functions/status.ts"),
  trust: () => import("../../functions/trust.ts"),
  verification: () => import("../../functions/verification.ts"),
  people: () => import("../../functions/people.ts"),
  lookups: () => import("../../functions/lookups.ts"),
  assistance: () => import("../../functions/assistance.ts"),
  passkeys: () => import("../../functions/passkeys.ts"),
  "passkey-signing": () => import("../../functions/passkey-signing.ts"),
};

export type Served = { readonly close: () => Promise<void> };

/**
 * What CloudFront and API Gateway do in the stack: pages and their assets, each row of the route table to its function, everything else
 * to nobody.
 *
 * @param documentHosts origins of documents, for the pages' content security policy
 */
export async function serveFunctions(
  port: number,
  publicUrl: string,
  documentHosts: readonly string[],
): Promise<Served> {
  const names = Object.keys(FUNCTIONS) as FunctionName[];
  const loaded = await Promise.all(names.map(async (name) => [name, (await FUNCTIONS[name]()).service] as const));
  const services = new Map(loaded);
  const gateway = new Hono();
  for (const route of ROUTES)
    gateway.all(honoPath(route.path), (context) => {
      const service = services.get(route.function);
      if (service === undefined) throw new TypeError(`no function ${route.function}`);
      // The environment holds the socket, as API Gateway's event holds the address.
      return service.fetch(context.req.raw, context.env);
    });
  const site = siteDoor(publicUrl, documentHosts);
  // Any function answers an unknown address with the same problem.
  gateway.notFound(
    async (context) =>
      (await site(context.req.raw)) ??
      services.get("trust")?.fetch(context.req.raw, context.env) ??
      new Response(null, { status: 404 }),
  );
  return new Promise((resolve, reject) => {
    const server = serve(
      { fetch: gateway.fetch, port, hostname: "127.0.0.1", serverOptions: { keepAliveTimeout: IDLE_TIMEOUT } },
      () => resolve({ close: () => new Promise((done) => server.close(() => done())) }),
    );
    server.once("error", reject);
  });
}
