import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";
import { ask, withFiles } from "../judges/judge.ts";

/** A page as poppler draws it: one octet a pixel, 255 is white. */
export type Picture = { readonly width: number; readonly height: number; readonly pixels: Uint8Array };

/** Dots an inch. */
export const DPI = 144;

/** @param page 1 for the first */
export async function draw(pdf: Uint8Array, page: number, dpi = DPI): Promise<Picture> {
  return withFiles({ "file.pdf": pdf }, async (paths, folder) => {
    const number = String(page);
    const args = ["-gray", "-cropbox", "-r", String(dpi), "-f", number, "-l", number, "-singlefile"];
    const { status, err } = await ask("pdftoppm", [...args, paths["file.pdf"], `${folder}/page`]);
    if (status !== 0) throw new Error(err);
    return readPgm(readFileSync(`${folder}/page.pgm`));
  });
}

function readPgm(octets: Uint8Array): Picture {
  const head = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(Buffer.from(octets.subarray(0, 64)).toString("latin1"));
  if (head === null) throw new Error("no PGM");
  const [whole, width, height] = head;
  return { width: Number(width), height: Number(height), pixels: octets.subarray(whole.length) };
}

/** Millimetres as a page is seen: from the left, upwards from the bottom. */
export type Area = { readonly left: number; readonly bottom: number; readonly width: number; readonly height: number };

/** In pixels: left, top, right, bottom, a pixel more on each side. */
export function pixelsOf({ height }: Picture, area: Area, dpi = DPI): readonly [number, number, number, number] {
  const k = dpi / 25.4;
  const bottom = height - area.bottom * k;
  return [
    Math.floor(area.left * k) - 1,
    Math.floor(bottom - area.height * k) - 1,
    Math.ceil((area.left + area.width) * k) + 1,
    Math.ceil(bottom) + 1,
  ];
}

/** How many pixels differ outside an area. */
export function differencesOutside(a: Picture, b: Picture, area: Area): number {
  if (a.width !== b.width || a.height !== b.height) return Number.POSITIVE_INFINITY;
  const [left, top, right, bottom] = pixelsOf(a, area);
  let count = 0;
  for (let y = 0; y < a.height; y++) {
    for (let x = 0; x < a.width; x++) {
      if (x >= left && x < right && y >= top && y < bottom) continue;
      if (a.pixels[y * a.width + x] !== b.pixels[y * a.width + x]) count++;
    }
  }
  return count;
}

/** How many pixels of an area are darker than white, its edge left out. */
export function inkIn(picture: Picture, area: Area): number {
  const [left, top, right, bottom] = pixelsOf(picture, area);
  let count = 0;
  for (let y = top + 3; y < bottom - 3; y++)
    for (let x = left + 3; x < right - 3; x++) if ((picture.pixels[y * picture.width + x] ?? 255) < 250) count++;
  return count;
}

/** An area as 20 x 8 mean greys: alike for two drawings of one thing that do not begin on the same pixel. */
export function coarse(picture: Picture, area: Area): number[] {
  const [left, top, right, bottom] = pixelsOf(picture, area);
  const means: number[] = [];
  for (let row = 0; row < 8; row++) {
    for (let column = 0; column < 20; column++) {
      const [x0, x1] = [column, column + 1].map((part) => Math.round(left + ((right - left) * part) / 20)) as [
        number,
        number,
      ];
      const [y0, y1] = [row, row + 1].map((part) => Math.round(top + ((bottom - top) * part) / 8)) as [number, number];
      let sum = 0;
      for (let y = y0; y < y1; y++) for (let x = x0; x < x1; x++) sum += picture.pixels[y * picture.width + x] ?? 255;
      means.push(sum / ((x1 - x0) * (y1 - y0)));
    }
  }
  return means;
}

const wasm = createRequire(import.meta.url).resolve("zxing-wasm/reader/zxing_reader.wasm");
let ready: Promise<unknown> | undefined;

/** What the QR codes of a picture hold. The reader knows nothing of our drawing, and nothing is fetched. */
export async function readCodes({ width, height, pixels }: Picture): Promise<string[]> {
  ready ??= prepareZXingModule({
    overrides: { wasmBinary: new Uint8Array(readFileSync(wasm)).buffer },
    fireImmediately: true,
  });
  await ready;
  const data = new Uint8ClampedArray(4 * width * height);
  for (const [i, grey] of pixels.entries()) data.set([grey, grey, grey, 255], 4 * i);
  const found = await readBarcodes({ width, height, data, colorSpace: "srgb" } as ImageData, { formats: ["QRCode"] });
  return found.map(({ text }) => text);
}
