import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { REASONS } from "./reasons.ts";

/**
 * `npm run interop`: files that pyHanko makes, judged by `motlan verify --batch` and by others. Each disagreement needs a written
 * reason (reasons.ts), or the run fails. What cannot be installed is left out, and the output says so.
 *
 * Keeps Python packages and EU DSS in .motlan/interop (MOTLAN_INTEROP).
 */
const HERE = import.meta.dirname;
const REPOSITORY = resolve(HERE, "../..");
const CACHE = resolve(process.env.MOTLAN_INTEROP ?? join(REPOSITORY, ".motlan/interop"));
const PYTHON_PACKAGES = ["pyHanko==0.38.0", "certomancer[web-api]==0.16.0"];
const NOW = new Date(Math.floor(Date.now() / 1000) * 1000).toISOString();

type Request = { file: string; trust: string[]; crls?: string[]; at?: string; expect: string };
/** What others can be compared in: accepted as valid, or not; `none` without a signature; `error` where they gave up. */
type Opinion = "accepted" | "refused" | "none" | "error";

function run(
  command: string,
  args: readonly string[],
  options: { input?: string; quiet?: boolean; cwd?: string } = {},
) {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd: options.cwd ?? REPOSITORY,
    encoding: "utf8",
    maxBuffer: 1 << 28,
    ...(options.input === undefined ? {} : { input: options.input }),
  });
  if (status !== 0 && options.quiet !== true) console.error(stderr.split("\n").slice(-6).join("\n"));
  return { ok: status === 0 && error === undefined, out: stdout ?? "" };
}

function skip(what: string, why: string): undefined {
  console.log(`SKIPPED ${what}: ${why}`);
  return undefined;
}

function python(): string | undefined {
  const home = join(CACHE, "python");
  const binary = join(home, "bin/python");
  const has = (path: string) => run(path, ["-c", "import pyhanko, certomancer, werkzeug"], { quiet: true }).ok;
  if (existsSync(binary) && has(binary)) return binary;
  mkdirSync(CACHE, { recursive: true });
  if (!run("python3", ["-m", "venv", home], { quiet: true }).ok)
    return skip("pyHanko", "python3 -m venv does not work here");
  const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...PYTHON_PACKAGES];
  if (!run(binary, pip).ok || !has(binary)) return skip("pyHanko", "its packages cannot be installed here");
  return binary;
}

function euDss(): string | undefined {
  const home = join(CACHE, "eu-dss");
  const classes = `${home}:${join(home, "lib")}/*`;
  if (existsSync(join(home, "EuDss.class"))) return classes;
  if (!run("javac", ["-version"], { quiet: true }).ok) return skip("EU DSS", "there is no javac");
  mkdirSync(home, { recursive: true });
  const pom = join(HERE, "eu-dss.pom.xml");
  const copy = ["-q", "-B", "-f", pom, "dependency:copy-dependencies", `-DoutputDirectory=${join(home, "lib")}`];
  if (!run("mvn", copy).ok) return skip("EU DSS", "Maven cannot fetch it here");
  if (!run("javac", ["-d", home, "-cp", `${join(home, "lib")}/*`, join(HERE, "EuDss.java")]).ok)
    return skip("EU DSS", "its caller does not compile");
  return classes;
}

function pyhanko(binary: string, folder: string): readonly { opinion: Opinion; detail: string }[] {
  const { out } = run(binary, [join(HERE, "pyhanko_judge.py"), folder, NOW], { quiet: true });
  return lines(out).map((line) => {
    const { answer, signatures, error } = JSON.parse(line);
    const detail =
      error ?? (signatures ?? []).map((one: Record<string, string>) => `${one.subIndication ?? ""} ${one.changes}`);
    return { opinion: answer as Opinion, detail: String(detail) };
  });
}

function dss(classes: string, folder: string, requests: readonly Request[]) {
  const paths = (files: readonly string[]) => files.map((file) => join(folder, file)).join(";");
  const input = requests.map(({ file, trust, crls, at }) =>
    [join(folder, file), at ?? NOW, paths(trust), paths(crls ?? [])].join("\t"),
  );
  const { out } = run("java", ["-cp", classes, "EuDss"], { input: `${input.join("\n")}\n` });
  return lines(out).map((line): { opinion: Opinion; detail: string } => {
    if (line === "none" || line.startsWith("error|"))
      return { opinion: line === "none" ? "none" : "error", detail: line };
    const accepted = line.split("\t").every((one) => one.startsWith("TOTAL_PASSED|"));
    return { opinion: accepted ? "accepted" : "refused", detail: line };
  });
}

