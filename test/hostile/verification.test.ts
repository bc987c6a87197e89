import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { onePage, signPdf } from "../worlds/pades.ts";
import { BOMBS, JUNK, LOOPS_BEHIND, MANY_CHANGES, MANY_SAVES, MANY_SIGNATURES, world } from "./files-bulk.ts";
import { CHAINS, MATERIAL } from "./files-chain.ts";
import { MESSAGES } from "./files-message.ts";
import { MIXED } from "./files-mixed.ts";
import { CONTAINERS, CROSS_REFERENCES, type Files, FLOODS, LOOPS, NESTED } from "./files-structure.ts";
import { type Measure, type Measured, newMeasure } from "./measured.ts";
import { file, filled, MB, type Numbered, stream } from "./writing.ts";

/** What holds for every file up to 50 MB. */
const CEILING = { milliseconds: 10_000, megabytes: 512 };
/** A process that was ended is started anew, which counts from the question, and takes its time on a machine with other work. */
const START_MS = 30_000;
/** Runs that have the time try every file. */
const SLOW = process.env.SLOW !== undefined;

const PAGE: Numbered = [
  [1, "<</Type/Catalog/Pages 2 0 R>>"],
  [2, "<</Type/Pages/Kids[3 0 R]/Count 1>>"],
  [3, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]>>"],
];
const loops: Files = Object.fromEntries(
  Object.entries(LOOPS).map(([name, objects]) => [name, () => file([...new Map([...PAGE, ...objects])])]),
);
const some = (files: Files, ...names: readonly RegExp[]): Files =>
  SLOW ? files : Object.fromEntries(Object.entries(files).filter(([name]) => names.some((one) => one.test(name))));

const FAMILIES: Readonly<Record<string, Files>> = {
  "reference loops": loops,
  "reference loops behind a signature": LOOPS_BEHIND,
  "cross references": CROSS_REFERENCES,
  "object streams": CONTAINERS,
  nesting: NESTED,
  "floods of one word": some(
    FLOODS,
    /head.*("obj"|"trailer"|"startxref|"%%EOF"|"1 0 obj"|"9"|"<<"|"\(")/,
    /^50 MB of "( |%PDF-1.7\\n)"/,
  ),
  bombs: BOMBS,
  "signatures without end": some(MANY_SIGNATURES, /^99,000/, /^1,000 times/, /^1,000 signatures over/),
  "saves without end": some(MANY_SAVES, /empty|of a field|1,000 comments/),
  "changes without end": some(
    MANY_CHANGES,
    /comments$|one comment|pages more|nobody uses|looks of looks|fields changed/,
  ),
  junk: JUNK,
  messages: MESSAGES,
  chains: CHAINS,
  statuses: MATERIAL,
  "one thing times another": MIXED,
};

/** Files that are odd, and whose signature is as good as any: whoever had the key wanted them so, or what is odd has no say. */
const GOOD: ReadonlySet<string> = new Set([
  "metadata of nested elements",
  "metadata of entities",
  "4,000 empty saves",
  "4,000 saves of a field",
  "4,000 saves of 1,000 comments",
  "300 signatures in 300 saves",
  "99,000 comments",
  "99,000 comments of one look",
  "99,000 signed fields changed",
  "32 timestamps",
  "500 CRLs in Adobe's attribute",
  "100,000 CRLs in Adobe's attribute",
  "8,000 extensions",
  "3,000 real extensions",
  "10,000 policies",
  "100,000 names",
  "a policy tree that doubles on each of 14 levels",
  "a policy tree that grows a hundredfold on each of 14 levels",
  "a CRL of 400,000 entries",
  "a CRL of 400,000 entries and 400 signers' certificates",
  "100 CRLs of 10,000 entries and 400 certificates",
  "1,000 CRLs of the same CA",
  "a DSS of 1,000 real CRLs",
  "60 signatures and 4,000 saves of a field",
]);
const ANSWERS = new Set([
  "INVALID",
  "CANNOT_TELL",
  "NO_SIGNATURE",
  "pdf_invalid",
  "pdf_limit",
  "pdf_unsupported",
  "pdf_too_large",
  "memory_limit",
]);

let folder: string;
let measure: Measure;
const costs = new Map<string, Measured[]>();
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "motlan-hostile-"));
  const root = join(folder, "root.der");
  writeFileSync(root, world.root.certificate.raw);
  measure = newMeasure(folder, [root], world.now + 60_000);
});
afterAll(() => {
  measure.close();
  rmSync(folder, { recursive: true, force: true });
  if (process.env.MOTLAN_COSTS === undefined) return;
  for (const [family, all] of costs) {
    const most = (of: (one: Measured) => number) => Math.round(Math.max(...all.map(of)));
    process.stdout.write(
      `${family}: ${all.length} files, slowest ${most((one) => one.milliseconds)} ms, peak ${most((one) => one.megabytes)} MB\n`,
    );
  }
});

for (const [family, files] of Object.entries(FAMILIES)) {
  describe(`${family}: one answer each, within ten seconds and 512 MB`, () => {
    test.each(Object.keys(files))(
      "%s",
      async (name) => {
        const pdf = await files[name]?.();
        if (pdf === undefined) throw new TypeError(name);
        const measured = await measure.of(pdf);
        costs.set(family, [...(costs.get(family) ?? []), measured]);
        expect(GOOD.has(name) && measured.said === "VALID" ? "INVALID" : measured.said).toSatisfy((said: string) =>
          ANSWERS.has(said),
        );
        expect(measured.milliseconds).toBeLessThan(CEILING.milliseconds + START_MS);
        expect(measured.megabytes).toBeLessThan(CEILING.megabytes);
      },
      120_000,
    );
  });
}

describe("an ordinary file of 50 MB", () => {
  test("needs far less than the ceiling, right after hostile ones, six times", async () => {
    const large = file([...PAGE, [4, stream(filled("scanned ", 49 * MB))]]);
    const { pdf } = await signPdf(world, { pdf: large, level: "B-LTA" });
    expect(pdf.length).toBeGreaterThan(49 * MB);
    for (let i = 0; i < 6; i++) {
      if (i % 3 === 1) await measure.of(filled("%PDF-1.7\n1 0 obj<<", 50 * MB));
      if (i % 3 === 2) await measure.of((await MANY_CHANGES["99,000 objects that nobody uses"]?.()) ?? onePage());
      const { said, megabytes, milliseconds } = await measure.of(pdf);
      expect(said).toBe("VALID");
      expect(megabytes).toBeLessThan(CEILING.megabytes);
      expect(milliseconds).toBeLessThan(CEILING.milliseconds);
    }
  }, 240_000);
});
