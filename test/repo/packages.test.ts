import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type Sources, sourcesUnder } from "./files.ts";
import { importsOf, packageOf } from "./imports.ts";

/** Who may name a package: the first pattern that matches it decides. Tests and benchmarks judge with whatever they like. */
const KEEPERS: readonly { readonly packages: RegExp; readonly keepers: RegExp }[] = [
  { packages: /^@aws-sdk\//, keepers: /^(lib\/aws|bin)\// },
  { packages: /^(dynalite|oidc-provider)$/, keepers: /^lib\/local\// },
  { packages: /^(aws-cdk-lib|constructs|cdk-nag)$/, keepers: /^(lib\/stack\/|bin\/app\.ts$)/ },
  { packages: /^esbuild$/, keepers: /^bin\/((page|web)-)?bundling\.ts$/ },
  { packages: /^(hono|zod)$/, keepers: /^(lib\/(api|local)|functions|bin)\// },
  { packages: /^@hono\/node-server$/, keepers: /^(lib\/local|bin)\// },
  { packages: /^@simplewebauthn\/server$/, keepers: /^lib\/webauthn\// },
  { packages: /^(jose)$/, keepers: /^lib\/(identity|local)\// },
  { packages: /^@noble\//, keepers: /^lib\/(crypto|pdf|local)\// },
  { packages: /^fflate$/, keepers: /^lib\/pdf\// },
  { packages: /^uqr$/, keepers: /^(lib\/stamp|web)\// },
  // What is only good for judging our own output never gets near it.
  { packages: /^/, keepers: /^$/ },
];

function misplaced(sources: Sources): readonly string[] {
  return [...sources].flatMap(([path, source]) =>
    importsOf(path, source)
      .map(packageOf)
      .filter((name) => name !== undefined)
      .filter((name) => !KEEPERS.find(({ packages }) => packages.test(name))?.keepers.test(path))
      .map((name) => `${path} names ${name}`),
  );
}

test("each package is named only where it belongs", () => {
  expect(misplaced(sourcesUnder("lib", "functions", "bin"))).toEqual([]);
});

test("planted packages in the wrong place are found", () => {
  const planted: Sources = new Map([
    ["lib/service/a.ts", 'import { KMSClient } from "@aws-sdk/client-kms";'],
    ["lib/api/b.ts", 'import dynalite from "dynalite";'],
    ["lib/x509/c.ts", 'import * as pkijs from "pkijs";'],
    ["lib/aws/fine.ts", 'import { KMSClient } from "@aws-sdk/client-kms";\nimport { join } from "node:path";'],
  ]);
  expect(misplaced(planted)).toEqual([
    "lib/service/a.ts names @aws-sdk/client-kms",
    "lib/api/b.ts names dynalite",
    "lib/x509/c.ts names pkijs",
  ]);
});

type Manifest = { readonly [group: string]: unknown };
const manifest = JSON.parse(readFileSync("package.json", "utf8")) as Manifest;
const GROUPS = ["dependencies", "devDependencies", "optionalDependencies"];
const declared = GROUPS.flatMap((group) => Object.entries((manifest[group] ?? {}) as Record<string, string>));

test("what the service imports at run time is a dependency, not a development dependency", () => {
  const runtime = new Set(Object.keys(manifest.dependencies as object));
  const tools = /^(lib\/stack\/|bin\/(app|((page|web)-)?bundling)\.ts$)/;
  const sources = [...sourcesUnder("lib", "functions", "bin")].filter(([path]) => !tools.test(path));
  const named = sources.flatMap(([path, source]) => importsOf(path, source).map(packageOf));
  expect([...new Set(named)].filter((name) => name !== undefined && !runtime.has(name))).toEqual([]);
});

test("every dependency is pinned exactly", () => {
  expect(declared.length).toBeGreaterThan(10);
  expect(declared.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
});

type Locked = { readonly version?: string; readonly resolved?: string; readonly integrity?: string };
const lock = JSON.parse(readFileSync("package-lock.json", "utf8")) as { packages: Record<string, Locked> };

test("the lockfile holds what package.json asks for, each package with its hash, and names no registry", () => {
  for (const [name, version] of declared) expect(lock.packages[`node_modules/${name}`]?.version, name).toBe(version);
  const packages = Object.entries(lock.packages).filter(([path]) => path !== "");
  expect(packages.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path)).toEqual([]);
  expect(packages.filter(([path, entry]) => !entry.integrity && !bundled(path)).map(([path]) => path)).toEqual([]);
  expect(readFileSync("package-lock.json", "utf8")).not.toMatch(/registry/i);
});

/** A package inside another's archive is covered by that archive's hash. */
const bundled = (path: string): boolean =>
  (lock.packages[path] as { inBundle?: boolean } | undefined)?.inBundle === true;
