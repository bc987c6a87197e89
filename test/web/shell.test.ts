import { afterAll, beforeAll, expect, test } from "vitest";
import { SITE_PAGES } from "../../lib/api/site.ts";
import { type Service, startService } from "../e2e/service.ts";
import { barriers, closeBrowser, narrowness, newVisitor, type Visitor } from "./visitor.ts";

let service: Service;
let visitor: Visitor;

beforeAll(async () => {
  service = await startService();
  visitor = await newVisitor({ size: { width: 320, height: 640 } });
});
afterAll(async () => {
  await visitor.close();
  await closeBrowser();
  await service.close();
});

test.each(SITE_PAGES.map(({ path }) => path))(
  "%s opens without barriers, in both languages, and asks nobody else",
  async (path) => {
    const { page, sent, problems } = visitor;
    await page.goto(`${service.url}${path}`);
    await page.waitForSelector("h1");
    expect(await page.evaluate(() => document.documentElement.lang)).toBe("vi");
    expect(await barriers(page)).toEqual([]);
    await page.click("button.language");
    await page.waitForFunction(() => document.documentElement.lang === "en");
    expect(new URL(page.url()).searchParams.get("lang")).toBe("en");
    expect(await barriers(page)).toEqual([]);
    expect(await narrowness(page)).toEqual([]);
    expect(sent.filter(({ url }) => !url.startsWith(`${service.url}/`) && !url.startsWith("data:"))).toEqual([]);
    expect(problems).toEqual([]);
  },
);
