import { typesOf } from "../cms/attributes.ts";
import type { SignerInfo } from "../cms/read.ts";
import type { SignerResult } from "../cms/signer-result.ts";
import { fingerprint } from "../x509/fingerprint.ts";
import type { SignerFacts } from "./facts.ts";
import { algorithmFacts, isoTime } from "./plain.ts";

/** @param signer undefined for a signature without a message around it (`adbe.x509.rsa_sha1`) */
export function signerFacts(result: SignerResult, signer: SignerInfo | undefined): SignerFacts {
  const { attributes, certificate } = result;
  const signingTime = attributes?.signingTime;
  return {
    certificate: certificate === undefined ? null : fingerprint(certificate),
    identified: result.identified,
    digestAlgorithm: result.digestAlgorithm ?? null,
    signatureAlgorithm: algorithmFacts(result.signatureAlgorithm),
    algorithmsAgree: result.algorithmsAgree,
    algorithmProtection: result.algorithmProtection,
    signedAttributes: result.signedAttributes,
    contentType: result.contentType,
    messageDigest: result.messageDigest,
    signature: result.signature,
    signingCertificate: result.signingCertificate,
    signingCertificateVersion: attributes?.signingCertificateVersion ?? null,
    signingCertificates: attributes?.signingCertificates ?? 0,
    issuerSerial: result.issuerSerial,
    confusable: result.confusable,
    signingTime: typeof signingTime === "object" ? isoTime(signingTime.value) : null,
    signedAttributeTypes: typesOf(signer?.signedAttributes?.list ?? []),
    unsignedAttributeTypes: typesOf(signer?.unsignedAttributes ?? []),
  };
}
