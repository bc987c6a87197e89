import fc from "fast-check";
import { expect, test } from "vitest";
import { Fault } from "../../lib/fault/fault.ts";
import { fromPem, toPem } from "../../lib/x509/pem.ts";
import { fault, RUNS } from "../asn1/help.ts";
import { pem } from "../judges/judge.ts";
import { CHAIN } from "./chain.ts";

test("blocks come back, whatever stands between them and however lines end", () => {
  const blocks = fc.array(
    fc.record({ label: fc.constantFrom("CERTIFICATE", "PRIVATE KEY"), octets: fc.uint8Array({ maxLength: 200 }) }),
    { maxLength: 4 },
  );
  fc.assert(
    fc.property(blocks, fc.constantFrom("\n", "\r\n"), (list, end) => {
      const text = list
        .map(({ label, octets }) => `Subject: a\n${toPem(label, octets)}`)
        .join("\n")
        .replaceAll("\n", end);
      expect(fromPem(text)).toEqual(list.map(({ label, octets }) => ({ label, octets: Uint8Array.from(octets) })));
    }),
    { numRuns: RUNS },
  );
});

test("a certificate is written as others write it", () => {
  expect(toPem("CERTIFICATE", CHAIN.root.raw)).toBe(pem(CHAIN.root.raw));
});

test("a block without an end, a strange end, a block in a block and what is no base64 are refused", () => {
  const begin = "-----BEGIN CERTIFICATE-----\n";
  for (const text of [
    `${begin}AAAA`,
    `${begin}AAAA\n-----END KEY-----`,
    `${begin}${begin}AAAA\n-----END CERTIFICATE-----`,
    `${begin}A*==\n-----END CERTIFICATE-----`,
    "-----END CERTIFICATE-----",
  ]) {
    expect(() => fromPem(text)).toThrow(fault("x509_malformed"));
  }
});

test("any text: blocks or a Fault", () => {
  const pieces = fc.constantFrom("-----BEGIN A-----", "-----END A-----", "\n", "AAAA", "=", "-----", " ");
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 12 }), (list) => {
      try {
        fromPem(list.join(""));
      } catch (error) {
        if (!(error instanceof Fault)) throw error;
      }
    }),
    { numRuns: RUNS },
  );
});
