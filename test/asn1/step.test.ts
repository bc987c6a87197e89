import fc from "fast-check";
import { expect, test } from "vitest";
import { readDer } from "../../lib/asn1/read.ts";
import { type Step, stepOn } from "../../lib/asn1/step.ts";
import { Fault } from "../../lib/fault/fault.ts";
import { RUNS } from "../worlds/mutate.ts";

/** What the reader that makes objects says of the same octets. */
function slowly(octets: Uint8Array): Step | string {
  return caught(() => {
    const { content, end } = readDer(octets);
    return { content, end };
  });
}

function quickly(octets: Uint8Array): Step | string {
  return caught(() => {
    const step: Step = { content: 0, end: 0 };
    stepOn(octets, 0, octets.length, octets[0] ?? 0, step);
    // The other reader lets nothing follow.
    if (step.end !== octets.length) throw new Fault("der_malformed", "octets behind the element");
    return step;
  });
}

function caught(read: () => Step): Step | string {
  try {
    return read();
  } catch (error) {
    if (error instanceof Fault) return error.code;
    throw error;
  }
}

/** A SEQUENCE with a length of every form, right and wrong, and a content that is as long as it says, or not. */
const elements = fc
  .tuple(
    fc.oneof(
      fc.nat(0xff).map((first) => [first]),
      fc.nat(0xff).map((length) => [0x81, length]),
      fc.tuple(fc.nat(2), fc.nat(0xff)).map(([high, low]) => [0x82, high, low]),
      fc.tuple(fc.nat(0xff), fc.nat(0xff)).map(([high, low]) => [0x83, 0, high, low]),
      fc.constantFrom([0x84, 0, 0, 1, 0], [0x85, 0, 0, 0, 1, 0], [0x80], [0xff], []),
    ),
    fc.constantFrom(0, 0, 0, -1, 1),
  )
  .map(([length, difference]) => {
    const said = length.length === 1 ? (length[0] ?? 0) : length.slice(1).reduce((sum, octet) => sum * 256 + octet, 0);
    const content = Math.max(0, Math.min(said, 70_000) + difference);
    return Uint8Array.from([0x30, ...length, ...new Uint8Array(content)]);
  });

test("a step finds what the reader finds, and refuses what it refuses, by the same code", () => {
  fc.assert(
    fc.property(elements, (octets) => {
      expect(quickly(octets)).toEqual(slowly(octets));
    }),
    { numRuns: RUNS },
  );
});

test.each([
  ["nothing at all", []],
  ["another tag", [0x31, 0]],
  ["no length", [0x30]],
  ["a length that is cut short", [0x30, 0x82, 1]],
  ["an indefinite length", [0x30, 0x80, 0, 0]],
  ["more than there is", [0x30, 2, 0]],
])("%s is malformed", (_, octets) => {
  const step: Step = { content: 0, end: 0 };
  expect(() => stepOn(Uint8Array.from(octets), 0, octets.length, 0x30, step)).toThrow(
    expect.objectContaining({ code: "der_malformed" }),
  );
});

test("the limit holds, not the end of the octets", () => {
  const octets = Uint8Array.of(0x30, 2, 5, 0, 5, 0);
  const step: Step = { content: 0, end: 0 };
  stepOn(octets, 0, 4, 0x30, step);
  expect(step).toEqual({ content: 2, end: 4 });
  for (const limit of [0, 1, 2, 3]) expect(() => stepOn(octets, 0, limit, 0x30, step)).toThrow(Fault);
});