function pdfsig(folder: string, requests: readonly Request[]) {
  if (!run("pdfsig", ["-v"], { quiet: true }).ok) return skip("pdfsig", "poppler-utils is not installed");
  return requests.map(({ file }): { opinion: Opinion; detail: string } => {
    // pdfsig knows nothing of our anchors: it is asked about the cryptography only.
    const { ok, out } = run("pdfsig", ["-nocert", join(folder, file)], { quiet: true });
    if (out.includes("does not contain any signatures")) return { opinion: "none", detail: "" };
    // It lists document timestamps and does not verify them.
    const verdicts = (out.match(/Signature Validation: .*/g) ?? []).filter(
      (line) => !line.endsWith("not yet been verified."),
    );
    if (!ok && verdicts.length === 0) return { opinion: "error", detail: "" };
    const accepted = verdicts.every((line) => line.endsWith("Signature is Valid."));
    return { opinion: accepted ? "accepted" : "refused", detail: verdicts.join("; ") };
  });
}

function lines(text: string): string[] {
  return text.split("\n").filter((line) => line !== "");
}

const folder = mkdtempSync(join(tmpdir(), "motlan-interop-"));
let unexplained = 0;
try {
  const binary = python();
  if (binary === undefined) process.exit(0);
  if (!run(binary, [join(HERE, "make.py"), folder, REPOSITORY]).ok) throw new Error("pyHanko could not make the files");
  const requests: Request[] = lines(readFileSync(join(folder, "requests.jsonl"), "utf8")).map((line) =>
    JSON.parse(line),
  );
  const batch = requests.map((request) => JSON.stringify({ ...request, at: request.at ?? NOW }));
  const { out } = run(process.execPath, ["bin/motlan.mjs", "verify", "--batch", "-"], {
    input: `${batch.map((line) => withPaths(line)).join("\n")}\n`,
    quiet: true,
  });
  const ours = lines(out).map((line) => JSON.parse(line));
  if (ours.length !== requests.length) throw new Error(`${ours.length} answers to ${requests.length} requests`);

  const classes = euDss();
  const judges = {
    pyHanko: pyhanko(binary, folder),
    "EU DSS": classes === undefined ? undefined : dss(classes, folder, requests),
    pdfsig: pdfsig(folder, requests),
  };
  const counts = new Map<string, number>();
  for (const [index, request] of requests.entries()) {
    const answer = ours[index];
    const name = `${request.file.replace(/^files\/|\.pdf$/g, "")}${request.at === undefined ? "" : ` at ${request.at}`}`;
    const verdict: string = answer.error === undefined ? answer.verdict : "error";
    if (!request.expect.split("|").includes(verdict)) report(name, `expected ${request.expect}, got ${verdict}`);
    for (const [judge, opinions] of Object.entries(judges)) {
      const other = opinions?.[index];
      if (other === undefined) continue;
      const agrees = agree(judge, answer, verdict, other.opinion);
      const reason = agrees ? undefined : REASONS.find((one) => one.judge === judge && one.file.test(name))?.reason;
      const kind = `${judge}: ${agrees ? "agrees" : reason === undefined ? "disagrees without a reason" : "disagrees, reason known"}`;
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
      if (!agrees && reason === undefined)
        report(name, `${verdict}, but ${judge} says ${other.opinion} (${other.detail})`);
    }
  }
  for (const [kind, count] of counts) console.log(`${String(count).padStart(4)} ${kind}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = unexplained === 0 ? 0 : 1;

function withPaths(line: string): string {
  const request: Request = JSON.parse(line);
  const under = (files?: string[]) => files?.map((file) => join(folder, file));
  return JSON.stringify({
    ...request,
    file: join(folder, request.file),
    trust: under(request.trust),
    crls: under(request.crls),
  });
}

/** pdfsig is compared on whether the signature belongs to the covered octets; the others on the whole verdict. */
function agree(
  judge: string,
  answer: { signatures?: { integrity: string }[] },
  verdict: string,
  other: Opinion,
): boolean {
  if (verdict === "error") return other === "error" || other === "none";
  if (verdict === "NO_SIGNATURE") return other === "none";
  if (judge !== "pdfsig") return (verdict === "VALID") === (other === "accepted");
  return answer.signatures?.every(({ integrity }) => integrity === "intact") === (other === "accepted");
}

function report(name: string, what: string): void {
  unexplained++;
  console.log(`FAILED  ${name}: ${what}`);
}
