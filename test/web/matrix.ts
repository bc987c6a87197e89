import type { Page } from "playwright-core";
import { barriers, narrowness, picture } from "./visitor.ts";

/** One way of looking at a page. */
type Look = {
  readonly name: "normal" | "forced colours" | "dark" | "reduced motion";
  readonly media: Required<
    Pick<NonNullable<Parameters<Page["emulateMedia"]>[0]>, "colorScheme" | "forcedColors" | "reducedMotion">
  >;
};

const PLAIN = { colorScheme: "light", forcedColors: "none", reducedMotion: "no-preference" } as const;
const LOOKS: readonly Look[] = [
  { name: "normal", media: PLAIN },
  { name: "forced colours", media: { ...PLAIN, forcedColors: "active" } },
  { name: "dark", media: { ...PLAIN, colorScheme: "dark" } },
  { name: "reduced motion", media: { ...PLAIN, reducedMotion: "reduce" } },
];
/** A small telephone, which is a 1280 px window at 400 % zoom as well (WCAG 1.4.10), and a desk. */
const SIZES = [
  { width: 320, height: 640 },
  { width: 1280, height: 800 },
] as const;
/** The desk at 200 % zoom: half as wide and half as high (WCAG 1.4.4). */
const ZOOMED = { width: 640, height: 400 } as const;
const LANGUAGES = ["vi", "en"] as const;

/** Rules of axe that the look of a page can break; all others depend on what stands there, which is the same in every look. */
const RULES_OF_LOOK = ["color-contrast", "link-in-text-block"];

type Check = (page: Page, look: string) => Promise<readonly string[]>;

/**
 * What is wrong with the state that a page is in, in {vi, en} x {320x640, 1280x800} x {normal, forced colours, dark, reduced motion}:
 * what axe finds, sideways scrolling, small targets, motion where none is wanted; and at 200 % zoom, what does not fit. The language is switched as a person switches it;
 * language, size and media are put back at the end.
 *
 * @param check looks at something more in each of the sixteen, such as what a caller knows about its own screen
 * @returns one line each: `en 320x640 dark: color-contrast: …`; empty where nothing is wrong
 */
export async function inEveryLook(page: Page, check?: Check): Promise<string[]> {
  const before = { size: page.viewportSize(), language: await languageOf(page), media: await mediaOf(page) };
  const found: string[] = [];
  for (const language of LANGUAGES) {
    await speak(page, language);
    for (const size of SIZES) {
      await page.setViewportSize(size);
      for (const { name, media } of LOOKS) {
        await page.emulateMedia(media);
        await settled(page);
        const look = `${language} ${size.width}x${size.height} ${name}`;
        const lines = [
          ...(await barriers(page, name === "normal" ? undefined : RULES_OF_LOOK)),
          ...(await narrowness(page)),
          ...(name === "reduced motion" ? await motion(page) : []),
          ...((await check?.(page, look)) ?? []),
        ];
        found.push(...lines.map((line) => `${look}: ${line}`));
      }
    }
    await page.setViewportSize(ZOOMED);
    await page.emulateMedia(PLAIN);
    await settled(page);
    found.push(...(await narrowness(page)).map((line) => `${language} 200 %: ${line}`));
  }
  await speak(page, before.language);
  if (before.size !== null) await page.setViewportSize(before.size);
  await page.emulateMedia(before.media);
  return found;
}

/** Keeps a picture of the state in each language. */
export async function pictures(page: Page, name: string): Promise<void> {
  const before = await languageOf(page);
  for (const language of LANGUAGES) {
    await speak(page, language);
    await settled(page);
    await picture(page, name);
  }
  await speak(page, before);
}

const languageOf = (page: Page): Promise<string> => page.evaluate(() => document.documentElement.lang);

/** Presses the switch in the header, by script: it is out of reach while a dialog is open, and the focus stays where it is. */
async function speak(page: Page, language: string): Promise<void> {
  if ((await languageOf(page)) === language) return;
  await page.evaluate(() => document.querySelector<HTMLButtonElement>("button.language")?.click());
  await page.waitForFunction((wanted) => document.documentElement.lang === wanted, language);
}

function mediaOf(page: Page): Promise<Look["media"]> {
  return page.evaluate(() => {
    const is = (query: string) => matchMedia(query).matches;
    return {
      colorScheme: is("(prefers-color-scheme: dark)") ? "dark" : "light",
      forcedColors: is("(forced-colors: active)") ? "active" : "none",
      reducedMotion: is("(prefers-reduced-motion: reduce)") ? "reduce" : "no-preference",
    };
  });
}

/** Two frames, and the end of whatever ends by itself. */
function settled(page: Page): Promise<void> {
  return page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    await frame();
    await frame();
    const ending = document.getAnimations().filter((one) => Number(one.effect?.getComputedTiming().endTime) < 2000);
    await Promise.allSettled(ending.map(({ finished }) => finished));
  });
}

/** Elements that would move although the person asked for no motion. */
function motion(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const lasts = (durations: string) => durations.split(",").some((one) => Number.parseFloat(one) > 0);
    return [...document.body.querySelectorAll("*")]
      .filter((element) => {
        const { animationName, animationDuration, transitionDuration } = getComputedStyle(element);
        return (animationName !== "none" && lasts(animationDuration)) || lasts(transitionDuration);
      })
      .map((element) => `moves: ${element.outerHTML.slice(0, 80)}`);
  });
}
