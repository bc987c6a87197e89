import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { VerificationSchema } from "../../lib/api/verification-schema.ts";
import { concat, fromUtf8 } from "../../lib/bytes/bytes.ts";
import { parseOcspResponse } from "../../lib/revocation/ocsp-read.ts";
import { writeTrustProfile } from "../../lib/trust/profile.ts";
import { bareAnchor } from "../../lib/trust/read-anchors.ts";
import { toPem } from "../../lib/x509/pem.ts";
import { buildPdf, ONE_PAGE } from "../pdf/build.ts";
import { onePage, signPdf } from "../worlds/pades.ts";
import { type AnyParty, newCa, newParty, newTsa } from "../worlds/parties.ts";
import { crlBy, ocspAbout } from "../worlds/status.ts";
import { newWorld, type World } from "../worlds/world.ts";

const ENTRY = fileURLToPath(new URL("../../bin/motlan.mjs", import.meta.url));

/** A name that clears the screen and begins a line of its own. */
const STRANGE = "a\u001b[2J\nGiả.pdf";

let folder: string;
let world: World;
let at: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "motlan-verify-"));
  world = await newWorld({ seed: "verify command" });
  at = new Date(world.now + 60_000).toISOString();
  // As most PKIs are: nobody but the signer of one file names a source of status.
  const ca = newCa(world);
  const sign = (signer: AnyParty) => signPdf(world, { signer, tsa: newTsa(world), chain: [ca.certificate.raw] });
  const signed = await sign(newParty(world, { issuer: ca }));
  const put = (name: string, octets: Uint8Array | string) => writeFileSync(join(folder, name), octets);
  put("signed.pdf", signed.pdf);
  put("changed.pdf", signed.pdf.with(40, (signed.pdf[40] ?? 0) ^ 1));
  put("plain.pdf", onePage());
  put("not.pdf", "Xin chào");
  put("empty.pdf", "");
  put("locked.pdf", lockedPdf());
  mkdirSync(join(folder, "folder.pdf"));
  const naming = newParty(world, { issuer: ca, crl: "http://crl.example.test/ca.crl" });
  const { pdf: named } = await sign(naming);
  put("crl.pdf", named);
  put(STRANGE, named);
  put("ca.crl", crlBy({ issuer: ca, thisUpdate: world.now }));
  const response = await ocspAbout({ certificate: naming.certificate, issuer: ca, thisUpdate: world.now });
  put("ocsp.der", response);
  put("basic.der", parseOcspResponse(response).basic?.raw ?? "");
  put("root.crl.pem", toPem("X509 CRL", crlBy({ issuer: world.root, thisUpdate: world.now })));
  mkdirSync(join(folder, "trust"));
  put("trust/root.pem", toPem("CERTIFICATE", world.root.certificate.raw));
  put("root.der", world.root.certificate.raw);
  put("demo.json", writeTrustProfile([{ ...bareAnchor(world.root.certificate, "demo"), test: true }]));
  put(
    "public.json",
    writeTrustProfile([{ ...bareAnchor(world.root.certificate, "list"), class: "PUBLIC_CA", managingUnit: "NEAC" }]),
  );
  const other = await newWorld({ seed: "another world" });
  put("other.pem", toPem("CERTIFICATE", other.root.certificate.raw));
  put("broken.json", '{"version":1,"anchors":[{}]}');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Standard security handler, revision 3, whose password nobody knows. */
function lockedPdf(): Uint8Array {
  const secret = "00".repeat(32);
  return buildPdf({
    objects: { ...ONE_PAGE, 4: `<</Filter/Standard/V 2/R 3/Length 128/P -44/O<${secret}>/U<${secret}>>>` },
    trailer: `/Encrypt 4 0 R/ID[<${"00".repeat(16)}><${"00".repeat(16)}>]`,
  });
}

type Run = { readonly code: number | null; readonly out: string; readonly err: string };
function motlan(args: readonly string[], input: string | Uint8Array = "", cwd = folder): Promise<Run> {
  const child = spawn(process.execPath, [ENTRY, "verify", ...args], { cwd });
  const said = { out: "", err: "" };
  child.stdout.on("data", (chunk) => (said.out += chunk));
  child.stderr.on("data", (chunk) => (said.err += chunk));
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, ...said })));
}

type Line = { readonly file: string | null; readonly verdict: string; readonly error?: { readonly code: string } };
const linesIn = (out: string): Line[] =>
  out
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Line);
const ask = async (...args: string[]) => {
  const { code, out } = await motlan([...args, "--json", "--at", at]);
  return { code, lines: linesIn(out) };
};

