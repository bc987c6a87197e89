import type { CertificateFacts, Facts, SignatureFacts } from "../../lib/facts/facts.ts";
import { judge } from "../../lib/validate/judge.ts";
import { DEFAULT_POLICY, type Policy } from "../../lib/validate/policy.ts";
import type { SignatureReport } from "../../lib/validate/report.ts";
import { CERTIFICATES, facts, NOW, signature, signer } from "./facts.ts";

export type Case = {
  readonly facts?: Facts;
  readonly at?: number;
  readonly policy?: Partial<Policy>;
};

export const judged = ({ facts: given = facts(), at = NOW, policy = {} }: Case = {}) =>
  judge(given, { at, policy: { ...DEFAULT_POLICY, ...policy } });

/** The report on the first signature. */
export function one(input: Case = {}): SignatureReport {
  const [report] = judged(input).signatures;
  if (report === undefined) throw new Error("no signature");
  return report;
}

export const codes = ({ findings }: Pick<SignatureReport, "findings">): string[] => findings.map(({ code }) => code);
export const ending = ({ indication, subIndication, verdict }: SignatureReport): string =>
  `${indication}/${subIndication} ${verdict}`;

export const withSignature = (changes: Partial<SignatureFacts>): Facts => facts({ signatures: [signature(changes)] });
export const withCms = (inside: Parameters<typeof signature>[1]): Facts =>
  facts({ signatures: [signature({}, inside)] });
export const withSignerInfo = (changes: Parameters<typeof signer>[0]): Facts => withCms({ signer: signer(changes) });
export const withCertificates = (changes: Record<string, CertificateFacts>, others: Partial<Facts> = {}): Facts =>
  facts({ certificates: { ...CERTIFICATES, ...changes }, ...others });
