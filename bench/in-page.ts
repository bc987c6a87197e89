import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { judge } from "../test/judges/judge.ts";
import { newDesk } from "../test/web/check-desk.ts";
import { earnest, signedWorld } from "../test/web/check-files.ts";
import { closeBrowser, newVisitor } from "../test/web/visitor.ts";
import { signPdf } from "../test/worlds/pades.ts";
import { pdfOf } from "./documents.ts";
import { type Row, ratio } from "./report.ts";

const SIZES = [20_000_000, 100_000_000] as const;
/** Runs of each, of which the fastest counts: the first loads and compiles the worker. */
const RUNS = 3;
/** Milliseconds: what answers within that feels immediate (the RAIL model); a page whose tasks are shorter is never frozen. */
const IMMEDIATE_MS = 100;

/**
 * Checks signed files on the page in Chromium, read and judged in its worker: how long a person waits, beside the browser's own SHA-256
 * over the same octets, which nobody can do without, and how long the page itself did not answer meanwhile. Nothing without Chromium.
 */
export async function inPage(): Promise<Row[]> {
  if (!judge("chromium", "the times of the page that checks documents")) return [];
  const world = await signedWorld();
  const folder = mkdtempSync(join(tmpdir(), "motlan-bench-page-"));
  const desk = await newDesk();
  desk.trust([earnest(world)]);
  desk.answers({ "/v1/standings/": () => ({ body: { disputedAt: null, assistedBy: null } }) });
  const { page } = await newVisitor();
  try {
    await page.addInitScript(watchTasks);
    await seesLongTasks(page, desk.url);
    const rows: Row[] = [];
    for (const size of SIZES) {
      const path = join(folder, `${size}.pdf`);
      writeFileSync(path, (await signPdf(world, { pdf: pdfOf(size, size / 500_000) })).pdf);
      rows.push(...(await checked(page, desk.url, path, size / 1_000_000)));
    }
    return rows;
  } finally {
    await closeBrowser();
    await desk.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A page that is never frozen and a watch that sees nothing look the same. @throws Error where the watch does not see */
async function seesLongTasks(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/kiem-tra`);
  await page.waitForSelector(".drop-zone");
  await page.evaluate(() => {
    // A task of the page's own: what the debugger runs is not always counted as one.
    setTimeout(() => {
      const end = performance.now() + 80;
      while (performance.now() < end);
    });
  });
  await page.waitForFunction(() => ((window as unknown as { longest?: number }).longest ?? 0) >= 50);
}

async function checked(page: Page, url: string, path: string, megabytes: number): Promise<Row[]> {
  const runs: Awaited<ReturnType<typeof once>>[] = [];
  for (let run = 0; run < RUNS; run++) runs.push(await once(page, url, path));
  const best = (of: (run: (typeof runs)[number]) => number): number => Math.min(...runs.map(of));
  const [whole, hash, longest] = [best(({ ms }) => ms), best(({ hashMs }) => hashMs), best((run) => run.longest)];
  return [
    {
      name: `check ${megabytes} MB on the page, from the choice to the banner`,
      value: whole,
      unit: "ms",
      ratio: ratio(whole / hash, "reading it and the browser's own SHA-256"),
    },
    {
      name: `check ${megabytes} MB on the page: its longest task meanwhile`,
      value: longest,
      unit: "ms",
      ratio: ratio(longest / IMMEDIATE_MS, `${IMMEDIATE_MS} ms`, { atMost: 1 }),
    },
  ];
}

async function once(page: Page, url: string, path: string) {
  await page.goto(`${url}/kiem-tra`);
  await page.waitForSelector(".drop-zone");
  await page.evaluate(startWatch);
  await page.setInputFiles(".drop-zone input[type=file]", path);
  await page.waitForFunction(() => "shownAt" in window, undefined, { timeout: 120_000 });
  return page.evaluate(measured);
}

type Watched = {
  longest: number;
  chosenAt: number;
  shownAt: number;
  file: File;
};

/** Runs in the page: keeps the longest task; 50 ms and more are called so (Long Tasks API). */
function watchTasks(): void {
  const watched = window as unknown as Watched;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) watched.longest = Math.max(watched.longest ?? 0, duration);
  }).observe({ type: "longtask" });
}

/** Runs in the page: from the choice of the file until the banner stands there. */
function startWatch(): void {
  const watched = window as unknown as Watched;
  watched.longest = 0;
  document.addEventListener(
    "change",
    ({ target }) => {
      const [file] = (target as HTMLInputElement).files ?? [];
      if (file === undefined) return;
      watched.chosenAt = performance.now();
      watched.file = file;
    },
    true,
  );
  new MutationObserver(() => {
    if (document.querySelector(".banner-good") && !("shownAt" in window)) watched.shownAt = performance.now();
  }).observe(document.body, { subtree: true, childList: true });
}

/** Runs in the page, when all is done. */
async function measured() {
  const { longest, chosenAt, shownAt, file } = window as unknown as Watched;
  const started = performance.now();
  await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return { ms: shownAt - chosenAt, hashMs: performance.now() - started, longest };
}
