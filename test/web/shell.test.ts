import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { SITE_PAGES } from "../../lib/api/site.ts";
import { COMMON } from "../../lib/text/web/common.ts";
import { type Service, startService } from "../e2e/service.ts";
import { judge } from "../judges/judge.ts";
import { inEveryLook } from "./matrix.ts";
import { barriers, closeBrowser, narrowness, newVisitor, picture, type Visitor } from "./visitor.ts";

/**
 * Octets: the first load is held to 60 KB by test/web/first-load. What a page then fetches ahead, while a person looks at it, is counted here
 * as well, so that nothing is moved there to hide.
 */
const MOST_TRAVELLING = 70_000;

describe.skipIf(!judge("chromium", "the shell of the pages holds in every look"))("the shell of the pages", () => {
  let service: Service;
  let visitor: Visitor;
  beforeAll(async () => {
    service = await startService();
  });
  beforeEach(async () => {
    visitor = await newVisitor({ size: { width: 320, height: 640 } });
    return () => visitor.close();
  });
  afterAll(async () => {
    await closeBrowser();
    await service.close();
  });

  async function open(path: string): Promise<Page> {
    await visitor.page.goto(`${service.url}${path}`);
    await visitor.page.waitForSelector("h1");
    return visitor.page;
  }

  test.each(SITE_PAGES.map(({ path, name }) => [path, name]))(
    "%s opens without barriers, in every language, size and look, and asks nobody else",
    async (path, name) => {
      const page = await open(path);
      expect(await page.evaluate(() => document.documentElement.lang)).toBe("vi");
      expect(await inEveryLook(page)).toEqual([]);
      await picture(page, `shell/${name}`);
      await page.click("button.language");
      await picture(page, `shell/${name}`);
      const { sent, problems } = visitor;
      expect(sent.filter(({ url }) => !url.startsWith(`${service.url}/`) && !url.startsWith("data:"))).toEqual([]);
      // Whoever is not logged in is told so by a 401, which the browser puts on its console.
      expect(problems.filter((problem) => !problem.includes("401"))).toEqual([]);
    },
    60_000,
  );

  test("as it travels, a page with all that it fetches before anything is pressed stays near its budget, compressed", async () => {
    for (const { path } of SITE_PAGES) {
      const fresh = await newVisitor();
      await fresh.page.goto(`${service.url}${path}`, { waitUntil: "networkidle" });
      const octets = await fresh.page.evaluate(() =>
        (performance.getEntries() as PerformanceResourceTiming[])
          .filter(({ name, entryType }) => entryType === "navigation" || /\.(?:js|css)$/.test(name))
          .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0),
      );
      await fresh.close();
      process.stdout.write(`${path} as it travels: ${(octets / 1000).toFixed(1)} KB besides fonts\n`);
      expect(octets, path).toBeGreaterThan(5000);
      expect(octets, path).toBeLessThanOrEqual(MOST_TRAVELLING);
    }
  });

  test("where nothing is there is a page in both languages, without barriers", async () => {
    const page = await open("/khong-co-trang-nay");
    expect(await barriers(page)).toEqual([]);
    expect(await narrowness(page)).toEqual([]);
    await picture(page, "shell/not-found");
  });

  describe.each([
    ["at 200 % zoom of a small desk", { width: 640, height: 400 }],
    ["at 400 % zoom of a desk, which is a low telephone as well", { width: 320, height: 256 }],
  ])("%s", (_, size) => {
    test("every page can be read without scrolling sideways, and what has the focus is in sight", async () => {
      await visitor.page.setViewportSize(size);
      for (const { path } of SITE_PAGES) {
        const page = await open(path);
        expect(await narrowness(page), path).toEqual([]);
        expect(await walk(page), path).toEqual([]);
      }
    });
  });

  test("text may stand as far apart as somebody needs to read it (WCAG 1.4.12)", async () => {
    for (const { path } of SITE_PAGES) {
      const page = await open(path);
      await page.evaluate(() => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(
          "*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}p{margin-bottom:2em!important}",
        );
        document.adoptedStyleSheets = [sheet];
      });
      expect(await narrowness(page), path).toEqual([]);
      expect(await clipped(page), path).toEqual([]);
    }
  });

  describe("with the keyboard alone", () => {
    test("the first stop is the way past the navigation; it leads into the page and leaves the address as it is", async () => {
      const page = await open("/?x=1#K7QF");
      await page.keyboard.press("Tab");
      expect(await focused(page)).toBe(COMMON.skip.vi);
      const box = await page.locator(":focus").boundingBox();
      expect(box?.x).toBeGreaterThanOrEqual(0);
      await page.keyboard.press("Enter");
      expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("MAIN");
      expect(new URL(page.url()).hash).toBe("#K7QF");
      await page.keyboard.press("Tab");
      expect(await page.evaluate(() => document.activeElement?.closest("main") !== null)).toBe(true);
    });

    test("every control of a page is reached in the order in which it stands, seen while it has the focus, and left again", async () => {
      for (const { path } of SITE_PAGES) expect(await walk(await open(path)), path).toEqual([]);
    });
  });

  describe("the language", () => {
    test("is switched where one stands: what was typed, the rest of the address and the way back stay", async () => {
      await open("/");
      const page = await open("/kiem-tra?x=1#here");
      const field = page.locator("main input[type=text]").first();
      await field.fill("K7QF");
      await page.click("button.language");
      await page.waitForFunction(() => document.documentElement.lang === "en");
      expect(await page.title()).toContain("Check a document");
      expect(await field.inputValue()).toBe("K7QF");
      expect(page.url()).toBe(`${service.url}/kiem-tra?x=1&lang=en#here`);
      expect(await focused(page)).toBe(COMMON.otherLanguage.en);
      await page.goBack();
      expect(new URL(page.url()).pathname).toBe("/");
    });

    test("goes along to other pages, and is still known after a log-in elsewhere, which says nothing of it", async () => {
      const page = await open("/");
      await page.click("button.language");
      await page.click("nav a >> nth=0");
      await page.waitForURL(/lang=en/);
      await open("/lich-su#loi=assurance_too_low");
      expect(await page.evaluate(() => document.documentElement.lang)).toBe("en");
      expect(new URL(page.url()).search).toBe("?lang=en");
      await page.click("button.language");
      await open("/");
      expect(await page.evaluate(() => document.documentElement.lang)).toBe("vi");
    });
  });

  test("a test installation says on every page that signatures have no value, and nothing moves when it does", async () => {
    const { page } = visitor;
    let answer = () => {};
    const held = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await page.route("**/v1/service", async (route) => {
      await held;
      await route.continue();
    });
    await open("/");
    const places = () =>
      page.evaluate(() =>
        [...document.querySelectorAll("h1, .brand, nav a, .button")].map((one) => one.getBoundingClientRect().top),
      );
    await page.evaluate(() => document.fonts.ready);
    const before = await places();
    expect(await page.textContent(".strip")).toBe("");
    answer();
    await page.waitForSelector(".strip-demo");
    expect(await page.textContent(".strip")).toBe(COMMON.demo.vi);
    expect(await places()).toEqual(before);
    // The next page of the tab knows it at once, without asking.
    await page.unroute("**/v1/service");
    await page.route("**/v1/service", (route) => route.abort());
    await open("/ky");
    expect(await page.textContent(".strip")).toBe(COMMON.demo.vi);
  });

  test("another installation says what its signatures are in law, in the operator's words, or nothing", async () => {
    const { page } = visitor;
    const label = { vi: "Chữ ký điện tử <b>cơ bản</b>", en: "Basic electronic signature" };
    const answer = (body: object) => page.route("**/v1/service", (route) => route.fulfill({ json: body }));
    await answer({ demo: false, legalLevelLabel: label });
    await open("/");
    await page.getByText(label.vi).waitFor();
    expect(await page.locator(".strip b, .strip-demo").count()).toBe(0);
    expect(await inEveryLook(page)).toEqual([]);
    await page.click("button.language");
    await page.getByText(label.en).waitFor();
    await page.evaluate(() => sessionStorage.clear());
    await answer({ demo: false, legalLevelLabel: null });
    await Promise.all([page.waitForResponse("**/v1/service"), open("/?lang=vi")]);
    expect(await page.textContent(".strip")).toBe("");
  });

  test("printed, a page is what it says: no navigation, no buttons, black on white, whatever the screen looks like", async () => {
    const page = await open("/");
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    for (const hidden of ["nav", ".language", ".button", ".skip"])
      expect(await page.locator(hidden).first().isVisible(), hidden).toBe(false);
    expect(await page.locator("h1").isVisible()).toBe(true);
    const colours = await page.evaluate(() => {
      const { color, backgroundColor } = getComputedStyle(document.documentElement);
      return [color, backgroundColor];
    });
    expect(colours).toEqual(["rgb(0, 0, 0)", "rgb(255, 255, 255)"]);
  });

  test("without JavaScript a page says what it needs, and a look-up by code still works", async () => {
    const plain = await newVisitor({ javaScript: false });
    await plain.page.goto(`${service.url}/kiem-tra`);
    expect(await plain.page.textContent("noscript, main")).toContain(COMMON.noScript.vi);
    expect(await plain.page.getAttribute("form", "action")).toBe("/tra-cuu");
    await plain.close();
  });
});

