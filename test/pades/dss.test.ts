import { deflateSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { concat, fromLatin1, fromUtf8 } from "../../lib/bytes/bytes.ts";
import { toHex } from "../../lib/bytes/hex.ts";
import { covers } from "../../lib/pades/coverage.ts";
import { type Dss, readDss, vriKey } from "../../lib/pades/dss.ts";
import { findSignatures } from "../../lib/pades/find.ts";
import { openDocument, withDocument } from "../../lib/pdf/open.ts";
import { buildCompressed, buildPdf, ONE_PAGE } from "../pdf/build.ts";
import { mutations, orFault, RUNS } from "../worlds/mutate.ts";
import { addDss, contentsOf, materialFor, signPdf } from "../worlds/pades.ts";
import { newWorld } from "../worlds/world.ts";

const STREAM = (data: string, keys = "") => `<<${keys}/Length ${data.length}>>\nstream\n${data}\nendstream`;

/** A file whose catalog has this /DSS; further objects under their numbers. */
function file(dss: string, objects: Readonly<Record<number, string>> = {}): Uint8Array {
  return buildPdf({ objects: { ...ONE_PAGE, 1: `<</Type/Catalog/Pages 2 0 R/DSS ${dss}>>`, ...objects } });
}

function read(pdf: Uint8Array): Dss {
  const dss = readDss(openDocument(pdf));
  if (dss === undefined) throw new Error("no DSS");
  return dss;
}

const texts = (objects: Dss["certificates"]) => objects.map(({ octets }) => Buffer.from(octets).toString("latin1"));
const problems = (dss: Dss) => dss.problems.map(({ problem }) => problem);

test("a file without a store has none, and a store without anything is empty", () => {
  expect(readDss(openDocument(buildPdf()))).toBeUndefined();
  expect(readDss(openDocument(file("null")))).toBeUndefined();
  expect(read(file("<<>>"))).toEqual({
    offset: undefined,
    certificates: [],
    crls: [],
    ocsps: [],
    vri: [],
    problems: [],
  });
});

test("certificates, CRLs and OCSP responses are found with their objects, whatever packs them", () => {
  const flate = deflateSync(Buffer.from("packed")).toString("latin1");
  const pdf = file("9 0 R", {
    9: "<</Certs 10 0 R/CRLs[5 0 R]/OCSPs[6 0 R 7 0 R]>>",
    10: "[4 0 R]",
    4: STREAM("a certificate"),
    5: STREAM(flate, "/Filter/FlateDecode"),
    6: STREAM("one"),
    7: STREAM("two"),
  });
  const dss = read(pdf);
  expect(texts(dss.certificates)).toEqual(["a certificate"]);
  expect(texts(dss.crls)).toEqual(["packed"]);
  expect(texts(dss.ocsps)).toEqual(["one", "two"]);
  expect(dss.problems).toEqual([]);
  const [first] = dss.certificates;
  const text = Buffer.from(pdf).toString("latin1");
  expect(first).toMatchObject({ object: 4, generation: 0, offset: text.indexOf("4 0 obj") });
  expect(first?.end).toBe(text.indexOf("a certificate") + "a certificate".length);
  expect(dss.offset).toBe(text.indexOf("9 0 obj"));
});

test("a dictionary in an object stream stands where its container stands", () => {
  const base = buildCompressed({ ...ONE_PAGE, 1: "<</Type/Catalog/Pages 2 0 R/DSS 4 0 R>>", 4: "<</VRI<<>>>>" });
  expect(read(base).offset).toBe(Buffer.from(base).toString("latin1").indexOf("5 0 obj"));
});

test("the newest dictionary counts; what it still names keeps its place in the file", () => {
  const first = file("<</Certs[4 0 R]/CRLs[5 0 R]>>", { 4: STREAM("old"), 5: STREAM("dropped") });
  const second = buildPdf({
    after: first,
    objects: { 1: "<</Type/Catalog/Pages 2 0 R/DSS<</Certs[4 0 R 6 0 R]>>>>", 6: STREAM("new") },
  });
  const dss = read(second);
  expect(texts(dss.certificates)).toEqual(["old", "new"]);
  expect(dss.crls).toEqual([]);
  const [old, fresh] = dss.certificates;
  expect(old?.end).toBeLessThan(first.length);
  expect(fresh?.offset).toBeGreaterThanOrEqual(first.length);
  const third = buildPdf({ after: second, objects: { 4: STREAM("written anew") } });
  expect(read(third).certificates[0]?.offset).toBeGreaterThanOrEqual(second.length);
});

describe("/VRI", () => {
  test("names objects of the lists, or brings its own; keys are put into upper case", () => {
    const dss = read(
      file("<</Certs[4 0 R 5 0 R]/VRI<</ab12<</Cert[5 0 R]/OCSP[6 0 R]/TU(D:20260102030405Z)>>/CD<</CRL 9>>/EF 7>>>>", {
        4: STREAM("one"),
        5: STREAM("two"),
        6: STREAM("three"),
      }),
    );
    expect(dss.vri).toEqual([
      { key: "AB12", certificates: [1], crls: [], ocsps: [0], time: undefined },
      { key: "CD", certificates: [], crls: [], ocsps: [], time: undefined },
    ]);
    expect(texts(dss.ocsps)).toEqual(["three"]);
    expect(problems(dss)).toEqual(["malformed", "malformed"]);
  });
  test("says when it was made", () => {
    const objects = { 4: "<</TU(D:20260102030405Z)>>" };
    expect(read(file("<</VRI<</AA 4 0 R>>>>", objects)).vri[0]?.time).toBe(Date.UTC(2026, 0, 2, 3, 4, 5));
  });
  test("has the SHA-1 of the whole /Contents as its key", () => {
    // sha1sum of nothing
    expect(vriKey(new Uint8Array(0))).toBe("DA39A3EE5E6B4B0D3255BFEF95601890AFD80709");
  });
});

describe("damage is a problem in the list and spoils nothing else:", () => {
  const cases: readonly [string, string, Readonly<Record<number, string>>, readonly string[]][] = [
    ["a store that is no dictionary", "7", {}, ["malformed"]],
    ["a store that is missing", "99 0 R", {}, ["malformed"]],
    ["a list that is no array", "<</Certs 7/CRLs[4 0 R]>>", { 4: STREAM("x") }, ["malformed"]],
    ["an item that is no reference", "<</Certs[7 4 0 R]>>", { 4: STREAM("x") }, ["no_stream"]],
    ["an item that is no stream", "<</Certs[5 0 R 4 0 R]>>", { 4: STREAM("x"), 5: "<<>>" }, ["no_stream"]],
    ["an item that is missing", "<</Certs[9 0 R 4 0 R]>>", { 4: STREAM("x") }, ["no_stream"]],
    [
      "a stream that does not unpack",
      "<</CRLs[5 0 R 4 0 R]>>",
      { 4: STREAM("x"), 5: STREAM("y", "/Filter/FlateDecode") },
      ["broken_stream"],
    ],
    [
      "a picture's filter",
      "<</CRLs[5 0 R 4 0 R]>>",
      { 4: STREAM("x"), 5: STREAM("y", "/Filter/DCTDecode") },
      ["broken_stream"],
    ],
    ["a reference to itself", "<</CRLs[5 0 R 4 0 R]>>", { 4: STREAM("x"), 5: "5 0 R" }, ["broken_stream"]],
  ];
  for (const [name, dss, objects, expected] of cases) {
    test(name, () => {
      const found = read(file(dss, objects));
      expect(problems(found)).toEqual(expected);
      expect(texts([...found.certificates, ...found.crls])).toEqual(4 in objects ? ["x"] : []);
    });
  }
  test("a bomb, and what comes after it is still read as far as the share of the store goes", () => {
    const bomb = deflateSync(Buffer.alloc(17 * 1024 * 1024)).toString("latin1");
    const dss = read(file("<</CRLs[4 0 R]/OCSPs[5 0 R]>>", { 4: STREAM(bomb, "/Filter/FlateDecode"), 5: STREAM("x") }));
    expect(problems(dss)).toEqual(["too_much"]);
    expect(texts(dss.ocsps)).toEqual(["x"]);
  });
  test("many bombs use up the share of the store and not that of the document", () => {
    const bomb = STREAM(deflateSync(Buffer.alloc(15 * 1024 * 1024)).toString("latin1"), "/Filter/FlateDecode");
    const doc = openDocument(
      file("<</CRLs[4 0 R 5 0 R 6 0 R 7 0 R 8 0 R]>>", { 4: bomb, 5: bomb, 6: bomb, 7: bomb, 8: bomb }),
    );
    const before = doc.budget.left;
    const dss = readDss(doc);
    expect(dss?.crls).toHaveLength(3);
    expect(new Set(dss && problems(dss))).toEqual(new Set(["too_much"]));
    expect(before - doc.budget.left).toBeLessThan(100_000);
  });
  test("ten thousand references cost ten thousand look-ups and no more than 512 objects", () => {
    const list = Array.from({ length: 10_000 }, () => "4 0 R 5 0 R").join(" ");
    const dss = read(file(`<</Certs[${list}]/CRLs[${"6 0 R ".repeat(1000)}]>>`, { 4: STREAM("x"), 5: STREAM("y") }));
    expect(dss.certificates).toHaveLength(2);
    expect(problems(dss)).toEqual(["too_much", "no_stream", "too_much"]);
    const behind = read(file(`<</Certs[${"4 0 R ".repeat(512)}5 0 R]>>`, { 4: STREAM("x"), 5: STREAM("y") }));
    expect(texts(behind.certificates)).toEqual(["x"]);
  });
});

test("the store of a real file is read back octet for octet", async () => {
  const world = await newWorld({ seed: "dss" });
  const signer = world.oneTime();
  const material = await materialFor(world, signer);
  const { pdf, fieldName } = await signPdf(world, { signer, level: "B-T" });
  const vri = [{ ...material, contents: contentsOf(pdf, fieldName) }];
  const { pdf: longTerm } = await signPdf(world, { pdf, level: "B-LT", material: { ...material, vri } });
  const dss = read(longTerm);
  expect(dss.certificates.map(({ octets }) => toHex(octets))).toEqual(material.certificates.map(toHex));
  expect(dss.ocsps.map(({ octets }) => toHex(octets))).toEqual(material.ocsps.map(toHex));
  expect(dss.vri).toEqual([
    {
      key: vriKey(vri[0]?.contents ?? fromUtf8("")),
      certificates: [0, 1, 2, 3],
      crls: [],
      ocsps: [0, 1, 2],
      time: undefined,
    },
  ]);
  expect(dss.problems).toEqual([]);
});

test("what a document timestamp covers is what was there before it, and nothing that came later", async () => {
  const world = await newWorld({ seed: "dss/covers" });
  const first = await signPdf(world, { level: "B-LTA" });
  const more = { certificates: [world.root.certificate.raw], crls: [], ocsps: [] };
  const pdf = addDss(first.pdf, more);
  const range = findSignatures(pdf).find(({ type }) => type === "DocTimeStamp")?.byteRange;
  if (range === undefined) throw new Error("no timestamp");
  const { certificates, ocsps } = read(pdf);
  const covered = (objects: Dss["certificates"]) => objects.map(({ offset, end }) => covers(range, offset, end));
  expect(covered(certificates)).toEqual([true, true, true, true, false]);
  expect(covered(ocsps)).toEqual([true, true, true]);
  // Not what lies across the gap.
  expect(covers(range, range[1] - 1, range[2] + 1)).toBe(false);
});

test("any change to a file gives a store, none, or a Fault, never another error", () => {
  const pdf = concat(
    file("9 0 R", { 9: "<</Certs[4 0 R]/VRI<</AB<</Cert[4 0 R]/TU(D:2026)>>>>>>", 4: STREAM("x") }),
    fromLatin1(" "),
  );
  fc.assert(
    fc.property(mutations(pdf), (changed) => {
      orFault(() => withDocument(changed, readDss));
    }),
    { numRuns: RUNS },
  );
});
