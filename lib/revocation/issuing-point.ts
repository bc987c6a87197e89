import { fields } from "../asn1/fields.ts";
import * as OID from "../asn1/oids.ts";
import { contextTag } from "../asn1/tags.ts";
import { boolean, namedBits } from "../asn1/values.ts";
import { Fault } from "../fault/fault.ts";
import { type DistributionPoint, readDistributionPointName } from "../x509/access.ts";
import { type Extended, readExtensionValue } from "../x509/extension.ts";

/** IssuingDistributionPoint (RFC 5280 §5.2.5): what a CRL is about. */
export type IssuingPoint = Pick<DistributionPoint, "fullName" | "relativeName"> & {
  readonly onlyUserCertificates: boolean;
  readonly onlyCaCertificates: boolean;
  readonly onlyAttributeCertificates: boolean;
  /** Bit numbers of ReasonFlags; undefined means all reasons. */
  readonly onlySomeReasons: readonly number[] | undefined;
  readonly indirect: boolean;
};

/**
 * `FALSE` written out is let pass, for the reason given at `readExtensions`.
 *
 * @returns undefined where the extension is absent: all certificates of the issuer, for all reasons
 * @throws Fault `x509_malformed`: also for an empty one, and for one that is only for two kinds at once (§5.2.5)
 */
export function issuingPoint(holder: Extended): IssuingPoint | undefined {
  return readExtensionValue(holder, OID.issuingDistributionPoint, (node) => {
    const cursor = fields(node);
    const name = cursor.optional(contextTag(0, true));
    const flag = (number: number): boolean => {
      const field = cursor.optional(contextTag(number, false));
      return field !== undefined && boolean(field, field.tag);
    };
    const onlyUserCertificates = flag(1);
    const onlyCaCertificates = flag(2);
    const reasons = cursor.optional(contextTag(3, false));
    const indirect = flag(4);
    const onlyAttributeCertificates = flag(5);
    cursor.done();
    if (node.content === node.contentEnd) throw new Fault("x509_malformed", "an empty issuing distribution point");
    if ([onlyUserCertificates, onlyCaCertificates, onlyAttributeCertificates].filter(Boolean).length > 1)
      throw new Fault("x509_malformed", "only for certificates of two kinds at once");
    return {
      ...readDistributionPointName(name),
      onlyUserCertificates,
      onlyCaCertificates,
      onlyAttributeCertificates,
      onlySomeReasons: reasons === undefined ? undefined : namedBits(reasons, reasons.tag),
      indirect,
    };
  });
}
