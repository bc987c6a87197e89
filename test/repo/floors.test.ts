import { expect, test } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { roomOf, type Sources, sourcesUnder } from "./files.ts";
import { FLOORS } from "./floors.ts";
import { importsOf, packageOf } from "./imports.ts";

const HALVES = manifest.imports;
const floorOf = new Map(FLOORS.flatMap((rooms, floor) => rooms.map((room) => [room, floor] as const)));
/** `#crypto` and the like are whichever half the platform has; both stand in one room (package.json, "imports"). */
const roomImported = (path: string): string | undefined => {
  const halves = Object.hasOwn(HALVES, path) ? HALVES[path as keyof typeof HALVES] : undefined;
  if (halves === undefined) return roomOf(path);
  const [one, other] = [halves.browser, halves.default].map((half) => roomOf(half.slice(2)));
  return one === other ? one : undefined;
};

/** Imports that go up, sideways, or out of lib. */
function breaches(sources: Sources): readonly string[] {
  const found: string[] = [];
  for (const [path, source] of sources) {
    const room = roomOf(path);
    const floor = room === undefined ? undefined : floorOf.get(room);
    if (room === undefined || floor === undefined) {
      found.push(`${path}: no floor has this room`);
      continue;
    }
    for (const imported of importsOf(path, source)) {
      if (imported.startsWith("node:") || packageOf(imported) !== undefined) continue;
      const other = roomImported(imported);
      const below = other === undefined ? undefined : floorOf.get(other);
      if (below === undefined) found.push(`${path} -> ${imported}: outside lib`);
      else if (other !== room && below >= floor) found.push(`${path} -> ${imported}: ${other} is not below ${room}`);
    }
  }
  return found;
}

test("imports in lib go down the floors, never up, sideways or out", () => {
  const sources = sourcesUnder("lib");
  expect(sources.size).toBeGreaterThan(20);
  expect(breaches(sources)).toEqual([]);
});

test("planted breaches are found: up, sideways, out, by type, by re-export, by dynamic import, and a room that no floor has", () => {
  const planted: Sources = new Map([
    ["lib/pdf/a.ts", 'import { x } from "../pades/find.ts";'],
    ["lib/aws/b.ts", 'import type { X } from "../api/routes.ts";'],
    ["lib/asn1/c.ts", 'export { x } from "../json/canonical.ts";'],
    ["lib/bytes/d.ts", 'const x = await import("../../bin/app.ts");'],
    ["lib/asn1/e.ts", 'import { digest } from "#crypto";'],
    ["lib/attic/f.ts", "export const x = 1;"],
    [
      "lib/service/fine.ts",
      'import "node:fs";\nimport "jose";\nimport "../pdf/a.ts";\nimport "#crypto";\nimport "./other.ts";',
    ],
  ]);
  expect(breaches(planted)).toEqual([
    "lib/pdf/a.ts -> lib/pades/find.ts: pades is not below pdf",
    "lib/aws/b.ts -> lib/api/routes.ts: api is not below aws",
    "lib/asn1/c.ts -> lib/json/canonical.ts: json is not below asn1",
    "lib/bytes/d.ts -> bin/app.ts: outside lib",
    "lib/asn1/e.ts -> #crypto: crypto is not below asn1",
    "lib/attic/f.ts: no floor has this room",
  ]);
});

test("each import leads to a file that is there", () => {
  const sources = sourcesUnder("lib", "functions", "bin", "test", "bench");
  const here = new Set(sources.keys());
  const missing = [...sources].flatMap(([path, source]) =>
    importsOf(path, source)
      .filter((imported) => /^(lib|functions|bin|bench)\/.*\.(ts|mjs)$/.test(imported) && !here.has(imported))
      .map((imported) => `${path} -> ${imported}`),
  );
  expect(missing).toEqual([]);
});
