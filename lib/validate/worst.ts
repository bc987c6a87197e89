import type { SignatureReport, Verdict } from "./report.ts";

const BAD_FIRST = ["INVALID", "CANNOT_TELL", "VALID"] as const;

/** The verdict on a file: that of its worst signature. */
export function worst(signatures: readonly Pick<SignatureReport, "verdict">[]): Verdict {
  return BAD_FIRST.find((verdict) => signatures.some((signature) => signature.verdict === verdict)) ?? "NO_SIGNATURE";
}
