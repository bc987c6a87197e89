import { describe, expect, test } from "vitest";
import { checkPath } from "../../lib/path/check-path.ts";
import { findPaths } from "../../lib/path/find-paths.ts";
import { newSignatureCache } from "../../lib/path/signature-cache.ts";
import { type Certificate, parseCertificate } from "../../lib/x509/certificate.ts";
import { AT, authorityByName, isCa, issue, type Member, newKey, usage } from "./authority.ts";

const CA = [isCa(), usage("keyCertSign", "cRLSign")];
const YEAR = 365 * 86_400_000;

const ca = (name: string, by?: Member, more: Partial<Parameters<typeof issue>[0]> = {}): Member =>
  issue({ name, extensions: CA, ...(by === undefined ? {} : { by }), ...more });
/** Another certificate about somebody's name and key. */
const again = (member: Member, by: Member, more: Partial<Parameters<typeof issue>[0]> = {}): Member =>
  ca("", by, { name: member.name, key: member.key, ...more });
const of = (...members: readonly Member[]): Certificate[] => members.map(({ certificate }) => certificate);

const root = ca("Root");
const one = ca("One", root);
const two = ca("Two", one);
const target = issue({ name: "Target", by: two });
const stranger = ca("Stranger", ca("Nowhere"));

/** Names of the certificates of each way, its anchor last. */
async function ways(from: Member, pool: readonly Member[], anchors: readonly Member[]) {
  const found = await findPaths(from.certificate, of(...pool), of(...anchors));
  const all = [...pool, ...anchors, from];
  const nameOf = (certificate: Certificate) => all.findIndex((member) => member.certificate.raw === certificate.raw);
  return found.map(({ chain, anchor, violations }) => ({ chain: [...chain, anchor].map(nameOf), violations }));
}

describe("the ordinary way", () => {
  test("is found whatever else is in the pool, in any order, and however often", async () => {
    const pool = of(stranger, two, root, target, one, two, one);
    for (const order of [pool, pool.toReversed()]) {
      const found = await findPaths(target.certificate, order, of(root));
      expect(found).toMatchObject([{ chain: of(target, two, one), anchor: root.certificate, violations: [] }]);
    }
  });

  test("every certificate of it is verified once, by its issuer's key and no other", async () => {
    const cache = newSignatureCache();
    const namesakes = [ca("One", ca("Root")), ca("Two", ca("Root")), ca("Root")];
    const pool = of(...namesakes, two, one, root);
    await findPaths(target.certificate, pool, of(root), cache);
    expect(cache.verifications()).toBe(3);
    await findPaths(target.certificate, pool, of(root), cache);
    await findPaths(two.certificate, pool, of(root), cache);
    // The same certificates read anew are the same.
    await findPaths(
      parseCertificate(target.certificate.raw),
      of(two, one).map(({ raw }) => parseCertificate(raw)),
      of(root),
      cache,
    );
    expect(cache.verifications()).toBe(3);
  });

  test("where nothing tells namesakes apart, anchors are tried first, and then those that are CAs", async () => {
    const bareRoot = ca("Bare", undefined, { bare: true });
    const others = Array.from({ length: 5 }, () => ca("Bare", root, { bare: true, notAfter: AT + 9 * YEAR }));
    const leaf = issue({ name: "Leaf", by: bareRoot, bare: true });
    const cache = newSignatureCache();
    expect(await findPaths(leaf.certificate, of(...others), of(bareRoot), cache)).toHaveLength(1);
    expect(cache.verifications()).toBe(1);
    const people = others.map((_, i) => issue({ name: "Bare CA", bare: true, notAfter: AT + (9 + i) * YEAR }));
    const bareCa = ca("Bare CA", root, { bare: true });
    const second = issue({ name: "Leaf", by: bareCa, bare: true });
    const another = newSignatureCache();
    expect(await findPaths(second.certificate, of(...people, bareCa), of(root), another)).toHaveLength(1);
    expect(another.verifications()).toBe(2);
  });

  test("a missing certificate leaves no way", async () => {
    expect(await findPaths(target.certificate, of(two), of(root))).toEqual([]);
    expect(await findPaths(target.certificate, [], of(root))).toEqual([]);
  });

  test("the pool may change between two searches of a run", async () => {
    const cache = newSignatureCache();
    const pool = of(two);
    const anchors = of(root);
    expect(await findPaths(target.certificate, pool, anchors, cache)).toEqual([]);
    pool.push(one.certificate);
    expect(await findPaths(target.certificate, pool, anchors, cache)).toHaveLength(1);
  });

  test("what one search of a run had, the next has not: neither its pool nor its anchors", async () => {
    const cache = newSignatureCache();
    const [pool, anchors] = [of(two, one), of(root)];
    const found = async (...given: [Certificate[], Certificate[]]) =>
      (await findPaths(target.certificate, ...given, cache)).length;
    expect(await found(pool, anchors)).toBe(1);
    expect(await found(pool, of(stranger))).toBe(0);
    expect(await found(pool, anchors)).toBe(1);
    expect(await found(of(two, stranger), anchors)).toBe(0);
    expect(await found([...pool], [...anchors])).toBe(1);
  });
});

