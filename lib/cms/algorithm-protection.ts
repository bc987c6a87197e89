import { fields } from "../asn1/fields.ts";
import { OID } from "../asn1/oids.ts";
import { contents, readDer } from "../asn1/read.ts";
import { contextTag } from "../asn1/tags.ts";
import { equal } from "../bytes/bytes.ts";
import { readAlgorithm } from "../crypto/algorithms.ts";
import { once } from "./attribute-facts.ts";
import type { SignerInfo } from "./read.ts";

/**
 * cmsAlgorithmProtection (RFC 6211): the algorithms of the SignerInfo once more, where the signature covers them.
 *
 * @returns "malformed" also where the attribute is repeated
 */
export function algorithmProtection(signer: SignerInfo): "absent" | "match" | "mismatch" | "malformed" {
  const list = signer.signedAttributes?.list ?? [];
  const found = once(list, OID.cmsAlgorithmProtection, (value) => {
    const protection = fields(value);
    const digestAlgorithm = readAlgorithm(protection.next());
    const signature = protection.next(contextTag(1, true));
    protection.done();
    return (
      equal(digestAlgorithm.raw, signer.digestAlgorithm.raw) &&
      equal(contents(signature), contents(readDer(signer.signatureAlgorithm.raw)))
    );
  });
  if (found === "missing") return "absent";
  if (typeof found === "string") return "malformed";
  return found.value ? "match" : "mismatch";
}
