import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { judge } from "../judges/judge.ts";
import { inEveryLook } from "./matrix.ts";
import { closeBrowser, newVisitor, type Visitor } from "./visitor.ts";

/** A page with one fault a look, and nothing else wrong with it. */
const PLANTED = `<!doctype html><html lang="vi"><head><title>Thử</title><meta name="viewport" content="width=device-width"><style>
  :root { color-scheme: light dark }
  button { min-height: 30px }
  @media (prefers-color-scheme: dark) { #dark { color: #333; background: #222 } }
  @media (max-width: 400px) { #wide { width: 500px } }
  @media (max-height: 450px) { #wide { width: 900px } }
  @media (prefers-reduced-motion: reduce) { #moving { transition: opacity 1s } }
  @media (forced-colors: active) { #small { width: 10px; min-height: 10px; height: 10px; padding: 0; border: 0; font-size: 0 } }
</style></head><body><main><h1>Thử</h1><p id="dark">Chữ</p><div id="wide">Rộng</div><p id="moving">Động</p>
<div><button type="button" id="small">Nhỏ hơn hẳn</button></div>
<div><button type="button" class="language">English</button></div><div id="picture"></div></main></body></html>`;

describe.skipIf(!judge("chromium", "faults of one look are found"))("the matrix of looks", () => {
  let visitor: Visitor;
  beforeAll(async () => {
    visitor = await newVisitor();
  });
  afterAll(async () => {
    await visitor.close();
    await closeBrowser();
  });

  test("a fault that only one language, size or look has is found there, and nowhere else", async () => {
    const { page } = visitor;
    await page.setContent(PLANTED);
    await page.evaluate(() => {
      document.querySelector(".language")?.addEventListener("click", () => {
        const root = document.documentElement;
        root.lang = root.lang === "vi" ? "en" : "vi";
        const picture = document.querySelector("#picture");
        if (picture !== null) picture.innerHTML = root.lang === "en" ? '<img src="data:,">' : "";
      });
    });
    const looks: string[] = [];
    const found = await inEveryLook(page, async (_, look) => {
      looks.push(look);
      return look === "vi 1280x800 dark" ? ["seen"] : [];
    });
    const short = found.map((line) => line.split(/(?<=: [\w-]+)[: ]/)[0]).sort();
    const both = (rest: (language: string) => readonly string[]) => ["vi", "en"].flatMap(rest);
    expect(new Set(looks).size).toBe(16);
    expect(short).toEqual(
      [
        "en 1280x800 normal: image-alt",
        "en 320x640 normal: image-alt",
        "vi 1280x800 dark: seen",
        ...both((language) => [
          `${language} 200 %: scrolls`,
          `${language} 320x640 dark: color-contrast`,
          `${language} 1280x800 dark: color-contrast`,
          `${language} 320x640 forced colours: small`,
          `${language} 1280x800 forced colours: small`,
          `${language} 320x640 reduced motion: moves`,
          `${language} 1280x800 reduced motion: moves`,
          ...["normal", "forced colours", "dark", "reduced motion"].map(
            (look) => `${language} 320x640 ${look}: scrolls`,
          ),
        ]),
      ].sort(),
    );
    expect(page.viewportSize()).toEqual({ width: 360, height: 740 });
    expect(
      await page.evaluate(() => [document.documentElement.lang, matchMedia("(prefers-color-scheme: dark)").matches]),
    ).toEqual(["vi", false]);
  });
});