describe("anchors", () => {
  test("come from the argument only: a root in the pool is none", async () => {
    expect(await findPaths(target.certificate, of(two, one, root), [])).toEqual([]);
    expect(await findPaths(target.certificate, of(two, one, root), of(stranger))).toEqual([]);
  });

  test("a root of an anchor's name with another key is none", async () => {
    const fake = ca("Root");
    const victim = issue({ name: "Victim", by: fake });
    const found = await findPaths(victim.certificate, of(fake), of(root));
    expect(found.filter(({ violations }) => violations.length === 0)).toEqual([]);
  });

  test("a target that is one is trusted directly, without a path", async () => {
    const found = await findPaths(root.certificate, of(one), of(root));
    expect(found).toMatchObject([{ chain: [], anchor: root.certificate, violations: [] }]);
    const leaf = await findPaths(target.certificate, of(two, one), of(target, root));
    expect(leaf.map(({ chain }) => chain.length)).toEqual([0, 3]);
  });

  test("an intermediate one ends the way, and the way past it is found too", async () => {
    const middle = again(one, root);
    const found = await findPaths(target.certificate, of(two, middle), of(one, root));
    expect(found.map(({ chain, anchor }) => [chain.length, anchor])).toEqual([
      [2, one.certificate],
      [3, root.certificate],
    ]);
  });

  test("a self-signed copy of one adds no detour", async () => {
    const copy = again(root, root, { notAfter: AT + 2 * YEAR });
    const found = await findPaths(target.certificate, of(two, one, copy), of(root));
    expect(found.map(({ chain }) => chain.length)).toEqual([3]);
  });

  test("a renewed certificate of one, by the same key, is a certificate below it", async () => {
    const renewed = again(root, root, { notAfter: AT + 2 * YEAR });
    const found = await findPaths(renewed.certificate, of(root), of(root));
    expect(found).toMatchObject([{ chain: of(renewed), violations: [] }]);
  });
});

describe("many candidates", () => {
  test("of two certificates about one key both ways are found, a valid one first", async () => {
    const noCa = again(two, one, { extensions: [] });
    expect(await ways(target, [noCa, two, one], [root])).toEqual([
      { chain: [4, 1, 2, 3], violations: [] },
      { chain: [4, 0, 2, 3], violations: [{ code: "not_a_ca", certificate: 1 }] },
    ]);
  });

  test("the way that is valid goes before the shorter one that is not", async () => {
    const narrow = ca("Short", undefined, { extensions: [isCa(0), usage("keyCertSign")] });
    const cross = again(one, narrow);
    const below = ca("Below", one);
    const leaf = issue({ name: "Leaf", by: below });
    const long = ca("Long", root);
    const crossLong = again(one, long);
    const found = await findPaths(leaf.certificate, of(below, cross, crossLong, long), of(narrow, root));
    expect(found.map(({ chain, violations }) => [chain.length, violations.map(({ code }) => code)])).toEqual([
      [4, []],
      [3, ["path_length", "path_length"]],
    ]);
  });

  test("among hundreds of one name the right key is found at once by its identifier, and in the end without", async () => {
    for (const bare of [false, true]) {
      const namesakes = Array.from({ length: 300 }, () => ca("Namesake", root, { bare }));
      const leaf = issue({ name: "Leaf", by: namesakes[200] as Member, bare });
      const cache = newSignatureCache();
      const [best] = await findPaths(leaf.certificate, of(...namesakes), of(root), cache);
      expect(best).toMatchObject({ chain: of(leaf, namesakes[200] as Member), violations: [] });
      if (!bare) expect(cache.verifications()).toBe(2);
    }
  });

  test("the issuing certificate is found at once by its issuer and serial number too", async () => {
    const namesakes = Array.from({ length: 50 }, () => ca("Numbered", root, { bare: true }));
    const right = namesakes[33] as Member;
    const leaf = issue({ name: "Leaf", by: right, extensions: [authorityByName(right)], bare: true });
    const cache = newSignatureCache();
    const found = await findPaths(leaf.certificate, of(...namesakes), of(root), cache);
    expect(found).toMatchObject([{ chain: of(leaf, right), violations: [] }]);
    expect(cache.verifications()).toBe(2);
  });

  test("a flood of certificates about the issuer's key does not hide the one that an anchor issued", async () => {
    const evil = ca("Evil");
    const fakes = Array.from({ length: 300 }, (_, i) => again(two, i % 2 === 0 ? evil : { ...root, key: evil.key }));
    const real = again(two, root);
    const start = performance.now();
    const found = await findPaths(target.certificate, of(...fakes, evil, real), of(root));
    expect(performance.now() - start).toBeLessThan(3000);
    expect(found).toMatchObject([{ chain: of(target, real), violations: [] }]);
  });

  test("of 300 certificates about one key, all of them good, some are kept, and each is verified at most once", async () => {
    const key = newKey();
    const renewals = Array.from({ length: 300 }, () => ca("Renewed", root, { key }));
    const leaf = issue({ name: "Leaf", by: renewals[0] as Member });
    const cache = newSignatureCache();
    const found = await findPaths(leaf.certificate, of(...renewals), of(root), cache);
    expect(found.length).toBe(16);
    expect(found.every(({ violations }) => violations.length === 0)).toBe(true);
    expect(cache.verifications()).toBeLessThan(301);
  });

  test("the certificate that was valid when the next was issued goes first among equals", async () => {
    const key = newKey();
    const at = (notBefore: number) => ca("Renewed", root, { key, notBefore, notAfter: notBefore + YEAR / 2 });
    const renewals = Array.from({ length: 60 }, (_, i) => at(AT - 60 * YEAR + i * YEAR));
    const leaf = issue({ name: "Leaf", by: renewals[0] as Member, notBefore: AT - 29.9 * YEAR });
    const [best] = await findPaths(leaf.certificate, of(...renewals), of(root));
    expect(best?.chain[1]).toBe(renewals[30]?.certificate);
  });

  test("a certificate that a namesake of its issuer signed by another key is refused with a reason", async () => {
    const fake = ca("Two", one, { bare: true });
    const forged = issue({ name: "Forged", by: fake, bare: true });
    const found = await findPaths(forged.certificate, of(two, one), of(root));
    expect(found.map(({ violations }) => violations)).toEqual([[{ code: "signature_invalid", certificate: 0 }]]);
  });

  test("a way that is signed all along is not accompanied by ways that are not", async () => {
    const forged = again(two, { ...root, key: newKey() }, { bare: true });
    const found = await findPaths(target.certificate, of(forged, two, one), of(root));
    expect(found).toMatchObject([{ chain: of(target, two, one), violations: [] }]);
    // Without the good one the forged one is looked at, its own signature being the only one that fails.
    const rest = await findPaths(target.certificate, of(forged), of(root));
    expect(rest).toMatchObject([
      { chain: of(target, forged), violations: [{ code: "signature_invalid", certificate: 1 }] },
    ]);
  });

  test("a namesake that the certificate says it is not issued by is no reason for anything", async () => {
    const fake = ca("Two", one);
    const forged = issue({ name: "Forged", by: fake });
    expect(await findPaths(forged.certificate, of(two, one), of(root))).toEqual([]);
  });
});

