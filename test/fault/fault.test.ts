import { describe, expect, test } from "vitest";
import { Fault, type FaultCode } from "../../lib/fault/fault.ts";
import { toProblem } from "../../lib/fault/problem.ts";
import { FAULTS } from "../../lib/text/faults.ts";

const CODES = Object.keys(FAULTS) as FaultCode[];

test("a Fault is an Error with a code, a detail and what caused it", () => {
  const cause = new Error("below");
  const fault = new Fault("der_malformed", "not minimal at 3", { cause });
  expect(fault).toBeInstanceOf(Error);
  expect(fault).toMatchObject({ name: "Fault", code: "der_malformed", message: "not minimal at 3", cause });
});

test("a problem has the members of RFC 9457 §3.1, both languages, and says whether anything was signed", () => {
  const problem = toProblem(new Fault("key_unavailable", "the key store answers 500"), "https://ky.example.vn");
  expect(problem).toEqual({
    type: "https://ky.example.vn/problems/key_unavailable",
    title: FAULTS.key_unavailable.en,
    title_vi: FAULTS.key_unavailable.vi,
    status: 503,
    detail: "the key store answers 500",
    code: "key_unavailable",
    retry: true,
    signed: false,
  });
});

test("a problem never carries the cause or the stack", () => {
  const problem = toProblem(new Fault("internal", "no detail", { cause: new Error("secret") }), "");
  expect(JSON.stringify(problem)).not.toContain("secret");
  expect(JSON.stringify(problem)).not.toContain("fault.test");
});

describe("every code", () => {
  for (const code of CODES) {
    const { status, vi, en, retry, signed } = FAULTS[code];
    test(`${code} has a status for errors, a name of small letters and a text in each language, in NFC`, () => {
      expect(code).toMatch(/^[a-z][a-z0-9_]*$/);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(600);
      for (const text of [vi, en]) {
        expect(text).toBe(text.normalize("NFC"));
        expect(text).toMatch(/^\S.*[.!?]$/);
      }
      expect(vi).not.toBe(en);
    });

    test(`${code} does not ask for a retry of what is already signed`, () => {
      if (signed) expect(retry).toBe(false);
    });
  }

  test("an outage (503) may be tried again", () => {
    for (const code of CODES) if (FAULTS[code].status === 503) expect(FAULTS[code].retry).toBe(true);
  });

  test("no two codes say the same in Vietnamese", () => {
    expect(new Set(CODES.map((code) => FAULTS[code].vi)).size).toBe(CODES.length);
  });
});
