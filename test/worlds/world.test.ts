import { expect, test } from "vitest";
import { toHex } from "../../lib/bytes/hex.ts";
import { newWorld } from "./world.ts";

test("the same seed gives the same keys and serial numbers; another, or none, gives others", async () => {
  const parts = async (seed?: string) => {
    const world = await newWorld(seed === undefined ? {} : { seed });
    const { root, issuingCa, tsa, ocsp } = world;
    return [root, issuingCa, tsa, ocsp, world.oneTime()].map(({ certificate }) => toHex(certificate.tbs));
  };
  const first = await parts("a");
  expect(await parts("a")).toEqual(first);
  expect(new Set([...first, ...(await parts("b")), ...(await parts()), ...(await parts())]).size).toBe(20);
});
