import * as OID from "../asn1/oids.ts";
import { oid } from "../asn1/write.ts";
import type { Bytes } from "../bytes/bytes.ts";
import { ecdsaWithSha256 } from "../crypto/algorithms.ts";
import { assemble, attribute, attributeSet } from "./build.ts";
import { certificateId } from "./certificate-id.ts";
import { signingCertificateV2 } from "./signing-certificate.ts";

const DATA = oid(OID.data);
const SIGNATURE_TIMESTAMP = oid(OID.signatureTimestamp);
const ECDSA_WITH_SHA256 = ecdsaWithSha256();

/**
 * The octets that the signer signs (RFC 5652 §5.4): DER SET OF content-type, message-digest and signing-certificate-v2. There is no
 * signing-time: in PAdES the claimed time is /M of the signature dictionary (EN 319 142-1 §5.3).
 *
 * @param input.digest SHA-256 of the content, 32 octets
 * @param input.signerCertificate DER
 * @returns under the tag SET OF; give it to the Signer as it is
 * @throws TypeError: the digest has another length
 * @throws Fault `der_malformed`: the certificate
 */
export function signedAttributes(input: {
  readonly digest: Uint8Array;
  readonly signerCertificate: Uint8Array;
}): Bytes {
  return attributeSet(DATA, input.digest, signingCertificateV2(input.signerCertificate));
}

/**
 * A detached CAdES signature as PAdES embeds it (EN 319 142-1 §6.3): SignedData version 1, one signer, DER.
 *
 * @param input.signedAttributes what {@link signedAttributes} returned and the signature covers
 * @param input.signature as the algorithm writes it: DER Ecdsa-Sig-Value for ECDSA
 * @param input.certificates DER, the signer's first, then its chain. The signer's is named in the SignerInfo; in the message they
 *   stand in DER order, which says nothing about who signed (RFC 5652 §10.2.3)
 * @param input.timestampToken an RFC 3161 token over `signature`: makes B-B into B-T
 * @param input.signatureAlgorithm AlgorithmIdentifier; ecdsa-with-SHA256 unless given
 * @returns ContentInfo
 * @throws TypeError: no certificate, or attributes under another tag
 */
export function signedData(input: {
  readonly signedAttributes: Uint8Array;
  readonly signature: Uint8Array;
  readonly certificates: readonly Uint8Array[];
  readonly timestampToken?: Uint8Array;
  readonly signatureAlgorithm?: Uint8Array;
}): Bytes {
  const [signer] = input.certificates;
  if (signer === undefined) throw new TypeError("no certificate of the signer");
  const { timestampToken } = input;
  return assemble(
    {
      contentType: DATA,
      signedAttributes: input.signedAttributes,
      signer: certificateId(signer),
      signatureAlgorithm: input.signatureAlgorithm ?? ECDSA_WITH_SHA256,
      signature: input.signature,
      certificates: input.certificates,
      unsignedAttributes: timestampToken === undefined ? [] : [attribute(SIGNATURE_TIMESTAMP, timestampToken)],
    },
    1,
  );
}