describe("circles and meshes", () => {
  test("two that certify each other lead to the anchor and not round and round", async () => {
    const a = ca("A");
    const b = ca("B");
    const pool = of(again(a, b), again(b, a), again(a, root), again(b, root), a, b);
    const leaf = issue({ name: "Leaf", by: a });
    const found = await findPaths(leaf.certificate, pool, of(root));
    expect(found.map(({ chain, violations }) => [chain.length, violations.length])).toEqual([
      [2, 0],
      [3, 0],
    ]);
  });

  test("a mesh of 380 cross-certificates without an anchor comes to an end, also from each of them", async () => {
    const members = Array.from({ length: 20 }, (_, i) => ca(`M${i}`));
    const pool = of(...members.flatMap((a) => members.filter((b) => a !== b).map((b) => again(a, b))));
    const leaf = issue({ name: "Leaf", by: members[0] as Member });
    const cache = newSignatureCache();
    const start = performance.now();
    expect(await findPaths(leaf.certificate, pool, of(root), cache)).toEqual([]);
    for (const each of pool) expect(await findPaths(each, pool, of(root), cache)).toEqual([]);
    expect(performance.now() - start).toBeLessThan(5000);
    expect(cache.verifications()).toBeLessThanOrEqual(381);
  });

  test("self-issued certificates of one name and 17 keys that certify each other come to an end", async () => {
    const members = Array.from({ length: 17 }, () => ca("Same"));
    const pool = of(...members.flatMap((a) => members.filter((b) => a !== b).map((b) => again(a, b))));
    const leaf = issue({ name: "Leaf", by: members[0] as Member });
    const start = performance.now();
    expect(await findPaths(leaf.certificate, pool, of(root))).toEqual([]);
    expect(performance.now() - start).toBeLessThan(3000);
  });

  test("a chain longer than any honest one is not followed", async () => {
    const members = [root];
    for (let i = 0; i < 20; i++) members.push(ca(`L${i}`, members[members.length - 1] as Member));
    const at = async (index: number) =>
      (await findPaths((members[index] as Member).certificate, of(...members), of(root))).map((way) => way.violations);
    expect([await at(16), await at(17)]).toEqual([[[]], []]);
    const chain = of(...members)
      .slice(1, 18)
      .reverse();
    const { violations } = await checkPath({ chain, anchor: root.certificate });
    expect(violations).toEqual([{ code: "too_long", certificate: 0 }]);
  });
});

test("a run that has spent all it may on signatures trusts nothing more", async () => {
  const cache = newSignatureCache(2);
  const found = await findPaths(target.certificate, of(two, one), of(root), cache);
  expect(found.filter(({ violations }) => violations.length === 0)).toEqual([]);
  expect(found.flatMap(({ violations }) => violations.map(({ code }) => code))).toContain("too_complex");
  expect(cache.verifications()).toBe(2);
});
