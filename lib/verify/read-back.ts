import { digest } from "#crypto";
import { equal } from "../bytes/bytes.ts";
import { Fault } from "../fault/fault.ts";
import { DEFAULT_POLICY } from "../validate/policy.ts";
import type { Certificate } from "../x509/certificate.ts";
import { verifyPdf } from "./verify-pdf.ts";

export type ReadBack = {
  readonly certificate: Certificate;
  /** genTime of the signature's timestamp, milliseconds. */
  readonly genTime: number;
};

/**
 * Reads back what was just signed, as a stranger would, before anybody is told that it is signed: the validator calls the signature
 * valid with the root alone, its time is proven, it covers the whole file, and what it covers is what was approved.
 *
 * @param pdf the whole signed file
 * @param expected.digest SHA-256 of the octets that the signature is to cover
 * @param expected.at now, ms
 * @throws Fault `result_not_verified`: says which of these is not so
 */
export async function readBack(
  pdf: Uint8Array,
  expected: {
    readonly fieldName: string;
    readonly digest: Uint8Array;
    readonly root: Certificate;
    readonly at: number;
  },
): Promise<ReadBack> {
  const { fieldName, root, at } = expected;
  const { verification, facts, certificates } = await verified(pdf, root, at);
  const index = facts.signatures.findIndex((signature) => signature.fieldName === fieldName);
  const [report, fact] = [verification.signatures[index], facts.signatures[index]];
  if (report === undefined || fact === undefined) throw failed("signature field");
  if (report.verdict !== "VALID") {
    const broken = report.rules.filter(({ result }) => result === "failed").map(({ id }) => id);
    throw failed(broken.join(", ") || "verdict");
  }
  if (report.coverage !== "whole-file" || report.subFilter !== "ETSI.CAdES.detached") throw failed("coverage");
  const [from = 0, length = 0, second = 0, rest = 0] = fact.cover.byteRange ?? [];
  const covered = digest("SHA-256", pdf.subarray(from, from + length), pdf.subarray(second, second + rest));
  if (!equal(covered, expected.digest)) throw failed("digest");
  const signer = fact.container.ok ? fact.container.cms.signer?.certificate : undefined;
  const certificate = certificates.get(signer ?? "");
  if (certificate === undefined) throw failed("certificate");
  const { proven } = report.sevenFields.signingTime;
  if (proven === null) throw failed("timestamp");
  return { certificate, genTime: Date.parse(proven) };
}

async function verified(pdf: Uint8Array, root: Certificate, at: number): ReturnType<typeof verifyPdf> {
  const anchor = { certificate: root, class: "OTHER_CONFIRMATION", source: "the service's root", test: false } as const;
  const input = { anchors: [{ ...anchor, uses: ["signature", "timestamp"] as const }], at, policy: DEFAULT_POLICY };
  try {
    return await verifyPdf(pdf, input);
  } catch (error) {
    if (error instanceof Fault) throw failed(`shape (${error.code})`);
    throw error;
  }
}

function failed(what: string): Fault {
  return new Fault("result_not_verified", `the signed file was read back and its ${what} is not as it should be`);
}
