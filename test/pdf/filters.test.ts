import { deflateSync } from "node:zlib";
import fc from "fast-check";
import { zlibSync } from "fflate";
import { describe, expect, test } from "vitest";
import { fromLatin1, toLatin1 } from "../../lib/bytes/bytes.ts";
import { fromHex, toHex } from "../../lib/bytes/hex.ts";
import { Fault } from "../../lib/fault/fault.ts";
import { unascii85, unhex } from "../../lib/pdf/ascii-filters.ts";
import { filtersOf, unfilter } from "../../lib/pdf/filters.ts";
import { inflate } from "../../lib/pdf/inflate.ts";
import { unlzw } from "../../lib/pdf/lzw.ts";
import type { PdfObject, PdfValue } from "../../lib/pdf/object.ts";
import { predictedLength, unpredict } from "../../lib/pdf/predictor.ts";

const RUNS = process.env.SLOW ? 20_000 : 200;
const ALL = Number.MAX_SAFE_INTEGER;
const MB = 1024 * 1024;
const hex = (text: string): Uint8Array => fromHex(text) ?? new Uint8Array(0);
const octets = fc.uint8Array({ maxLength: 3000 });

function faultOrResult(work: () => unknown): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
  }
}

describe("FlateDecode", () => {
  test("what zlib packed comes back, of any size and level", () => {
    fc.assert(
      fc.property(octets, fc.nat(20), fc.constantFrom(0, 1, 9), (data, times, level) => {
        const long = Uint8Array.from({ length: data.length * times }, (_, i) => data[i % data.length] as number);
        expect(toHex(inflate(deflateSync(long, { level }), ALL, MB))).toBe(toHex(long));
      }),
      { numRuns: RUNS },
    );
  });

  test("output stops where the caller has enough", () => {
    const packed = deflateSync(new Uint8Array(10 * MB));
    expect(inflate(packed, 1000, 1000).length).toBe(1000);
    expect(inflate(packed, 9 * MB, 9 * MB).length).toBe(9 * MB);
  });

  test("more output than the limit is a fault, with memory flat", () => {
    const bomb = deflateSync(new Uint8Array(80 * MB));
    const before = process.memoryUsage().arrayBuffers;
    expect(() => inflate(bomb, ALL, MB)).toThrow(expect.objectContaining({ code: "pdf_limit" }));
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(40 * MB);
  });

  test("a cut-off stream gives what it has, and octets behind the end are ignored", () => {
    const data = Uint8Array.from({ length: 50_000 }, (_, i) => (i * i) >> 3);
    const packed = zlibSync(data);
    const cut = inflate(packed.subarray(0, packed.length >> 1), ALL, MB);
    expect(cut.length).toBeGreaterThan(0);
    expect(cut).toEqual(data.subarray(0, cut.length));
    const junk = new Uint8Array(packed.length + 100_000).fill(0x41);
    junk.set(packed);
    expect(inflate(junk, ALL, MB)).toEqual(data);
  });

  test("100 MB behind the end of the data take no time", () => {
    const long = new Uint8Array(100 * MB);
    long.set(zlibSync(fromLatin1("short")));
    const start = performance.now();
    expect(toLatin1(inflate(long, ALL, MB))).toBe("short");
    expect(performance.now() - start).toBeLessThan(500);
  });

  test("hostile octets give a result or a fault", () => {
    fc.assert(
      fc.property(octets, octets, (head, data) => {
        faultOrResult(() => inflate(data, ALL, MB));
        faultOrResult(() => inflate(Uint8Array.of(0x78, 0x9c, ...data), ALL, MB));
        const packed = zlibSync(data);
        for (const [i, octet] of head.entries()) packed[(i * 7 + octet) % packed.length] = octet;
        faultOrResult(() => inflate(packed, ALL, MB));
      }),
      { numRuns: RUNS },
    );
  });

  test.each(["", "78", "0000", "1f8b0800"])("octets that are no zlib stream are refused: %s", (text) => {
    expect(() => inflate(hex(text), ALL, MB)).toThrow(expect.objectContaining({ code: "pdf_invalid" }));
  });
});

