import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { concat } from "../../lib/bytes/bytes.ts";
import { openDocument } from "../../lib/pdf/open.ts";
import { firstPage } from "../../lib/pdf/pages.ts";
import { toPage, toSeen, viewOf } from "../../lib/stamp/page-view.ts";
import { ask, judge, withFiles } from "../judges/judge.ts";
import { type Area, coarse, differencesOutside, draw, inkIn, type Picture, readCodes } from "./picture.ts";
import { NAME, RESOURCES, sketch, stamp, URL_IN_CODE } from "./stamping.ts";

const RUNS = process.env.SLOW ? 20_000 : 200;
const canDraw = judge("pdftoppm", "that a stamp is where it is said to be, upright and scannable");
const TEXT = "BT /F1 24 Tf 100 700 Td (Don de nghi) Tj ET";

/** Pages that are shown in another way than their coordinates suggest. */
const PAGES: readonly [string, string, string?][] = [
  ["plain", ""],
  ["turned by 90", "/Rotate 90"],
  ["turned by 180", "/Rotate 180"],
  ["turned by 270", "/Rotate 270"],
  ["turned by -90", "/Rotate -90"],
  ["turned by 450", "/Rotate 450"],
  ["turned by 90 from above", "", "/MediaBox [0 0 595 842] /Rotate 90"],
  ["with an origin elsewhere", "/MediaBox [-300 -200 295 642]"],
  ["with corners the other way round", "/MediaBox [595 842 0 0]"],
  ["with a crop box", "/CropBox [50 100 500 800]"],
  ["with a crop box larger than the page", "/CropBox [-50 -100 5000 8000]"],
  ["with a crop box, turned by 90", "/CropBox [50 100 500 800] /Rotate 90"],
  ["with a crop box, turned by 270, with an origin elsewhere", "/MediaBox [1000 1000 1595 1842] /CropBox [1050 1100 1500 1800] /Rotate 270"], // biome-ignore format: a row
  ["with an inherited crop box", "", "/MediaBox [0 0 595 842] /CropBox [20 30 590 700]"],
  ["with sides that are no whole numbers", "/MediaBox [0.5 0.25 595.276 841.89]"],
];

describe("a stamp is where it is said to be, upright, and nothing else changes", { skip: !canDraw }, () => {
  for (const [name, entries, inherited = "/MediaBox [0 0 595 842]"] of PAGES) {
    test.concurrent(`on a page ${name}`, async () => {
      const pdf = sketch([{ page: entries, content: TEXT }], `${inherited} ${RESOURCES}`);
      for (const place of ["auto", { page: 1, left: 10, bottom: 20 }] as const) {
        const made = stamp(pdf, { place });
        expect(made.place).toMatchObject({ page: 1, width: 80, height: 31 });
        if (place !== "auto") expect(made.place).toMatchObject(place);
        await expectStamped(pdf, concat(pdf, made.appended), made.place);
      }
    });
  }

  // Poppler knows no /UserUnit: it draws a page of 300 units that are a millimetre each as one of 300 points.
  test("on a page whose unit is a millimetre", async () => {
    const unit = 72 / 25.4;
    const page = `/UserUnit ${unit} /MediaBox [0 0 210 297]`;
    const pdf = sketch([{ page, content: "BT /F1 10 Tf 30 250 Td (A) Tj ET" }], RESOURCES);
    const made = stamp(pdf);
    expect(made.place).toEqual({ page: 1, left: 115, bottom: 15, width: 80, height: 31 });
    expect(Buffer.from(made.appended).toString("latin1")).toContain("/Rect[115 15 195 46]");
    const { left, bottom, width, height } = made.place;
    const area = { left: left / unit, bottom: bottom / unit, width: width / unit, height: height / unit };
    await expectStamped(pdf, concat(pdf, made.appended), { ...area, page: 1 }, 144 * unit);
  });
});

async function expectStamped(before: Uint8Array, after: Uint8Array, area: Area & { page: number }, dpi = 144) {
  const [was, is] = await Promise.all([draw(before, area.page), draw(after, area.page)]);
  expect(differencesOutside(was, is, area)).toBe(0);
  expect(inkIn(is, area)).toBeGreaterThan(100);
  const fine = dpi === 144 ? is : await draw(after, area.page, dpi);
  expect(await readCodes(fine)).toEqual([URL_IN_CODE]);
  if (dpi === 144)
    expect(
      distance(coarse(is, area), coarse((await plainPage) as Picture, { left: 10, bottom: 20, ...SIZE })),
    ).toBeLessThan(8);
  expect(await words(after, area.page)).toContain("P3EA-D62U-DMGC · Mã mở: HS35BK");
}

const SIZE = { width: 80, height: 31 };
/** What every other one has to look like, the way up included. */
const plainPage = canDraw ? drawPlain() : undefined;

async function drawPlain(): Promise<Picture> {
  const pdf = sketch([{ page: "" }]);
  return draw(concat(pdf, stamp(pdf, { place: { page: 1, left: 10, bottom: 20 } }).appended), 1);
}

function distance(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + Math.abs(value - (b[i] ?? 0)), 0) / a.length;
}

async function words(pdf: Uint8Array, page: number): Promise<string> {
  return withFiles({ "file.pdf": pdf }, async (paths) => {
    const args = ["-cropbox", "-f", String(page), "-l", String(page), paths["file.pdf"], "-"];
    return (await ask("pdftotext", args)).out;
  });
}

