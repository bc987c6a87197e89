import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { judge } from "../judges/judge.ts";
import { ACTIVE, BOMBS, DAMAGED, HEAVY } from "./hostile-pages.ts";
import { pagesPdf } from "./pdfs.ts";
import { base64, newStage, type Stage } from "./stage.ts";
import { begin, outcome, show, type WithViewer } from "./viewer-visits.ts";
import { closeBrowser, type Visitor } from "./visitor.ts";

/** Reasons that the viewer may give. */
const REASONS = ["pdf_invalid", "pdf_encrypted", "display_too_many_pages", "display_too_slow"];

describe.skipIf(!judge("chromium", "hostile files do nothing in the viewer"))("a hostile file in the viewer", () => {
  let stage: Stage;
  let visitor: Visitor;
  let page: Page;
  const happened: string[] = [];
  beforeAll(async () => {
    stage = await newStage(new URL("viewer-stage.tsx", import.meta.url));
    visitor = await stage.visit();
    page = visitor.page;
    page.on("dialog", (dialog) => {
      happened.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on("download", (download) => happened.push(`download: ${download.url()}`));
    page.on("framenavigated", (frame) => happened.push(`navigated: ${frame.url()}`));
    visitor.context.on("page", (other) => happened.push(`window: ${other.url()}`));
  });
  afterAll(async () => {
    await visitor.close();
    await closeBrowser();
    await stage.close();
  });

  const outside = (): readonly string[] =>
    visitor.sent.map(({ url }) => url).filter((url) => !url.startsWith(`${stage.url}/`) && !/^(data|blob):/.test(url));
  const harmless = (): void => {
    expect(outside()).toEqual([]);
    expect(happened).toEqual([]);
    expect(visitor.problems).toEqual([]);
  };
  const closed = async (): Promise<void> => {
    await page.evaluate(() => (globalThis as unknown as WithViewer).stage.close());
    await expect.poll(() => page.workers().length, { timeout: 5000 }).toBe(0);
  };
  /** Painted or read page by page, or refused for one of the reasons. */
  const settled = async (): Promise<void> => {
    await page.waitForFunction(() => {
      const { seen } = (globalThis as unknown as WithViewer).stage;
      return seen.shown.length > 0 || seen.fault !== undefined || document.querySelector("[role=alert]") !== null;
    });
    const { code } = await outcome(page);
    if (code !== undefined) expect(REASONS).toContain(code);
  };

  test.each(Object.entries(ACTIVE))("%s: is shown, and nothing happens", async (_, build) => {
    await show(page, build());
    expect(await outcome(page)).toEqual({ code: undefined, shown: [1] });
    await page.waitForSelector(".textLayer");
    const wherever = { position: { x: 100, y: 150 } };
    await page.locator(".viewer-page").click(wherever);
    await page.locator(".viewer-page").hover(wherever);
    expect(
      await page.locator(".viewer-page :is(a, button, input, iframe, img, script, object, embed, svg)").count(),
    ).toBe(0);
    await page.getByRole("button", { name: "Đọc dạng chữ" }).click();
    await page.waitForSelector(".viewer-words :is(p, dl, ul)");
    expect(
      await page.locator(".viewer-words :is(a, button, input, iframe, img, script, object, embed, svg)").count(),
    ).toBe(0);
    harmless();
  });

  test.each(Object.entries(DAMAGED))("%s: is shown, or the reason is said", async (_, build) => {
    await begin(page, build());
    await settled();
    harmless();
  });

  test("thousands of pages are listed and not opened; only those in sight have a picture and letters", async () => {
    await show(page, pagesPdf(Array.from({ length: 2500 }, () => ({}))));
    expect(await page.locator(".viewer-page").count()).toBe(2500);
    const goTo = async (number: number): Promise<void> => {
      await page.getByLabel("Tới trang").fill(String(number));
      await page.getByLabel("Tới trang").press("Enter");
      await page.waitForSelector(`[data-page="${number}"] .textLayer span`);
    };
    for (const number of [5, 10, 15, 20, 2000, 2400]) await goTo(number);
    const kept = await page.evaluate(() => {
      const painted = [...document.querySelectorAll<HTMLCanvasElement>(".viewer-page canvas[height]")];
      return [painted.filter((canvas) => canvas.width > 0).length, document.querySelectorAll(".textLayer span").length];
    });
    expect(Math.max(...kept)).toBeLessThan(8);
    harmless();
  });

  test.each(Object.entries(HEAVY))("%s: the page stays alive, the next page is shown", async (_, build) => {
    await begin(page, build(), { options: { limits: { pageMs: 1500 } } });
    const longest = await page.evaluate(async () => {
      const { seen } = (globalThis as unknown as WithViewer).stage;
      let [last, pause] = [performance.now(), 0];
      const settledHere = (): boolean =>
        seen.shown.includes(2) &&
        (seen.shown.includes(1) || document.querySelector("[data-page='1'] [role=alert]") !== null);
      while (!settledHere()) {
        await new Promise((resolve) => setTimeout(resolve, 20));
        pause = Math.max(pause, performance.now() - last);
        last = performance.now();
      }
      return pause;
    });
    expect(longest).toBeLessThan(1000);
    await closed();
    harmless();
  });

  test.each(Object.entries(BOMBS))("%s: is stopped before the memory is used up", async (_, build) => {
    await show(page, pagesPdf([{}]));
    const [code, after] = await page.evaluate(async (pdf) => {
      const { openDocument, octets } = (globalThis as unknown as WithViewer).stage;
      const opened = await openDocument(octets(pdf));
      const code = await opened.paint(1, document.createElement("canvas"), 300).then(
        () => "painted",
        (fault: { code?: string }) => fault.code,
      );
      const canvas = document.createElement("canvas");
      await opened.paint(2, canvas, 300);
      opened.close();
      return [code, canvas.width];
    }, base64(build()));
    expect(code).toBe("pdf_limit");
    expect(after).toBe(300);
    await closed();
    harmless();
  });

  test("the watch sees what workers ask for, and the policy holds them as it holds the page", async () => {
    const hits: (string | undefined)[] = [];
    const elsewhere = createServer((request, response) => {
      hits.push(request.url);
      response.end();
    });
    await new Promise<void>((resolve) => elsewhere.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`;
    await fetch(`${url}control`);
    const dingbats = "<</Type/Font/Subtype/Type1/BaseFont/ZapfDingbats>>";
    await show(page, pagesPdf([{ content: "BT /F1 12 Tf 72 720 Td (a) Tj ET" }], { 3: dingbats }));
    expect(visitor.sent.some(({ url: asked }) => asked.includes("/standard_fonts/"))).toBe(true);
    expect(page.workers().length).toBe(2);
    const ask = (address: string): Promise<string> =>
      fetch(address, { mode: "no-cors" }).then(
        () => "through",
        () => "refused",
      );
    expect(await page.evaluate(ask, url)).toBe("refused");
    for (const worker of page.workers()) expect(await worker.evaluate(ask, url)).toBe("refused");
    expect(hits).toEqual(["/control"]);
    elsewhere.close();
  });
});
