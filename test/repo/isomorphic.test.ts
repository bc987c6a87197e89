import { expect, test } from "vitest";
import { codeOf } from "./code.ts";
import { roomOf, type Sources, sourcesUnder } from "./files.ts";
import { FLOORS } from "./floors.ts";
import { importsOf } from "./imports.ts";

/** Every room up to and with this one runs in a browser as in Node, and does the same thing on the same arguments. */
const LAST = "report";
const ISOMORPHIC = new Set(FLOORS.slice(0, FLOORS.findIndex((rooms) => rooms.includes(LAST)) + 1).flat());
/** The half of `#crypto` that browsers never load. */
const NODE_ONLY = new Set(["lib/crypto/backend-node.ts"]);

/** Names of one platform, and sources of time and chance: those are arguments here. */
const FORBIDDEN: readonly { readonly name: string; readonly pattern: RegExp }[] = [
  { name: "Buffer", pattern: /\bBuffer\b/ },
  { name: "process", pattern: /(?<![.\w])process\b(?!\s*[(:])/ },
  { name: "require", pattern: /(?<![.\w])require\s*\(/ },
  { name: "console", pattern: /(?<![.\w])console\./ },
  { name: "fetch", pattern: /(?<![.\w])fetch\s*\(/ },
  { name: "timers", pattern: /\b(setTimeout|setInterval|setImmediate|queueMicrotask|requestAnimationFrame)\b/ },
  { name: "Date.now", pattern: /\bDate\.now\b/ },
  { name: "new Date()", pattern: /\bnew Date\s*(\(\s*\)|(?!\s*\())/ },
  { name: "performance", pattern: /\bperformance\./ },
  { name: "Math.random", pattern: /\bMath\.random\b/ },
  { name: "getRandomValues", pattern: /\b(getRandomValues|randomUUID|randomBytes)\b/ },
  { name: "generateKey", pattern: /\bgenerateKey(Pair|PairSync)?\b/ },
  { name: "window or document", pattern: /(?<![.\w])(window|document)\./ },
];

function trespasses(sources: Sources): readonly string[] {
  const found: string[] = [];
  for (const [path, source] of sources) {
    if (NODE_ONLY.has(path) || !ISOMORPHIC.has(roomOf(path) ?? "")) continue;
    for (const imported of importsOf(path, source))
      if (imported.startsWith("node:") || NODE_ONLY.has(imported)) found.push(`${path} imports ${imported}`);
    const lines = codeOf(source).split("\n");
    for (const [index, text] of lines.entries())
      for (const { name, pattern } of FORBIDDEN) if (pattern.test(text)) found.push(`${path}:${index + 1} ${name}`);
  }
  return found;
}

test("the isomorphic floors use no name of one platform, and neither clock nor chance", () => {
  const sources = sourcesUnder("lib");
  expect([...sources.keys()].filter((path) => ISOMORPHIC.has(roomOf(path) ?? "")).length).toBeGreaterThan(20);
  expect(trespasses(sources)).toEqual([]);
});

test("planted trespasses are found, and look-alikes are not", () => {
  const planted: Sources = new Map([
    [
      "lib/pdf/a.ts",
      'import { readFileSync } from "node:fs";\nconst b = Buffer.from(x);\nconst c = `§{Date.now()}`;'.replace(
        "§",
        "$",
      ),
    ],
    ["lib/tsp/b.ts", "const t = new Date();\nconst u = new Date(ms);\nsetTimeout(f, 1);"],
    ["lib/crypto/c.ts", 'import { digest } from "./backend-node.ts";\nif (process.env.X) Math.random();'],
    [
      "lib/cms/fine.ts",
      '// Buffer, fetch()\nconst s = "process.env";\nconst ArrayBuffer1 = new ArrayBuffer(8);\nport.fetch();',
    ],
    ["lib/local/fine.ts", "process.exit(Date.now());"],
  ]);
  expect(trespasses(planted)).toEqual([
    "lib/pdf/a.ts imports node:fs",
    "lib/pdf/a.ts:2 Buffer",
    "lib/pdf/a.ts:3 Date.now",
    "lib/tsp/b.ts:1 new Date()",
    "lib/tsp/b.ts:3 timers",
    "lib/crypto/c.ts imports lib/crypto/backend-node.ts",
    "lib/crypto/c.ts:2 process",
    "lib/crypto/c.ts:2 Math.random",
  ]);
});
