import { crc32, deflateSync } from "node:zlib";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { concat, fromLatin1, toLatin1 } from "../../lib/bytes/bytes.ts";
import { readJpeg } from "../../lib/photos/jpeg.ts";
import { judge } from "../judges/judge.ts";
import { qpdfCheck } from "../judges/qpdf.ts";
import { buildJpeg, exif, SIX } from "../photos/jpegs.ts";
import { base64, newStage, type Stage } from "./stage.ts";
import { barriers, closeBrowser, narrowness, picture, type Visitor } from "./visitor.ts";

type WithPhotos = { readonly stage: typeof import("./photos-stage.tsx") };
type Given = { readonly name: string; readonly mimeType: string; readonly buffer: Buffer };

const QPDF = judge("qpdf", "a PDF of photos is well formed");

const file = (name: string, octets: Uint8Array, mimeType = "image/jpeg"): Given => ({
  ...{ name, mimeType, buffer: Buffer.from(octets) },
});
const six = (orientation = 1): Given =>
  file(`${orientation}.jpg`, buildJpeg({ blocks: SIX, before: [exif(orientation)] }));

/** A PNG of one shade of grey. */
function png(width: number, height: number, shade: number): Uint8Array {
  const four = (n: number): Uint8Array => Uint8Array.of(n >>> 24, (n >> 16) & 255, (n >> 8) & 255, n & 255);
  const chunk = (type: string, data: Uint8Array): Uint8Array => {
    const named = concat(fromLatin1(type), data);
    return concat(four(data.length), named, four(crc32(named)));
  };
  const row = concat(Uint8Array.of(0), new Uint8Array(width).fill(shade));
  const rows = new Uint8Array(row.length * height);
  for (let y = 0; y < height; y++) rows.set(row, y * row.length);
  const head = concat(four(width), four(height), Uint8Array.of(8, 0, 0, 0, 0));
  const parts = [
    chunk("IHDR", head),
    chunk("IDAT", Uint8Array.from(deflateSync(rows))),
    chunk("IEND", new Uint8Array(0)),
  ];
  return concat(fromLatin1("\x89PNG\r\n\x1a\n"), ...parts);
}

