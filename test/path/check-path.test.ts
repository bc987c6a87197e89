import { describe, expect, test } from "vitest";
import { checkPath } from "../../lib/path/check-path.ts";
import { ask, judge, pem, withFiles } from "../judges/judge.ts";
import { AT } from "./authority.ts";
import { anchorRules, basicRules, nameRules, policyRules, type Rule } from "./rules.ts";

const OPENSSL = judge("openssl", "that OpenSSL judges certificate paths as we do");

const GROUPS: readonly (readonly [string, readonly Rule[]])[] = [
  ["signatures, names, CAs, lengths, extensions", basicRules()],
  ["what an anchor's own certificate says", anchorRules()],
  ["name constraints", nameRules()],
  ["policies", policyRules()],
];

for (const [group, rules] of GROUPS)
  describe(group, () => {
    for (const { name, input, violations, openssl } of rules) {
      const verdict = violations.length === 0 ? "good" : "bad";
      test(`${name}: ${violations.length === 0 ? "good" : violations.map(([code]) => code).join(", ")}`, async () => {
        const found = await checkPath(input);
        expect(found.violations).toEqual(violations.map(([code, certificate]) => ({ code, certificate })));
      });

      const differs = openssl === undefined ? "as we do" : `${openssl.says}, since ${openssl.since}`;
      test.skipIf(!OPENSSL)(`${name}: OpenSSL says ${differs}`, async () => {
        expect(await opensslSays(input)).toBe(openssl?.says ?? verdict);
      });
    }
  });

async function opensslSays(input: Rule["input"]): Promise<"good" | "bad"> {
  const [target, ...between] = input.chain;
  if (target === undefined) throw new Error("no target");
  const files = {
    "target.pem": pem(target.raw),
    "between.pem": between.map(({ raw }) => pem(raw)).join(""),
    "root.pem": pem(input.anchor.raw),
  };
  return withFiles(files, async (paths) => {
    const options = ["-policy_check"];
    for (const policy of input.initialPolicies ?? ["anyPolicy"]) options.push("-policy", policy);
    if (input.explicitPolicy) options.push("-explicit_policy");
    if (input.inhibitPolicyMapping) options.push("-inhibit_map");
    if (input.inhibitAnyPolicy) options.push("-inhibit_any");
    const trusted = ["-CAfile", paths["root.pem"], "-no-CApath", "-no-CAstore"];
    const untrusted = between.length === 0 ? [] : ["-untrusted", paths["between.pem"]];
    const time = ["-attime", String(AT / 1000)];
    const { status } = await ask("openssl", [
      "verify",
      ...options,
      ...time,
      ...trusted,
      ...untrusted,
      paths["target.pem"],
    ]);
    return status === 0 ? "good" : "bad";
  });
}
