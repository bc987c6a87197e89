import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as OID from "../../lib/asn1/oids.ts";
import { checkPath } from "../../lib/path/check-path.ts";
import { findPaths } from "../../lib/path/find-paths.ts";
import { newSignatureCache } from "../../lib/path/signature-cache.ts";
import { type Certificate, parseCertificate } from "../../lib/x509/certificate.ts";
import { mutations, orFault, RUNS } from "../worlds/mutate.ts";
import {
  altNames,
  type ExtensionOf,
  general,
  inhibitAny,
  isCa,
  issue,
  type Member,
  mappings,
  nameConstraints,
  newKey,
  policies,
  policyConstraints,
  usage,
} from "./authority.ts";

const EXTENSIONS: readonly ExtensionOf[] = [
  isCa(3),
  usage("keyCertSign", "cRLSign"),
  policies(["1.2.3.1", "1.2.3.2", OID.anyPolicy]),
  mappings(["1.2.3.1", "1.2.3.2"], ["1.2.3.2", "1.2.3.1"]),
  policyConstraints({ explicit: 1, mapping: 2 }),
  inhibitAny(1),
  nameConstraints({
    permitted: [general.dns("example.vn"), general.email("example.vn"), general.ip(10, 0, 0, 0, 255, 0, 0, 0)],
    excluded: [general.uri(".evil.example"), general.registered("1.2.3")],
  }),
  altNames(
    general.dns("a.example.vn"),
    general.email("an@example.vn"),
    general.uri("https://a.example/"),
    general.ip(10, 1, 2, 3),
  ),
];

const KEYS = Array.from({ length: 4 }, newKey);
const root = issue({ name: "Root", key: KEYS[0] as (typeof KEYS)[number], extensions: [isCa(), usage("keyCertSign")] });

const spoiled: fc.Arbitrary<ExtensionOf> = fc
  .constantFrom(...EXTENSIONS)
  .chain(({ type, critical, value }) => mutations(value).map((changed) => ({ type, critical, value: changed })));
const nonsense: fc.Arbitrary<ExtensionOf> = fc.record({
  type: fc.constantFrom(...EXTENSIONS.map(({ type }) => type), OID.qcStatements, OID.extendedKeyUsage, "1.2.3.4"),
  critical: fc.boolean(),
  value: fc.uint8Array({ maxLength: 24 }),
});
const extension = fc.oneof(fc.constantFrom(...EXTENSIONS), spoiled, nonsense);
const extensionList = fc.uniqueArray(extension, { maxLength: 6, selector: ({ type }) => type });

test("whatever the extensions of signed certificates are, a path gives violations, never an exception", async () => {
  let good = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(extensionList, { minLength: 1, maxLength: 4 }), async (lists) => {
      const members: Member[] = [root];
      for (const [i, extensions] of lists.entries()) {
        const by = members[members.length - 1] as Member;
        members.push(issue({ name: `Member ${i % 3}`, key: KEYS[i % 4] as (typeof KEYS)[number], by, extensions }));
      }
      const [, ...made] = members.map(({ certificate }) => certificate);
      const chain = made.reverse();
      const { violations } = await checkPath({ chain, anchor: root.certificate, explicitPolicy: lists.length > 3 });
      for (const { certificate } of violations) expect(chain[certificate]).toBeDefined();
      good += violations.length === 0 ? 1 : 0;
      // The search agrees with the judgement.
      const [best] = await findPaths(chain[0] as Certificate, chain, [root.certificate]);
      const plain = await checkPath({ chain, anchor: root.certificate });
      if (plain.violations.length === 0) expect(best?.violations).toEqual([]);
    }),
    { numRuns: RUNS },
  );
  expect(good).toBeGreaterThan(0);
});

test("certificates of random parents and names are searched to an end, and what is found holds", async () => {
  const plan = fc.array(
    fc.record({
      name: fc.nat(4),
      key: fc.nat(3),
      by: fc.nat(11),
      byKey: fc.nat(3),
      ca: fc.nat(3).map((n) => n > 0),
      bare: fc.boolean(),
    }),
    { minLength: 1, maxLength: 12 },
  );
  let found = 0;
  await fc.assert(
    fc.asyncProperty(plan, async (steps) => {
      const key = (i: number) => KEYS[i] as (typeof KEYS)[number];
      const names = steps.map(({ name }) => issueName(name));
      const pool = steps.map((step, i) => {
        const parent = names[step.by % steps.length];
        const by = step.by === i ? root : { name: parent ?? root.name, key: key(step.byKey) };
        const extensions = step.ca ? [isCa(), usage("keyCertSign")] : [];
        return issue({ name: issueName(step.name), key: key(step.key), by, extensions, bare: step.bare }).certificate;
      });
      const cache = newSignatureCache();
      for (const target of pool) {
        for (const way of await findPaths(target, pool, [root.certificate], cache)) {
          expect(way.chain[0]).toBe(target);
          expect(new Set(way.chain).size).toBe(way.chain.length);
          expect(await checkPath(way)).toEqual({ violations: way.violations, policies: way.policies });
          found += way.violations.length === 0 ? 1 : 0;
        }
      }
    }),
    { numRuns: RUNS },
  );
  expect(found).toBeGreaterThan(RUNS / 10);
});

function issueName(i: number): Uint8Array {
  return (NAMES[i] ?? root).name;
}
const NAMES = Array.from({ length: 4 }, (_, i) => issue({ name: `Name ${i}` }));

describe("one octet of a good path changed", () => {
  const ca = issue({ name: "CA", by: root, extensions: [isCa(), usage("keyCertSign")] });
  const target = issue({ name: "Target", by: ca });

  test("is a Fault of the reader or a violation, in whichever certificate", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.boolean(),
        mutations(target.certificate.raw),
        mutations(ca.certificate.raw),
        async (which, a, b) => {
          const changed = orFault(() => parseCertificate(which ? a : b));
          const original = (which ? target : ca).certificate;
          if (changed === undefined || Buffer.from(changed.raw).equals(original.raw)) return;
          const chain = which ? [changed, ca.certificate] : [target.certificate, changed];
          const { violations } = await checkPath({ chain, anchor: root.certificate });
          expect(violations.length).toBeGreaterThan(0);
        },
      ),
      { numRuns: RUNS },
    );
  });
});
