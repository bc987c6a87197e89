import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { personaLogin } from "../../bin/motlan/persona-login.ts";
import { findSignatures } from "../../lib/pades/find.ts";
import { type Service, startService } from "./service.ts";

const ENTRY = fileURLToPath(new URL("../../bin/motlan.mjs", import.meta.url));
const SAMPLE = fileURLToPath(new URL("../vectors/pdf/cairo.pdf", import.meta.url));

let service: Service;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "motlan-cli-"));
  service = await startService();
});
afterAll(async () => {
  await service.close();
  rmSync(folder, { recursive: true, force: true });
});

type Run = { readonly code: number | null; readonly out: string; readonly err: string };

/** The command as a person runs it, in a process of its own, with its memory in the test's folder. */
const motlan = (...args: readonly string[]) => motlanIn({}, ...args);

function motlanIn(more: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<Run> {
  const env = { ...process.env, ...more, XDG_STATE_HOME: join(folder, "state"), MOTLAN_SERVER: service.url };
  const child = spawn(process.execPath, [ENTRY, ...args], { env, stdio: ["ignore", "pipe", "pipe"] });
  let [out, err] = ["", ""];
  child.stdout.on("data", (chunk) => {
    out += chunk;
  });
  child.stderr.on("data", (chunk) => {
    err += chunk;
  });
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, out, err })));
}

let count = 0;
/** A file of its own for each test: the same file with the same options is the same transaction. */
function newFile(octets: Uint8Array = readFileSync(SAMPLE)): string {
  const file = join(folder, `to-khai-${++count}.pdf`);
  writeFileSync(file, octets);
  return file;
}
const json = ({ out }: Run) => JSON.parse(out) as Record<string, unknown> & { error?: Record<string, unknown> };

