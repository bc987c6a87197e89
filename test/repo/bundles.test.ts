import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { isBuiltin } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Metafile } from "esbuild";
import { beforeAll, expect, test } from "vitest";
import { bundleFunctions } from "../../bin/bundling.ts";
import type { FunctionName, Need } from "../../lib/api/routes.ts";
import { reportFontFiles } from "../../lib/service/report-fonts.ts";
import { FUNCTIONS, needsOf } from "../../lib/stack/needs.ts";

/** Made for one machine, for tests or for building: in no function. */
const NEVER =
  /^(dynalite|oidc-provider|node-forge|pkijs|pkcs11js|@libpdf\/.*|@hono\/node-server|aws-cdk-lib|constructs|cdk-nag|esbuild|vitest|fast-check|koa|levelup?)$/;
const NEVER_ROOMS = ["local", "stack"];

/** A client of AWS is carried exactly where the route table asks for what it does. */
const CLIENTS: Readonly<Record<string, (need: Need) => boolean>> = {
  "@aws-sdk/client-dynamodb": (need) => !/^(kms|secret|egress):/.test(need),
  "@aws-sdk/client-kms": (need) => need.startsWith("kms:"),
  "@aws-sdk/client-secrets-manager": (need) => need.startsWith("secret:"),
};

/** What checks passkeys brings ASN.1 and X.509 of its own for attestations; it is half of the bundles that have it, and in no other. */
const WEBAUTHN = /^(@simplewebauthn\/.*|@peculiar\/.*|@levischuck\/.*|asn1js|tsyringe|reflect-metadata)$/;
const WITH_WEBAUTHN: readonly FunctionName[] = ["passkeys", "passkey-signing"];

/** Code that signs, reads PDFs or opens tokens has no business in a function that does none of it. */
const ROOMS_OF: Readonly<Record<string, readonly FunctionName[]>> = {
  // A proof is derived from the signature that is stored, each time it is read.
  cms: ["signing", "passkey-signing", "transactions", "proofs", "verification"],
  tsp: ["signing", "passkey-signing", "verification"],
  pdf: ["verification"],
  // What was signed is judged before anybody is told of it: by its CMS, without the document.
  pades: ["verification", "signing", "passkey-signing"],
  facts: ["verification", "signing", "passkey-signing"],
  validate: ["verification", "signing", "passkey-signing"],
  webauthn: WITH_WEBAUTHN,
  oidc: ["signing", "identity", "trust", "people", "passkey-signing"],
  draw: ["verification"],
  report: ["verification"],
};

let metafile: Metafile;
beforeAll(async () => {
  metafile = await bundleFunctions(undefined);
});

/** The files that really are in a function's bundle: what was looked at and shaken off does not count. */
function carried(name: FunctionName): readonly string[] {
  const [, output] = Object.entries(metafile.outputs).find(([path]) => path.endsWith(`/${name}/index.mjs`)) ?? [];
  if (output === undefined) throw new Error(`no bundle for ${name}`);
  return Object.entries(output.inputs)
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([path]) => path);
}

const packagesOf = (paths: readonly string[]): ReadonlySet<string> =>
  new Set(paths.flatMap((path) => /^.*node_modules\/(@[^/]+\/[^/]+|[^/]+)/.exec(path)?.[1] ?? []));
const roomsOf = (paths: readonly string[]): ReadonlySet<string> =>
  new Set(paths.flatMap((path) => /^lib\/([^/]+)\//.exec(path)?.[1] ?? []));

for (const name of FUNCTIONS) {
  test(`${name}: its bundle has nothing that is made for one machine, for tests or for building`, () => {
    expect([...packagesOf(carried(name))].filter((found) => NEVER.test(found))).toEqual([]);
    expect(NEVER_ROOMS.filter((room) => roomsOf(carried(name)).has(room))).toEqual([]);
  });

  test(`${name}: its bundle has what checks passkeys exactly where they are added or used`, () => {
    const found = [...packagesOf(carried(name))].filter((found) => WEBAUTHN.test(found));
    expect(found.includes("@simplewebauthn/server")).toBe(WITH_WEBAUTHN.includes(name));
    if (!WITH_WEBAUTHN.includes(name)) expect(found).toEqual([]);
  });

  test(`${name}: its bundle has the AWS clients that its needs ask for, and no other`, () => {
    const needs = [...needsOf(name)];
    const wanted = Object.keys(CLIENTS).filter((client) => needs.some((need) => CLIENTS[client]?.(need)));
    const found = [...packagesOf(carried(name))].filter((found) => /^@aws-sdk\/client-/.test(found));
    expect(found.sort()).toEqual(wanted.sort());
  });

  test(`${name}: its bundle signs, stamps and reads documents only where that is its task`, () => {
    const found = Object.keys(ROOMS_OF).filter((room) => roomsOf(carried(name)).has(room));
    expect(found.filter((room) => !ROOMS_OF[room]?.includes(name))).toEqual([]);
  });
}

test("the checks look at something: the signing bundle does carry KMS, CMS and timestamps", () => {
  expect(packagesOf(carried("signing"))).toContain("@aws-sdk/client-kms");
  expect(roomsOf(carried("signing"))).toContain("cms");
  expect(roomsOf(carried("signing"))).toContain("tsp");
});

test("the fonts of reports lie beside the function that draws them, whole and with their licence, and beside no other", async () => {
  const folder = mkdtempSync(join(tmpdir(), "motlan-bundles-"));
  try {
    await bundleFunctions(folder);
    const fonts = FUNCTIONS.flatMap((name) => {
      const place = join(folder, name, "fonts");
      return existsSync(place) ? readdirSync(place).map((file) => `${name}/${file}`) : [];
    });
    expect(fonts.sort()).toEqual([
      "verification/BeVietnamPro_400Regular.ttf",
      "verification/BeVietnamPro_700Bold.ttf",
      "verification/OFL.txt",
    ]);
    for (const { path, name } of reportFontFiles())
      expect(readFileSync(join(folder, "verification", "fonts", name)).equals(readFileSync(path))).toBe(true);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("a bundle leaves to the runtime what is built into Node and nothing else, by import: an ES module has no `require`", () => {
  const external = Object.values(metafile.outputs).flatMap(({ imports }) => imports.filter((found) => found.external));
  expect(external.length).toBeGreaterThan(0);
  expect(external.map(({ path }) => path).filter((path) => !isBuiltin(path))).toEqual([]);
  expect(external.filter(({ kind }) => kind === "require-call").map(({ path }) => path)).toEqual([]);
});
