import { expect, test } from "vitest";
import { judge } from "../../lib/validate/judge.ts";
import { DEFAULT_POLICY } from "../../lib/validate/policy.ts";
import { facts, NOW } from "./facts.ts";

test("a one-time certificate is judged by the proven time, long after it ended", () => {
  const { verdict, signatures } = judge(facts(), { at: NOW, policy: DEFAULT_POLICY });
  expect(verdict).toBe("VALID");
  expect(signatures[0]).toMatchObject({ indication: "TOTAL_PASSED", level: "B-T", trust: "trusted" });
});
