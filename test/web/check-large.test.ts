import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, test as anywhere, beforeAll, beforeEach, describe, expect } from "vitest";
import { pdfOf } from "../../bench/documents.ts";
import { bundleForPage } from "../../bin/page-bundling.ts";
import { judge } from "../judges/judge.ts";
import { signPdf } from "../worlds/pades.ts";
import { type Desk, newDesk } from "./check-desk.ts";
import { earnest, signedWorld } from "./check-files.ts";
import { bannerOn, give, holds } from "./check-steps.ts";
import { closeBrowser, newVisitor, type Visitor } from "./visitor.ts";

const test = anywhere.skipIf(!judge("chromium", "a large file is checked without freezing the page"));

const MB = 1_000_000;
const world = await signedWorld();
const { pdf } = await signPdf(world);

let desk: Desk;
let visitor: Visitor;
let folder: string;
beforeAll(async () => {
  desk = await newDesk();
  folder = mkdtempSync(join(tmpdir(), "motlan-check-large-"));
  writeFileSync(join(folder, "20.pdf"), (await signPdf(world, { pdf: pdfOf(20 * MB, 40) })).pdf);
  writeFileSync(join(folder, "130.pdf"), new Uint8Array(135 * MB));
});
beforeEach(async () => {
  desk.trust([earnest(world)]);
  desk.answers({ "/v1/standings/": () => ({ body: { disputedAt: null, assistedBy: null } }) });
  visitor = await newVisitor();
});
afterAll(async () => {
  await closeBrowser();
  await desk.close();
  rmSync(folder, { recursive: true, force: true });
});

const choose = async (name: string): Promise<void> => {
  await visitor.page.goto(`${desk.url}/kiem-tra`);
  await visitor.page.setInputFiles(".drop-zone input[type=file]", join(folder, name));
};

/** Octets after gzip: what a page loads to judge an ordinary file (bench/verifier-bundle.ts has the same bound). */
const WORKER_BUDGET = 60_000;

test("the worker loads no more than 60 KB for an ordinary file", async () => {
  const entry = fileURLToPath(new URL("../../web/workers/verify.ts", import.meta.url));
  const { atOnce, onDemand } = await bundleForPage(entry, "verify");
  const always = [...atOnce, ...onDemand.filter(({ part }) => part === "lib/text/findings-besides.ts")];
  expect(always.length).toBeGreaterThan(atOnce.length);
  const octets = always.reduce((sum, { gzip }) => sum + gzip, 0);
  expect(octets).toBeGreaterThan(WORKER_BUDGET / 2);
  expect(octets).toBeLessThanOrEqual(WORKER_BUDGET);
});

describe("a large file", () => {
  test("of 20 MB is judged while the page answers", async () => {
    const { page } = visitor;
    await page.goto(`${desk.url}/kiem-tra`);
    await page.evaluate(() => {
      const seen = Object.assign(window, { longest: 0, parts: [] as number[], beats: 0 });
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) seen.longest = Math.max(seen.longest, duration);
      }).observe({ type: "longtask" });
      setInterval(() => seen.beats++, 10);
      new MutationObserver(() => {
        const bar = document.querySelector("progress");
        if (bar !== null && bar.position >= 0) seen.parts.push(bar.position);
      }).observe(document.body, { subtree: true, childList: true, attributes: true });
    });
    await page.setInputFiles(".drop-zone input[type=file]", join(folder, "20.pdf"));
    expect((await bannerOn(page)).tone).toBe("good");
    const seen = await page.evaluate(() => {
      const { longest, parts, beats } = window as unknown as { longest: number; parts: number[]; beats: number };
      return { longest, parts: new Set(parts).size, beats };
    });
    // A laden machine; bench/in-page.ts measures it on a quiet one.
    expect(seen.longest).toBeLessThan(500);
    expect(seen.parts).toBeGreaterThan(2);
    expect(seen.beats).toBeGreaterThan(5);
    expect(visitor.sent.filter(({ method }) => method !== "GET")).toEqual([]);
    expect(visitor.problems).toEqual([]);
    await visitor.close();
  });

  test("of more than is read is refused before it is read, with both sizes", async () => {
    const { page } = visitor;
    await choose("130.pdf");
    await page.getByText("Tệp 135 MB, tối đa 128 MB.").waitFor();
    await holds(page, "too-large");
    await visitor.close();
  });
});

describe("a worker that fails", () => {
  test("by taking too long is ended, and the service is offered", async () => {
    const { page } = visitor;
    await page.clock.install();
    await page.route("**/verify.js", (route) =>
      route.fulfill({ contentType: "text/javascript", body: "onmessage=()=>{for(;;);}" }),
    );
    const asked = page.waitForRequest("**/verify.js");
    await give(page, desk.url, ["a.pdf", pdf]);
    await page.getByRole("button", { name: "Huỷ" }).waitFor();
    await asked;
    await page.clock.fastForward(61_000);
    await page.getByText("Kiểm tra tệp này mất quá nhiều thời gian; đã dừng lại.").waitFor();
    await page.clock.resume();
    await page.getByRole("button", { name: "Gửi tệp lên để kiểm tra đầy đủ" }).click();
    await page.getByText("Tối đa 4.5 MB.").waitFor();
    await holds(page, "time-limit");
    expect(visitor.sent.filter(({ method }) => method !== "GET")).toEqual([]);
    await visitor.close();
    // The worker that never ends takes a core from the page.
  }, 60_000);

  test("by ending without a word was out of memory, and by not being there was not loaded", async () => {
    const { page } = visitor;
    const says = (body: string) =>
      page.route("**/verify.js", (route) => route.fulfill({ contentType: "text/javascript", body }));
    await says(
      "onmessage=()=>{postMessage({kind:'judging'});setTimeout(()=>{throw new RangeError('Array buffer allocation failed')},50)}",
    );
    await give(page, desk.url, ["a.pdf", pdf]);
    await page.getByText("Kiểm tra tệp này cần quá nhiều bộ nhớ; đã dừng lại.").waitFor();
    await page.unroute("**/verify.js");
    await page.route("**/verify.js", (route) => route.abort());
    await give(page, desk.url, ["a.pdf", pdf]);
    await page.getByText("Chưa tải được phần kiểm tra của trang này").waitFor();
    await holds(page, "worker-missing");
    await page.unroute("**/verify.js");
    await page.getByRole("button", { name: "Thử lại" }).click();
    await page.waitForSelector(".banner-good");
    await visitor.close();
  });
});