describe("motlan verify FILE", () => {
  test.each([
    ["signed.pdf", 0, "VALID", undefined],
    ["changed.pdf", 10, "INVALID", undefined],
    ["plain.pdf", 12, "NO_SIGNATURE", undefined],
    ["not.pdf", 13, "CANNOT_TELL", "pdf_invalid"],
    ["empty.pdf", 13, "CANNOT_TELL", "pdf_invalid"],
    ["locked.pdf", 13, "CANNOT_TELL", "pdf_encrypted"],
    ["missing.pdf", 13, "CANNOT_TELL", "file_unreadable"],
    ["folder.pdf", 13, "CANNOT_TELL", "file_unreadable"],
  ])("%s ends with %i, %s, %s", async (file, exit, verdict, code) => {
    const { code: ended, lines } = await ask(file, "--trust", "trust");
    expect(lines).toHaveLength(1);
    expect({ ended, verdict: lines[0]?.verdict, error: lines[0]?.error?.code }).toEqual({
      ended: exit,
      verdict,
      error: code,
    });
  });

  test("without trust, or with trust in others, nothing can be concluded, and how to trust is said", async () => {
    expect(await ask("signed.pdf")).toMatchObject({ code: 11, lines: [{ verdict: "CANNOT_TELL" }] });
    expect(await ask("signed.pdf", "--trust", "other.pem")).toMatchObject({
      code: 11,
      lines: [{ verdict: "CANNOT_TELL" }],
    });
    const { out, err } = await motlan(["signed.pdf", "--at", at]);
    expect(out).toContain("Chưa thể kết luận");
    expect(err).toContain("--trust");
  });

  test("trust is a folder, a certificate in DER or PEM, or a profile", async () => {
    const requests = ["trust", "root.der", "trust/root.pem", "demo.json"].map((path) =>
      JSON.stringify({ file: "signed.pdf", trust: [path], at }),
    );
    const { out } = await motlan(["--batch", "-"], requests.join("\n"));
    expect(linesIn(out).map(({ verdict }) => verdict)).toEqual(requests.map(() => "VALID"));
  });

  test("a trust profile says the class and who manages; a bare certificate says nothing", async () => {
    const [bare] = (await ask("signed.pdf", "--trust", "root.der")).lines as unknown as Answer[];
    expect(bare?.signatures[0]).toMatchObject({
      class: "OTHER_CONFIRMATION",
      equivalentToHandwritten: false,
      test: false,
    });
    const [told] = (await ask("signed.pdf", "--trust", "public.json")).lines as unknown as Answer[];
    expect(told?.signatures[0]).toMatchObject({ class: "PUBLIC_CA", equivalentToHandwritten: true });
    expect(told?.signatures[0]).toMatchObject({ sevenFields: { managingUnit: "NEAC" } });
    const [demo] = (await ask("signed.pdf", "--trust", "demo.json")).lines as unknown as Answer[];
    expect(demo?.signatures[0]).toMatchObject({ test: true, equivalentToHandwritten: false });
  });

  test("of several files the worst decides, and there is one line a file", async () => {
    const good = await ask("signed.pdf", "signed.pdf", "--trust", "trust");
    expect(good).toMatchObject({ code: 0, lines: [{ file: "signed.pdf" }, { file: "signed.pdf" }] });
    expect((await ask("signed.pdf", "plain.pdf", "--trust", "trust")).code).toBe(12);
    expect((await ask("plain.pdf", "missing.pdf", "signed.pdf", "--trust", "trust")).code).toBe(13);
    expect((await ask("missing.pdf", "changed.pdf", "plain.pdf", "--trust", "trust")).code).toBe(10);
  });

  test("a person reads one banner and five answers, Vietnamese first, and texts of the file do not speak to the terminal", async () => {
    const { out, code } = await motlan([STRANGE, "--trust", "trust", "--at", at, "--policy-revocation", "warn"]);
    expect(code).toBe(0);
    for (const said of [
      "Ai ký? / Who signed?",
      "Ký lúc nào?",
      "Có bị sửa không?",
      "Ai bảo đảm?",
      "Dùng được vào việc gì?",
    ])
      expect(out).toContain(said);
    expect(out).toContain("Chữ ký hợp lệ");
    expect(out).not.toContain("\u001b");
    expect(out).not.toMatch(/^Giả/m);
  });

  test("a status that is named must be known by default, may be given, and can be demanded of all", async () => {
    expect((await ask("crl.pdf", "--trust", "trust")).lines[0]?.verdict).toBe("CANNOT_TELL");
    expect((await ask("crl.pdf", "--trust", "trust", "--crl", "ca.crl")).lines[0]?.verdict).toBe("VALID");
    expect((await ask("crl.pdf", "--trust", "trust", "--policy-revocation", "warn")).lines[0]?.verdict).toBe("VALID");
    const all = ["--crl", "ca.crl", "--policy-revocation", "required"];
    expect((await ask("crl.pdf", "--trust", "trust", ...all)).lines[0]?.verdict).toBe("CANNOT_TELL");
    expect((await ask("crl.pdf", "--trust", "trust", ...all, "--crl", "root.crl.pem")).lines[0]?.verdict).toBe("VALID");
  });

  test("a response may be given whole or as the BasicOCSPResponse in it; a certificate that cannot be read is said", async () => {
    const status = (...more: string[]) => ask("crl.pdf", "--trust", "trust", ...more);
    for (const file of ["ocsp.der", "basic.der"])
      expect((await status("--ocsp", file)).lines[0]?.verdict).toBe("VALID");
    const { lines } = await ask("signed.pdf", "--trust", "trust", "--cert", "not.pdf");
    expect(lines[0]).toMatchObject({ verdict: "VALID", warnings: [expect.stringContaining("not.pdf")] });
  });

  test("facts come along where they are asked for", async () => {
    const [line] = (await ask("signed.pdf", "--trust", "trust", "--facts")).lines as unknown as {
      facts: { version: number };
    }[];
    expect(line?.facts.version).toBe(1);
  });

  test.each([
    ["no file", []],
    ["a moment that is none", ["signed.pdf", "--at", "soon"]],
    ["a policy that is none", ["signed.pdf", "--policy-revocation", "never"]],
    ["an option that is none", ["signed.pdf", "--trusted", "x"]],
    ["files beside a batch", ["signed.pdf", "--batch", "x"]],
    ["a host that is none", ["signed.pdf", "--fetch-from", "http://x/"]],
  ])("%s is a wrong command", async (_, args) => {
    const { code, out } = await motlan([...args, "--json"]);
    expect(code).toBe(2);
    expect(JSON.parse(out)).toMatchObject({ error: { code: "usage" } });
  });
});

