import fc from "fast-check";
import { expect, test } from "vitest";
import { fromHex, toHex } from "../../lib/bytes/hex.ts";
import { RUNS } from "../asn1/help.ts";

test("any octets come back, written in small letters as Node writes them, read in either case", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (octets) => {
      expect(toHex(octets)).toBe(Buffer.from(octets).toString("hex"));
      expect(fromHex(toHex(octets))).toEqual(Uint8Array.from(octets));
      expect(fromHex(toHex(octets).toUpperCase())).toEqual(Uint8Array.from(octets));
    }),
    { numRuns: RUNS },
  );
});

for (const text of ["0", "0g", "0x", " 00", "00 ", "00\n", "é0", "ı0", "İ0", "@0", "G0", "`0", "0:", "0/", "٠٠"]) {
  test(`${JSON.stringify(text)} is refused`, () => expect(fromHex(text)).toBeUndefined());
}
