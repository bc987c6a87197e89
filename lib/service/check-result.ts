import { Fault } from "../fault/fault.ts";
import { DEFAULT_POLICY } from "../validate/policy.ts";
import { verifyDetached } from "../verify/verify-detached.ts";
import { ownAnchor } from "./own-anchor.ts";
import type { Pki } from "./pki.ts";

/** Judges a signature before anybody is told of it. @throws Fault `result_not_verified` */
export type ResultCheck = (
  pki: Pki,
  signature: { readonly cms: Uint8Array; readonly digest: Uint8Array },
  at: number,
) => Promise<void>;

/**
 * Judges a signature that was just made as any stranger will, by the same validator and with the root alone, before anybody is told of it:
 * a key that is not the certificate's, a wrong octet out of a key service or a mistake of our own must not reach a citizen's document.
 *
 * @param signature its CMS, and the SHA-256 of what was approved
 * @param at now, ms
 * @throws Fault `result_not_verified`: which rule it breaks
 */
export const checkResult: ResultCheck = async (pki, signature, at) => {
  const { verification } = await verifyDetached(
    signature.cms,
    { hash: "SHA-256", value: signature.digest },
    { anchors: [ownAnchor(pki, "this installation")], at, policy: DEFAULT_POLICY },
  );
  const report = verification.signatures[0];
  if (report?.verdict === "VALID" && report.sevenFields.signingTime.source === "timestamp") return;
  const broken = report?.rules.filter(({ result }) => result === "failed").map(({ id }) => id) ?? [];
  throw new Fault("result_not_verified", `what was signed breaks ${broken.join(", ") || "a promise"}`);
};