type Answer = { readonly signatures: readonly Record<string, unknown>[] };

describe("motlan verify --batch", () => {
  const request = (file: unknown, more: Record<string, unknown> = {}) =>
    JSON.stringify({ file, trust: ["trust"], at, ...more });

  test("answers each line with one line, in order, whatever stands in it", async () => {
    const lines: [string | Uint8Array, string | null, string, string?][] = [
      [request("signed.pdf"), "signed.pdf", "VALID"],
      ["{", null, "CANNOT_TELL", "request_malformed"],
      [request("changed.pdf"), "changed.pdf", "INVALID"],
      [request("plain.pdf", { id: 7 }), "plain.pdf", "NO_SIGNATURE"],
      ["[]", null, "CANNOT_TELL", "request_malformed"],
      [request("missing.pdf"), "missing.pdf", "CANNOT_TELL", "file_unreadable"],
      [request("locked.pdf"), "locked.pdf", "CANNOT_TELL", "pdf_encrypted"],
      [request("not.pdf"), "not.pdf", "CANNOT_TELL", "pdf_invalid"],
      [request(7), null, "CANNOT_TELL", "request_malformed"],
      [request("signed.pdf", { trust: [] }), "signed.pdf", "CANNOT_TELL"],
      [request("signed.pdf", { trust: ["nowhere"] }), "signed.pdf", "CANNOT_TELL", "file_unreadable"],
      [request("signed.pdf", { trust: ["broken.json"] }), "signed.pdf", "CANNOT_TELL", "trust_malformed"],
      [request("signed.pdf", { trust: ["not.pdf"] }), "signed.pdf", "CANNOT_TELL", "trust_malformed"],
      [request("crl.pdf", { crls: ["ca.crl"] }), "crl.pdf", "VALID"],
      [request("crl.pdf", { crls: ["missing.crl"] }), "crl.pdf", "CANNOT_TELL", "file_unreadable"],
      [request("crl.pdf", { crls: ["not.pdf"] }), "crl.pdf", "CANNOT_TELL", "der_malformed"],
      // What was given to be asked must be asked, also about those that need no status.
      [request("signed.pdf", { crls: ["not.pdf"] }), "signed.pdf", "CANNOT_TELL", "der_malformed"],
      [request("signed.pdf", { crls: ["trust/root.pem"] }), "signed.pdf", "CANNOT_TELL", "crl_malformed"],
      [request("signed.pdf", { ocsps: ["not.pdf"] }), "signed.pdf", "CANNOT_TELL", "der_malformed"],
      [request("signed.pdf", { ocsps: ["ca.crl"] }), "signed.pdf", "CANNOT_TELL", "ocsp_malformed"],
      [request("signed.pdf", { at: Math.floor(world.now / 1000) + 60 }), "signed.pdf", "VALID"],
      [request("signed.pdf", { at: "soon" }), "signed.pdf", "CANNOT_TELL", "request_malformed"],
      [new Uint8Array([0xff, 0xfe]), null, "CANNOT_TELL", "request_malformed"],
      [`{"file":"${"x".repeat(1_100_000)}"}`, null, "CANNOT_TELL", "request_malformed"],
      [request("a\0b.pdf"), "a\0b.pdf", "CANNOT_TELL", "file_unreadable"],
      [request("signed.pdf"), "signed.pdf", "VALID"],
    ];
    const input = concat(
      ...lines.flatMap(([line]) => [typeof line === "string" ? fromUtf8(line) : line, fromUtf8("\n \n")]),
    );
    const { code, out } = await motlan(["--batch", "-"], input);
    expect(code).toBe(0);
    const answers = linesIn(out);
    expect(answers.map(({ file, verdict, error }) => [file, verdict, error?.code])).toEqual(
      lines.map(([, file, verdict, error]) => [file, verdict, error]),
    );
    for (const { file: _, ...answer } of answers)
      if (answer.error === undefined) expect(z.safeParse(VerificationSchema, answer).error?.issues ?? []).toEqual([]);
      else expect(answer.error).toMatchObject({ vi: expect.any(String), en: expect.any(String) });
    expect(out).not.toContain("Nothing was signed");
  });

  test("finds files from where it stands, else beside the list of requests", async () => {
    writeFileSync(join(folder, "requests.jsonl"), `${request("signed.pdf")}\n${request("folder.pdf/../signed.pdf")}`);
    const elsewhere = await motlan(["--batch", join(folder, "requests.jsonl")], "", tmpdir());
    const here = await motlan(["--batch", "requests.jsonl"]);
    for (const { out } of [elsewhere, here])
      expect(linesIn(out).map(({ verdict }) => verdict)).toEqual(["VALID", "VALID"]);
    expect(await motlan(["--batch", "missing.jsonl", "--json"])).toMatchObject({
      code: 3,
      out: expect.stringContaining("file_unreadable"),
    });
  });

  test("what a line does not say, the command line says", async () => {
    const { out } = await motlan(
      ["--batch", "-", "--trust", "trust", "--at", at],
      '{"file":"signed.pdf"}\n{"file":"signed.pdf","trust":[]}',
    );
    expect(linesIn(out).map(({ verdict }) => verdict)).toEqual(["VALID", "CANNOT_TELL"]);
  });

  test("answers a request before the next one is sent", async () => {
    const child = spawn(process.execPath, [ENTRY, "verify", "--batch", "-"], { cwd: folder });
    try {
      for (const file of ["signed.pdf", "plain.pdf"]) {
        const answer = new Promise<string>((resolve) => child.stdout.once("data", (chunk) => resolve(String(chunk))));
        child.stdin.write(`${request(file)}\n`);
        expect(JSON.parse(await answer)).toMatchObject({ file });
      }
    } finally {
      child.stdin.end();
      await new Promise((resolve) => child.once("close", resolve));
    }
  });

  test("three hundred lines of any kind have three hundred answers", async () => {
    const kinds = [
      request("signed.pdf"),
      "{",
      request("missing.pdf"),
      request("plain.pdf"),
      "nonsense",
      request("locked.pdf"),
    ];
    const lines = Array.from({ length: 300 }, (_, index) => kinds[(index * 7 + (index >> 3)) % kinds.length] ?? "");
    const { out } = await motlan(["--batch", "-"], lines.join("\n"));
    const verdicts = linesIn(out).map(({ verdict, error }) => error?.code ?? verdict);
    const expected = [
      "VALID",
      "request_malformed",
      "file_unreadable",
      "NO_SIGNATURE",
      "request_malformed",
      "pdf_encrypted",
    ];
    expect(verdicts).toEqual(lines.map((line) => expected[kinds.indexOf(line)]));
  });
});
