import type { Page } from "playwright-core";
import { expect } from "vitest";
import { barriers, narrowness, picture } from "./visitor.ts";

/** Goes to the page and gives it files, as a person chooses them. */
export async function give(page: Page, url: string, ...files: readonly (readonly [string, Uint8Array])[]) {
  await page.goto(`${url}/kiem-tra`);
  await chooseFiles(page, ...files);
}

export async function chooseFiles(page: Page, ...files: readonly (readonly [string, Uint8Array])[]): Promise<void> {
  await page.setInputFiles(
    ".drop-zone input[type=file]",
    files.map(([name, pdf]) => ({ name, mimeType: "application/pdf", buffer: Buffer.from(pdf) })),
  );
}

/** The banner over the result, as it is read and said. */
export async function bannerOn(page: Page) {
  await page.waitForSelector("h1 ~ .banner, h1 ~ div .banner");
  return page.evaluate(() => {
    const banner = document.querySelector(".banner");
    return {
      tone: /banner-(\w+)/.exec(banner?.className ?? "")?.[1],
      role: banner?.getAttribute("role"),
      title: banner?.querySelector(".banner-title")?.textContent,
      sign: banner?.querySelector(".banner-sign")?.textContent,
      focus: document.activeElement?.tagName,
    };
  });
}

/** Switches the language as a person does. */
export async function speak(page: Page, language: "vi" | "en"): Promise<void> {
  if ((await page.evaluate(() => document.documentElement.lang)) === language) return;
  await page.click("button.language");
  await page.waitForFunction((wanted) => document.documentElement.lang === wanted, language);
}

/**
 * In both languages a picture and no sideways scrolling; no barrier, and nothing that cannot be read in the dark. Ends in Vietnamese.
 *
 * What axe looks at is the same in both languages but for the words; `inEveryLook` looks at some states in all of them.
 */
export async function holds(page: Page, name: string): Promise<void> {
  await speak(page, "vi");
  expect(await barriers(page), name).toEqual([]);
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await barriers(page, ["color-contrast"]), `${name} dark`).toEqual([]);
  await page.emulateMedia({ colorScheme: null });
  for (const language of ["vi", "en"] as const) {
    await speak(page, language);
    await picture(page, `check/${name}`);
    expect(await narrowness(page), `${name} ${language}`).toEqual([]);
  }
  await speak(page, "vi");
}