describe("prediction", () => {
  const parameters = { predictor: 15, colors: 1, bits: 8, columns: 4 };

  test("the five PNG filters of RFC 2083 §6 are undone", () => {
    // Rows of 4 octets: none, sub, up, average, Paeth.
    const rows = ["0001020304", "0101010101", "0201010101", "0301010101", "0401010101"];
    expect(toHex(unpredict(hex(rows.join("")) as Uint8Array<ArrayBuffer>, parameters))).toBe(
      "01020304" + "01020304" + "02030405" + "02030405" + "03040506",
    );
  });

  test("a row that is cut off gives what it has", () => {
    expect(toHex(unpredict(hex("0001020304" + "020101") as Uint8Array<ArrayBuffer>, parameters))).toBe("010203040203");
  });

  test("TIFF prediction of octets is undone row by row", () => {
    const rgb = { predictor: 2, colors: 3, bits: 8, columns: 2 };
    expect(toHex(unpredict(hex("010203010101" + "0a0b0c010101") as Uint8Array<ArrayBuffer>, rgb))).toBe(
      "010203020304" + "0a0b0c0b0c0d",
    );
  });

  test.each([
    { predictor: 3 },
    { predictor: 16 },
    { colors: 0 },
    { colors: -1 },
    { bits: 7 },
    { columns: 0 },
    { columns: -5 },
    { columns: 2 ** 40 },
    { colors: 2 ** 40 },
    { columns: Number.MAX_SAFE_INTEGER },
  ])("parameters out of range are refused: %j", (wrong) => {
    expect(() => unpredict(new Uint8Array(10), { ...parameters, ...wrong })).toThrow(
      expect.objectContaining({ code: "pdf_invalid" }),
    );
  });

  test("an unknown PNG filter is refused", () => {
    expect(() => unpredict(hex("0501020304") as Uint8Array<ArrayBuffer>, parameters)).toThrow(
      expect.objectContaining({ code: "pdf_invalid" }),
    );
  });

  test("predicted rows are as long as they are announced", () => {
    expect(predictedLength(parameters, 8)).toBe(10);
    expect(predictedLength({ ...parameters, predictor: 1 }, 8)).toBe(8);
  });
});

describe("LZWDecode", () => {
  test("the example of ISO 32000-2 §7.4.4.2", () => {
    expect(toHex(unlzw(hex("800b6050220c0c8501"), 1, MB))).toBe("2d2d2d2d2d412d2d2d42");
  });

  test("what an encoder of the same rules packed comes back, over the growth of the codes and a full table", () => {
    fc.assert(
      fc.property(octets, fc.nat(30), fc.constantFrom(0, 1), (data, times, early) => {
        const long = Uint8Array.from(
          { length: data.length * times },
          (_, i) => (data[i % data.length] as number) ^ (i >> 9),
        );
        expect(toHex(unlzw(lzw(long, early), early, MB))).toBe(toHex(long));
      }),
      { numRuns: Math.min(RUNS, 400) },
    );
  });

  test("hostile octets give a result or a fault within the limit", () => {
    fc.assert(
      fc.property(octets, (data) => faultOrResult(() => expect(unlzw(data, 1, 5000).length).toBeLessThanOrEqual(5000))),
      { numRuns: RUNS },
    );
  });
});

