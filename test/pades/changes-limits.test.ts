import { describe, expect, test } from "vitest";
import { concat, toLatin1 } from "../../lib/bytes/bytes.ts";
import { embedSignature, prepareSignature } from "../../lib/pades/prepare.ts";
import { documents } from "../e2e/documents.ts";
import { buildCompressed, ONE_PAGE } from "../pdf/build.ts";
import {
  AT,
  changesOf,
  codesOf,
  contract,
  latest,
  type Objects,
  save,
  signaturesOf,
  signed,
  stream,
} from "../worlds/hostile-pdf.ts";

/** Machines that run the tests are shared and slow; the promise for any file is ten seconds. */
const PATIENCE_MS = 10_000;
const file = await signed(contract());

describe("encryption", () => {
  const found = documents().find(({ name, refused }) => /encrypt|aes|rc4/i.test(name) && refused === undefined);
  test.skipIf(found === undefined)("may not be taken away or exchanged", () => {
    const locked = found?.bytes ?? file;
    const once = concat(
      locked,
      embedSignature(prepareSignature(locked, { claimedTime: 0, offsetMinutes: 420, fieldId: "a" }), Uint8Array.of(1)),
    );
    const root = Number(/\/Root (\d+)/.exec(toLatin1(once))?.[1]);
    const open = save(once, {}, { root });
    // Its name is encrypted text now.
    const [name = ""] = signaturesOf(open).keys();
    expect(changesOf(open, name).result).toBe("forbidden");
    expect(codesOf(open, name)).toContain("encryption_changed");
  });
});

describe("packed objects", () => {
  const packed = buildCompressed({ ...ONE_PAGE, 3: "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 9 0 R>>" });
  const once = concat(
    packed,
    embedSignature(prepareSignature(packed, { claimedTime: 0, offsetMinutes: 420, fieldId: "a" }), Uint8Array.of(1)),
  );
  const objectStream = (objects: Readonly<Record<number, string>>): string => {
    const bodies = Object.values(objects);
    const head = Object.keys(objects).map(
      (number, i) => `${number} ${bodies.slice(0, i).join(" ").length + (i && 1)} `,
    );
    return stream(head.join("") + bodies.join(" "), `/Type/ObjStm/N ${bodies.length}/First ${head.join("").length}`);
  };

  test("change with the object stream they are in, though no cross reference names them", () => {
    // 2 is still where the signed save says it is: in object 4.
    const pdf = save(once, {
      4: objectStream({ 1: "<<>>", 2: "<</Type/Pages/Kids[3 0 R 3 0 R]/Count 1/Rotate 90>>", 3: "<<>>" }),
    });
    expect(changesOf(pdf, "Signature-a").result).toBe("forbidden");
    expect(codesOf(pdf, "Signature-a")).toContain("page_box_or_rotation_changed");
  });

  test("stay what they are when the object stream is written again", () => {
    const numbers = { ...ONE_PAGE, 3: "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 9 0 R>>" };
    const pdf = save(once, { 4: objectStream(numbers) });
    expect(codesOf(pdf, "Signature-a").filter((code) => code.startsWith("page"))).toEqual([]);
  });
});

describe("hostile files are answered in time", () => {
  const chain = (length: number): Objects =>
    Object.fromEntries(
      Array.from({ length }, (_, i) => [300 + i, `<</Title(x)/Next ${301 + i} 0 R/Prev ${299 + i} 0 R>>`]),
    );
  const within = (pdf: Uint8Array): string => {
    const start = performance.now();
    const { result, items } = changesOf(pdf);
    expect(performance.now() - start).toBeLessThan(PATIENCE_MS);
    expect(items.length).toBeLessThan(1000);
    return result;
  };

  test("100,000 objects that lead to each other, in what was signed and in what came later", async () => {
    const long = save(contract({ [AT.outline]: "<</Type/Outlines/First 300 0 R>>" }), chain(100_000));
    expect(within(await signed(await signed(long)))).toBe("permitted");
    expect(within(save(file, chain(100_000)))).toBe("forbidden");
  });

  test("references that go round, in every tree there is", async () => {
    const round = contract({
      [AT.pages]: "<</Type/Pages/Kids[3 0 R 2 0 R 4 0 R 5 0 R]/Count 3/MediaBox[0 0 612 792]>>",
      [AT.form]: "<</Fields[15 0 R 16 0 R 10 0 R]>>",
      [AT.amount]: "<</FT/Tx/T(a)/Kids[15 0 R 16 0 R]/Parent 15 0 R/V 60 0 R>>",
      60: "61 0 R",
      61: "60 0 R",
      [AT.annotations3]: "14 0 R",
      [AT.outline]: "<</First 11 0 R/Next 11 0 R>>",
    });
    const once = await signed(round);
    expect(within(await signed(once))).toMatch(/permitted|unknown/);
    expect(within(save(once, { [AT.form]: "<</Fields 10 0 R>>" }))).toBe("forbidden");
    expect(within(save(once, { [AT.annotations3]: "[14 0 R]" }))).toBe("forbidden");
  });

  test("objects that nest without end, and more saves than anybody makes", () => {
    expect(within(save(file, { [AT.outline]: "[".repeat(5000) + "]".repeat(5000) }))).toBe("unknown");
    let pdf: Uint8Array = file;
    for (let i = 0; i < 300; i++) pdf = save(pdf, {});
    expect(within(pdf)).toBe("permitted");
  });

  test("an object that is damaged: nobody can say, unless something else is forbidden too", () => {
    const { edit } = latest(file);
    expect(changesOf(save(file, { 100: "<</A" })).result).not.toMatch(/none|permitted/);
    expect(changesOf(save(file, { [AT.metadata]: "<</A" }))).toMatchObject({ result: "forbidden" });
    expect(changesOf(save(file, {}, { entries: { 100: 12 } }))).toMatchObject({
      result: "unknown",
      items: [{ code: "object_unreadable", object: 100 }],
    });
    expect(changesOf(save(file, edit(AT.page1, "6 0 R", "30 0 R"), { entries: { 100: 12 } })).result).toBe("forbidden");
  });
});
