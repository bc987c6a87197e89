import type { CertificateFacts, Standings } from "../facts/facts.ts";
import { POLICY } from "../x509/policy-arc.ts";
import { finding } from "./findings.ts";
import type { Finding, SignatureReport, Verification } from "./report.ts";
import { worst } from "./worst.ts";

/** Hexadecimal digits of the serial numbers that this kind of service gives: 16 octets. */
const SERIAL = /^[0-9a-f]{32}$/;

/** A one-time certificate whose issuer can be asked about the signature. */
export type OneTime = {
  /** SHA-256 of the certificate, hex. */
  readonly certificate: string;
  /** hex */
  readonly serial: string;
  /** SHA-256 of the anchor's certificate at which its path ends, hex. */
  readonly anchor: string;
};

/**
 * The certificates of a file about whose signatures their issuer can be asked, each once, in the order of the signatures. Only those of
 * intact signatures with a way to an anchor: about anything else there is nothing to be asked.
 */
export function oneTimeCertificates(
  facts: { readonly certificates: Readonly<Record<string, Pick<CertificateFacts, "policies" | "serial">>> },
  { signatures }: Pick<Verification, "signatures">,
): readonly OneTime[] {
  const found = new Map<string, OneTime>();
  for (const { integrity, chain } of signatures) {
    const [signer, anchor] = [chain[0]?.sha256 ?? "", chain.find((link) => link.anchor)?.sha256];
    const certificate = facts.certificates[signer];
    if (integrity !== "intact" || anchor === undefined || certificate === undefined) continue;
    if (!certificate.policies.includes(POLICY.oneTimeCertificate) || !SERIAL.test(certificate.serial)) continue;
    found.set(signer, { certificate: signer, serial: certificate.serial, anchor });
  }
  return [...found.values()];
}

/**
 * The answer with what the issuers of one-time certificates say: depends on its arguments alone, like the verdict.
 *
 * Whether a signature is the signer's own is no question of EN 319 102-1, so indication and rules stay as they are. The verdict does not:
 * nobody should take a signature that its signer denies for settled, and nobody can tell from the file who is right.
 */
export function withStandings(verification: Verification, standings: Standings | undefined): Verification {
  if (standings === undefined) return verification;
  const signatures = verification.signatures.map((signature) => told(signature, standings));
  return { ...verification, signatures, verdict: worst(signatures) };
}

function told(signature: SignatureReport, standings: Standings): SignatureReport {
  const signer = signature.chain[0]?.sha256 ?? "";
  const standing = Object.hasOwn(standings, signer) ? standings[signer] : undefined;
  if (standing === undefined || signature.integrity !== "intact") return signature;
  if (standing === "unknown") return withFindings(signature, [finding("standing_unknown")]);
  const { disputedAt, assistedBy } = standing;
  const besides = assistedBy === null ? [] : [filledIn(finding("assisted_by"), assistedBy.unit)];
  const { verdict } = signature;
  // Of what is wrong in itself it need not be said that somebody denies it.
  if (disputedAt === null || verdict === "INVALID") return withFindings(signature, besides);
  return {
    ...withFindings(signature, [finding("signature_disputed"), ...besides]),
    verdict: "CANNOT_TELL",
    equivalentToHandwritten: false,
  };
}

const ORDER = { error: 0, warning: 1, info: 2 } as const;
/** What is said of a good signature alone. */
const OF_VALID = ["equivalent", "recipient_decides"];

function withFindings(signature: SignatureReport, added: readonly Finding[]): SignatureReport {
  const denied = added.some(({ code }) => code === "signature_disputed");
  const before = signature.findings.filter(({ code }) => !(denied && OF_VALID.includes(code)));
  const findings = [...added, ...before].sort((a, b) => ORDER[a.severity] - ORDER[b.severity]);
  return { ...signature, findings };
}

function filledIn(text: Finding, unit: string): Finding {
  const fill = (sentence: string) => sentence.replace("{unit}", () => unit);
  return { ...text, vi: fill(text.vi), en: fill(text.en) };
}
