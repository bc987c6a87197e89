import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { matchCode } from "../../lib/identity/match-code.ts";

test("the match number of a commitment is as docs/FORMATS.md says", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (octets) => {
      const hash = createHash("sha256").update("motlan/match/v1\0").update(octets).digest();
      const digits = String(hash.readUInt32BE(0) % 10_000).padStart(4, "0");
      expect(matchCode(Buffer.from(octets).toString("base64url"))).toBe(`${digits.slice(0, 2)} ${digits.slice(2)}`);
    }),
  );
});

test("the worked example of docs/FORMATS.md", () => {
  expect(matchCode("A".repeat(43))).toBe("86 96");
});

test.each(["", "A".repeat(42), "!".repeat(43)])("what is no commitment has none: %j", (text) => {
  expect(() => matchCode(text)).toThrow(RangeError);
});