describe("motlan sign", () => {
  test("signs beside the file, says who and when, and shows the words and the digest first", async () => {
    const file = newFile();
    const { code, out, err } = await motlan("sign", file, "--persona", "an", "--reason", "Đăng ký thường trú");
    expect(err).toMatch(/Tôi, người đăng nhập, ký tài liệu[\s\S]*SHA-256: ([0-9a-f]{4} ){15}[0-9a-f]{4}/);
    expect(code).toBe(0);
    expect(out).toMatch(/NGUYỄN THỊ THUÝ AN[\s\S]*Test document/);
    const [signature] = findSignatures(readFileSync(file.replace(".pdf", ".signed.pdf")));
    expect(signature).toMatchObject({ coversWholeFile: true, reason: "Đăng ký thường trú" });
  });

  test("--json gives one object, and the proof is there for it", async () => {
    const run = await motlan("sign", newFile(), "--persona", "tuyet", "--json");
    const signed = json(run);
    expect(signed).toMatchObject({ signer: "TRẦN HOÀ ÁNH TUYẾT", demo: true, signatureClass: "OTHER_CONFIRMATION" });
    const proof = json(await motlan("proof", String(signed.id), "--json"));
    expect(proof).toMatchObject({ version: "motlan/proof/v1", id: signed.id });
    // Somebody else who holds the document gets it too; somebody who holds another does not.
    const byDocument = await motlan("proof", String(signed.id), "--document", String(signed.out), "--json");
    expect(json(byDocument)).toEqual(proof);
    const other = await motlan("sign", newFile(), "--persona", "an", "--json");
    const refused = await motlan("proof", String(signed.id), "--document", String(json(other).out), "--json");
    expect(refused.code).toBe(3);
    expect(json(refused).error).toMatchObject({ code: "transaction_not_found" });
  });

  test.each([
    ["binh", "assurance_too_low", 3],
    ["giang", "identity_inactive", 3],
    ["chi", "login_cancelled", 4],
  ])("%s: %s, exit %i, and no file", async (persona, code, exit) => {
    const file = newFile();
    const run = await motlan("sign", file, "--persona", persona, "--json");
    expect(run.code).toBe(exit);
    expect(json(run).error).toMatchObject({ code, signed: false });
    expect(() => readFileSync(file.replace(".pdf", ".signed.pdf"))).toThrow();
  });

  test("a ward officer signs in their own name", async () => {
    expect(json(await motlan("sign", newFile(), "--persona", "dung", "--json")).signer).toBe("LÊ HOÀNG DŨNG");
  });

  test("a name with its tone mark elsewhere and decomposed is the same name; another name signs nothing", async () => {
    const name = "Nguyễn Thị Thúy An".normalize("NFD");
    expect((await motlan("sign", newFile(), "--persona", "an", "--name", name)).code).toBe(0);
    const other = await motlan("sign", newFile(), "--persona", "an", "--name", "Trần Văn Bê", "--json");
    expect(json(other).error).toMatchObject({ code: "signer_mismatch" });
  });

  test("a second person signs what the first has signed", async () => {
    const first = json(await motlan("sign", newFile(), "--persona", "an", "--json"));
    const second = json(await motlan("sign", String(first.out), "--persona", "tuyet", "--json"));
    const found = findSignatures(readFileSync(String(second.out)));
    expect(found.map(({ coversWholeFile, problems }) => [coversWholeFile, problems])).toEqual([
      [false, []],
      [true, []],
    ]);
  });

  test("an output that is there is kept; the signature is not lost, and --force fetches the same one", async () => {
    const file = newFile();
    const target = join(folder, "taken.pdf");
    writeFileSync(target, "mine");
    const refused = await motlan("sign", file, "--persona", "an", "--out", target, "--json");
    expect(json(refused).error).toMatchObject({ code: "file_unwritable" });
    expect(readFileSync(target, "utf8")).toBe("mine");
    const again = await motlan("sign", file, "--persona", "an", "--out", target, "--force", "--json");
    expect(again.code).toBe(0);
    expect(findSignatures(readFileSync(target))).toHaveLength(1);
  });

  test.each<[string, Uint8Array, string]>([
    ["an empty file", new Uint8Array(0), "pdf_invalid"],
    ["a picture", Buffer.from("\x89PNG\r\n\x1a\n"), "pdf_invalid"],
    ["a file cut in the middle", readFileSync(SAMPLE).subarray(0, 200), "pdf_invalid"],
    ["100 MB of zeros", new Uint8Array(100_000_000), "pdf_invalid"],
  ])("%s is refused", async (_, octets, code) => {
    const run = await motlan("sign", newFile(octets), "--persona", "an", "--json");
    expect(json(run).error).toMatchObject({ code, signed: false });
    expect(run.code).toBe(3);
  });

  test.each<[string, readonly string[], number, string]>([
    ["no file", ["sign"], 2, "usage"],
    ["two files", ["sign", "a", "b"], 2, "usage"],
    ["a file that is not there", ["sign", "/nowhere/a.pdf", "--persona", "an"], 3, "file_unreadable"],
    ["nobody to approve", ["sign", SAMPLE, "--out", "/tmp/never.pdf"], 2, "usage"],
    ["an unknown option", ["sign", SAMPLE, "--seal"], 2, "usage"],
    ["an unknown command", ["frobnicate"], 2, "usage"],
    ["a server without TLS elsewhere", ["sign", SAMPLE, "--server", "http://example.com"], 2, "usage"],
    [
      "a server that is not there",
      ["sign", SAMPLE, "--server", "http://localhost:9", "--persona", "an"],
      5,
      "server_unreachable",
    ],
    ["a person who is not there", ["sign", SAMPLE, "--persona", "nobody"], 3, "login_failed"],
    ["a proof of nothing", ["proof", "AAAAAAAAAAAAAAAAAAAAAA"], 2, "usage"],
  ])("%s", async (_, args, exit, code) => {
    const run = await motlan(...args, "--json");
    expect(json(run).error).toMatchObject({ code });
    expect(run.code).toBe(exit);
  });

  test("without a demo person it waits for the browser, whose login it never sees", async () => {
    const env = { ...process.env, XDG_STATE_HOME: join(folder, "state"), MOTLAN_SERVER: service.url, PATH: "" };
    const child = spawn(process.execPath, [ENTRY, "sign", newFile(), "--yes", "--json"], {
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let out = "";
    child.stdout.on("data", (chunk) => {
      out += chunk;
    });
    const closed = new Promise((resolve) => child.once("close", resolve));
    const url = await new Promise<string>((resolve) => {
      let err = "";
      child.stderr.on("data", (chunk) => {
        err += chunk;
        const found = /^ {2}(http:\S+)$/m.exec(err)?.[1];
        if (found !== undefined) resolve(found);
      });
    });
    const redirect = new URL(url).searchParams.get("redirect_uri") ?? "";
    expect((await fetch(`${new URL(redirect).origin}/other`)).status).toBe(404);
    const page = await fetch(await personaLogin(url, "an", redirect));
    expect(await page.text()).toContain("Đã đăng nhập");
    expect(await closed).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ signer: "NGUYỄN THỊ THUÝ AN" });
  });

  test("a file is looked for where the person stands, not where npm runs", async () => {
    const file = newFile();
    const env = { npm_lifecycle_event: "motlan", INIT_CWD: folder };
    const run = await motlanIn(env, "sign", basename(file), "--persona", "an", "--json");
    expect(json(run)).toMatchObject({ out: basename(file).replace(".pdf", ".signed.pdf") });
    expect(findSignatures(readFileSync(file.replace(".pdf", ".signed.pdf")))).toHaveLength(1);
  });

  test("trouble is told in both languages, with its code", async () => {
    const { err } = await motlan("sign", newFile(), "--persona", "binh");
    expect(err).toMatch(
      /Tài khoản chưa đủ mức xác thực để ký\. Chưa có gì được ký\.\n.*Nothing was signed\.\n\(assurance_too_low/,
    );
  });
});

test("motlan ca list names the five certificates of the demo, all of which say DEMO", async () => {
  const { certificates } = json(await motlan("ca", "list", "--json")) as unknown as {
    certificates: { subject: string }[];
  };
  expect(certificates).toHaveLength(5);
  for (const { subject } of certificates) expect(subject).toContain("DEMO");
});

test("motlan --help explains itself in both languages", async () => {
  const { code, out } = await motlan("--help");
  expect(code).toBe(0);
  expect(out).toMatch(/Ký một tệp PDF[\s\S]*Signs a PDF/);
  expect((await motlan()).code).toBe(2);
});
