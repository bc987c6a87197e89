import { spawnSync } from "node:child_process";
import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { readTrustPaths } from "../../bin/motlan/trust-paths.ts";
import { fromUtf8 } from "../../lib/bytes/bytes.ts";
import { Fault } from "../../lib/fault/fault.ts";
import { writeTrustProfile } from "../../lib/trust/profile.ts";
import { bareAnchor } from "../../lib/trust/read-anchors.ts";
import type { Certificate } from "../../lib/x509/certificate.ts";
import { fingerprint } from "../../lib/x509/fingerprint.ts";
import { toPem } from "../../lib/x509/pem.ts";
import { newWorld } from "../worlds/world.ts";

const ENTRY = fileURLToPath(new URL("../../bin/motlan.mjs", import.meta.url));
const ABOUT = ["--class", "DEDICATED", "--source", "https://pki.example.test/"];

let root: Certificate;
let tsa: Certificate;
let folder: string;
let directory: string;
let count = 0;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "motlan-trust-"));
  const world = await newWorld({ seed: "trust cli" });
  [root, tsa] = [world.root.certificate, world.tsa.certificate];
  writeFileSync(join(folder, "root.der"), root.raw);
  writeFileSync(join(folder, "tsa.pem"), toPem("CERTIFICATE", tsa.raw));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => {
  directory = join(folder, `trust-${count++}`);
});

