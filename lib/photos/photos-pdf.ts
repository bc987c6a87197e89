import { type Bytes, fromLatin1 } from "../bytes/bytes.ts";
import { type PdfDict, type PdfObject, ref } from "../pdf/object.ts";
import { encodeText } from "../pdf/text.ts";
import { newObjects, type Objects, writeFile } from "../pdf/write.ts";
import type { Orientation } from "./exif.ts";
import type { Jpeg } from "./jpeg.ts";

/** A photo of a sheet of paper. */
export type Photo = {
  readonly jpeg: Jpeg;
  /** Quarter turns clockwise, besides what the file itself asks for. */
  readonly turns: 0 | 1 | 2 | 3;
  /** What a person who cannot see it is told. */
  readonly description: string;
};

export type PhotosInput = {
  readonly photos: readonly Photo[];
  readonly title: string;
  /** RFC 5646, of title and descriptions. */
  readonly language: string;
  /** 16 octets that differ from document to document; nothing else is left to chance. */
  readonly id: Uint8Array;
};

/** ISO 216, points. */
const A4 = { short: 595.28, long: 841.89 };

/**
 * One PDF of photos: a page of A4 for each, upright or lying as the photo is, the photo as large as fits and in the middle. The
 * coded pictures are taken over octet for octet. The same input gives the same octets.
 *
 * @throws TypeError no photo, or an /ID of another length
 */
export function photosPdf({ photos, title, language, id }: PhotosInput): Bytes {
  if (photos.length === 0 || id.length !== 16) throw new TypeError("at least one photo, and 16 octets of /ID");
  const objects = newObjects();
  const [catalog, pages, structure, whole] = [1, 2, 3, 4].map(() => objects.reserve()) as [
    number,
    number,
    number,
    number,
  ];
  const added = photos.map((photo, index) => addPage(objects, photo, { index, pages, whole }));
  objects.set(pages, dict({ Type: "Pages", Kids: added.map(({ page }) => ref(page)), Count: added.length }));
  objects.set(
    whole,
    dict({ Type: "StructElem", S: "Document", P: ref(structure), K: added.map(({ figure }) => ref(figure)) }),
  );
  const parents = added.flatMap(({ figure }, index): PdfObject[] => [index, [ref(figure)]]);
  objects.set(
    structure,
    dict({
      Type: "StructTreeRoot",
      K: ref(whole),
      ParentTree: dict({ Nums: parents }),
      ParentTreeNextKey: added.length,
    }),
  );
  objects.set(
    catalog,
    dict({
      Type: "Catalog",
      Pages: ref(pages),
      Lang: encodeText(language),
      MarkInfo: dict({ Marked: true }),
      StructTreeRoot: ref(structure),
      ViewerPreferences: dict({ DisplayDocTitle: true }),
    }),
  );
  const info = objects.add(dict({ Title: encodeText(title) }));
  return writeFile("1.7", objects, { root: ref(catalog), info: ref(info), id });
}

type Place = { readonly index: number; readonly pages: number; readonly whole: number };

function addPage(objects: Objects, { jpeg, turns, description }: Photo, { index, pages, whole }: Place) {
  const upright = shownSize(jpeg, turns);
  const lying = upright.width > upright.height;
  const [width, height] = lying ? [A4.long, A4.short] : [A4.short, A4.long];
  const scale = Math.min(width / upright.width, height / upright.height);
  const [w, h] = [scale * upright.width, scale * upright.height];
  const matrix = matrixOf(jpeg.orientation, turns, { left: (width - w) / 2, bottom: (height - h) / 2, w, h });
  const image = objects.add(imageOf(jpeg));
  const [page, figure] = [objects.reserve(), objects.reserve()];
  const drawing = `/Figure <</MCID 0>> BDC q ${matrix.map(decimal).join(" ")} cm /Im0 Do Q EMC`;
  const content = objects.add({ kind: "new stream", dict: dict({}), data: fromLatin1(drawing) });
  objects.set(
    page,
    dict({
      Type: "Page",
      Parent: ref(pages),
      MediaBox: [0, 0, point(width), point(height)],
      Resources: dict({ XObject: dict({ Im0: ref(image) }) }),
      Contents: ref(content),
      StructParents: index,
      Tabs: "S",
    }),
  );
  objects.set(
    figure,
    dict({
      Type: "StructElem",
      S: "Figure",
      P: ref(whole),
      Pg: ref(page),
      K: 0,
      Alt: encodeText(description),
    }),
  );
  return { page, figure };
}

function imageOf({ width, height, components, inverted, data }: Jpeg) {
  const image = dict({
    Type: "XObject",
    Subtype: "Image",
    Width: width,
    Height: height,
    ColorSpace: components === 1 ? "DeviceGray" : components === 3 ? "DeviceRGB" : "DeviceCMYK",
    BitsPerComponent: 8,
    Filter: "DCTDecode",
    ...(inverted ? { Decode: [1, 0, 1, 0, 1, 0, 1, 0] } : {}),
  });
  return { kind: "new stream", dict: image, data } as const;
}

/** Pixels of a photo as it is seen. */
export function shownSize(
  { width, height, orientation }: Pick<Jpeg, "width" | "height" | "orientation">,
  turns: number,
): { readonly width: number; readonly height: number } {
  const aside = orientation >= 5 !== (turns % 2 === 1);
  return aside ? { width: height, height: width } : { width, height };
}

type Spot = readonly [number, number];
/** Where a spot of the stored image is seen, both from the upper left corner, 0 … 1 (Exif 2.32 §4.6.4). */
const SEEN: Readonly<Record<Orientation, (x: number, y: number) => Spot>> = {
  1: (x, y) => [x, y],
  2: (x, y) => [1 - x, y],
  3: (x, y) => [1 - x, 1 - y],
  4: (x, y) => [x, 1 - y],
  5: (x, y) => [y, x],
  6: (x, y) => [1 - y, x],
  7: (x, y) => [1 - y, 1 - x],
  8: (x, y) => [y, 1 - x],
};

/** From PDF's unit square, whose origin is the image's lower left corner (ISO 32000-2 §8.9.5), to the page. */
function matrixOf(
  orientation: Orientation,
  turns: number,
  { left, bottom, w, h }: { readonly left: number; readonly bottom: number; readonly w: number; readonly h: number },
): readonly number[] {
  const at = (a: number, b: number): Spot => {
    let [u, v] = SEEN[orientation](a, 1 - b);
    for (let i = 0; i < turns; i++) [u, v] = [1 - v, u];
    return [left + u * w, bottom + (1 - v) * h];
  };
  const [origin, right, up] = [at(0, 0), at(1, 0), at(0, 1)];
  return [right[0] - origin[0], right[1] - origin[1], up[0] - origin[0], up[1] - origin[1], ...origin];
}

/** A hundredth of a point is a third of a hundredth of a millimetre. */
const decimal = (value: number): string => String(Number(value.toFixed(2)) + 0);
const point = (value: number): PdfObject => ({ kind: "token", text: decimal(value) });

function dict(entries: Readonly<Record<string, PdfObject>>): PdfDict {
  return new Map(Object.entries(entries));
}
