import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { concat, fromLatin1, toLatin1 } from "../../lib/bytes/bytes.ts";
import { orientationOf } from "../../lib/photos/exif.ts";
import { readJpeg } from "../../lib/photos/jpeg.ts";
import { mutations, orFault, RUNS } from "../worlds/mutate.ts";
import { adobe, buildJpeg, exif, SIX, segment } from "./jpegs.ts";

const unreadable = expect.objectContaining({ code: "photo_unreadable" });
const grey = (options: Partial<Parameters<typeof buildJpeg>[0]> = {}): Uint8Array =>
  buildJpeg({ blocks: SIX, ...options });

describe("what a JPEG is", () => {
  test.each([false, true])("size and components are found, progressive %s", (progressive) => {
    expect(readJpeg(grey({ progressive }))).toMatchObject({ width: 16, height: 24, components: 1, inverted: false });
    const colour = buildJpeg({ blocks: [[[90, 120, 200]]], progressive });
    expect(readJpeg(colour)).toMatchObject({ width: 8, height: 8, components: 3, orientation: 1 });
  });

  test("four inks are inverted where Adobe's programs wrote them", () => {
    const blocks = [[[10, 20, 30, 40]]];
    expect(readJpeg(buildJpeg({ blocks }))).toMatchObject({ components: 4, inverted: false });
    expect(readJpeg(buildJpeg({ blocks, before: [adobe(0)] }))).toMatchObject({ components: 4, inverted: true });
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8] as const)("orientation %i is found in both byte orders", (orientation) => {
    for (const little of [false, true])
      expect(readJpeg(grey({ before: [exif(orientation, little)] })).orientation).toBe(orientation);
  });

  test("an orientation that does not exist is none", () => {
    for (const orientation of [0, 9, 300]) expect(readJpeg(grey({ before: [exif(orientation)] })).orientation).toBe(1);
  });
});

describe("what is left of a JPEG", () => {
  const notes = [
    segment(0xe0, concat(fromLatin1("JFIF\0"), new Uint8Array(9))),
    exif(6),
    segment(0xe1, fromLatin1("http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>Nguyen")),
    segment(0xe2, fromLatin1("MPF\0 another picture")),
    segment(0xed, fromLatin1("Photoshop 3.0\0 author")),
    segment(0xfe, fromLatin1("a comment")),
  ];

  test("place, time, thumbnails, comments and whatever follows the end are gone; the coded picture is the same", () => {
    const after = fromLatin1("a film that a telephone appends");
    const { data } = readJpeg(grey({ before: notes, after }));
    expect(toLatin1(data)).not.toMatch(/GPS|Exif|xmpmeta|MPF|Photoshop|comment|film|JFIF/);
    expect(data).toEqual(grey());
  });

  test("what decoding needs stays: how colours are stored, restarts", () => {
    const restarts = segment(0xdd, Uint8Array.of(0, 2));
    const { data } = readJpeg(grey({ before: [adobe(0), restarts] }));
    expect(data).toEqual(grey({ before: [adobe(0), restarts] }));
    const long = segment(0xee, concat(adobe(1).subarray(4), fromLatin1("hidden")));
    expect(readJpeg(grey({ before: [long] })).data).toEqual(grey({ before: [adobe(1)] }));
  });

  test("reading what is left gives the same again", () => {
    const once = readJpeg(grey({ before: notes }));
    expect(readJpeg(once.data)).toEqual({ ...once, orientation: 1 });
  });
});

describe("what cannot stand in a PDF is refused", () => {
  const changed = (octets: Uint8Array, at: number, value: number): Uint8Array => octets.with(at, value);
  const frameAt = toLatin1(grey()).indexOf("\xff\xc0");

  test.each([
    ["nothing", new Uint8Array(0)],
    ["a PNG", fromLatin1("\x89PNG\r\n\x1a\n")],
    ["cut off in its data", grey().subarray(0, -2)],
    ["cut off in a segment", grey().subarray(0, 30)],
    ["a length of one", concat(Uint8Array.of(0xff, 0xd8, 0xff, 0xfe, 0, 1), grey().subarray(2))],
    ["lossless coding", changed(grey(), frameAt + 1, 0xc3)],
    ["arithmetic coding", changed(grey(), frameAt + 1, 0xc9)],
    ["twelve bits", changed(grey(), frameAt + 4, 12)],
    ["no height", changed(grey(), frameAt + 6, 0)],
    ["two components", buildJpeg({ blocks: [[[1, 2]]] })],
    ["no picture", Uint8Array.of(0xff, 0xd8, 0xff, 0xd9)],
    ["two frames", concat(grey().subarray(0, -2), grey().subarray(frameAt))],
    ["components R, G, B", buildJpeg({ blocks: [[[1, 2, 3]]], names: [82, 71, 66] })],
    [
      "sixty-five thousand pixels each way",
      concat(grey().subarray(0, frameAt + 5), Uint8Array.of(255, 255, 255, 255), grey().subarray(frameAt + 9)),
    ],
  ])("%s", (_, octets) => {
    expect(() => readJpeg(octets)).toThrow(unreadable);
  });

  test("a hundred scans over the same picture", () => {
    const one = grey({ progressive: true });
    const scan = one.subarray(toLatin1(one).indexOf("\xff\xda"), -2);
    const of = (count: number): Uint8Array =>
      concat(one.subarray(0, -2), ...new Array(count).fill(scan), one.subarray(-2));
    expect(readJpeg(of(10)).width).toBe(16);
    expect(() => readJpeg(of(100))).toThrow(unreadable);
  });

  test("any octets, and any damage: a JPEG or a Fault", () => {
    const whole = buildJpeg({ blocks: [[[90, 120, 200]], [[1, 2, 3]]], before: [exif(6), adobe(1)] });
    const read = (octets: Uint8Array): void => {
      const jpeg = orFault(() => readJpeg(octets));
      if (jpeg !== undefined) expect(readJpeg(jpeg.data)).toMatchObject({ width: jpeg.width, height: jpeg.height });
    };
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), read), { numRuns: RUNS });
    fc.assert(fc.property(mutations(whole), read), { numRuns: RUNS });
  });

  test("any Exif is read without leaving it", () => {
    const whole = exif(6, true).subarray(4);
    fc.assert(
      fc.property(mutations(whole), (octets) => {
        expect([1, 2, 3, 4, 5, 6, 7, 8]).toContain(orientationOf(octets));
      }),
      { numRuns: RUNS },
    );
  });
});
