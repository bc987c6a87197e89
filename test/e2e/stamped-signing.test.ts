import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { lookupCode } from "../../lib/identity/lookup-code.ts";
import { lookupUrl, parseLookupCode } from "../../lib/identity/read-lookup-code.ts";
import type { Verification } from "../../lib/validate/report.ts";
import { judge } from "../judges/judge.ts";
import { askPdfsig, askQpdf } from "../pades/signer.ts";
import { differencesOutside, draw, readCodes } from "../stamp/picture.ts";
import { type Service, startService } from "./service.ts";

const ENTRY = fileURLToPath(new URL("../../bin/motlan.mjs", import.meta.url));
const SAMPLE = fileURLToPath(new URL("../vectors/pdf/libreoffice-pdfa2b.pdf", import.meta.url));
const canDraw = judge("pdftoppm", "that a stamp of the command line can be seen and scanned");
const canJudge = judge("pdfsig", "that Poppler finds what the command line stamped valid");
const canCheck = judge("qpdf", "that what the command line stamped is sound");
const AN = "NGUYỄN THỊ THUÝ AN";
const DUNG = "LÊ HOÀNG DŨNG";

let service: Service;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "motlan-stamped-"));
  service = await startService();
  writeFileSync(join(folder, "a.pdf"), readFileSync(SAMPLE));
});
afterAll(async () => {
  await service.close();
  rmSync(folder, { recursive: true, force: true });
});

type Answer = { readonly code: number | null; readonly out: string };

function motlan(...args: readonly string[]): Promise<Answer> {
  const env = { ...process.env, XDG_STATE_HOME: join(folder, "state"), MOTLAN_SERVER: service.url };
  const child = spawn(process.execPath, [ENTRY, ...args, "--json"], {
    cwd: folder,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let out = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      out += chunk;
    });
  }
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, out })));
}

async function verified(file: string): Promise<Verification> {
  const body = new Uint8Array(readFileSync(join(folder, file)));
  const headers = { "content-type": "application/pdf" };
  return (await (
    await fetch(`${service.url}/v1/verifications`, { method: "POST", body, headers })
  ).json()) as Verification;
}

type Result = {
  readonly id: string;
  readonly lookupCode: string;
  readonly stamp: { page: number; left: number; bottom: number; width: number; height: number; covers: boolean };
};
const resultOf = ({ out }: Answer): Result => JSON.parse(out.slice(out.indexOf("{"))) as Result;

describe("motlan sign --stamp", () => {
  test("signs visibly: our validator, pdfsig and qpdf accept it, nothing else changes, the code leads to this service", async () => {
    const answer = await motlan(
      "sign",
      "a.pdf",
      "--persona",
      "an",
      "--name",
      AN,
      "--stamp",
      "auto",
      "--out",
      "once.pdf",
    );
    expect(answer.out).not.toContain("usage");
    expect(answer.code).toBe(0);
    const { id, stamp, lookupCode: shown } = resultOf(answer);
    expect(parseLookupCode(shown)).toBe(lookupCode(id));
    expect(stamp).toMatchObject({ page: 1, bottom: 15, covers: false });
    const { verdict, signatures } = await verified("once.pdf");
    expect([verdict, signatures[0]?.changes]).toEqual(["VALID", "none"]);
    const [before, after] = ["a.pdf", "once.pdf"].map((name) => new Uint8Array(readFileSync(join(folder, name)))) as [Uint8Array, Uint8Array]; // biome-ignore format: a row
    if (canJudge) expect(await askPdfsig(after)).toMatchObject({ valid: 1, total: 1 });
    if (canCheck) expect(await askQpdf(after)).toBe(0);
    if (!canDraw) return;
    const [was, is] = await Promise.all([draw(before, 1), draw(after, 1)]);
    expect(differencesOutside(was, is, stamp)).toBe(0);
    expect(await readCodes(is)).toEqual([lookupUrl(new URL(service.url).host, lookupCode(id))]);
  });

  test("a second signer's stamp stands beside the first one and is a permitted change", async () => {
    const args = ["--persona", "dung", "--name", DUNG, "--stamp", "1,20,120", "--out", "twice.pdf"];
    const answer = await motlan("sign", "once.pdf", ...args);
    expect(answer.code).toBe(0);
    expect(resultOf(answer).stamp).toMatchObject({ page: 1, left: 20, bottom: 120, covers: false });
    const { verdict, signatures } = await verified("twice.pdf");
    expect(verdict).toBe("VALID");
    expect(signatures.map(({ changes }) => changes).sort()).toEqual(["none", "permitted"]);
  });

  test("with another name than the log-in has nothing is signed", async () => {
    const answer = await motlan(
      "sign",
      "a.pdf",
      "--persona",
      "an",
      "--name",
      DUNG,
      "--stamp",
      "own-page",
      "--out",
      "no.pdf",
    );
    expect(answer.code).toBe(3);
    expect(answer.out).toContain("signer_mismatch");
  });

  test.each([
    ["without a name", ["--stamp", "auto"], "usage"],
    ["at no place", ["--stamp", "somewhere", "--name", AN], "usage"],
    ["outside the page", ["--stamp", "1,200,10", "--name", AN], "stamp_outside_page"],
    ["no page for a signed file", ["--stamp", "own-page", "--name", AN], "stamp_needs_page"],
  ])("refused: %s", async (_, args, code) => {
    const answer = await motlan("sign", "once.pdf", "--persona", "an", ...args, "--out", "no.pdf");
    expect(answer.code).not.toBe(0);
    expect(answer.out).toContain(code);
  });
});
