import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { VerificationSchema } from "../../lib/api/verification-schema.ts";
import type { Verification } from "../../lib/validate/report.ts";
import { buildPdf, ONE_PAGE } from "../pdf/build.ts";
import { type Service, startService } from "./service.ts";

const ENTRY = fileURLToPath(new URL("../../bin/motlan.mjs", import.meta.url));
const SAMPLE = fileURLToPath(new URL("../vectors/pdf/cairo.pdf", import.meta.url));

let service: Service;
let folder: string;
let signed: Buffer;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "motlan-verify-service-"));
  service = await startService();
  writeFileSync(join(folder, "a.pdf"), readFileSync(SAMPLE));
  expect((await motlan("sign", "a.pdf", "--persona", "an")).code).toBe(0);
  signed = readFileSync(join(folder, "a.signed.pdf"));
  const root = await fetch(`${service.url}/pki/root.cer`);
  writeFileSync(join(folder, "root.cer"), new Uint8Array(await root.arrayBuffer()));
});
afterAll(async () => {
  await service.close();
  rmSync(folder, { recursive: true, force: true });
});

function motlan(...args: readonly string[]): Promise<{ code: number | null; out: string }> {
  const env = { ...process.env, XDG_STATE_HOME: join(folder, "state"), MOTLAN_SERVER: service.url };
  const child = spawn(process.execPath, [ENTRY, ...args], { cwd: folder, env, stdio: ["ignore", "pipe", "ignore"] });
  let out = "";
  child.stdout.on("data", (chunk) => {
    out += chunk;
  });
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, out })));
}

const post = (body: Uint8Array, query = "") =>
  fetch(`${service.url}/v1/verifications${query}`, {
    method: "POST",
    body: body.slice(),
    headers: { "content-type": "application/pdf" },
  });

describe("what this service signed", () => {
  test("is valid with nothing but its root, over HTTP and on the command line, and a test document", async () => {
    const answer = (await (await post(signed)).json()) as Verification;
    expect(z.safeParse(VerificationSchema, answer).error?.issues ?? []).toEqual([]);
    expect(answer.verdict).toBe("VALID");
    expect(answer.signatures[0]).toMatchObject({
      test: true,
      equivalentToHandwritten: false,
      class: "OTHER_CONFIRMATION",
      level: "B-T",
      sevenFields: { signer: "NGUYỄN THỊ THUÝ AN", signingTime: { source: "timestamp" } },
    });
    const { code, out } = await motlan("verify", "a.signed.pdf", "--trust", "root.cer", "--json");
    expect(JSON.parse(out)).toMatchObject({ verdict: "VALID" });
    expect(code).toBe(0);
  });

  test("is still valid in three years, as of which the one-time certificate is long over", async () => {
    const later = new Date(Date.now() + 3 * 365 * 86_400_000).toISOString();
    const { out } = await motlan("verify", "a.signed.pdf", "--trust", "root.cer", "--at", later, "--json");
    expect(JSON.parse(out)).toMatchObject({ verdict: "VALID" });
  });

  test("is not valid with one octet changed", async () => {
    const at = signed.indexOf("/MediaBox");
    const changed = signed.with(at, (signed[at] ?? 0) ^ 1);
    expect(await (await post(changed)).json()).toMatchObject({ verdict: "INVALID" });
  });
});

describe("POST /v1/verifications of the running service", () => {
  test("has no verdict about what is no PDF, and keeps nothing of what it was sent", async () => {
    const secret = "Số điện thoại 0912345678 của tôi";
    const response = await post(new TextEncoder().encode(secret));
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ code: "pdf_invalid", title_vi: "Tệp hỏng hoặc không phải PDF." });
    const kept = readdirSync(service.data, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .filter((entry) => readFileSync(join(entry.parentPath, entry.name)).includes("0912345678"));
    expect(kept).toEqual([]);
  });

  test("lists whom it trusts", async () => {
    const { anchors } = (await (await fetch(`${service.url}/v1/trust`)).json()) as { anchors: { test: boolean }[] };
    expect(anchors).toHaveLength(1);
    expect(anchors[0]).toMatchObject({ test: true, source: `${service.url}/pki/root.cer` });
  });

  test("takes files of more than API Gateway's size, and refuses what is above its own", async () => {
    const large = buildPdf({
      objects: { ...ONE_PAGE, 9: `<</Length 6000000>>stream\n${"x".repeat(6_000_000)}\nendstream` },
    });
    expect((await post(large)).status).toBe(200);
    const response = await post(Buffer.alloc(50 * 1024 * 1024 + 1));
    expect(response.status).toBe(413);
  });
});