test("seen and own coordinates of any page are two ways to say the same", () => {
  const side = fc.integer({ min: -2000, max: 2000 });
  const box = fc.tuple(side, side, side, side).filter(([a, b, c, d]) => Math.abs(a - c) > 20 && Math.abs(b - d) > 20);
  const turn = fc.constantFrom(-90, 0, 90, 180, 270, 360, 450);
  const spot = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(box, turn, fc.constantFrom(0.5, 1, 2.8), spot, spot, (media, rotate, unit, x, y) => {
      const page = `/MediaBox [${media.join(" ")}] /Rotate ${rotate} /UserUnit ${unit}`;
      const doc = openDocument(sketch([{ page }], ""));
      const view = viewOf(doc, firstPage(doc), 1);
      const seen = [x * view.width, y * view.height, x * view.width + 1, y * view.height + 1] as const;
      const own = toPage(view, seen);
      for (const [i, value] of toSeen(view, own).entries()) expect(value).toBeCloseTo(seen[i] as number, 6);
      expect(own[0]).toBeGreaterThanOrEqual(Math.min(media[0], media[2]) - 6);
      expect(own[3]).toBeLessThanOrEqual(Math.max(media[1], media[3]) + 6);
    }),
    { numRuns: RUNS },
  );
});

test("automatically: at the bottom on the right of the last page, else further up or left, else on a page of its own", () => {
  const line = (y: number) => `BT /F1 20 Tf 60 ${y} Td (${"x".repeat(45)}) Tj ET`;
  const auto = (content: string) =>
    stamp(sketch([{ page: "" }, { page: "", content }], `/MediaBox [0 0 595 842] ${RESOURCES}`));
  expect(auto("")).toMatchObject({ place: { page: 2, left: 114.9, bottom: 15 }, covers: false, ownPage: false });
  expect(auto(line(60)).place.bottom).toBeGreaterThan(25);
  expect(auto("BT /F1 20 Tf 400 60 Td (So trang) Tj ET").place.left).toBeLessThan(60);
  const full = auto(Array.from({ length: 40 }, (_, i) => line(20 + 20 * i)).join("\n"));
  expect(full).toMatchObject({ place: { page: 3, left: 114.9, bottom: 15 }, covers: false, ownPage: true });
});

test("a place that is asked for says whether it covers anything", () => {
  const pdf = sketch([{ page: "", content: TEXT }], `/MediaBox [0 0 595 842] ${RESOURCES}`);
  expect(stamp(pdf, { place: { page: 1, left: 30, bottom: 230 } }).covers).toBe(true);
  expect(stamp(pdf, { place: { page: 1, left: 30, bottom: 100 } }).covers).toBe(false);
  expect(stamp(pdf, { place: { page: 1, left: 0, bottom: 0 } })).toMatchObject({ covers: false, ownPage: false });
});

test.each([
  ["no such page", { page: 2, left: 10, bottom: 10 }],
  ["page 0", { page: 0, left: 10, bottom: 10 }],
  ["over the right edge", { page: 1, left: 131, bottom: 10 }],
  ["over the top", { page: 1, left: 10, bottom: 267 }],
  ["left of the page", { page: 1, left: -1, bottom: 10 }],
  ["below the page", { page: 1, left: 10, bottom: -1 }],
])("refused: %s", (_, place) => {
  const pdf = sketch([{ page: "" }]);
  expect(() => stamp(pdf, { place })).toThrow(expect.objectContaining({ code: "stamp_outside_page" }));
});

test.each([
  ["a page that is no whole number", { page: 1.5, left: 10, bottom: 10 }],
  ["a distance that is none", { page: 1, left: Number.NaN, bottom: 10 }],
])("misused: %s", (_, place) => {
  expect(() => stamp(sketch([{ page: "" }]), { place })).toThrow(RangeError);
});

test("a page too small for a stamp gets a larger one behind it", async () => {
  const made = stamp(sketch([{ page: "/MediaBox [0 0 100 100]" }]));
  expect(made).toMatchObject({ ownPage: true, place: { page: 2 } });
  const small = stamp(sketch([{ page: "/MediaBox [0 0 260 120]" }]));
  expect(small).toMatchObject({ ownPage: false, place: { page: 1 } });
});

describe("a page of its own", () => {
  const inherited = "/MediaBox [0 0 842 1191] /Rotate 90 /CropBox [0 0 400 500]";
  const pdf = sketch([{ page: "", content: TEXT }, { page: "/UserUnit 2 /Rotate 0" }], `${inherited} ${RESOURCES}`);

  test.skipIf(!canDraw)(
    "has the size at which the last page is seen, whatever the tree says, and a stamp",
    async () => {
      const made = stamp(pdf, { place: "own-page" });
      const after = concat(pdf, made.appended);
      expect(made).toMatchObject({ place: { page: 3 }, covers: false, ownPage: true });
      const { out } = await withFiles({ "file.pdf": after }, (paths) =>
        ask("qpdf", ["--json", "--json-key=pages", paths["file.pdf"]]),
      );
      expect((JSON.parse(out) as { pages: unknown[] }).pages).toHaveLength(3);
      const [was, is] = await Promise.all([draw(after, 2), draw(after, 3)]);
      expect([is.width, is.height]).toEqual([was.width, was.height]);
      expect((await readCodes(await draw(after, 3, 288)))[0]).toBe(URL_IN_CODE);
      expect(await words(after, 3)).toContain(NAME);
    },
  );
});