/** An encoder made for these tests: codes of 9 to 12 bits, the table cleared when it is full. */
function lzw(data: Uint8Array, early: number): Uint8Array {
  const out: number[] = [];
  let [bits, held, width, next] = [0, 0, 9, 258];
  let table = new Map<string, number>();
  const put = (code: number): void => {
    bits = (bits << width) | code;
    held += width;
    for (; held >= 8; held -= 8) out.push((bits >> (held - 8)) & 0xff);
    bits &= (1 << held) - 1;
  };
  const codeOf = (run: string): number => (run.length === 1 ? run.charCodeAt(0) : (table.get(run) as number));
  put(256);
  let run = "";
  for (const octet of data) {
    const longer = run + String.fromCharCode(octet);
    if (longer.length === 1 || table.has(longer)) {
      run = longer;
      continue;
    }
    put(codeOf(run));
    table.set(longer, next++);
    if (next + early > 1 << width && width < 12) width++;
    if (next >= 4094) {
      put(256);
      table = new Map();
      [width, next] = [9, 258];
    }
    run = String.fromCharCode(octet);
  }
  if (run !== "") {
    put(codeOf(run));
    if (++next + early > 1 << width && width < 12) width++;
  }
  put(257);
  if (held > 0) out.push((bits << (8 - held)) & 0xff);
  return Uint8Array.from(out);
}

describe("ASCII filters", () => {
  test("ASCIIHexDecode ends at its mark and fills up an odd digit", () => {
    expect(toHex(unhex(fromLatin1("61 62\n7>zz")))).toBe("616270");
    expect(() => unhex(fromLatin1("6g"))).toThrow(expect.objectContaining({ code: "pdf_invalid" }));
  });

  test("ASCII85Decode: the encoding of a known text, z for zeros, groups cut short", () => {
    expect(toLatin1(unascii85(fromLatin1('87cURD]i,"Ebo80~>'), MB))).toBe("Hello World!");
    expect(toHex(unascii85(fromLatin1("z!!~>"), MB))).toBe("0000000000");
    expect(toHex(unascii85(fromLatin1("zz"), 8))).toBe("0000000000000000");
    expect(() => unascii85(fromLatin1("zz"), 7)).toThrow(expect.objectContaining({ code: "pdf_limit" }));
    for (const wrong of ["v", "uuuuu", "!!!!!!~>", "!z"]) {
      expect(() => unascii85(fromLatin1(wrong), MB)).toThrow(expect.objectContaining({ code: "pdf_invalid" }));
    }
  });

  test("hostile octets give a result or a fault", () => {
    fc.assert(
      fc.property(octets, (data) => {
        faultOrResult(() => unascii85(data, MB));
        faultOrResult(() => unhex(data));
      }),
      { numRuns: RUNS },
    );
  });
});

describe("chains", () => {
  const direct = (value: PdfObject | undefined): PdfValue => value ?? null;
  const chain = (...pairs: [string, PdfObject][]) => filtersOf(new Map(pairs), direct);

  test("filters are undone in their order, each with its own parameters", () => {
    const data = fromLatin1("0123456789");
    const packed = fromLatin1(`${toHex(zlibSync(Uint8Array.of(0, ...data.subarray(0, 5), 0, ...data.subarray(5))))}>`);
    const parms = new Map<string, PdfObject>([
      ["Predictor", 12],
      ["Columns", 5],
    ]);
    const filters = chain(["Filter", ["ASCIIHexDecode", "FlateDecode"]], ["DecodeParms", [null, parms]]);
    expect(unfilter(packed, filters, ALL, MB)).toEqual(data);
  });

  test("filters of pictures and endless chains are refused", () => {
    expect(() => unfilter(new Uint8Array(9), chain(["Filter", "DCTDecode"]), ALL, MB)).toThrow(
      expect.objectContaining({ code: "pdf_unsupported" }),
    );
    expect(() => chain(["Filter", Array.from({ length: 9 }, () => "FlateDecode")])).toThrow(
      expect.objectContaining({ code: "pdf_unsupported" }),
    );
  });

  test("a bomb inside a bomb is stopped by the limit", () => {
    const bomb = deflateSync(deflateSync(new Uint8Array(40 * MB)));
    expect(() => unfilter(bomb, chain(["Filter", ["FlateDecode", "FlateDecode"]]), ALL, MB)).toThrow(
      expect.objectContaining({ code: "pdf_limit" }),
    );
  });
});
