import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { toLatin1 } from "../../lib/bytes/bytes.ts";
import type { Orientation } from "../../lib/photos/exif.ts";
import { readJpeg } from "../../lib/photos/jpeg.ts";
import { type Photo, photosPdf } from "../../lib/photos/photos-pdf.ts";
import { DEFAULT_POLICY } from "../../lib/validate/policy.ts";
import { verifyPdf } from "../../lib/verify/verify-pdf.ts";
import { ask, judge, withFiles } from "../judges/judge.ts";
import { qpdfCheck } from "../judges/qpdf.ts";
import { signPdf } from "../worlds/pades.ts";
import { trusted } from "../worlds/trusted.ts";
import { newWorld } from "../worlds/world.ts";
import { adobe, buildJpeg, exif, type JpegBuild, SIX } from "./jpegs.ts";

const photo = (build: JpegBuild, turns: Photo["turns"] = 0): Photo => ({
  jpeg: readJpeg(buildJpeg(build)),
  turns,
  description: "Ảnh chụp giấy tờ",
});
const pdfOf = (...photos: readonly Photo[]): Uint8Array =>
  photosPdf({ photos, title: "Ảnh giấy tờ", language: "vi", id: new Uint8Array(16).fill(7) });

/** What is seen of {@link SIX}, row by row, under each orientation: worked out by hand from the figure in Exif 2.32 §4.6.4. */
const SEEN: Readonly<Record<Orientation, readonly (readonly number[])[]>> = {
  1: [
    [20, 60],
    [100, 140],
    [180, 220],
  ],
  2: [
    [60, 20],
    [140, 100],
    [220, 180],
  ],
  3: [
    [220, 180],
    [140, 100],
    [60, 20],
  ],
  4: [
    [180, 220],
    [100, 140],
    [20, 60],
  ],
  5: [
    [20, 100, 180],
    [60, 140, 220],
  ],
  6: [
    [180, 100, 20],
    [220, 140, 60],
  ],
  7: [
    [220, 140, 60],
    [180, 100, 20],
  ],
  8: [
    [60, 140, 220],
    [20, 100, 180],
  ],
};

const clockwise = (rows: readonly (readonly number[])[]): number[][] =>
  (rows[0] ?? []).map((_, x) => rows.map((row) => row[x] ?? -1).reverse());

type Picture = { readonly width: number; readonly height: number; readonly at: (x: number, y: number) => number[] };

/** Each page as poppler draws it, 36 dots an inch. */
function drawn(pdf: Uint8Array): Promise<Picture[]> {
  return withFiles({ "photos.pdf": pdf }, async (path, folder) => {
    const { status, err } = await ask("pdftoppm", ["-r", "36", path["photos.pdf"], join(folder, "page")]);
    expect([status, err]).toEqual([0, ""]);
    const names = readdirSync(folder).filter((name) => name.startsWith("page"));
    return names.sort().map((name) => ppm(readFileSync(join(folder, name))));
  });
}

function ppm(octets: Buffer): Picture {
  const [head = "", w, h] = /^P6\s+(\d+)\s+(\d+)\s+255\s/.exec(octets.toString("latin1", 0, 40)) ?? [];
  const width = Number(w);
  const start = head.length;
  const at = (x: number, y: number): number[] => {
    const offset = start + 3 * (Math.round(y) * width + Math.round(x));
    return [...octets.subarray(offset, offset + 3)];
  };
  return { width, height: Number(h), at };
}

/** The grey in the middle of each block, of a page that is filled by `columns` x `rows` blocks. */
function blocksOf({ width, height, at }: Picture, columns: number, rows: number): number[][] {
  // Blocks are squares; what is left over is white, on both sides alike.
  const side = Math.min(width / columns, height / rows);
  const [left, top] = [(width - side * columns) / 2, (height - side * rows) / 2];
  return Array.from({ length: rows }, (_, y) =>
    Array.from({ length: columns }, (_, x) => at(left + (x + 0.5) * side, top + (y + 0.5) * side)[0] ?? -1),
  );
}

