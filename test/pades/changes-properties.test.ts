import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { concat, fromLatin1, toLatin1 } from "../../lib/bytes/bytes.ts";
import { toHex } from "../../lib/bytes/hex.ts";
import { Fault } from "../../lib/fault/fault.ts";
import { changesSince } from "../../lib/pades/changes/changes.ts";
import { documentShape } from "../../lib/pades/changes/shape.ts";
import { signaturesIn } from "../../lib/pades/find.ts";
import { loadNumber } from "../../lib/pdf/document.ts";
import { openDocument } from "../../lib/pdf/open.ts";
import { withSavedDocument } from "../../lib/pdf/saved.ts";
import { AT, contract, latest, lookOf, save, signed, stream } from "../worlds/hostile-pdf.ts";

const RUNS = process.env.SLOW ? 20_000 : 200;
const file = await signed(contract());
const { edit } = latest(file);
const filled = save(file, { ...edit(AT.amount, "(100)", "(250)"), [AT.amountLook]: lookOf("250") });
const twice = await signed(file);
const files = [file, filled, twice];

/** The result for the first signature; undefined where it is lost, does not cover a save, or the file cannot be read. */
function outcome(pdf: Uint8Array): string | undefined {
  try {
    return withSavedDocument(
      pdf,
      (doc) => {
        documentShape(doc);
        const found = signaturesIn(doc).find(({ fieldName }) => fieldName === "Signature1");
        if (found === undefined || found.problems.length > 0) return undefined;
        if (!found.coversWholeFile && found.revision === undefined) return undefined;
        return changesSince(doc, found).result;
      },
      (result) => result !== undefined,
    );
  } catch (error) {
    if (error instanceof Fault) return undefined;
    throw error;
  }
}

/** What readers see of a file: every object that can be, but for what no signature looks at. */
function seen(pdf: Uint8Array): string {
  const doc = openDocument(pdf);
  const text: string[] = [];
  for (let number = 1; number < 200; number++) {
    if (number === AT.info || number === AT.metadata) continue;
    const found = loadNumber(doc, number);
    text.push(`${number} ${found?.generation} ${JSON.stringify(found?.value, plain)}`);
    if (typeof found?.value === "object" && found.value !== null && "start" in found.value)
      text.push(toLatin1(doc.source, found.value.start, found.value.start + 40));
  }
  return text.join("\n");
}

function plain(key: string, value: unknown): unknown {
  if (key === "at" || key === "start") return undefined;
  if (value instanceof Map) return Object.fromEntries(value);
  return value instanceof Uint8Array ? toHex(value) : value;
}

describe("whatever is done behind the signed save", () => {
  const octets = fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), fc.nat(255)), {
    minLength: 1,
    maxLength: 6,
  });

  test("octets changed in a later save: permitted only where every object is as it was, or filled in", () => {
    const good = new Set([seen(filled), seen(twice)]);
    fc.assert(
      fc.property(fc.constantFrom(1, 2), octets, (which, changes) => {
        const pdf = files[which] ?? file;
        const changed = Uint8Array.from(pdf);
        for (const [at, octet] of changes) changed[file.length + Math.floor(at * (pdf.length - file.length))] = octet;
        const result = outcome(changed);
        if (result !== "none" && result !== "permitted") return;
        if (!good.has(seen(changed))) expect(harmless(changed, pdf)).toBe(true);
      }),
      { numRuns: RUNS },
    );
  });

  test("octets added behind it: never nothing, unless they are blanks", () => {
    fc.assert(
      fc.property(fc.nat(2), fc.uint8Array({ minLength: 1, maxLength: 200 }), (which, more) => {
        const pdf = files[which] ?? file;
        const blank = more.every((octet) => [0, 9, 10, 12, 13, 32].includes(octet));
        const result = outcome(concat(pdf, more));
        if (blank) expect(result).toBe(outcome(pdf));
        else expect(result).toMatch(/forbidden/);
      }),
      { numRuns: RUNS },
    );
  });

  const number = fc.constantFrom(...Object.values(AT));
  const body = fc.constantFrom(
    "null",
    "<<>>",
    "[]",
    "(x)",
    "7",
    "[3 0 R 30 0 R]",
    "<</Type/Page/Contents 30 0 R>>",
    // Longer than the letter that a tick may be drawn with.
    stream("BT (never) Tj ET"),
    "<</Subtype/Widget/FT/Sig/T(z)>>",
    "<</Kids[1 0 R 2 0 R]/Fields[30 0 R]/V 1 0 R>>",
    null,
  );

  test("objects replaced by others: forbidden or unknown, and never a hang or a mistake of the program", () => {
    fc.assert(
      fc.property(fc.nat(2), fc.array(fc.tuple(number, body), { minLength: 1, maxLength: 4 }), (which, list) => {
        const pdf = files[which] ?? file;
        const before = seen(pdf);
        const made = Object.fromEntries(list);
        const changed = save(pdf, made);
        const result = outcome(changed);
        if (result === "none" || result === "permitted") {
          const others = Object.entries(made).filter(([one]) => Number(one) !== AT.info && Number(one) !== AT.metadata);
          expect(
            others.every(([one, what]) => (what === null || what === "null") && latestIsNothing(pdf, Number(one))) ||
              seen(changed) === before,
          ).toBe(true);
        }
      }),
      { numRuns: RUNS },
    );
  });

  test("words of the language put anywhere in a later save", () => {
    const word = fc.constantFrom(
      "<<",
      ">>",
      "[",
      "]",
      "obj",
      "endobj",
      "stream",
      "30 0 R",
      "/Contents 30 0 R",
      "/Prev 0",
      "/AP<</N 30 0 R>>",
      "99999999999",
      "%",
      "\0",
      "startxref\n0\n%%EOF\n",
      "trailer<</Root 1 0 R>>",
    );
    fc.assert(
      fc.property(
        fc.constantFrom(1, 2),
        fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
        word,
        (which, where, text) => {
          const pdf = files[which] ?? file;
          const at = file.length + Math.floor(where * (pdf.length - file.length));
          outcome(concat(pdf.subarray(0, at), fromLatin1(text), pdf.subarray(at)));
        },
      ),
      { numRuns: RUNS },
    );
  });
});

/** An object that is not there, or nothing, may be nothing again. */
function latestIsNothing(pdf: Uint8Array, number: number): boolean {
  const value = loadNumber(openDocument(pdf), number)?.value;
  return value === undefined || value === null || number === AT.hidden || number === AT.free;
}

/** The signature's own dictionary and the value of the field that may be filled in are read by others. */
function harmless(changed: Uint8Array, pdf: Uint8Array): boolean {
  const [a, b] = [seen(changed).split("\n"), seen(pdf).split("\n")];
  const other = a.filter((line, i) => line !== b[i]);
  return other.every((line) => /"FT":"(Sig|Tx)"|"ByteRange"|^1[58] |^\/Tx BMC|^(9\d|1\d\d) /.test(line));
}
