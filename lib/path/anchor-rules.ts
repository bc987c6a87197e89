import type { Certificate } from "../x509/certificate.ts";
import { namesMatch } from "../x509/name-match.ts";
import { type NameRules, NO_RULES } from "./name-rules.ts";
import { readingOf } from "./reading.ts";

/**
 * Constraints in the certificate that brings an anchor. RFC 5280 takes of it a name and a key only; whoever puts a constraint into a root
 * means it to hold, and RFC 5937 §3.2 says how.
 */
export function anchorRules(anchor: Certificate): {
  readonly pathLength: number | undefined;
  readonly names: NameRules;
} {
  const { basicConstraints, nameRules } = readingOf(anchor);
  return { pathLength: basicConstraints?.pathLength, names: nameRules ?? NO_RULES };
}

/**
 * Whether an anchor can be one for other certificates than itself. A person's certificate may be trusted directly; that must not
 * make the person an issuer.
 */
export function anchorMayIssue(anchor: Certificate): boolean {
  const { basicConstraints, keyUsage, malformed } = readingOf(anchor);
  // Constraints that cannot be read cannot be kept.
  if (malformed || keyUsage?.includes("keyCertSign") === false) return false;
  if (basicConstraints !== undefined) return basicConstraints.ca;
  // Roots made before extensions were known (version 1) sign themselves and say nothing; later ones at least name the usage.
  return keyUsage !== undefined || (anchor.version === 1 && namesMatch(anchor.issuer, anchor.subject));
}
