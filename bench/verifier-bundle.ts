import { fileURLToPath } from "node:url";
import { bundleForPage, type PageFile } from "../bin/page-bundling.ts";
import { type Row, ratio } from "./report.ts";

/** What a page loads to judge an ordinary file, octets after gzip; a test holds it (test/browser). */
const TARGET = 60_000;
/** Said of good files too, so that every page loads it. */
const ALWAYS: ReadonlySet<string> = new Set(["lib/text/findings-besides.ts"]);

/** The validator as a page loads it: at once and for an ordinary file, and what is loaded for other files only. */
export async function verifierBundle(): Promise<Row[]> {
  const entry = fileURLToPath(new URL("../test/browser/verifier.ts", import.meta.url));
  const { atOnce, onDemand } = await bundleForPage(entry, "verifier");
  const kib = (files: readonly PageFile[]): number => files.reduce((sum, { gzip }) => sum + gzip, 0) / 1024;
  const always = [...atOnce, ...onDemand.filter(({ part }) => ALWAYS.has(part))];
  return [
    {
      name: "verifier in a page, for an ordinary file, gzip",
      value: kib(always),
      unit: "KiB",
      ratio: ratio((1024 * kib(always)) / TARGET, "60,000 octets", { atMost: 1 }),
    },
    ...onDemand
      .filter(({ part }) => !ALWAYS.has(part))
      .map((file): Row => ({ name: `on demand: ${file.part}, gzip`, value: kib([file]), unit: "KiB" })),
  ];
}
