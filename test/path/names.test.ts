import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkPath } from "../../lib/path/check-path.ts";
import { lies } from "../../lib/path/name-lies.ts";
import type { GeneralName } from "../../lib/x509/general-name.ts";
import { RUNS } from "../worlds/mutate.ts";
import { altNames, type ExtensionOf, general, isCa, issue, nameConstraints, usage } from "./authority.ts";

type Text = "dns" | "email" | "uri";

/** Yes: lies in the subtree; no: lies outside; `unreadable`: in everything that is excluded, in nothing that is permitted. */
type Answer = "yes" | "no" | "unreadable";

const TABLE: Record<Text, readonly (readonly [name: string, base: string, answer: Answer])[]> = {
  dns: [
    ["example.vn", "example.vn", "yes"],
    ["a.example.vn", "example.vn", "yes"],
    ["a.b.example.vn", "example.vn", "yes"],
    ["A.Example.VN.", "example.vn", "yes"],
    ["a.example.vn", "example.vn.", "yes"],
    ["notexample.vn", "example.vn", "no"],
    ["vn", "example.vn", "no"],
    ["example.vn", ".example.vn", "no"],
    ["a.example.vn", ".example.vn", "yes"],
    ["anything", "", "yes"],
    ["*.example.vn", "example.vn", "yes"],
    ["", "example.vn", "unreadable"],
    ["a..example.vn", "example.vn", "unreadable"],
    [".example.vn", "example.vn", "unreadable"],
    ["example.com\0.example.vn", "example.vn", "unreadable"],
    ["a b.example.vn", "example.vn", "unreadable"],
    ["a.*.example.vn", "example.vn", "unreadable"],
  ],
  email: [
    ["an@example.vn", "example.vn", "yes"],
    ["an@EXAMPLE.VN", "Example.vn", "yes"],
    ["an@a.example.vn", "example.vn", "no"],
    ["an@a.example.vn", ".example.vn", "yes"],
    ["an@example.vn", ".example.vn", "no"],
    ["an@example.vn", "an@example.vn", "yes"],
    ["an@Example.vn", "an@example.VN", "yes"],
    ["An@example.vn", "an@example.vn", "no"],
    ["an@example.vn", "binh@example.vn", "no"],
    ["an@anything", "", "yes"],
    ["example.vn", "example.vn", "unreadable"],
    ["@example.vn", "example.vn", "unreadable"],
    ["an@", "example.vn", "unreadable"],
    ["a@b@example.vn", "example.vn", "unreadable"],
    ['"a"@example.vn', "a@example.vn", "unreadable"],
    ["a@[10.0.0.1]", "example.vn", "unreadable"],
  ],
  uri: [
    ["https://example.vn", "example.vn", "yes"],
    ["https://an:x@example.vn:8443/a?b#c", "example.vn", "yes"],
    ["HTTPS://EXAMPLE.VN./", "example.vn", "yes"],
    ["https://a.example.vn/", "example.vn", "no"],
    ["https://a.example.vn/", ".example.vn", "yes"],
    ["https://example.vn/", ".example.vn", "no"],
    ["ldap://example.vn/cn=a", "example.vn", "yes"],
    ["https://evil/@example.vn", "example.vn", "no"],
    ["https://evil?@example.vn", "example.vn", "no"],
    ["https://example.vn@evil/", "example.vn", "no"],
    ["https://anything/", "", "yes"],
    ["urn:oid:1.2.3", "example.vn", "unreadable"],
    ["ldap:///cn=a", "example.vn", "unreadable"],
    ["https://10.0.0.1/", "10.0.0.1", "unreadable"],
    ["https://2130706433/", "example.vn", "unreadable"],
    ["https://0x7f.1/", "example.vn", "unreadable"],
    ["https://[::1]/", "example.vn", "unreadable"],
    ["https://ex%61mple.vn/", "example.vn", "unreadable"],
    ["https://example.vn\\@evil/", "example.vn", "unreadable"],
    ["example.vn", "example.vn", "unreadable"],
  ],
};

