import fc from "fast-check";
import { expect, test } from "vitest";
import { isoTime } from "../../lib/json/iso-time.ts";

const RUNS = process.env.SLOW ? 20_000 : 200;

test("an instant is written as the engine writes it, in every year of four digits", () => {
  const instants = fc.integer({ min: Date.UTC(1000, 0, 1), max: Date.UTC(10_000, 0, 1) - 1 });
  fc.assert(
    fc.property(instants, (ms) => {
      expect(isoTime(ms)).toBe(new Date(ms).toISOString());
    }),
    { numRuns: RUNS },
  );
});

test.each([Number.NaN, Number.POSITIVE_INFINITY, Date.UTC(999, 11, 31), Date.UTC(10_000, 0, 1)])(
  "%d has no year of four digits",
  (ms) => {
    expect(() => isoTime(ms)).toThrow(RangeError);
  },
);
