import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { sign } from "../../bin/motlan/sign.ts";
import { commitmentOf, intentDigest } from "../../lib/identity/commitment.ts";
import { newApiWorld } from "../api/world.ts";

type View = { commitment: string; intentText: string; preimage: Parameters<typeof commitmentOf>[0] };

const SAMPLE = fileURLToPath(new URL("../vectors/pdf/cairo.pdf", import.meta.url));
let folder: string;
let world: Awaited<ReturnType<typeof newApiWorld>>;
let server: Server;
let url = "";
let lie: (view: View) => View = (view) => view;
let loginsBegun = 0;

// A real service behind a man in the middle who changes what it says of the transaction.
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "motlan-lie-"));
  vi.stubEnv("XDG_STATE_HOME", folder);
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  world = await newApiWorld();
  server = createServer(async (request, response) => {
    if (request.url?.startsWith("/.well-known")) loginsBegun++;
    if (request.url === "/v1/service")
      return void response.end(
        JSON.stringify({ demo: true, providers: [{ issuer: url, nativeClientId: "motlan-cli" }] }),
      );
    if (request.url !== "/v1/transactions") return void response.writeHead(404).end();
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const init = world.json(Buffer.concat(parts).toString());
    const answer = await world.send("transactions", "POST", "/v1/transactions", init);
    response.writeHead(answer.status).end(JSON.stringify(lie((await answer.json()) as View)));
  });
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  url = `http://localhost:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  server.close();
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

let count = 0;
async function attempt(change: (view: View) => View): Promise<unknown> {
  lie = change;
  // Its clock is the world's: the transaction must not have expired before it was made.
  world.time.now = Date.now();
  const file = join(folder, `to-khai-${++count}.pdf`);
  writeFileSync(file, readFileSync(SAMPLE));
  const output = { result: () => undefined, progress: () => undefined };
  const options = {
    file,
    server: url,
    persona: "an",
    name: "Nguyễn Thị Thúy",
    locale: "vi",
    yes: true,
    force: false,
  } as const;
  return sign(options, output).then(
    () => "signed",
    (error: { code?: string }) => error.code,
  );
}

const committed = (view: View, preimage: View["preimage"]): View => ({
  ...view,
  preimage,
  commitment: commitmentOf(preimage),
});

test.each<[string, (view: View) => View]>([
  [
    "another digest",
    (view) =>
      committed(view, { ...view.preimage, documents: [{ alg: "SHA-256", digest: "A".repeat(43), title: "x" }] }),
  ],
  [
    "a second document",
    (view) =>
      committed(view, {
        ...view.preimage,
        documents: [...view.preimage.documents, { alg: "SHA-256", digest: "A".repeat(43), title: "x" }],
      }),
  ],
  ["another transaction", (view) => committed(view, { ...view.preimage, id: "A".repeat(22) })],
  [
    "other words",
    (view) => ({
      ...committed(view, {
        ...view.preimage,
        intent: { ...view.preimage.intent, sha256: intentDigest("Tôi bán nhà") },
      }),
      intentText: "Tôi bán nhà",
    }),
  ],
  ["words that are not the committed ones", (view) => ({ ...view, intentText: `${view.intentText} ` })],
  ["a commitment to something else", (view) => ({ ...view, commitment: "A".repeat(43) })],
])("a server that puts %s under the approval is found out before anybody logs in", async (_, change) => {
  expect(await attempt(change)).toBe("document_changed");
  expect(loginsBegun).toBe(0);
});

test("an honest server gets as far as the login", async () => {
  expect(await attempt((view) => view)).toBe("identity_provider_unavailable");
  expect(loginsBegun).toBeGreaterThan(0);
});
