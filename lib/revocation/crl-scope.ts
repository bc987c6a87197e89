import { quietly } from "../fault/quietly.ts";
import { crlDistributionPoints, type DistributionPoint } from "../x509/access.ts";
import type { Certificate } from "../x509/certificate.ts";
import type { GeneralName } from "../x509/general-name.ts";
import type { Name } from "../x509/name.ts";
import { namesMatch } from "../x509/name-match.ts";
import { basicConstraints } from "../x509/usages.ts";
import type { Crl } from "./crl.ts";
import { crlProfile, type ScopeOfCrl } from "./crl-profile.ts";
import type { IssuingPoint } from "./issuing-point.ts";
import { onceEach } from "./once.ts";
import { directoryName, hasDirectoryName, pointNames, shareName } from "./point-names.ts";
import { type ReasonMask, reasonMask } from "./reasons.ts";
import type { RevocationProblem } from "./statement.ts";

export type CrlScope = {
  /** By the certificate's own issuer, or by another that a distribution point of the certificate names. */
  readonly by: "issuer" | "other";
  /** The reasons for which the CRL would have the certificate on it. */
  readonly reasons: ReasonMask;
  /** The entries may be of several issuers. */
  readonly indirect: boolean;
  readonly problems: readonly RevocationProblem[];
};

/**
 * Whether a CRL is about a certificate (RFC 5280 §6.3.3 (b), (d)), signatures apart.
 *
 * Every distribution point of the certificate is tried, and the one that is there unsaid: all CRLs by the certificate's issuer.
 *
 * @returns undefined where the CRL is by somebody whom the certificate does not name at all
 */
export function crlScope(crl: Crl, certificate: Certificate): CrlScope | undefined {
  const own = namesMatch(crl.issuer, certificate.issuer);
  const points = pointsOf(certificate);
  const named = (points ?? []).some(
    ({ crlIssuer }) => crlIssuer !== undefined && hasDirectoryName(crlIssuer, crl.issuer),
  );
  if (!own && !named) return undefined;

  const by = own ? "issuer" : "other";
  const problems: RevocationProblem[] = points === undefined ? ["certificate_points_malformed"] : [];
  const { scope } = crlProfile(crl);
  if (scope === undefined) return { by, reasons: 0, indirect: false, problems: [...problems, "extension_malformed"] };
  const idp = scope.point;
  const matching = [...(points ?? []), UNSAID].filter((point) => isFor(crl, scope, point, certificate.issuer));
  if (matching.length === 0)
    problems.push(named && idp?.indirect !== true && !own ? "not_indirect" : "distribution_point_mismatch");
  problems.push(...kindProblems(idp, certificate));
  const covered = matching.reduce((mask, { reasons }) => mask | reasonMask(reasons), 0);
  return {
    by,
    reasons: covered & reasonMask(idp?.onlySomeReasons),
    indirect: idp?.indirect === true,
    problems,
  };
}

/** Most names that a certificate's points may have together; honest ones have three or four. */
const MAX_NAMES = 64;

/** Undefined where they are malformed, or too many to be compared again and again. */
const pointsOf = onceEach((certificate: Certificate): readonly DistributionPoint[] | undefined => {
  const points = quietly(() => crlDistributionPoints(certificate) ?? []);
  const names = points?.reduce(
    (sum, { fullName, crlIssuer }) => sum + Math.max(1, lengthOf(fullName) + lengthOf(crlIssuer)),
    0,
  );
  return names === undefined || names > MAX_NAMES ? undefined : points;
});

function lengthOf(names: readonly GeneralName[] | undefined): number {
  return names?.length ?? 0;
}

/** The point that stands for "any CRL by the certificate's issuer" (RFC 5280 §6.3.3, last paragraph): its name is the issuer's. */
const UNSAID: DistributionPoint = {
  fullName: undefined,
  relativeName: undefined,
  reasons: undefined,
  crlIssuer: undefined,
};

function isFor(crl: Crl, { point: idp, names }: ScopeOfCrl, point: DistributionPoint, issuer: Name): boolean {
  // (b)(1)
  if (point.crlIssuer === undefined ? !namesMatch(crl.issuer, issuer) : !hasDirectoryName(point.crlIssuer, crl.issuer))
    return false;
  if (point.crlIssuer !== undefined && idp?.indirect !== true) return false;
  // (b)(2)(i): a CRL without a name is for every point.
  if (names === undefined) return true;
  if (point === UNSAID) return shareName(names, [directoryName(issuer)]);
  const own = quietly(() => pointNames(point, relativeTo(point, issuer)) ?? point.crlIssuer ?? []);
  return own !== undefined && shareName(names, own);
}

/** What a relative name of a distribution point is relative to (RFC 5280 §4.2.1.13). */
function relativeTo({ crlIssuer }: DistributionPoint, issuer: Name): Name {
  for (const one of crlIssuer ?? []) if (one.kind === "directory") return one.name;
  return issuer;
}

function kindProblems(idp: IssuingPoint | undefined, certificate: Certificate): RevocationProblem[] {
  if (idp === undefined) return [];
  // Malformed basicConstraints make nobody a CA, and are a violation of the path besides.
  const isCa = quietly(() => basicConstraints(certificate)?.ca) === true;
  const problems: RevocationProblem[] = [];
  if (idp.onlyUserCertificates && isCa) problems.push("only_user_certificates");
  if (idp.onlyCaCertificates && !isCa) problems.push("only_ca_certificates");
  if (idp.onlyAttributeCertificates) problems.push("only_attribute_certificates");
  return problems;
}