const focused = (page: Page): Promise<string> => page.evaluate(() => document.activeElement?.textContent?.trim() ?? "");

/** Tabs through the page from its beginning. @returns what was skipped, out of order, or not to be seen while it had the focus */
async function walk(page: Page): Promise<string[]> {
  await page.evaluate(() => {
    const tabbable = [...document.querySelectorAll<HTMLElement>("a[href],button,input,select,textarea,summary")].filter(
      (one) => one.checkVisibility({ visibilityProperty: true }) && !one.matches(":disabled") && one.tabIndex >= 0,
    );
    // One of a group of radio buttons has the focus for all.
    const stops = tabbable.filter((one) => !one.matches("input[type=radio]"));
    Object.assign(globalThis, { stops });
    // From the beginning, wherever a screen has put the focus.
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute("tabindex");
  });
  const wrong: string[] = [];
  const count = await page.evaluate(() => (globalThis as unknown as { stops: unknown[] }).stops.length);
  let next = 0;
  for (let press = 0; press < count + 5 && next < count; press++) {
    await page.keyboard.press("Tab");
    const seen = await page.evaluate(() => {
      const { stops } = globalThis as unknown as { stops: HTMLElement[] };
      const one = document.activeElement as HTMLElement;
      const { left, top, right, bottom } = one.getBoundingClientRect();
      const inside = left >= 0 && right <= innerWidth + 1 && top >= -1 && bottom <= innerHeight + 1;
      const at = document.elementFromPoint((left + right) / 2, Math.min((top + bottom) / 2, innerHeight - 1));
      const ring = getComputedStyle(one).outlineStyle !== "none";
      return {
        index: stops.indexOf(one),
        name: one.outerHTML.slice(0, 80),
        seen: inside && (at === null || one.contains(at) || at.contains(one)),
        ring,
      };
    });
    if (seen.index < 0) continue;
    if (seen.index !== next) wrong.push(`out of order: ${seen.name} instead of ${await stop(page, next)}`);
    if (!seen.seen) wrong.push(`not in sight: ${seen.name}`);
    if (!seen.ring) wrong.push(`no ring: ${seen.name}`);
    next = seen.index + 1;
  }
  if (next < count) wrong.push(`${count - next} of ${count} controls are not reached`);
  return wrong;
}

const stop = (page: Page, index: number): Promise<string> =>
  page.evaluate((at) => {
    const { stops } = globalThis as unknown as { stops: HTMLElement[] };
    return stops[at]?.outerHTML.slice(0, 80) ?? "none";
  }, index);

/** Texts that are cut off by their own box. */
function clipped(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>("main *, header *, footer *")]
      .filter((one) => getComputedStyle(one).overflow !== "visible" && !one.closest(".visually-hidden, input, svg"))
      .filter((one) => one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1)
      .map((one) => `cut off: ${one.outerHTML.slice(0, 80)}`),
  );
}
