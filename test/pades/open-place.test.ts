import { describe, expect, test } from "vitest";
import { concat, toLatin1 } from "../../lib/bytes/bytes.ts";
import { openPlace } from "../../lib/pades/open-place.ts";
import { byteRangeDigest, embedSignature, prepareSignature } from "../../lib/pades/prepare.ts";
import { ourDocuments } from "../e2e/documents.ts";

const OPTIONS = { fieldId: "mau", claimedTime: Date.UTC(2026, 10, 23, 3, 15, 32), offsetMinutes: 420 };
const NOTHING = new Uint8Array(0);
const FILES = ourDocuments().filter(({ refused }) => refused === undefined);

describe("the place that a prepared file keeps for a signature", () => {
  test.each(FILES)("is found in $name: the same digest, and the same file once it is signed", ({ bytes }) => {
    const prepared = prepareSignature(bytes, OPTIONS);
    const place = openPlace(concat(bytes, prepared.appended));
    expect(byteRangeDigest(NOTHING, place)).toEqual(byteRangeDigest(bytes, prepared));
    expect([place.reserved, place.fieldName, place.contentsStart]).toEqual([
      prepared.reserved,
      prepared.fieldName,
      prepared.contentsStart,
    ]);
    const cms = Uint8Array.from({ length: 300 }, (_, index) => index & 0xff);
    expect(Buffer.from(embedSignature(place, cms))).toEqual(Buffer.from(concat(bytes, embedSignature(prepared, cms))));
  });

  const [{ bytes: FILE } = { bytes: NOTHING }] = FILES;
  const ready = (fieldId = "mau", file: Uint8Array = FILE) =>
    concat(file, prepareSignature(file, { ...OPTIONS, fieldId }).appended);

  test("is not there in a file without a signature, nor in one that is signed already", () => {
    expect(() => openPlace(concat(FILE))).toThrow(expect.objectContaining({ code: "pdf_not_prepared" }));
    const signed = embedSignature(openPlace(ready()), new Uint8Array([0x30, 0x03, 2, 1, 1]));
    expect(() => openPlace(signed)).toThrow(expect.objectContaining({ code: "pdf_not_prepared" }));
  });

  test("is no place where something was saved behind it: the signature would not cover what is shown", () => {
    const more = ready("them", ready());
    const place = openPlace(more);
    expect(place.fieldName).toContain("them");
    const cut = more.slice(0, more.length - 20);
    expect(() => openPlace(cut)).toThrow(expect.objectContaining({ name: "Fault" }));
  });

  test("is of no use where /ByteRange leaves out more than the signature", () => {
    const text = toLatin1(ready()).replace(/\/ByteRange ?\[0 (\d+)/, (whole, length: string) =>
      whole.replace(length, String(Number(length) - 1).padStart(length.length, "0")),
    );
    const changed = Uint8Array.from(Buffer.from(text, "latin1"));
    expect(() => openPlace(changed)).toThrow(expect.objectContaining({ code: "pdf_not_prepared" }));
  });
});
