import { expect, test } from "vitest";
import { fields } from "../../lib/asn1/fields.ts";
import { readDer } from "../../lib/asn1/read.ts";
import { smallInteger } from "../../lib/asn1/values.ts";
import { explicit, implicit, integer, nullValue, sequence } from "../../lib/asn1/write.ts";
import { fault, hex } from "./help.ts";

const three = () => fields(readDer(sequence(integer(1), explicit(0, integer(2)), nullValue())));

test("fields come in order, optional ones where they are", () => {
  const cursor = three();
  expect(smallInteger(cursor.next())).toBe(1);
  expect(cursor.optional(0x04)).toBeUndefined();
  expect(cursor.optional(0xa0)?.tag).toBe(0xa0);
  expect(cursor.next(0x05).tag).toBe(0x05);
  expect(cursor.optional(0x05)).toBeUndefined();
  cursor.done();
});

test("a field of another type, a missing one and one too many are refused", () => {
  expect(() => three().next(0x04)).toThrow(fault("der_malformed"));
  expect(() => three().done()).toThrow(fault("der_malformed"));
  const cursor = three();
  expect(cursor.rest().length).toBe(3);
  cursor.done();
  expect(() => cursor.next()).toThrow(fault("der_malformed"));
});

test("only a SEQUENCE has fields, unless the caller names an implicit tag", () => {
  expect(() => fields(readDer(hex("3100")))).toThrow(fault("der_malformed"));
  expect(() => fields(readDer(hex("0400")))).toThrow(fault("der_malformed"));
  expect(fields(readDer(implicit(1, sequence())), 0xa1).rest()).toEqual([]);
  expect(() => fields(readDer(implicit(1, sequence())))).toThrow(fault("der_malformed"));
});
