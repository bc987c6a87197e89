import { describe, expect, test } from "vitest";
import { checkPath } from "../../lib/path/check-path.ts";
import { findPaths } from "../../lib/path/find-paths.ts";
import { newSignatureCache, type SignatureCache } from "../../lib/path/signature-cache.ts";
import { isTimely } from "../../lib/path/timely.ts";
import { isUsable, type RevocationStatement } from "../../lib/revocation/statement.ts";
import type { Certificate } from "../../lib/x509/certificate.ts";
import vectors from "../vectors/path/pkits-policies.json" with { type: "json" };
import {
  crlsAreOriginal,
  PKITS_TIME,
  type PkitsCase,
  type PkitsCrls,
  type PkitsPath,
  pkitsCases,
  pkitsCrlsOf,
  pkitsPath,
  pkitsPolicies,
  policyOid,
} from "./pkits.ts";

const CASES = pkitsCases("certificate paths, policies and CRLs as NIST PKITS tests them");

/** Cases that cannot be judged together with NIST's own CRLs; each must be refused then. */
const UNSUPPORTED: readonly string[] = [
  // The CRL is signed by a DSA key whose parameters stand in its issuer's certificate: its path takes them over, its CRL does not.
  "4.1.5 Valid DSA Parameter Inheritance Test5",
];

/** Refused for their CRLs alone: without CRLs they are good. */
const ABOUT_CRLS = /^(4\.4\.|4\.5\.[257] |4\.7\.[45] |4\.14\.|4\.15\.)/;

describe.skipIf(CASES.length === 0)("NIST PKITS: path and time", () => {
  test("every case is there", () => {
    expect(CASES.length).toBe(249);
    expect(UNSUPPORTED.filter((name) => !CASES.some(({ Name }) => Name === name))).toEqual([]);
  });

  test.each(CASES.map((one) => [one.Name, one] as const))("%s", async (name, one) => {
    const expected = one.ShouldValidate || ABOUT_CRLS.test(name);
    expect(await validates(one)).toBe(expected);
  });
});

describe.skipIf(CASES.length === 0)("NIST PKITS: path, time and revocation together", () => {
  const refused = CASES.length > 0 && crlsAreOriginal() ? UNSUPPORTED : [];

  test.each(CASES.map((one) => [one.Name, one.ShouldValidate ? "valid" : "refused", one] as const))(
    "%s: %s",
    async (name, _, one) => {
      expect(await validates(one, pkitsCrlsOf)).toBe(one.ShouldValidate && !refused.includes(name));
    },
  );
});

describe.skipIf(CASES.length === 0)("NIST PKITS: what its document says of policies", () => {
  for (const { name, policies } of vectors.cases)
    test(`${name}: ${policies.join(", ") || "none"}`, async () => {
      const one = CASES.find(({ Name }) => Name.includes(name));
      const path = one && pkitsPath(one);
      if (one === undefined || path === undefined) throw new Error(`no case ${name}`);
      const { anchor, pool } = path;
      const found = await checkPath({ chain: pool.toReversed(), anchor, ...pkitsPolicies(one) });
      expect([...found.policies].sort()).toEqual(policies.map(policyOid).sort());
    });
});

type Run = PkitsPath & {
  readonly policies: ReturnType<typeof pkitsPolicies>;
  /** Undefined: revocation is not asked for. */
  readonly revocation: PkitsCrls | undefined;
  readonly cache: SignatureCache;
  /** Certificates that are being judged, so that a CRL signer on its own CRL comes to an end. */
  readonly open: ReadonlySet<Certificate>;
};

async function validates(one: PkitsCase, crlsOf?: typeof pkitsCrlsOf): Promise<boolean> {
  const path = pkitsPath(one);
  if (path === undefined) return false;
  const revocation = crlsOf?.(one, path);
  const run = { ...path, policies: pkitsPolicies(one), revocation, cache: newSignatureCache(), open: new Set([]) };
  return isGood(run.target, run);
}

/** Some way to the anchor has no violation, is timely, and nothing on it is revoked. */
async function isGood(certificate: Certificate, run: Run): Promise<boolean> {
  for (const { chain, anchor } of await findPaths(certificate, run.pool, [run.anchor], run.cache)) {
    const { violations } = await checkPath({ chain, anchor, ...run.policies }, run.cache);
    if (violations.length > 0 || isTimely(chain, anchor, PKITS_TIME) !== undefined) continue;
    if (await noneRevoked(chain, run)) return true;
  }
  return false;
}

async function noneRevoked(chain: readonly Certificate[], run: Run): Promise<boolean> {
  for (const [index, certificate] of chain.entries()) {
    const issuer = chain[index + 1] ?? run.anchor;
    if (!run.open.has(certificate) && !(await isNotRevoked(certificate, issuer, run))) return false;
  }
  return true;
}

async function isNotRevoked(certificate: Certificate, issuer: Certificate, run: Run): Promise<boolean> {
  if (run.revocation === undefined) return true;
  const { crls, at, verify } = run.revocation;
  const inner = { ...run, open: new Set([...run.open, certificate]) };
  const candidates = [run.anchor, ...run.pool];
  const found: RevocationStatement[] = [];
  for (const crl of crls) {
    const statement = await verify(crl, { certificate, issuer, candidates, others: crls });
    if (statement === undefined || !isUsable(statement)) continue;
    if (at < statement.thisUpdate || at > (statement.nextUpdate ?? Infinity)) continue;
    const { signer, authority } = statement;
    if (authority === "issuer" || (signer !== undefined && (await isGood(signer, inner)))) found.push(statement);
  }
  const replaced = new Set(found.map(({ base }) => base?.thisUpdate));
  const counted = found.filter(({ base, thisUpdate }) => base !== undefined || !replaced.has(thisUpdate));
  if (counted.some(({ status }) => status === "revoked")) return false;
  const open = counted.map(({ missingReasons }) => new Set<string>(missingReasons));
  const [first, ...others] = open;
  return first !== undefined && [...first].every((reason) => others.some((other) => !other.has(reason)));
}
