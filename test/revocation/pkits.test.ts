import { describe, expect, test } from "vitest";
import { verifySignature } from "#crypto";
import { signatureAlgorithmOf } from "../../lib/crypto/algorithms.ts";
import type { Crl } from "../../lib/revocation/crl.ts";
import { isUsable, type RevocationStatement } from "../../lib/revocation/statement.ts";
import { type Certificate, parseCertificate } from "../../lib/x509/certificate.ts";
import { namesMatch } from "../../lib/x509/name-match.ts";
import {
  PKITS_CRL_TIME,
  type PkitsCrlCase,
  pkitsCrlCases,
  pkitsCrls,
  pkitsOctets,
  verifyPkitsCrl,
} from "../worlds/pkits-crls.ts";

const CASES = pkitsCrlCases("CRLs as NIST PKITS tests them");

/** What revocation alone decides: all of 4.4, 4.14, 4.15, the self-issued keys of 4.5, and cRLSign in 4.7. */
const SECTIONS = /^(4\.4|4\.5|4\.14|4\.15|4\.7)\.(\d+) /;
/** Not about revocation: certificates that must not sign certificates. */
const OTHERS = new Set(["4.5.8", "4.7.1", "4.7.2"]);

describe.skipIf(CASES.length === 0)("NIST PKITS, the sections about CRLs", () => {
  const chosen = CASES.filter(({ Name }) => SECTIONS.test(Name) && !OTHERS.has(Name.split(" ")[0] ?? ""));

  test("are all there", () => expect(chosen.length).toBe(21 + 7 + 35 + 10 + 3));

  test.each(chosen.map((one) => [one.Name, one] as const))("%s", async (_, one) => {
    expect(await everyStatusIsGood(one)).toBe(one.ShouldValidate);
  });
});

async function everyStatusIsGood(one: PkitsCrlCase): Promise<boolean> {
  const named = one.CertPath.map((name) => ({ name, certificate: parseCertificate(pkitsOctets("certs", name)) }));
  const [anchor, ...pool] = named.map(({ certificate }) => certificate);
  const target = pool.at(-1);
  if (anchor === undefined || target === undefined) throw new Error("an empty path");
  return isGood(target, { anchor, pool, crls: pkitsCrls(named, one.CRLPath), open: [] });
}

type World = {
  readonly anchor: Certificate;
  readonly pool: readonly Certificate[];
  readonly crls: readonly Crl[];
  /** Certificates that are being judged already. */
  readonly open: readonly Certificate[];
};

/** The certificate and all above it are signed and not revoked. Nothing else is asked for: that is path validation. */
async function isGood(certificate: Certificate, world: World): Promise<boolean> {
  if (certificate === world.anchor) return true;
  if (world.open.includes(certificate)) return false;
  const inner = { ...world, open: [...world.open, certificate] };
  for (const issuer of [world.anchor, ...world.pool]) {
    if (!namesMatch(issuer.subject, certificate.issuer) || !(await signed(certificate, issuer))) continue;
    if ((await isGood(issuer, inner)) && (await isNotRevoked(certificate, issuer, inner))) return true;
  }
  return false;
}

async function isNotRevoked(certificate: Certificate, issuer: Certificate, world: World): Promise<boolean> {
  const found: RevocationStatement[] = [];
  const candidates = [world.anchor, ...world.pool];
  for (const crl of world.crls) {
    const statement = await verifyPkitsCrl(crl, { certificate, issuer, candidates, others: world.crls });
    if (statement === undefined || !isUsable(statement)) continue;
    if (PKITS_CRL_TIME < statement.thisUpdate || PKITS_CRL_TIME > (statement.nextUpdate ?? Infinity)) continue;
    if (await signerIsGood(statement, world)) found.push(statement);
  }
  const replaced = new Set(found.flatMap(({ base }) => (base === undefined ? [] : [base.thisUpdate])));
  const counted = found.filter(({ base, thisUpdate }) => base !== undefined || !replaced.has(thisUpdate));
  if (counted.some(({ status }) => status === "revoked")) return false;
  const [first, ...more] = counted.map(({ missingReasons }) => missingReasons);
  return first?.every((reason) => more.some((missing) => !missing.includes(reason))) === true;
}

async function signerIsGood({ signer, authority }: RevocationStatement, world: World): Promise<boolean> {
  if (authority === "issuer") return true;
  // One that is on the very CRL that it signs (4.14.30) is being judged already.
  return signer !== undefined && (world.open.includes(signer) || (await isGood(signer, world)));
}

async function signed(certificate: Certificate, issuer: Certificate): Promise<boolean> {
  const algorithm = signatureAlgorithmOf(certificate.signatureAlgorithm);
  return await verifySignature(algorithm, issuer.spki, certificate.tbs, certificate.signature);
}
