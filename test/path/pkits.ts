import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as OID from "../../lib/asn1/oids.ts";
import type { PathInput } from "../../lib/path/check-path.ts";
import { type Crl, parseCrl } from "../../lib/revocation/crl.ts";
import { type CrlQuestion, verifyCrl } from "../../lib/revocation/crl-verify.ts";
import type { RevocationStatement } from "../../lib/revocation/statement.ts";
import { type Certificate, parseCertificate } from "../../lib/x509/certificate.ts";
import { namesMatch } from "../../lib/x509/name-match.ts";
import { orFault } from "../worlds/mutate.ts";
import { PKITS_CRL_TIME, pkitsCrls, verifyPkitsCrl } from "../worlds/pkits-crls.ts";

const FOLDER = join(import.meta.dirname, "../../../shared/vectors/pkits");

/** Where the CRLs are: another folder by the environment, since not every copy of the suite has those of the certificates' edition. */
const CRLS = process.env.MOTLAN_PKITS_CRLS ?? join(FOLDER, "crls");

/** One line of NIST's Public Key Interoperability Test Suite 1.0.1, as the folder has it. */
export type PkitsCase = {
  readonly Name: string;
  /** The anchor first, the target last; between them in order, and certificates of CRL signers anywhere. */
  readonly CertPath: readonly string[];
  readonly CRLPath: readonly string[];
  readonly ShouldValidate: boolean;
  readonly InitialPolicySet: readonly string[];
  readonly InitialPolicyMappingInhibit: boolean;
  readonly InitialExplicitPolicy: boolean;
  readonly InitialAnyPolicyInhibit: boolean;
};

/** Empty, after a loud word, where the folder is absent. @param unproved what stays unproved then */
export function pkitsCases(unproved: string): readonly PkitsCase[] {
  if (existsSync(FOLDER)) return JSON.parse(readFileSync(join(FOLDER, "vectors.json"), "utf8"));
  process.stderr.write(`\n*** SKIPPED *** ${FOLDER} is missing; not proved: ${unproved}\n\n`);
  return [];
}

/** Every certificate of the suite is valid then but those whose case is about time. */
export const PKITS_TIME = Date.UTC(2015, 5, 1);

/** Where NIST keeps test policies: …1 and so on. */
const POLICIES = "2.16.840.1.101.3.2.1.48.";

/** @param name `anyPolicy` or `NIST-test-policy-1` */
export function policyOid(name: string): string {
  return name === "anyPolicy" ? OID.anyPolicy : name.replace("NIST-test-policy-", POLICIES);
}

export function pkitsPolicies(one: PkitsCase): Omit<PathInput, "chain" | "anchor"> {
  return {
    initialPolicies: one.InitialPolicySet.map(policyOid),
    explicitPolicy: one.InitialExplicitPolicy,
    inhibitPolicyMapping: one.InitialPolicyMappingInhibit,
    inhibitAnyPolicy: one.InitialAnyPolicyInhibit,
  };
}

export type PkitsPath = {
  readonly anchor: Certificate;
  readonly target: Certificate;
  /** All but the anchor. */
  readonly pool: readonly Certificate[];
};

/** @returns undefined where a certificate of the path is none: two cases have a damaged BIT STRING */
export function pkitsPath(one: PkitsCase): PkitsPath | undefined {
  const certificates = one.CertPath.map((name) => orFault(() => parseCertificate(read(join(FOLDER, "certs"), name))));
  const [anchor, ...pool] = certificates.filter((certificate) => certificate !== undefined);
  const target = pool.at(-1);
  const whole = 1 + pool.length === certificates.length;
  return whole && anchor !== undefined && target !== undefined ? { anchor, target, pool } : undefined;
}

/** The CRLs of a case, and how they are verified. */
export type PkitsCrls = {
  readonly crls: readonly Crl[];
  /** When they count, ms. */
  readonly at: number;
  readonly verify: (crl: Crl, question: CrlQuestion) => Promise<RevocationStatement | undefined>;
};

/** NIST's own where they are of the certificates' edition, and those of the other edition issued anew where they are not. */
export function pkitsCrlsOf(one: PkitsCase, path: PkitsPath): PkitsCrls {
  if (crlsAreOriginal()) return { crls: readCrls(one.CRLPath), at: PKITS_TIME, verify: verifyCrl };
  const named = [path.anchor, ...path.pool].map((certificate, i) => ({ name: one.CertPath[i] ?? "", certificate }));
  return { crls: pkitsCrls(named, one.CRLPath), at: PKITS_CRL_TIME, verify: verifyPkitsCrl };
}

/** Whether the CRLs are by the issuers of the certificates. */
export function crlsAreOriginal(): boolean {
  const anchor = parseCertificate(read(join(FOLDER, "certs"), "TrustAnchorRootCertificate.crt"));
  return readCrls(["TrustAnchorRootCRL.crl"]).some(({ issuer }) => namesMatch(issuer, anchor.subject));
}

/** Those that can be read. */
function readCrls(names: readonly string[]): readonly Crl[] {
  return names.flatMap((name) => orFault(() => parseCrl(read(CRLS, name))) ?? []);
}

function read(folder: string, name: string): Uint8Array {
  return Uint8Array.from(readFileSync(join(folder, name)));
}
