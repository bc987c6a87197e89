import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bundleForPage, type PageFile } from "../../bin/page-bundling.ts";
import { toHex } from "../../lib/bytes/hex.ts";
import { haveWycheproof, WYCHEPROOF, wycheproof } from "../crypto/wycheproof.ts";
import { judge } from "../judges/judge.ts";
import { PKITS_TIME, pkitsCases, pkitsPath, pkitsPolicies } from "../path/pkits.ts";
import { mutations } from "../worlds/mutate.ts";
import { judgePath, type PathCase, type SignatureCase, verifyAll } from "./checks-page.ts";
import { type BrowserPage, openPage } from "./chromium.ts";
import { fileCases, ordinaryFile } from "./files.ts";
import { inNode, inPage } from "./in-page.ts";

const pathOf = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const scriptsOf = (files: readonly PageFile[]) => new Map(files.map(({ name, contents }) => [name, contents]));
const sizeOf = (files: readonly PageFile[]): number => files.reduce((sum, { gzip }) => sum + gzip, 0);

/** What a page loads to judge an ordinary file, octets after gzip. */
const LIMIT = 60_000;
/** The one part that such a file needs besides: what is said of good files. */
const SAID_OF_GOOD_FILES = "lib/text/findings-besides.ts";

const { atOnce, onDemand } = await bundleForPage(pathOf("verifier.ts"), "verifier");
const ordinary = [...atOnce, ...onDemand.filter(({ part }) => part === SAID_OF_GOOD_FILES)];
const files = await fileCases();

test(`what a page loads to judge an ordinary file is at most ${LIMIT} octets after gzip`, () => {
  expect(ordinary.length).toBe(atOnce.length + 1);
  expect(sizeOf(ordinary)).toBeGreaterThan(30_000);
  expect(sizeOf(ordinary)).toBeLessThanOrEqual(LIMIT);
});

describe.skipIf(!judge("chromium", "a browser verifies what Node verifies"))("the validator in Chromium", () => {
  let open: BrowserPage;
  beforeAll(async () => {
    open = await openPage(scriptsOf([...atOnce, ...onDemand]), "verifier.js");
  });
  afterAll(async () => {
    await open.close();
    expect(open.wrong).toEqual([]);
  });
  const asked = (): readonly string[] => [...new Set(open.asked)].sort();

  test("an ordinary file is judged with what is measured, and nothing else is loaded", async () => {
    const file = await ordinaryFile();
    expect(await inPage(open.page, file)).toMatchObject({ verification: { verdict: "VALID" } });
    expect(asked()).toEqual(["/", "/start.js", ...ordinary.map(({ name }) => `/${name}`)].sort());
  });

  test.each(files.map((file) => [file.name, file] as const))(
    "answers word for word as in Node: %s",
    async (_, file) => {
      expect(await inPage(open.page, file)).toEqual(await inNode(file));
    },
  );

  test("the same for files that were damaged by chance", async () => {
    const [file] = files;
    if (file === undefined) throw new Error("no file");
    await fc.assert(
      fc.asyncProperty(mutations(file.pdf), async (pdf) => {
        expect(await inPage(open.page, { ...file, pdf })).toEqual(await inNode({ ...file, pdf }));
      }),
      { numRuns: process.env.SLOW ? 5000 : 100 },
    );
  });

  test("the files among them are of all kinds, and needed every part that a page can load", async () => {
    const count: Record<string, number> = {};
    for (const file of files) {
      const answer = await inNode(file);
      const kind = "code" in answer ? "unreadable" : (answer.verification as { verdict: string }).verdict;
      count[kind] = (count[kind] ?? 0) + 1;
    }
    for (const kind of ["VALID", "INVALID", "CANNOT_TELL", "NO_SIGNATURE"])
      expect(count[kind], kind).toBeGreaterThan(20);
    expect(count.unreadable).toBeGreaterThan(1);
    expect(asked()).toEqual(["/", "/start.js", ...[...atOnce, ...onDemand].map(({ name }) => `/${name}`)].sort());
  });

  test("asks nobody but the page's own server, and the page complains of nothing", () => {
    expect(open.wrong).toEqual([]);
  });
});

describe.skipIf(!judge("chromium", "paths and signatures in a browser"))("vectors of others in Chromium", () => {
  let open: BrowserPage;
  beforeAll(async () => {
    const checks = await bundleForPage(pathOf("checks-page.ts"), "checks");
    open = await openPage(scriptsOf([...checks.atOnce, ...checks.onDemand]), "checks.js");
  });
  afterAll(async () => {
    await open.close();
    expect(open.wrong).toEqual([]);
  });

  test("NIST PKITS: what is wrong with each path, as in Node", async () => {
    let good = 0;
    const cases = pkitsCases("paths as NIST PKITS tests them, in a browser");
    for (const one of cases) {
      const path = pkitsPath(one);
      if (path === undefined) continue;
      const { anchor, pool } = path;
      const hex = { anchor: toHex(anchor.raw), pool: pool.map(({ raw }) => toHex(raw)) };
      const given: PathCase = { ...hex, policies: pkitsPolicies(one), at: PKITS_TIME };
      const there = await open.page.evaluate(
        (input) => (globalThis as unknown as WithChecks).exported.judgePath(input),
        given,
      );
      expect(there, one.Name).toEqual(await judgePath(given));
      if (there.includes("")) good++;
    }
    if (cases.length > 0) expect(good).toBeGreaterThan(80);
  });

  describe.skipIf(!haveWycheproof())("Wycheproof", () => {
    test.each(Object.entries(WYCHEPROOF))("%s: of each signature the same as in Node", async (file, algorithmOf) => {
      const cases = wycheproof(file).testGroups.flatMap((group): SignatureCase[] => {
        const same = { algorithm: algorithmOf(group), spki: group.publicKeyDer };
        return group.tests.map(({ msg, sig }) => ({ ...same, message: msg, signature: sig }));
      });
      const there = await open.page.evaluate(
        (input) => (globalThis as unknown as WithChecks).exported.verifyAll(input),
        cases,
      );
      expect(there).toEqual(await verifyAll(cases));
      expect(there).toContain("valid");
    });
  });
});

type WithChecks = { readonly exported: typeof import("./checks-page.ts") };
