/** Namespaces and URIs of ETSI TS 119 102-2 V1.4.1. */
export const NAMESPACES = {
  xmlns: "http://uri.etsi.org/19102/v1.4.1#",
  "xmlns:ds": "http://www.w3.org/2000/09/xmldsig#",
  "xmlns:tsl": "http://uri.etsi.org/02231/v2#",
} as const;

const ETSI = "urn:etsi:019102";

/** Of a signature as a whole (§4.3.4.2). */
export const MAIN_INDICATION = {
  TOTAL_PASSED: `${ETSI}:mainindication:total-passed`,
  TOTAL_FAILED: `${ETSI}:mainindication:total-failed`,
  INDETERMINATE: `${ETSI}:mainindication:indeterminate`,
} as const;

/** Of a single constraint or of a validation object (§4.3.4.2). */
export const PART_INDICATION = {
  TOTAL_PASSED: `${ETSI}:mainindication:passed`,
  TOTAL_FAILED: `${ETSI}:mainindication:failed`,
  INDETERMINATE: `${ETSI}:mainindication:indeterminate`,
} as const;

/** Table 2 of §4.3.4.3 is the token of EN 319 102-1 behind this. */
export const SUB_INDICATION = `${ETSI}:subindication:`;
/** §4.3.5.4.2 */
export const CONSTRAINT = {
  applied: `${ETSI}:constraintStatus:applied`,
  disabled: `${ETSI}:constraintStatus:disabled`,
};
/** All of EN 319 102-1 §5.6 is asked of every signature, and what it has nothing for is passed over (§4.3.11.1). */
export const PROCESS = `${ETSI}:validationprocess:LTA`;
/** §4.4.6.2: found out by validating. */
export const PROOF = `${ETSI}:poetype:validation`;
/** §4.3.12.6.2, followed by the name of RFC 5280 §5.3.1. */
export const REVOCATION_REASON = `${ETSI}:revocationReason:`;
/** §4.4.4 */
export const OBJECT = {
  certificate: `${ETSI}:validationObject:certificate`,
  crl: `${ETSI}:validationObject:CRL`,
  ocsp: `${ETSI}:validationObject:OCSPResponse`,
  timestamp: `${ETSI}:validationObject:timestamp`,
  signedData: `${ETSI}:validationObject:signedData`,
} as const;

/** Our own: the standard allows any URI for these. */
export const OWN = {
  rule: "urn:motlan:rule:",
  finding: "urn:motlan:finding:",
  verification: "urn:motlan:verification:1:",
  /** The standard has no word for a file without a signature, and a report without a signature is not valid against its schema. */
  noSignature: "urn:motlan:verification:1:no-signature",
} as const;

const SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256";

export { SHA256 };

const MORE = "http://www.w3.org/2001/04/xmldsig-more#";
const PSS = "http://www.w3.org/2007/05/xmldsig-more#";
const SHA3 = "http://www.w3.org/2021/04/xmldsig-more#";

/** Signature algorithms by kind and hash, as RFC 9231 §2.3 names them. */
export const ALGORITHMS: Readonly<Record<string, string>> = {
  "rsa-pkcs1 SHA-1": "http://www.w3.org/2000/09/xmldsig#rsa-sha1",
  "rsa-pkcs1 SHA-256": `${MORE}rsa-sha256`,
  "rsa-pkcs1 SHA-384": `${MORE}rsa-sha384`,
  "rsa-pkcs1 SHA-512": `${MORE}rsa-sha512`,
  "rsa-pss SHA-1": `${PSS}sha1-rsa-MGF1`,
  "rsa-pss SHA-256": `${PSS}sha256-rsa-MGF1`,
  "rsa-pss SHA-384": `${PSS}sha384-rsa-MGF1`,
  "rsa-pss SHA-512": `${PSS}sha512-rsa-MGF1`,
  "rsa-pss SHA3-256": `${PSS}sha3-256-rsa-MGF1`,
  "rsa-pss SHA3-384": `${PSS}sha3-384-rsa-MGF1`,
  "rsa-pss SHA3-512": `${PSS}sha3-512-rsa-MGF1`,
  "ecdsa SHA-1": `${MORE}ecdsa-sha1`,
  "ecdsa SHA-256": `${MORE}ecdsa-sha256`,
  "ecdsa SHA-384": `${MORE}ecdsa-sha384`,
  "ecdsa SHA-512": `${MORE}ecdsa-sha512`,
  "ecdsa SHA3-256": `${SHA3}ecdsa-sha3-256`,
  "ecdsa SHA3-384": `${SHA3}ecdsa-sha3-384`,
  "ecdsa SHA3-512": `${SHA3}ecdsa-sha3-512`,
  "dsa SHA-1": "http://www.w3.org/2000/09/xmldsig#dsa-sha1",
  "dsa SHA-256": "http://www.w3.org/2009/xmldsig11#dsa-sha256",
};
