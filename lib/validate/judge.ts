import type { Facts } from "../facts/facts.ts";
import type { FindingCode } from "../text/findings.ts";
import { findingsOf } from "./findings.ts";
import type { Policy } from "./policy.ts";
import type { Verification } from "./report.ts";
import { reportSignature, reportTimestamp } from "./signature.ts";
import { withStandings } from "./standings.ts";
import { stampedOf, subjectOf } from "./subject.ts";
import { judgeDocumentTimestamps } from "./timestamps.ts";
import { worldOf } from "./world.ts";
import { worst } from "./worst.ts";

/**
 * The verdict on a file (ETSI EN 319 102-1). Depends on its arguments alone: the same facts, moment and policy give the same answer
 * for ever.
 *
 * @param input.at the moment the verdict holds for, ms since 1970
 */
export function judge(facts: Facts, input: { readonly at: number; readonly policy: Policy }): Verification {
  const { at, policy } = input;
  const world = worldOf(facts, policy, at);
  const documents = judgeDocumentTimestamps(world);
  const stamped = facts.signatures.map((signature) => stampedOf(world, signature));
  const signatures = stamped.map((one) => reportSignature(subjectOf(world, one, stamped, documents)));
  const verification: Verification = {
    schema: "urn:motlan:verification:1",
    verdict: worst(signatures),
    at: new Date(at).toISOString(),
    policy: policy.id,
    document: { size: facts.document.size, revisions: facts.document.revisions },
    signatures,
    documentTimestamps: documents.map(reportTimestamp),
    findings: findingsOf(documentFindings(facts)),
  };
  return withStandings(verification, facts.standings);
}

function documentFindings({ document: file, signatures, documentTimestamps }: Facts): FindingCode[] {
  const codes: FindingCode[] = [];
  if (signatures.length === 0)
    codes.push(documentTimestamps.length === 0 ? "no_signature" : "only_document_timestamps");
  if (file.strayOctets > 0) codes.push("stray_octets");
  if (file.rebuilt) codes.push("document_rebuilt");
  if (file.encrypted) codes.push("document_encrypted");
  return codes;
}
