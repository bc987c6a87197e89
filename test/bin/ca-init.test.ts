import { spawn } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Embedded, startEmbedded } from "../../bin/local/embedded.ts";
import { rootKey } from "../../bin/motlan/root-key.ts";
import { documentClient } from "../../lib/aws/clients.ts";
import { ensureTable } from "../../lib/aws/ensure-table.ts";
import { KEY_ALIASES } from "../../lib/aws/environment.ts";
import { kmsClient } from "../../lib/aws/kms-client.ts";
import { ensureKmsKey } from "../../lib/aws/kms-create.ts";
import { pkiStore } from "../../lib/aws/pki.ts";

const ENTRY = fileURLToPath(new URL("../../bin/motlan.mjs", import.meta.url));
const TABLE = "ceremony";

let folder: string;
let embedded: Embedded;
const endpoint = () => {
  const { AWS_ENDPOINT_URL_KMS: kms, AWS_ENDPOINT_URL_DYNAMODB: dynamodb, AWS_REGION: region } = embedded.environment;
  const { AWS_ACCESS_KEY_ID: accessKeyId = "", AWS_SECRET_ACCESS_KEY: secretAccessKey = "" } = embedded.environment;
  return { kms, dynamodb, region: region ?? "", credentials: { accessKeyId, secretAccessKey } };
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "motlan-ca-"));
  // Free ports: the provider is not used here.
  embedded = await startEmbedded({ data: folder, port: 1, providerPort: 0 });
  const { kms, dynamodb, region, credentials } = endpoint();
  const client = documentClient({ endpoint: dynamodb ?? "", region, credentials });
  await ensureTable(client, TABLE);
  const keys = kmsClient({ endpoint: kms ?? "", region, credentials });
  for (const alias of [KEY_ALIASES.issuingCa, KEY_ALIASES.tsa, KEY_ALIASES.ocsp, KEY_ALIASES.report])
    await ensureKmsKey(keys, alias, "signing");
});
afterAll(async () => {
  await embedded.close();
  rmSync(folder, { recursive: true, force: true });
});

function ceremony(
  directory: string,
  more: readonly string[] = [],
  passphrase = "mật khẩu",
): Promise<{ code: number | null; out: string }> {
  const env = { ...process.env, ...embedded.environment, MOTLAN_ROOT_PASSPHRASE: passphrase };
  const options = [
    "--dir",
    directory,
    "--table",
    TABLE,
    "--public-url",
    "https://ky.example",
    "--organisation",
    "Cơ quan Thử",
  ];
  const child = spawn(process.execPath, [ENTRY, "ca", "init", ...options, "--json", ...more], {
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  let out = "";
  child.stdout.on("data", (chunk) => {
    out += chunk;
  });
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, out })));
}

describe("motlan ca init", () => {
  test("a demo CA may not claim a class, and a class must be one of the closed set; nothing is made", async () => {
    const directory = join(folder, "refused");
    for (const more of [
      ["--demo", "--class", "DEDICATED_SECURED"],
      ["--class", "QUALIFIED"],
      ["--organisation", "C".repeat(49)],
    ]) {
      const { code, out } = await ceremony(directory, more);
      expect([code, JSON.parse(out).error.code]).toEqual([2, "usage"]);
    }
    expect(readdirSync(folder)).not.toContain("refused");
  });

  test("an interrupted ceremony goes on with the same root; then everything is published once, and not again", async () => {
    const directory = join(folder, "ca");
    // Interrupted: the table is not there, so that publishing fails after the root key was made.
    const early = await ceremony(directory, ["--table", "not-there"]);
    expect(JSON.parse(early.out).error.code).toBe("store_unavailable");

    const done = await ceremony(directory);
    expect(done.code).toBe(0);
    const key = join(directory, "root.key.pem");
    expect(statSync(key).mode & 0o777).toBe(0o600);
    expect(readFileSync(key, "utf8")).toContain("ENCRYPTED PRIVATE KEY");
    const again = await ceremony(directory);
    expect([again.code, JSON.parse(again.out).error.code]).toEqual([3, "ca_exists"]);
  });

  test("the certificates chain: root to issuing CA, TSA and report seal, issuing CA to OCSP responder; without --demo none says DEMO", async () => {
    const read = (name: string) => new X509Certificate(readFileSync(join(folder, "ca", `${name}.pem`)));
    const [root, issuing, tsa, ocsp] = [read("root"), read("issuingCa"), read("tsa"), read("ocsp")];
    const report = read("report");
    for (const [child, parent] of [
      [root, root],
      [issuing, root],
      [tsa, root],
      [report, root],
      [ocsp, issuing],
    ] as const) {
      expect(child.verify(parent.publicKey)).toBe(true);
      expect(child.subject).not.toContain("DEMO");
      expect(child.subject).toContain("Cơ quan Thử");
    }
    const { dynamodb, region, credentials } = endpoint();
    const published = await pkiStore(documentClient({ endpoint: dynamodb ?? "", region, credentials }), TABLE).read();
    expect(Buffer.from(published?.root.raw ?? [])).toEqual(root.raw);
    expect(published).toMatchObject({ signatureClass: "OTHER_CONFIRMATION", demo: false });
  });

  test("an installation from before there were sealed reports gets the certificate by --add-report, once, from its own root", async () => {
    const { dynamodb, region, credentials } = endpoint();
    const client = documentClient({ endpoint: dynamodb ?? "", region, credentials });
    const old = pkiStore(client, TABLE);
    const published = await old.read();
    if (published === undefined) throw new Error("nothing is published");
    await ensureTable(client, "old");
    const store = pkiStore(client, "old");
    const add = (directory: string, ...more: string[]) =>
      ceremony(join(folder, directory), ["--table", "old", "--add-report", ...more]);
    expect(JSON.parse((await add("ca")).out).error.code).toBe("ca_not_initialised");
    await store.publish({ ...published, report: undefined });

    rootKey(join(folder, "other"), "mật khẩu");
    expect(JSON.parse((await add("other")).out).error.code).toBe("root_key_mismatch");
    expect(JSON.parse((await add("nowhere")).out).error.code).toBe("file_unreadable");
    expect(readdirSync(folder)).not.toContain("nowhere");
    expect((await store.read())?.report).toBeUndefined();

    const added = await add("ca");
    expect([added.code, JSON.parse(added.out).certificates[0].role]).toEqual([0, "report"]);
    const now = (await store.read())?.report;
    const file = new X509Certificate(readFileSync(join(folder, "ca", "report.pem")));
    expect(file.raw).toEqual(Buffer.from(now?.raw ?? []));
    expect(file.verify(new X509Certificate(published.root.raw).publicKey)).toBe(true);
    expect(file.subject).toBe("C=VN\nO=Cơ quan Thử\nCN=Cơ quan Thử Report seal");
    const again = await add("ca");
    expect(again).toEqual(added);
    expect((await store.read())?.report?.raw).toEqual(now?.raw);
    expect((await store.read())?.tsa.raw).toEqual(published.tsa.raw);
  });

  test("a wrong passphrase opens nothing", async () => {
    const { dynamodb, region, credentials } = endpoint();
    await ensureTable(documentClient({ endpoint: dynamodb ?? "", region, credentials }), "second");
    const { code, out } = await ceremony(join(folder, "ca"), ["--table", "second"], "sai");
    expect([code, JSON.parse(out).error.code]).toEqual([3, "file_unreadable"]);
  });
});
