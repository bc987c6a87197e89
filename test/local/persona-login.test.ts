import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { personaLogin } from "../../bin/motlan/persona-login.ts";

// The login against the embedded provider is in identity-provider.test.ts; these are the providers that misbehave.

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const end = "http://127.0.0.1:1/callback";
const failed = expect.objectContaining({ code: "login_failed" });

test("cookies go where their path says, and are dropped when told", async () => {
  const seen: string[] = [];
  const url = await serve((request, response) => {
    seen.push(`${request.method} ${request.url} ${request.headers.cookie ?? ""}`.trim());
    const steps: Record<string, [number, Record<string, string | string[]>]> = {
      "/auth": [
        303,
        { Location: "/page", "Set-Cookie": ["a=1; path=/", "b=2; Path=/page; HttpOnly", "c=3; path=/other"] },
      ],
      "/page": request.method === "GET" ? [200, {}] : [303, { Location: "/done" }],
      "/done": [303, { Location: "/last", "Set-Cookie": "a=; path=/; expires=Thu, 01 Jan 1970 00:00:00 GMT" }],
      "/last": [303, { Location: `${end}?code=x` }],
    };
    const [status, headers] = steps[request.url ?? ""] ?? [404, {}];
    response.writeHead(status, headers).end();
  });
  expect((await personaLogin(`${url}/auth`, "an", end)).searchParams.get("code")).toBe("x");
  expect(seen).toEqual(["GET /auth", "GET /page a=1; b=2", "POST /page a=1; b=2", "GET /done a=1", "GET /last"]);
});

test("a redirect to a third place is not followed", async () => {
  let visited = false;
  const elsewhere = await serve((_, response) => {
    visited = true;
    response.end();
  });
  const url = await serve((_, response) => response.writeHead(303, { Location: elsewhere }).end());
  await expect(personaLogin(`${url}/auth`, "an", end)).rejects.toThrow(failed);
  expect(visited).toBe(false);
});

test("a login that goes round in circles ends", async () => {
  const url = await serve((_, response) => response.writeHead(303, { Location: "/auth" }).end());
  await expect(personaLogin(`${url}/auth`, "an", end)).rejects.toThrow(failed);
});

test("a page behind the form, an error page and an unknown person are login_failed", async () => {
  const always = await serve((_, response) => response.end("hello"));
  await expect(personaLogin(`${always}/auth`, "an", end)).rejects.toThrow(failed);
  const never = await serve((_, response) => response.writeHead(400).end());
  await expect(personaLogin(`${never}/auth`, "an", end)).rejects.toThrow(failed);
});

test("a provider that is not there is identity_provider_unavailable", async () => {
  const url = await serve((_, response) => response.end());
  servers.splice(0).map((server) => server.close());
  await expect(personaLogin(`${url}/auth`, "an", end)).rejects.toThrow(
    expect.objectContaining({ code: "identity_provider_unavailable" }),
  );
});
