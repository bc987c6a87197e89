import { expect, test } from "vitest";
import { random } from "../../lib/aws/runtime.ts";

test("what is drawn has the length that was asked for, is never drawn twice, and belongs to who drew it", () => {
  const seen = new Set<string>();
  for (let i = 0; i < 2000; i++) {
    const drawn = random(16);
    expect(drawn).toHaveLength(16);
    expect(drawn.buffer.byteLength).toBe(16);
    seen.add(Buffer.from(drawn).toString("hex"));
    // What one caller does to its octets is nothing to the next.
    drawn.fill(7);
  }
  expect(seen.size).toBe(2000);
});

test("sizes around the pool's end and beyond it are random as well: no run of zeros", () => {
  for (const octets of [1, 2047, 2048, 2049, 5000, 1, 2048]) {
    const drawn = random(octets);
    expect(drawn).toHaveLength(octets);
    if (octets > 32) expect(Buffer.from(drawn).toString("hex")).not.toMatch(/0{32}/);
  }
});
