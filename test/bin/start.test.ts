import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";

const ENTRY = fileURLToPath(new URL("../../bin/local.ts", import.meta.url));

let folder: string;
let taken: Server;
let port = 0;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "motlan-start-"));
  taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
  port = (taken.address() as { port: number }).port;
});
afterAll(() => {
  taken.close();
  rmSync(folder, { recursive: true, force: true });
});

function start(data: string, env: Record<string, string>): Promise<{ code: number | null; err: string }> {
  const child = spawn(process.execPath, [ENTRY], { env: { ...process.env, MOTLAN_DATA: data, ...env } });
  let err = "";
  child.stderr.on("data", (chunk) => {
    err += chunk;
  });
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, err })));
}

test.each(["MOTLAN_PORT", "MOTLAN_PROVIDER_PORT"])(
  "a taken %s ends the start with a sentence, not with a stack",
  async (name) => {
    const free = { MOTLAN_PORT: "0", MOTLAN_PROVIDER_PORT: String(port + 1 > 65_535 ? port - 1 : port + 1) };
    const { code, err } = await start(join(folder, name), { ...free, MOTLAN_PORT: "18787", [name]: String(port) });
    expect(code).toBe(1);
    expect(err).toContain(`Cổng ${port} đang được dùng`);
    expect(err).toContain(`Port ${port} is in use`);
    expect(err).not.toMatch(/\n\s+at /);
  },
);

test("a port that is none, and state that is damaged, are told and end it", async () => {
  expect(await start(join(folder, "x"), { MOTLAN_PORT: "99999" })).toMatchObject({ code: 1 });
  const data = mkdtempSync(join(folder, "damaged-"));
  writeFileSync(join(data, "credentials.json"), "{");
  const { code, err } = await start(data, {});
  expect(code).toBe(1);
  expect(err).toContain("The service did not start: ");
  expect(err).toContain("is damaged");
});