describe.skipIf(!judge("pdftoppm", "photos look right in a PDF"))("as poppler draws it", () => {
  test("each orientation under each turn, in the middle of A4 that lies as the photo does", async () => {
    const orientations = [1, 2, 3, 4, 5, 6, 7, 8] as const;
    const turns = [0, 1, 2, 3] as const;
    const cases = orientations.flatMap((orientation) => turns.map((turn) => ({ orientation, turn })));
    const pages = await drawn(
      pdfOf(...cases.map(({ orientation, turn }) => photo({ blocks: SIX, before: [exif(orientation)] }, turn))),
    );
    expect(pages.length).toBe(32);
    for (const [i, { orientation, turn }] of cases.entries()) {
      let expected = SEEN[orientation].map((row) => [...row]);
      for (let n = 0; n < turn; n++) expected = clockwise(expected);
      const [rows, columns] = [expected.length, expected[0]?.length ?? 0];
      const page = pages[i] as Picture;
      expect([page.width, page.height], `A4, ${orientation} ${turn}`).toEqual(rows > columns ? [298, 421] : [421, 298]);
      const found = blocksOf(page, columns, rows);
      for (const [y, row] of expected.entries())
        for (const [x, value] of row.entries())
          expect(Math.abs((found[y]?.[x] ?? -99) - value), `orientation ${orientation}, turn ${turn}`).toBeLessThan(4);
    }
  });

  test("colours, progressive coding and both kinds of ink come out as they are meant", async () => {
    // Y, Cb, Cr of a strong red (ITU-R BT.601 with the full range, as in JFIF).
    const red = [[[76, 85, 255]]];
    // Much cyan, nothing else.
    const cyan = [[[255, 0, 0, 0]]];
    const pages = await drawn(
      pdfOf(
        photo({ blocks: red }),
        photo({ blocks: red, progressive: true }),
        photo({ blocks: [[[200, 30, 40]]], before: [adobe(0)] }),
        photo({ blocks: cyan }),
        photo({ blocks: [[[0, 255, 255, 255]]], before: [adobe(0)] }),
      ),
    );
    const [baseline, progressive, rgb, inks, adobeInks] = pages.map(({ width, height, at }) =>
      at(width / 2, height / 2),
    );
    expect(baseline).toEqual(progressive);
    const near = (found: readonly number[] | undefined, wanted: readonly number[]): void => {
      for (const [i, value] of wanted.entries())
        expect(Math.abs((found?.[i] ?? -99) - value), `${found}`).toBeLessThan(6);
    };
    near(baseline, [254, 0, 0]);
    near(rgb, [200, 30, 40]);
    expect(inks).toEqual(adobeInks);
    expect(inks?.[0]).toBeLessThan(60);
    expect(inks?.[2]).toBeGreaterThan(200);
  });
});

describe("the file", () => {
  const three = pdfOf(photo({ blocks: SIX }), photo({ blocks: [[[90, 120, 200]]] }, 1), photo({ blocks: SIX }, 3));

  test("the same photos give the same octets, other ones others", () => {
    expect(pdfOf(photo({ blocks: SIX }))).toEqual(pdfOf(photo({ blocks: SIX })));
    expect(pdfOf(photo({ blocks: SIX }))).not.toEqual(pdfOf(photo({ blocks: SIX }, 1)));
  });

  test.skipIf(!judge("qpdf", "a PDF of photos is well formed"))("qpdf finds nothing", async () => {
    expect(await qpdfCheck(three)).toMatchObject({ errors: 0, warnings: 0 });
  });

  test("every page has a figure with a description, in a tagged document", () => {
    const text = toLatin1(three);
    expect(text.match(/\/Alt/g)?.length).toBe(3);
    expect(text).toContain("/Marked true");
    expect(text.match(/\/MediaBox ?\[0 0 841.89 595.28\]/g)?.length).toBe(1);
  });

  test("what a camera notes does not get into it", () => {
    expect(toLatin1(pdfOf(photo({ blocks: SIX, before: [exif(6)] })))).not.toMatch(/GPS|Exif/);
  });

  describe("signed", () => {
    let verdict: string;
    beforeAll(async () => {
      const world = await newWorld();
      const { pdf } = await signPdf(world, { pdf: three });
      const options = {
        anchors: [trusted(world.root.certificate)],
        at: world.now + 86_400_000,
        policy: DEFAULT_POLICY,
      };
      verdict = (await verifyPdf(pdf, options)).verification.verdict;
    });
    test("it is valid", () => {
      expect(verdict).toBe("VALID");
    });
  });
});
