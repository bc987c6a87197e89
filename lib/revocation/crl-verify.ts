import { equal } from "../bytes/bytes.ts";
import type { Certificate } from "../x509/certificate.ts";
import type { Allowance } from "./allowance.ts";
import type { Crl } from "./crl.ts";
import { basesOf } from "./crl-delta.ts";
import { type Listing, listing } from "./crl-listing.ts";
import { crlProfile } from "./crl-profile.ts";
import { type CrlScope, crlScope } from "./crl-scope.ts";
import { crlSigner } from "./crl-signer.ts";
import { ALL_REASONS, reasonFlags, revocationReason } from "./reasons.ts";
import { isUsable, type RevocationProblem, type RevocationStatement } from "./statement.ts";
import { supportedAlgorithm } from "./verifies.ts";

/** The certificate that is asked about, and what may help to answer. */
export type CrlQuestion = {
  readonly certificate: Certificate;
  /** Whose key signed the certificate. */
  readonly issuer: Certificate;
  /** Where a CRL signer with another key may be; its path is not judged here. */
  readonly candidates: readonly Certificate[];
  /** Other CRLs, among which the base of a delta CRL may be. */
  readonly others?: readonly Crl[];
  readonly allowance?: Allowance;
};

/**
 * What a CRL says about one certificate (RFC 5280 §6.3.3), times apart.
 *
 * A delta CRL is combined with the newest base among `others` whose own statement is usable, and then speaks for both: an entry of the
 * delta goes before one of the base. Without a base it says nothing.
 *
 * @returns undefined where the CRL has nothing to do with the certificate: another issuer, whom the certificate does not name either
 */
export async function verifyCrl(crl: Crl, question: CrlQuestion): Promise<RevocationStatement | undefined> {
  const scope = crlScope(crl, question.certificate);
  if (scope === undefined) return undefined;
  const { problem, ...signer } = await crlSigner(crl, { by: scope.by, ...question });
  const problems = [...crlProblems(crl), ...scope.problems, ...(problem === undefined ? [] : [problem])];
  const { isDelta, expiredSince } = crlProfile(crl);
  const found = listed(crl, scope, question.certificate, problems, isDelta);
  const common = {
    kind: "crl",
    thisUpdate: crl.thisUpdate,
    nextUpdate: crl.nextUpdate,
    producedAt: undefined,
    expiredSince,
    ...signer,
    algorithm: supportedAlgorithm(crl.signatureAlgorithm),
    missingReasons: reasonFlags(ALL_REASONS & ~scope.reasons),
    noCheck: false,
  } as const;
  if (!isDelta) return { ...common, base: undefined, ...answer(found, problems), problems };
  const complete = await baseStatement(crl, signer.signer, question);
  if (complete === undefined)
    return { ...common, base: undefined, ...UNKNOWN, problems: [...problems, "delta_without_base"] };
  const { base } = complete;
  if (found !== undefined || problems.length > 0) return { ...common, base, ...answer(found, problems), problems };
  const { status, revokedAt, reason, invalidityDate } = complete.statement;
  return { ...common, base, status, revokedAt, reason, invalidityDate, problems };
}

type Answer = Pick<RevocationStatement, "status" | "revokedAt" | "reason" | "invalidityDate">;

const UNKNOWN: Answer = { status: "unknown", revokedAt: undefined, reason: undefined, invalidityDate: undefined };

function crlProblems(crl: Crl): RevocationProblem[] {
  const problems: RevocationProblem[] = [];
  if (crl.entries.strange || crlProfile(crl).strange) problems.push("unknown_critical_extension");
  return problems;
}

/** What the entries say; where they cannot be used, that becomes a problem. */
function listed(
  crl: Crl,
  scope: CrlScope,
  certificate: Certificate,
  problems: RevocationProblem[],
  isDelta: boolean,
): Listing["entry"] {
  const { entry, problem } = listing(crl, certificate, { indirect: scope.indirect, isDelta });
  if (problem !== undefined) problems.push(problem);
  return entry;
}

function answer(entry: Listing["entry"], problems: readonly RevocationProblem[]): Answer {
  if (problems.length > 0) return UNKNOWN;
  if (entry === undefined || entry.removed) return { ...UNKNOWN, status: "good" };
  const { revokedAt, reason, invalidityDate } = entry;
  return {
    status: "revoked",
    revokedAt,
    reason: reason === undefined ? undefined : revocationReason(reason),
    invalidityDate,
  };
}

/** The statement of the base; it must be signed by the same key as the delta CRL (RFC 5280 §6.3.3 (h)). */
async function baseStatement(
  delta: Crl,
  signer: Certificate | undefined,
  question: CrlQuestion,
): Promise<{ readonly base: Crl; readonly statement: RevocationStatement } | undefined> {
  for (const base of basesOf(delta, question.others ?? [])) {
    const statement = await verifyCrl(base, { ...question, others: [] });
    if (statement === undefined || !isUsable(statement)) continue;
    if (signer !== undefined && statement.signer !== undefined && equal(signer.spki, statement.signer.spki))
      return { base, statement };
  }
  return undefined;
}
