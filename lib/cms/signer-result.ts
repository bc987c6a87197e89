import type { HashName, SignatureAlgorithm } from "../crypto/algorithms.ts";
import type { Certificate } from "../x509/certificate.ts";
import type { AttributeFacts } from "./attribute-facts.ts";

/** Facts about one signer. None of them is a verdict: path, time and policy are judged elsewhere. */
export type SignerResult = {
  /** Undefined where none was found, or what was found cannot be read. */
  readonly certificate: Certificate | undefined;
  /** Whether issuer and serial number, or the key identifier, of the SignerInfo name the certificate. */
  readonly identified: boolean;
  /** Of the SignerInfo; undefined where it is not supported. */
  readonly digestAlgorithm: HashName | undefined;
  readonly signatureAlgorithm: SignatureAlgorithm | undefined;
  /** The digest algorithm is announced in SignedData, and the signature algorithm uses the same one. */
  readonly algorithmsAgree: boolean;
  readonly algorithmProtection: "absent" | "match" | "mismatch" | "malformed";
  readonly signedAttributes: "der" | "not-der" | "absent";
  /** Undefined where there are no signed attributes. */
  readonly attributes: AttributeFacts | undefined;
  /** Attribute content-type against eContentType. `unneeded`: no signed attributes, and the content is id-data. */
  readonly contentType: "match" | "mismatch" | "missing" | "repeated" | "malformed" | "unneeded";
  /** Attribute message-digest against the content. `unneeded`: no signed attributes, the signature covers the content itself. */
  readonly messageDigest:
    | "match"
    | "mismatch"
    | "missing"
    | "repeated"
    | "malformed"
    | "unsupported"
    | "no-content"
    | "unneeded";
  readonly signature: "valid" | "invalid" | "unsupported" | "no-certificate" | "bad-certificate" | "no-content";
  /** The first reference of signing-certificate against the certificate: its hash, then its issuer and serial number. */
  readonly signingCertificate: "match" | "mismatch" | "missing" | "repeated" | "malformed" | "unsupported" | "unknown";
  readonly issuerSerial: "match" | "mismatch" | "absent";
  /** Content without signed attributes that is itself a set of signed attributes: see `looksLikeSignedAttributes`. */
  readonly confusable: boolean;
};

/**
 * Whether the signature is the named key's over this content: the cryptography and what RFC 5652 demands for it. Says nothing about
 * whose key it is.
 */
export function isIntact(result: SignerResult): boolean {
  return (
    result.signature === "valid" &&
    (result.messageDigest === "match" || result.messageDigest === "unneeded") &&
    (result.contentType === "match" || result.contentType === "unneeded") &&
    !result.confusable
  );
}