describe.skipIf(!judge("chromium", "photos become a PDF on the device"))("photos of paper", () => {
  let stage: Stage;
  let visitor: Visitor;
  let page: Page;
  beforeAll(async () => {
    stage = await newStage(new URL("photos-stage.tsx", import.meta.url));
    visitor = await stage.visit();
    page = visitor.page;
  });
  beforeEach(() => page.evaluate(() => (globalThis as unknown as WithPhotos).stage.show()));
  afterAll(async () => {
    await visitor.close();
    await closeBrowser();
    await stage.close();
  });

  const choose = async (...files: readonly Given[]): Promise<void> => {
    await page
      .locator("input[type=file]")
      .last()
      .setInputFiles([...files]);
    await page.waitForFunction(() => document.querySelector("progress") === null);
  };
  const finish = async (): Promise<Uint8Array> => {
    await page.getByRole("button", { name: "Ghép thành PDF" }).click();
    await page.waitForFunction(() => (globalThis as unknown as WithPhotos).stage.made.pdf !== undefined);
    const made = await page.evaluate(() => {
      const { pdf = new Uint8Array(0) } = (globalThis as unknown as WithPhotos).stage.made;
      return btoa(Array.from(pdf, (octet) => String.fromCharCode(octet)).join(""));
    });
    return Uint8Array.from(Buffer.from(made, "base64"));
  };
  const press = (name: string): Promise<void> => page.getByRole("button", { name, exact: true }).click();
  const focused = (): Promise<string | null | undefined> =>
    page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent);

  test("each way that a camera was held looks in the PDF as the browser itself shows the photo", async () => {
    const photos = [1, 2, 3, 4, 5, 6, 7, 8].map(six);
    await choose(...photos);
    const pdf = await finish();
    const differences = await page.evaluate(
      async ([octets, images]) => {
        const { openDocument } = (globalThis as unknown as WithPhotos).stage;
        const bytes = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
        const opened = await openDocument(bytes(octets));
        const worst: number[] = [];
        for (const [i, image] of images.entries()) {
          const bitmap = await createImageBitmap(new Blob([bytes(image)], { type: "image/jpeg" }));
          const canvas = document.createElement("canvas");
          await opened.paint(i + 1, canvas, 400);
          const { width, height } = canvas;
          const side = Math.min(width / bitmap.width, height / bitmap.height);
          const [w, h] = [side * bitmap.width, side * bitmap.height];
          const shades = (draw: (context: CanvasRenderingContext2D) => void): number[] => {
            const copy = document.createElement("canvas");
            Object.assign(copy, { width: Math.round(w), height: Math.round(h) });
            const context = copy.getContext("2d", { willReadFrequently: true });
            if (context === null) throw new Error("no canvas");
            draw(context);
            const at = (x: number, y: number): number =>
              context.getImageData(x * copy.width, y * copy.height, 1, 1).data[0] ?? -1;
            return [0.15, 0.5, 0.85].flatMap((y) => [0.15, 0.5, 0.85].map((x) => at(x, y)));
          };
          const shown = shades((context) => context.drawImage(canvas, (w - width) / 2, (h - height) / 2));
          const meant = shades((context) => context.drawImage(bitmap, 0, 0, Math.round(w), Math.round(h)));
          // What lies between two blocks is blurred: the corners count.
          const corners = [0, 2, 6, 8].map((n) => Math.abs((shown[n] ?? -99) - (meant[n] ?? 0)));
          worst.push(Math.max(...corners));
        }
        opened.close();
        return worst;
      },
      [base64(pdf), photos.map(({ buffer }) => buffer.toString("base64"))] as const,
    );
    expect(differences.length).toBe(8);
    expect(Math.max(...differences)).toBeLessThan(12);
  });

  test("a small JPEG goes in octet for octet, without its notes; the same photos give the same PDF", async () => {
    const photo = six(6);
    await choose(photo);
    const pdf = await finish();
    expect(toLatin1(pdf)).toContain(toLatin1(readJpeg(new Uint8Array(photo.buffer)).data));
    expect(toLatin1(pdf)).not.toMatch(/Exif|GPS/);
    expect(await page.evaluate(() => (globalThis as unknown as WithPhotos).stage.made.name)).toBe("Ảnh giấy tờ.pdf");
    if (QPDF) expect(await qpdfCheck(pdf)).toMatchObject({ errors: 0, warnings: 0 });
    await page.evaluate(() => (globalThis as unknown as WithPhotos).stage.show());
    await choose(photo);
    expect(Buffer.from(await finish()).equals(pdf)).toBe(true);
  });

  test("another picture becomes a JPEG, a large one a smaller one", async () => {
    await choose(file("a.png", png(40, 60, 90), "image/png"), file("b.png", png(4000, 5000, 200), "image/png"));
    const text = toLatin1(await finish());
    expect(text.match(/\/Filter ?\/DCTDecode/g)?.length).toBe(2);
    expect(text).toMatch(/\/Width 40\s*\/Height 60/);
    expect(text).toMatch(/\/Width 2400\s*\/Height 3000/);
  });

  test("photos are put in order, turned and removed by buttons; the focus stays, and what happened is said", async () => {
    await choose(six(1), file("b.png", png(40, 60, 90), "image/png"), file("c.png", png(60, 40, 200), "image/png"));
    const status = (): Promise<string | null> => page.locator(".photos-to-pdf [role=status]").textContent();
    expect(await status()).toMatch(/^Có 3 trang/);
    await press("Lên trước: trang 3");
    expect([await focused(), await status()]).toEqual(["Lên trước: trang 2", "Ảnh nay là trang 2."]);
    await press("Xoay trang 2");
    expect([await focused(), await status()]).toEqual(["Xoay trang 2", "Đã xoay trang 2."]);
    await press("Xuống sau: trang 1");
    expect(await focused()).toBe("Xuống sau: trang 2");
    await press("Bỏ trang 3");
    expect([await focused(), await status()]).toEqual(["Bỏ trang 2", "Đã bỏ một trang. Còn 2 trang."]);
    const text = toLatin1(await finish());
    expect(text.match(/\/MediaBox ?\[[^\]]*\]/g)).toEqual([
      "/MediaBox[0 0 595.28 841.89]",
      "/MediaBox[0 0 595.28 841.89]",
    ]);
    expect(text.indexOf("/Width 60")).toBeLessThan(text.indexOf("/Width 16"));
    await press("Bỏ trang 2");
    await press("Bỏ trang 1");
    expect(await focused()).toBe("Chụp ảnh giấy tờ");
  });

  test.each([
    ["a photo of Apple's own kind", file("IMG_1.HEIC", fromLatin1("\0\0\0\x18ftypheic\0\0\0\0mif1heic")), "HEIC"],
    ["no picture", file("<b>x</b>.jpg", fromLatin1("hello")), "Không đọc được “<b>x</b>.jpg”"],
    ["a JPEG that ends in its middle", file("x.jpg", buildJpeg({ blocks: SIX }).subarray(0, 40)), "Không đọc được"],
    [
      "a PNG of more pixels than there is memory",
      file(
        "x.png",
        png(1, 1, 0).map((v, i) => (i > 15 && i < 24 ? 99 : v)),
        "image/png",
      ),
      "Không đọc được",
    ],
  ])("%s: says so, and keeps the others", async (_, bad, said) => {
    await choose(six(1), bad, six(3));
    expect(await page.getByRole("alert").textContent()).toContain(said);
    expect(await page.locator(".photos li").count()).toBe(2);
    expect(await page.locator(".photos-to-pdf b").count()).toBe(0);
  });

  test("forty photos are the most", async () => {
    await choose(...Array.from({ length: 42 }, () => six(1)));
    expect(await page.getByRole("alert").textContent()).toBe("Nhiều nhất 40 ảnh.");
    expect(await page.locator(".photos li").count()).toBe(40);
  });

  test("there is no barrier, in both languages, at 320 px", async () => {
    await page.setViewportSize({ width: 320, height: 640 });
    for (const language of ["vi", "en"] as const) {
      await page.evaluate((chosen) => (globalThis as unknown as WithPhotos).stage.show(chosen), language);
      expect(await barriers(page)).toEqual([]);
      await choose(six(1), six(6));
      expect(await barriers(page)).toEqual([]);
      expect(await narrowness(page)).toEqual([]);
      await picture(page, "photos/two");
    }
    await page.setViewportSize({ width: 360, height: 740 });
  });

  test("no photo was sent anywhere, nothing was complained of", () => {
    expect(visitor.sent.filter(({ method, body }) => method !== "GET" || body > 0)).toEqual([]);
    expect(visitor.sent.filter(({ url }) => !url.startsWith(`${stage.url}/`) && !/^(data|blob):/.test(url))).toEqual(
      [],
    );
    expect(visitor.problems).toEqual([]);
  });
});
