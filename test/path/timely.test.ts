import { expect, test } from "vitest";
import { isTimely } from "../../lib/path/timely.ts";
import { issue } from "./authority.ts";

const at = (notBefore: number, notAfter: number) => issue({ name: "Any", notBefore, notAfter }).certificate;
const chain = [at(50_000, 60_000), at(20_000, 80_000)];
const anchor = at(10_000, 70_000);

test("both ends of a validity belong to it", () => {
  expect([50_000, 55_500, 60_000].map((time) => isTimely(chain, anchor, time))).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test("the first certificate that is not valid is named, the anchor last", () => {
  expect([49_999, 60_001, 15_000, 75_000, 5_000, 90_000].map((time) => isTimely(chain, anchor, time))).toEqual([
    0, 0, 0, 0, 0, 0,
  ]);
  expect([19_999, 80_001].map((time) => isTimely(chain.slice(1), anchor, time))).toEqual([0, 0]);
  expect([at(0, 90_000)].map((target) => isTimely([target, at(20_000, 80_000)], anchor, 19_000))).toEqual([1]);
  expect(isTimely([at(0, 90_000)], anchor, 71_000)).toBe(1);
  expect(isTimely([], anchor, 71_000)).toBe(0);
  expect(isTimely([], anchor, 70_000)).toBeUndefined();
});