for (const [kind, rows] of Object.entries(TABLE) as [Text, (typeof TABLE)[Text]][])
  describe(kind, () => {
    for (const [name, base, answer] of rows)
      test(`${JSON.stringify(name)} below ${JSON.stringify(base)}: ${answer}`, () => {
        const both = (["permitted", "excluded"] as const).map((rule) =>
          lies({ kind, value: name }, { kind, value: base }, rule),
        );
        expect(both).toEqual({ yes: [true, true], no: [false, false], unreadable: [false, true] }[answer]);
      });
  });

test("a wildcard stands for every name that it matches where names are excluded", () => {
  const wild: GeneralName = { kind: "dns", value: "*.example.vn" };
  const base: GeneralName = { kind: "dns", value: "a.example.vn" };
  expect([lies(wild, base, "excluded"), lies(wild, base, "permitted")]).toEqual([true, false]);
  expect(lies({ kind: "dns", value: "*.other.vn" }, base, "excluded")).toBe(false);
});

test("addresses lie in a network by its mask, bit by bit, and never in one of the other family", () => {
  const address = fc.oneof(fc.constant(4), fc.constant(16)).chain((length) =>
    fc.record({
      name: fc.uint8Array({ minLength: length, maxLength: length }),
      base: fc.uint8Array({ minLength: length, maxLength: length }),
      bits: fc.nat(8 * length),
    }),
  );
  const binary = (octets: Uint8Array) => [...octets].map((octet) => octet.toString(2).padStart(8, "0")).join("");
  fc.assert(
    fc.property(address, fc.boolean(), ({ name, base, bits }, near) => {
      const octets = near ? base.map((octet, i) => (i === base.length - 1 ? octet ^ 1 : octet)) : name;
      const mask = base.map((_, i) => 0xff & ~(0xff >> Math.min(8, Math.max(0, bits - 8 * i))));
      const rule: GeneralName = { kind: "ip", octets: Uint8Array.from([...base, ...mask]) };
      const expected = binary(octets).slice(0, bits) === binary(base).slice(0, bits);
      expect(lies({ kind: "ip", octets }, rule, "permitted")).toBe(expected);
      const other = new Uint8Array(octets.length === 4 ? 16 : 4);
      expect(lies({ kind: "ip", octets: other }, rule, "excluded")).toBe(false);
      expect(lies({ kind: "ip", octets: new Uint8Array(5) }, rule, "excluded")).toBe(true);
      expect(lies({ kind: "ip", octets: new Uint8Array(5) }, rule, "permitted")).toBe(false);
    }),
    { numRuns: RUNS },
  );
});

const CA = [isCa(), usage("keyCertSign")];
const root = issue({ name: "Root", extensions: CA });

function check(rules: ExtensionOf, ...names: readonly Uint8Array[]) {
  const ca = issue({ name: "CA", by: root, extensions: [...CA, rules] });
  const target = issue({ name: "Target", by: ca, extensions: [altNames(...names)] });
  return checkPath({ chain: [target.certificate, ca.certificate], anchor: root.certificate });
}

test("an internationalised mailbox does not slip past a constraint on mailboxes (RFC 9598)", async () => {
  const mailbox = general.other("1.3.6.1.5.5.7.8.9", new TextEncoder().encode("\x0c\x0ean@example.evil"));
  const excluded = await check(nameConstraints({ excluded: [general.email("example.evil")] }), mailbox);
  expect(excluded.violations).toEqual([{ code: "name_excluded", certificate: 0 }]);
  const permitted = await check(nameConstraints({ permitted: [general.email("example.vn")] }), mailbox);
  expect(permitted.violations).toEqual([{ code: "name_not_permitted", certificate: 0 }]);
});

test("thousands of names under thousands of subtrees are judged, or refused, in good time", async () => {
  const many = (count: number, label: string) =>
    Array.from({ length: count }, (_, i) => general.dns(`${label}${i}.example`));
  for (const [names, bases, expected] of [
    [500, 500, []],
    [4000, 4000, ["too_complex"]],
  ] as const) {
    const start = performance.now();
    const { violations } = await check(nameConstraints({ excluded: many(bases, "a") }), ...many(names, "b"));
    expect(performance.now() - start).toBeLessThan(2000);
    expect(violations.map(({ code }) => code)).toEqual(expected);
  }
});
