import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { judge } from "../judges/judge.ts";
import { save } from "../worlds/hostile-pdf.ts";
import { pagesPdf, words } from "./pdfs.ts";
import { newStage, type Stage } from "./stage.ts";
import { begin, ink, outcome, show, type WithViewer } from "./viewer-visits.ts";
import { barriers, closeBrowser, narrowness, picture, type Visitor } from "./visitor.ts";

const vector = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../vectors/pdf/${name}`, import.meta.url)));

/** Encrypted under a password that nobody knows. */
const locked = (): Uint8Array => {
  const key = "ab".repeat(32);
  const trailer = `/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<${key}>/U<${key}>>>/ID[<${key}><${key}>]`;
  return save(pagesPdf([{}]), {}, { trailer });
};

describe.skipIf(!judge("chromium", "the viewer shows documents"))("the viewer", () => {
  let stage: Stage;
  let visitor: Visitor;
  let page: Page;
  beforeAll(async () => {
    stage = await newStage(new URL("viewer-stage.tsx", import.meta.url));
    visitor = await stage.visit();
    page = visitor.page;
  });
  afterAll(async () => {
    await visitor.close();
    await closeBrowser();
    await stage.close();
  });

  describe("a page", () => {
    test("is painted, and its letters lie where they are seen", async () => {
      await show(page, pagesPdf([{ content: words(72, 700, "IIIIIIIIIIIIIIIIIIII") }]));
      await page.waitForSelector(".textLayer span");
      const dots = (await ink(page)) ?? [];
      expect(dots.length).toBeGreaterThan(20);
      const span = await page.evaluate(() => {
        const box = document.querySelector("canvas")?.getBoundingClientRect();
        const letters = document.querySelector(".textLayer span")?.getBoundingClientRect();
        if (box === undefined || letters === undefined) throw new Error("not there");
        const { left, top, width, height } = box;
        const x = [letters.left, letters.right].map((v) => (v - left) / width);
        return [...x, ...[letters.top, letters.bottom].map((v) => (v - top) / height)];
      });
      const [xs, ys] = [dots.map(([x]) => x), dots.map(([, y]) => y)];
      const [left = 0, right = 0, top = 0, bottom = 0] = span;
      expect(Math.abs(Math.min(...xs) - left)).toBeLessThan(0.01);
      expect(Math.abs(Math.max(...xs) - right)).toBeLessThan(0.01);
      expect(Math.min(...ys)).toBeGreaterThan(top - 0.005);
      expect(Math.max(...ys)).toBeLessThan(bottom + 0.005);
    });

    test("can be selected, and what is copied is NFC", async () => {
      await show(page, pagesPdf([{ content: "BT /F2 20 Tf 72 700 Td (a) Tj 0 -40 Td (c) Tj ET" }]));
      await page.waitForSelector(".textLayer span");
      const selected = await page.evaluate(() => {
        getSelection()?.selectAllChildren(document.querySelector(".textLayer") as Element);
        return getSelection()?.toString();
      });
      expect(selected).toMatch(/Y Ƀhiăt Êban\s+Nguyễn/);
    });

    test("is as large as it is seen: crop box, rotation and unit counted", async () => {
      const pdf = pagesPdf([
        { keys: "/MediaBox[0 0 595 842]" },
        { keys: "/MediaBox[0 0 595 842]/Rotate 90" },
        { keys: "/MediaBox[0 0 595 842]/CropBox[100 100 244 172]" },
        { keys: "/MediaBox[0 0 72 144]/UserUnit 2" },
      ]);
      await show(page, pdf);
      const sizes = await page.evaluate(async () => {
        const { opened } = (globalThis as unknown as WithViewer).stage.seen;
        return Promise.all([1, 2, 3, 4].map((n) => opened?.size(n)));
      });
      const mm = sizes.map((size) => [size?.width, size?.height].map((v) => Math.round((v ?? 0) * 10) / 10));
      expect(mm).toEqual([
        [209.9, 297],
        [297, 209.9],
        [50.8, 25.4],
        [50.8, 101.6],
      ]);
    });

    test("tells where its letters are, in millimetres of what is seen", async () => {
      const content = words(72, 720, "A line of text");
      const pdf = pagesPdf([{ content }, { content, keys: "/MediaBox[0 0 595 842]/Rotate 90" }]);
      await show(page, pdf);
      const [upright, turned] = await page.evaluate(async () => {
        const { seen, textBoxes } = (globalThis as unknown as WithViewer).stage;
        if (seen.opened === undefined) throw new Error("not open");
        return [await textBoxes(seen.opened, 1), await textBoxes(seen.opened, 2)];
      });
      const [box] = upright ?? [];
      // 72 points are an inch; the letters reach below the line and 12 points above it.
      expect(box?.left).toBeCloseTo(25.4, 1);
      expect(box?.bottom).toBeGreaterThan(252);
      expect(box?.bottom).toBeLessThan(254.1);
      expect((box?.bottom ?? 0) + (box?.height ?? 0)).toBeCloseTo(258.2, 0);
      // Turned clockwise: what was up is on the right now.
      const [side] = turned ?? [];
      expect((side?.left ?? 0) + (side?.width ?? 0)).toBeCloseTo((box?.bottom ?? 0) + (box?.height ?? 0), 1);
      expect((side?.bottom ?? 0) + (side?.height ?? 0)).toBeCloseTo(209.9 - 25.4, 0);
      expect(side?.height).toBeCloseTo(box?.width ?? 0, 1);
    });

    test("carries what is put on it, in millimetres", async () => {
      await show(page, pagesPdf([{}]), { mark: { left: 20, bottom: 30, width: 80, height: 31 } });
      const [mark, whole] = await page.evaluate(() => {
        const of = (selector: string): DOMRect => document.querySelector(selector)?.getBoundingClientRect() as DOMRect;
        return [of(".mark"), of(".viewer-page")].map(({ left, bottom, width, height }) => ({
          left,
          bottom,
          width,
          height,
        }));
      });
      if (mark === undefined || whole === undefined) throw new Error("not there");
      const scale = whole.width / 209.9;
      expect(mark.left - whole.left).toBeCloseTo(20 * scale, 0);
      expect(whole.bottom - mark.bottom).toBeCloseTo(30 * scale, 0);
      expect(mark.width).toBeCloseTo(80 * scale, 0);
      expect(mark.height).toBeCloseTo(31 * scale, 0);
    });
  });

  describe("reading as text", () => {
    test("gives what is written, NFC, under a heading for each page, in Vietnamese", async () => {
      const pdf = pagesPdf([{ content: "BT /F2 20 Tf 72 700 Td (a) Tj 0 -24 Td (b) Tj 0 -90 Td (c) Tj ET" }, {}]);
      await show(page, pdf);
      await page.getByRole("button", { name: "Đọc dạng chữ" }).click();
      await page.waitForSelector(".viewer-words p:not(.hint)");
      expect(await page.locator(".viewer-words h2").allTextContents()).toEqual(["Trang 1", "Trang 2"]);
      await page.waitForFunction(() => document.querySelectorAll(".viewer-words [lang=vi] p").length === 3);
      expect(await page.locator(".viewer-words [lang=vi] p").allTextContents()).toEqual([
        "Y Ƀhiăt Êban Thúy",
        "Nguyễn",
        "Page 2",
      ]);
      expect((await outcome(page)).shown).toEqual([1, 2]);
      expect(await barriers(page)).toEqual([]);
      await picture(page, "viewer/text");
      await page.getByRole("button", { name: "Xem dạng trang" }).click();
      await page.waitForSelector(".viewer-page canvas");
    });

    test("a document of a browser is read in order, paragraph by paragraph", async () => {
      await show(page, vector("chromium-tagged.pdf"));
      await page.getByRole("button", { name: "Đọc dạng chữ" }).click();
      await page.waitForSelector(".viewer-words [lang=vi] p");
      const [heading, ...rest] = await page.locator(".viewer-words [lang=vi] p").allTextContents();
      expect(heading).toBe("ĐƠN ĐỀ NGHỊ XÁC NHẬN NƠI CƯ TRÚ");
      expect(rest.join("\n")).toContain("Kính gửi: Ủy ban nhân dân phường Giả Định");
      expect(rest.length).toBeGreaterThan(3);
    });

    test("names filled fields and the targets of links, as plain text", async () => {
      const field =
        "<</Type/Annot/Subtype/Widget/FT/Tx/T(name)/TU(H\\344)/V(<b>An</b>)/Rect[72 600 200 620]/F 4/DA(/Helv 0 Tf)>>";
      // Behind the sign that turns the direction (U+202E) an address reads like another one.
      const uri = "https://example.com/x\\342\\200\\256moc.knab";
      const link = `<</Type/Annot/Subtype/Link/Rect[72 500 200 520]/A<</S/URI/URI(${uri})>>>>`;
      const keys = "/MediaBox[0 0 595 842]/Annots[100 0 R 101 0 R]";
      await show(
        page,
        pagesPdf([{ keys }], { 100: field, 101: link }, "/AcroForm<</Fields[100 0 R]/DR<</Font<</Helv 3 0 R>>>>>>"),
      );
      await page.getByRole("button", { name: "Đọc dạng chữ" }).click();
      await page.waitForSelector(".viewer-words dl");
      expect(await page.locator(".viewer-words dt").textContent()).toBe("Hä");
      expect(await page.locator(".viewer-words dd").textContent()).toBe("<b>An</b>");
      expect(await page.locator(".viewer-words li").allTextContents()).toEqual([
        expect.stringMatching(/^https:\/\/example\.com\/x[^\u202e]+moc\.knab$/),
      ]);
      expect(await page.locator(".viewer a[href]").count()).toBe(0);
    });
  });

  describe("the tools", () => {
    const place = (): Promise<string | null> => page.locator(".viewer-pager").textContent();

    test("pages are turned by buttons, by number and by scrolling", async () => {
      await show(page, pagesPdf(Array.from({ length: 12 }, () => ({}))));
      expect(await place()).toContain("Trang 1/12");
      await page.getByRole("button", { name: "Trang sau" }).click();
      await expect.poll(place).toContain("Trang 2/12");
      await page.getByLabel("Tới trang").fill("7");
      await page.getByLabel("Tới trang").press("Enter");
      await expect.poll(place).toContain("Trang 7/12");
      await page.getByLabel("Tới trang").fill("99");
      await page.getByLabel("Tới trang").press("Enter");
      await expect.poll(place).toContain("Trang 12/12");
      expect(await page.getByRole("button", { name: "Trang sau" }).isDisabled()).toBe(true);
      await page.evaluate(() => document.querySelector(".viewer-box")?.scrollTo(0, 0));
      await expect.poll(place).toContain("Trang 1/12");
    });

    test("zoom by buttons and by keys, and back to the width", async () => {
      await show(page, pagesPdf([{}]));
      const width = async (): Promise<number> => (await page.locator(".viewer-page").boundingBox())?.width ?? 0;
      const fit = await width();
      await page.getByRole("button", { name: "Phóng to" }).click();
      await expect.poll(width).toBeCloseTo(1.25 * fit, -1);
      await page.locator(".viewer-box").press("+");
      await expect.poll(width).toBeCloseTo(1.5 * fit, -1);
      await page.locator(".viewer-box").press("-");
      await page.getByRole("button", { name: "Thu nhỏ" }).click();
      await expect.poll(width).toBeCloseTo(fit, -1);
      await page.getByRole("button", { name: "Thu nhỏ" }).click();
      await expect.poll(width).toBeCloseTo(0.75 * fit, -1);
      await page.locator(".viewer-box").press("0");
      await expect.poll(width).toBeCloseTo(fit, -1);
      await page.getByRole("button", { name: "Phóng to" }).click();
      await page.getByRole("button", { name: "Vừa chiều ngang" }).click();
      await expect.poll(width).toBeCloseTo(fit, -1);
    });

    test("there is no barrier, in both languages, at 320 px, and nothing scrolls sideways", async () => {
      await page.setViewportSize({ width: 320, height: 640 });
      for (const language of ["vi", "en"] as const) {
        await show(page, pagesPdf([{}, {}, {}]), { language });
        expect(await barriers(page)).toEqual([]);
        expect(await narrowness(page)).toEqual([]);
        await picture(page, "viewer/pages");
      }
      await page.setViewportSize({ width: 360, height: 740 });
    });
  });

  test("small pictures of pages", async () => {
    await show(page, pagesPdf([{}, { keys: "/MediaBox[0 0 595 842]/Rotate 90" }]));
    const sizes = await page.evaluate(async () => {
      const { seen, thumbnails } = (globalThis as unknown as WithViewer).stage;
      if (seen.opened === undefined) throw new Error("not open");
      const pictures = await thumbnails(seen.opened, [2, 1], 120);
      return pictures.map((picture) => [picture?.width, picture?.height]);
    });
    expect(sizes).toEqual([
      [120, 85],
      [120, 170],
    ]);
  });

  describe("what cannot be shown is said", () => {
    test.each([
      ["a password", locked, "pdf_encrypted", "Tệp có mật khẩu"],
      ["no PDF", () => new TextEncoder().encode("hello"), "pdf_invalid", "Tệp hỏng hoặc không phải PDF"],
      ["nothing", () => new Uint8Array(0), "pdf_invalid", "Tệp hỏng hoặc không phải PDF"],
    ])("%s", async (_, pdf, code, said) => {
      await show(page, pdf());
      expect((await outcome(page)).code).toBe(code);
      expect(await page.getByRole("alert").textContent()).toContain(said);
      expect(await page.getByRole("link").count()).toBe(0);
      expect(await barriers(page)).toEqual([]);
      await picture(page, `viewer/${code}`);
    });

    test("too many pages: another program can open them", async () => {
      await show(page, pagesPdf([{}, {}, {}, {}]), { options: { limits: { pages: 3 } } });
      expect((await outcome(page)).code).toBe("display_too_many_pages");
      const link = page.getByRole("link", { name: "Mở bằng ứng dụng đọc PDF" });
      expect(await link.getAttribute("download")).toBe("tài liệu.pdf");
      await picture(page, "viewer/display_too_many_pages");
      const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
      expect(
        readFileSync(await download.path())
          .subarray(0, 5)
          .toString(),
      ).toBe("%PDF-");
    });

    test("a file that takes too long to open", async () => {
      await show(page, pagesPdf([{}]), { options: { limits: { openMs: 1 } } });
      expect((await outcome(page)).code).toBe("display_too_slow");
      expect(await page.getByRole("alert").textContent()).toContain("Mở tài liệu mất quá lâu");
      await picture(page, "viewer/display_too_slow");
    });

    test("a device without what the viewer needs gets the same way out", async () => {
      const old = await newStage(new URL("viewer-stage.tsx", import.meta.url), /pdf-reader/);
      const phone = await old.visit();
      await show(phone.page, pagesPdf([{}]));
      expect((await outcome(phone.page)).code).toBe("display_unsupported");
      expect(await phone.page.getByRole("alert").textContent()).toContain("Máy này không hiển thị được tài liệu");
      expect(await phone.page.getByRole("link", { name: "Mở bằng ứng dụng đọc PDF" }).count()).toBe(1);
      await phone.close();
      await old.close();
    });
  });

  test("a file that was closed lets go of everything it had", async () => {
    await begin(page, vector("fpdf2-five-pages.pdf"));
    await page.evaluate(() => (globalThis as unknown as WithViewer).stage.close());
    await show(page, pagesPdf([{}]));
    await page.evaluate(() => (globalThis as unknown as WithViewer).stage.close());
    await expect.poll(() => page.workers().length).toBe(0);
  });

  test("nothing was asked of others, nothing was complained of", () => {
    expect(visitor.sent.filter(({ url }) => !url.startsWith(`${stage.url}/`) && !/^(data|blob):/.test(url))).toEqual(
      [],
    );
    expect(visitor.sent.filter(({ method, body }) => method !== "GET" || body > 0)).toEqual([]);
    expect(visitor.problems).toEqual([]);
  });
});
