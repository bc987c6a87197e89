import fc from "fast-check";
import { expect, test } from "vitest";
import { integer, namedBitString, sequence } from "../../lib/asn1/write.ts";
import { toHex } from "../../lib/bytes/hex.ts";
import { FAILURES, type Failure } from "../../lib/tsp/failure.ts";
import { grantedResponse, parseResponse, rejectionResponse } from "../../lib/tsp/response.ts";
import { stamp } from "../worlds/cms.ts";
import { mutations, orFault, RUNS } from "../worlds/mutate.ts";
import { newWorld } from "../worlds/world.ts";

const token = await stamp(await newWorld({ seed: "tsp/response" }), Uint8Array.of(1));

test("a granted response holds its token", () => {
  const response = parseResponse(grantedResponse(token));
  expect(response).toMatchObject({ granted: true, status: 0, failures: [], explanation: [] });
  expect(toHex(response.token ?? new Uint8Array())).toBe(toHex(token));
});

test.each(Object.keys(FAILURES) as Failure[])("a rejection says %s, and why", (failure) => {
  const response = parseResponse(rejectionResponse(failure, "because"));
  expect(response).toEqual({
    granted: false,
    status: 2,
    failures: [failure],
    explanation: ["because"],
    token: undefined,
  });
  expect(parseResponse(rejectionResponse(failure)).explanation).toEqual([]);
});

test("a bit without a meaning is passed over", () => {
  expect(parseResponse(sequence(sequence(integer(2), namedBitString([3, 5])))).failures).toEqual(["badDataFormat"]);
});

test("granted without a token, and refused with one, are malformed", () => {
  for (const octets of [sequence(sequence(integer(0))), sequence(sequence(integer(2)), token)])
    expect(() => parseResponse(octets)).toThrow(expect.objectContaining({ code: "tsp_malformed" }));
});

test("any change to a response gives a response or a Fault, never another error", () => {
  for (const octets of [grantedResponse(token), rejectionResponse("badAlg", "xin chào")])
    fc.assert(
      fc.property(mutations(octets), (changed) => void orFault(() => parseResponse(changed))),
      { numRuns: RUNS },
    );
});