function motlan(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [ENTRY, "trust", ...args], {
    cwd: folder,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}
const on = (...args: string[]) => motlan(...args, "--trust", directory);
const codeOf = (stdout: string): string => (JSON.parse(stdout) as { error: { code: string } }).error.code;

describe("motlan trust", () => {
  test("adds, lists and removes, and writes down who did it when", () => {
    expect(
      on(
        "add",
        "root.der",
        ...ABOUT,
        "--by",
        "Tổ vận hành",
        "--managing-unit",
        "Trung tâm",
        "--until",
        "2030-01-01T00:00:00Z",
      ).status,
    ).toBe(0);
    expect(on("add", "tsa.pem", ...ABOUT, "--use", "timestamp", "--test").status).toBe(0);
    const listed = JSON.parse(on("list", "--json").stdout) as { anchors: { sha256: string }[] };
    expect(listed.anchors).toHaveLength(2);
    expect(listed.anchors).toContainEqual(
      expect.objectContaining({
        sha256: fingerprint(root),
        class: "DEDICATED",
        managingUnit: "Trung tâm",
        until: "2030-01-01T00:00:00.000Z",
        uses: ["signature", "timestamp"],
        test: false,
      }),
    );
    expect(listed.anchors).toContainEqual(
      expect.objectContaining({ sha256: fingerprint(tsa), uses: ["timestamp"], test: true }),
    );
    const copied = fingerprint(root).toUpperCase().match(/../g)?.join(":") ?? "";
    expect(on("remove", copied).status).toBe(0);
    const audit = JSON.parse(on("audit", "--json").stdout) as {
      lines: { who: string; action: string }[];
      standing: string;
    };
    expect(audit.standing).toBe("agrees");
    expect(audit.lines.map(({ action }) => action)).toEqual(["add", "add", "remove"]);
    expect(audit.lines[0]?.who).toBe("Tổ vận hành");
    expect(readdirSync(directory).sort()).toEqual(["audit.jsonl", "trust.json"]);
  });

  test("says nothing about a certificate that it was not told", () => {
    expect(codeOf(on("add", "root.der", "--json").stdout)).toBe("usage");
    expect(codeOf(on("add", "root.der", ...ABOUT.with(1, "QUALIFIED"), "--json").stdout)).toBe("trust_malformed");
    expect(codeOf(on("add", "root.der", ...ABOUT, "--until", "soon", "--json").stdout)).toBe("trust_malformed");
    expect(() => readdirSync(directory)).toThrow();
  });

  test("refuses what is there already, and to remove what is not", () => {
    on("add", "root.der", ...ABOUT);
    expect(codeOf(on("add", "root.der", ...ABOUT, "--json").stdout)).toBe("trust_anchor_known");
    expect(codeOf(on("remove", fingerprint(tsa), "--json").stdout)).toBe("trust_anchor_unknown");
    expect(codeOf(on("remove", "abc", "--json").stdout)).toBe("usage");
    expect(JSON.parse(on("audit", "--json").stdout).lines).toHaveLength(1);
  });

  test("finds a line that was taken out, a profile that was changed besides, and lines taken off the end", () => {
    on("add", "root.der", ...ABOUT);
    const first = JSON.parse(on("audit", "--json").stdout).head as string;
    on("add", "tsa.pem", ...ABOUT);
    const file = join(directory, "audit.jsonl");
    const whole = readFileSync(file, "utf8");
    const [, second] = whole.trimEnd().split("\n");
    writeFileSync(file, `${second}\n`);
    expect(codeOf(on("audit", "--json").stdout)).toBe("trust_audit_broken");
    writeFileSync(file, whole.slice(0, whole.indexOf("\n") + 1));
    expect(codeOf(on("audit", "--json").stdout)).toBe("trust_audit_broken");
    writeFileSync(file, whole);
    expect(on("audit", "--head", first).status).toBe(0);
    expect(codeOf(on("audit", "--head", "ab".repeat(32), "--json").stdout)).toBe("trust_audit_broken");

    writeFileSync(join(directory, "trust.json"), writeTrustProfile([bareAnchor(root, "by hand")]));
    expect(codeOf(on("audit", "--json").stdout)).toBe("trust_audit_broken");
    expect(codeOf(on("remove", fingerprint(root), "--json").stdout)).toBe("trust_audit_broken");
    // Whoever stands by it says so, and that is written down too.
    expect(on("remove", fingerprint(root), "--force").status).toBe(0);
    const { lines } = JSON.parse(on("audit", "--json").stdout) as { lines: { action: string }[] };
    expect(lines.map(({ action }) => action)).toEqual(["add", "add", "adopt", "remove"]);
  });

  test("a change that was cut off between audit and profile is carried out by the same command again", () => {
    on("add", "root.der", ...ABOUT);
    const before = readFileSync(join(directory, "trust.json"), "utf8");
    on("add", "tsa.pem", ...ABOUT);
    writeFileSync(join(directory, "trust.json"), before);
    expect(JSON.parse(on("audit", "--json").stdout).standing).toBe("interrupted");
    expect(on("add", "tsa.pem", ...ABOUT).status).toBe(0);
    expect(JSON.parse(on("audit", "--json").stdout).standing).toBe("agrees");
    expect(JSON.parse(on("list", "--json").stdout).anchors).toHaveLength(2);
  });

  test("one change at a time", () => {
    mkdirSync(directory);
    writeFileSync(join(directory, ".lock"), "");
    expect(codeOf(on("add", "root.der", ...ABOUT, "--json").stdout)).toBe("output_unwritable");
  });
});

describe("paths of trust", () => {
  const at = (name: string) => join(directory, name);
  const codeOfPaths = (...paths: string[]): string => {
    try {
      readTrustPaths(paths);
      return "read";
    } catch (error) {
      if (error instanceof Fault) return error.code;
      throw error;
    }
  };
  beforeEach(() => mkdirSync(directory));

  test("are files and folders of PEM, DER and profiles; other files in a folder are passed over", () => {
    writeFileSync(at("a.PEM"), toPem("CERTIFICATE", root.raw) + toPem("CERTIFICATE", tsa.raw));
    writeFileSync(at("b.cer"), root.raw);
    writeFileSync(at("trust.json"), writeTrustProfile([{ ...bareAnchor(tsa, "s"), class: "PUBLIC_CA" }]));
    writeFileSync(at("package.json"), "{}");
    writeFileSync(at("README.md"), "x");
    mkdirSync(at("deeper.pem"));
    const { anchors, warnings } = readTrustPaths([directory, join(folder, "root.der")]);
    expect(anchors.map(({ class: signatureClass, certificate }) => [fingerprint(certificate), signatureClass])).toEqual(
      expect.arrayContaining([
        [fingerprint(root), "OTHER_CONFIRMATION"],
        [fingerprint(tsa), "PUBLIC_CA"],
      ]),
    );
    expect(anchors).toHaveLength(2);
    expect(warnings).toEqual([expect.stringContaining("package.json")]);
  });

  test("that are named must be readable; a file that only lies there is left out with a warning, a damaged profile never", () => {
    writeFileSync(at("bad.crt"), "xx");
    expect(codeOfPaths(at("bad.crt"))).toBe("trust_malformed");
    expect(codeOfPaths(at("missing.pem"))).toBe("file_unreadable");
    expect(readTrustPaths([directory])).toEqual({ anchors: [], warnings: [expect.stringContaining("bad.crt")] });
    writeFileSync(at("trust.json"), '{"version":1,"anchors":[{}]}');
    expect(codeOfPaths(directory)).toBe("trust_malformed");
    writeFileSync(at("trust.json"), writeTrustProfile([bareAnchor(root, "s")]).slice(0, 100));
    expect(codeOfPaths(directory)).toBe("trust_malformed");
  });

  test("of a bundle with one certificate that nobody can read give the others", () => {
    writeFileSync(at("bundle.pem"), toPem("CERTIFICATE", root.raw));
    appendFileSync(at("bundle.pem"), toPem("CERTIFICATE", fromUtf8("nonsense")));
    expect(readTrustPaths([at("bundle.pem")])).toMatchObject({
      anchors: [{}],
      warnings: ["bundle.pem: 1 certificates cannot be read"],
    });
  });
});
