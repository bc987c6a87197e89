import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { concat, equal } from "../../lib/bytes/bytes.ts";
import { toHex } from "../../lib/bytes/hex.ts";
import { appendDss } from "../../lib/pades/append-dss.ts";
import { readDss, vriKey } from "../../lib/pades/dss.ts";
import { findSignatures } from "../../lib/pades/find.ts";
import { openDocument } from "../../lib/pdf/open.ts";
import { fault, hex } from "../asn1/help.ts";
import { judge } from "../judges/judge.ts";
import { qpdfCheck } from "../judges/qpdf.ts";
import { buildCompressed, buildPdf, ONE_PAGE } from "../pdf/build.ts";
import { mutations, orFault, RUNS } from "../worlds/mutate.ts";
import { signPdf } from "../worlds/pades.ts";
import { newWorld } from "../worlds/world.ts";

const [ONE, TWO, THREE, FOUR] = [hex("3001"), hex("300203"), hex("3003"), hex("300405")];
const NOTHING = { certificates: [], crls: [], ocsps: [] };

const stored = (pdf: Uint8Array) => {
  const dss = readDss(openDocument(pdf));
  const values = (list: readonly { readonly octets: Uint8Array }[] = []) => list.map(({ octets }) => toHex(octets));
  return {
    certificates: values(dss?.certificates),
    crls: values(dss?.crls),
    ocsps: values(dss?.ocsps),
    vri: dss?.vri,
    problems: dss?.problems,
  };
};
const extended = (pdf: Uint8Array, input: Parameters<typeof appendDss>[1]) => concat(pdf, appendDss(pdf, input));

describe.for([
  ["a table", buildPdf()],
  ["a stream of cross references", buildCompressed()],
  ["a file that ends without a line end", buildPdf().slice(0, -1)],
] as const)("behind %s", ([, pdf]) => {
  test("what is added is read back, each octet string once", () => {
    const made = extended(pdf, { certificates: [ONE, TWO, ONE], crls: [THREE], ocsps: [FOUR] });
    expect(stored(made)).toMatchObject({
      certificates: ["3001", "300203"],
      crls: ["3003"],
      ocsps: ["300405"],
      problems: [],
    });
    expect(made.subarray(0, pdf.length)).toEqual(pdf);
    expect(Buffer.from(made).toString("latin1")).toMatch(/\/Certs ?\[\d+ 0 R \d+ 0 R\]/);
  });
  test("what is there stays under its number and is not written again; the rest comes behind it", () => {
    const first = extended(pdf, { ...NOTHING, certificates: [ONE], ocsps: [FOUR] });
    const second = extended(first, { certificates: [TWO, ONE], crls: [THREE], ocsps: [] });
    expect(stored(second)).toMatchObject({ certificates: ["3001", "300203"], crls: ["3003"], ocsps: ["300405"] });
    const [before, after] = [readDss(openDocument(first)), readDss(openDocument(second))];
    expect(after?.certificates[0]).toEqual(before?.certificates[0]);
    expect(after?.certificates[1]?.offset).toBeGreaterThanOrEqual(first.length);
  });
  test("the same input gives the same octets, and another input another /ID", () => {
    const input = { ...NOTHING, certificates: [ONE] };
    expect(appendDss(pdf, input)).toEqual(appendDss(pdf, input));
    const id = (octets: Uint8Array) => /\/ID\s*\[[^\]]*\]/.exec(Buffer.from(octets).toString("latin1"))?.[0];
    expect(id(appendDss(pdf, input))).not.toBe(id(appendDss(pdf, { ...input, certificates: [TWO] })));
  });
});

