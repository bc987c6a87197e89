import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Tools made by others, which know nothing of our code, and the Debian package (or the one of PyPI) that brings each. */
const JUDGES = {
  pdfsig: "poppler-utils",
  pdftoppm: "poppler-utils",
  pdftotext: "poppler-utils",
  pdffonts: "poppler-utils",
  pdfdetach: "poppler-utils",
  certutil: "libnss3-tools",
  qpdf: "qpdf",
  chromium: "chromium",
  openssl: "openssl",
  pyhanko: "pyhanko-cli (pip)",
  java: "default-jre-headless",
  python3: "python3",
} as const;
export type JudgeName = keyof typeof JUDGES;

/** A judge that has not answered by then has hung. */
const PATIENCE_MS = 20_000;

/**
 * Whether a judge is on this machine. Where it is not, says loudly what stays unproved.
 *
 * @param unproved what nobody checks without it, to follow "not proved: "
 * @throws Error where MOTLAN_REQUIRE_JUDGES=1: CI must not pass by being empty
 */
export function judge(name: JudgeName, unproved: string): boolean {
  try {
    execFileSync("sh", ["-c", `command -v ${name}`], { stdio: "ignore" });
    return true;
  } catch {
    const message = `${name} (${JUDGES[name]}) is missing; not proved: ${unproved}`;
    if (process.env.MOTLAN_REQUIRE_JUDGES === "1") throw new Error(message);
    process.stderr.write(`\n*** SKIPPED *** ${message}\n\n`);
    return false;
  }
}

export type Verdict = { readonly status: number; readonly out: string; readonly err: string };

/** Runs a judge to its end. A refusal is a result, never an exception; @throws Error where it hangs or cannot start */
export function ask(command: JudgeName, args: readonly string[]): Promise<Verdict> {
  const env = { ...process.env, LC_ALL: "C.UTF-8", TZ: "UTC" };
  return new Promise((resolve, reject) => {
    execFile(command, args, { env, timeout: PATIENCE_MS, maxBuffer: 1 << 26 }, (error, out, err) => {
      const status = error === null ? 0 : error.code;
      if (typeof status === "number") resolve({ status, out, err });
      else reject(new Error(`${command} gave no verdict: ${error?.message}`));
    });
  });
}

/** A folder that lasts as long as `work`, with the given files in it. */
export async function withFiles<Name extends string, T>(
  files: Readonly<Record<Name, Uint8Array | string>>,
  work: (path: Readonly<Record<Name, string>>, folder: string) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "motlan-judge-"));
  try {
    const paths = {} as Record<Name, string>;
    for (const name of Object.keys(files) as Name[]) {
      paths[name] = join(folder, name);
      writeFileSync(paths[name], files[name]);
    }
    return await work(paths, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** RFC 7468 §5 around DER. */
export function pem(certificate: Uint8Array): string {
  const lines =
    Buffer.from(certificate)
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
}
