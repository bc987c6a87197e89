import { fields } from "../asn1/fields.ts";
import * as OID from "../asn1/oids.ts";
import { contents, readDer } from "../asn1/read.ts";
import { contextTag, TAG } from "../asn1/tags.ts";
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
      sameAlgorithm(contents(readDer(digestAlgorithm.raw)), contents(readDer(signer.digestAlgorithm.raw))) &&
      sameAlgorithm(contents(signature), contents(readDer(signer.signatureAlgorithm.raw)))
    );
  });
  if (found === "missing") return "absent";
  if (typeof found === "string") return "malformed";
  return found.value ? "match" : "mismatch";
}

/**
 * Whether two AlgorithmIdentifiers, each without its header, name the same algorithm. No parameters and NULL are the same, as for
 * every algorithm that has either (RFC 4055 §2.1, §5): libraries write one here and the other there.
 */
function sameAlgorithm(a: Uint8Array, b: Uint8Array): boolean {
  return equal(withoutNull(a), withoutNull(b));
}

function withoutNull(algorithm: Uint8Array): Uint8Array {
  // An object identifier of less than 128 octets, then NULL and nothing else.
  const end = 2 + (algorithm[1] ?? 0);
  const none = algorithm.length === end + 2 && algorithm[end] === TAG.null && algorithm[end + 1] === 0;
  return none ? algorithm.subarray(0, end) : algorithm;
}