test("an entry of /VRI is found under the hash of /Contents, beside those of others", () => {
  const contents = hex("3000 0000 0000");
  const first = extended(buildPdf(), { ...NOTHING, vri: [{ ...NOTHING, contents, certificates: [ONE] }] });
  const other = hex("3000 0000");
  const second = extended(first, {
    ...NOTHING,
    certificates: [TWO],
    vri: [{ ...NOTHING, contents: other, certificates: [ONE], ocsps: [FOUR] }],
  });
  const { vri, certificates } = stored(second);
  expect(certificates).toEqual(["3001", "300203"]);
  expect(vri).toEqual([
    { key: vriKey(contents), certificates: [0], crls: [], ocsps: [], time: undefined },
    { key: vriKey(other), certificates: [0], crls: [], ocsps: [0], time: undefined },
  ]);
});

test("keys of a store that we do not know stay, a list that is no list is replaced", () => {
  const objects = { ...ONE_PAGE, 1: "<</Type/Catalog/Pages 2 0 R/DSS<</Certs 7/Mine(x)>>>>" };
  const made = extended(buildPdf({ objects }), { ...NOTHING, certificates: [ONE] });
  expect(stored(made).certificates).toEqual(["3001"]);
  expect(
    Buffer.from(made)
      .toString("latin1")
      .match(/\/Mine ?\(x\)/g),
  ).toHaveLength(2);
});

test("a damaged file is refused: a repair would put its signatures in doubt", () => {
  const damaged = buildPdf({ startxref: 7 });
  expect(() =>
    appendDss(
      damaged.map((octet, at) => (at > 20 && octet === 0x78 ? 0x79 : octet)),
      NOTHING,
    ),
  ).toThrow(fault("pdf_unsupported"));
  expect(() => appendDss(new Uint8Array(20), NOTHING)).toThrow(fault("pdf_unsupported"));
});

test("any two generations hold the union of what was given, in its order, and the file stays a prefix", () => {
  const item = fc.uint8Array({ maxLength: 4 });
  const list = fc.array(item, { maxLength: 4 });
  const material = fc.record({ certificates: list, crls: list, ocsps: list });
  const pdfs = fc.constantFrom(buildPdf(), buildCompressed());
  fc.assert(
    fc.property(pdfs, material, material, (pdf, one, two) => {
      const made = extended(extended(pdf, one), two);
      const union = (a: readonly Uint8Array[], b: readonly Uint8Array[]) => [...new Set([...a, ...b].map(toHex))];
      expect(stored(made)).toMatchObject({
        certificates: union(one.certificates, two.certificates),
        crls: union(one.crls, two.crls),
        ocsps: union(one.ocsps, two.ocsps),
        problems: [],
      });
      expect(equal(made.subarray(0, pdf.length), pdf)).toBe(true);
    }),
    { numRuns: RUNS },
  );
});

test("any change to a file gives a store to it or a Fault, never another error", () => {
  const pdf = extended(buildPdf(), { ...NOTHING, certificates: [ONE], vri: [{ ...NOTHING, contents: ONE }] });
  fc.assert(
    fc.property(mutations(pdf), (changed) => {
      orFault(() => appendDss(changed, { ...NOTHING, certificates: [TWO] }));
    }),
    { numRuns: RUNS },
  );
});

test("a signature before it still covers what it covered, and is no longer the end of the file", async () => {
  const world = await newWorld({ seed: "append-dss" });
  const { pdf } = await signPdf(world, { level: "B-LT" });
  expect(findSignatures(pdf)[0]).toMatchObject({ problems: [], coversWholeFile: false, revision: 2, revisions: 3 });
});

describe.skipIf(!judge("qpdf", "a store leaves the file sound"))("qpdf finds nothing in", () => {
  for (const [name, pdf] of Object.entries({ table: buildPdf(), stream: buildCompressed() })) {
    test(`a file with a ${name} and two generations of a store`, async () => {
      const made = extended(extended(pdf, { ...NOTHING, certificates: [ONE] }), { ...NOTHING, crls: [TWO] });
      expect(await qpdfCheck(made)).toMatchObject({ errors: 0, warnings: 0 });
      expect(equal(made.subarray(0, pdf.length), pdf)).toBe(true);
    });
  }
});
