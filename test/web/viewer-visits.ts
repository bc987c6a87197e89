import type { Page } from "playwright-core";
import { base64 } from "./stage.ts";
import type { Showing } from "./viewer-stage.tsx";

export type WithViewer = { readonly stage: typeof import("./viewer-stage.tsx") };

/** Shows a file and waits until its first page is painted, or there is a reason why not. */
export async function show(page: Page, pdf: Uint8Array, showing: Showing = {}): Promise<void> {
  await begin(page, pdf, showing);
  await page.waitForFunction(() => {
    const { seen } = (globalThis as unknown as WithViewer).stage;
    return seen.shown.length > 0 || seen.fault !== undefined;
  });
}

export async function begin(page: Page, pdf: Uint8Array, showing: Showing = {}): Promise<void> {
  await page.evaluate(([octets, how]) => (globalThis as unknown as WithViewer).stage.show(octets, how), [
    base64(pdf),
    showing,
  ] as const);
}

/** The fault's code, if there is one, and the pages that were painted or read. */
export function outcome(page: Page): Promise<{ readonly code: string | undefined; readonly shown: readonly number[] }> {
  return page.evaluate(() => {
    const { seen } = (globalThis as unknown as WithViewer).stage;
    return { code: (seen.fault as { code?: string } | undefined)?.code, shown: seen.shown };
  });
}

/** Which dots of a page's picture are not white, as parts of its width and height; undefined where there is no picture. */
export function ink(page: Page, number = 1): Promise<readonly (readonly [number, number])[] | undefined> {
  return page.evaluate((n) => {
    const canvas = document.querySelector<HTMLCanvasElement>(`[data-page="${n}"] canvas`);
    if (canvas === null || canvas.width === 0) return undefined;
    const { width, height } = canvas;
    const copy = document.createElement("canvas");
    Object.assign(copy, { width, height });
    const context = copy.getContext("2d", { willReadFrequently: true });
    if (context === null) throw new Error("no canvas");
    context.drawImage(canvas, 0, 0);
    const { data } = context.getImageData(0, 0, width, height);
    const dots: (readonly [number, number])[] = [];
    for (let i = 0; i < width * height; i++)
      if (Math.min(data[4 * i] ?? 255, data[4 * i + 1] ?? 255, data[4 * i + 2] ?? 255) < 200)
        dots.push([(i % width) / width, Math.floor(i / width) / height]);
    return dots;
  }, number);
}
