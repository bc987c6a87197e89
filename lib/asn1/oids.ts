// Object identifiers by the names that their ASN.1 modules use; each group names its source. Imported as `* as OID`, so that a bundle
// has those alone that its code names.

// Hashes: RFC 8017 App. A.2.4, NIST CSOR
export const md5 = "1.2.840.113549.2.5";
export const sha1 = "1.3.14.3.2.26";
export const sha224 = "2.16.840.1.101.3.4.2.4";
export const sha256 = "2.16.840.1.101.3.4.2.1";
export const sha384 = "2.16.840.1.101.3.4.2.2";
export const sha512 = "2.16.840.1.101.3.4.2.3";
export const sha512_224 = "2.16.840.1.101.3.4.2.5";
export const sha512_256 = "2.16.840.1.101.3.4.2.6";
export const sha3_224 = "2.16.840.1.101.3.4.2.7";
export const sha3_256 = "2.16.840.1.101.3.4.2.8";
export const sha3_384 = "2.16.840.1.101.3.4.2.9";
export const sha3_512 = "2.16.840.1.101.3.4.2.10";
export const shake128 = "2.16.840.1.101.3.4.2.11";
export const shake256 = "2.16.840.1.101.3.4.2.12";
export const shake256Len = "2.16.840.1.101.3.4.2.18";

// RSA: RFC 8017 App. A, RFC 4055, NIST CSOR (SHA-3)
export const rsaEncryption = "1.2.840.113549.1.1.1";
export const md5WithRSAEncryption = "1.2.840.113549.1.1.4";
export const sha1WithRSAEncryption = "1.2.840.113549.1.1.5";
export const mgf1 = "1.2.840.113549.1.1.8";
export const rsassaPss = "1.2.840.113549.1.1.10";
export const sha256WithRSAEncryption = "1.2.840.113549.1.1.11";
export const sha384WithRSAEncryption = "1.2.840.113549.1.1.12";
export const sha512WithRSAEncryption = "1.2.840.113549.1.1.13";
export const sha224WithRSAEncryption = "1.2.840.113549.1.1.14";
export const sha512_224WithRSAEncryption = "1.2.840.113549.1.1.15";
export const sha512_256WithRSAEncryption = "1.2.840.113549.1.1.16";
export const rsaWithSha3_224 = "2.16.840.1.101.3.4.3.13";
export const rsaWithSha3_256 = "2.16.840.1.101.3.4.3.14";
export const rsaWithSha3_384 = "2.16.840.1.101.3.4.3.15";
export const rsaWithSha3_512 = "2.16.840.1.101.3.4.3.16";

// Elliptic curves: RFC 5480, RFC 5758, RFC 5639, RFC 8410, NIST CSOR (SHA-3)
export const ecPublicKey = "1.2.840.10045.2.1";
export const ecdsaWithSha1 = "1.2.840.10045.4.1";
export const ecdsaWithSha224 = "1.2.840.10045.4.3.1";
export const ecdsaWithSha256 = "1.2.840.10045.4.3.2";
export const ecdsaWithSha384 = "1.2.840.10045.4.3.3";
export const ecdsaWithSha512 = "1.2.840.10045.4.3.4";
export const ecdsaWithSha3_224 = "2.16.840.1.101.3.4.3.9";
export const ecdsaWithSha3_256 = "2.16.840.1.101.3.4.3.10";
export const ecdsaWithSha3_384 = "2.16.840.1.101.3.4.3.11";
export const ecdsaWithSha3_512 = "2.16.840.1.101.3.4.3.12";
export const p256 = "1.2.840.10045.3.1.7";
export const p384 = "1.3.132.0.34";
export const p521 = "1.3.132.0.35";
export const secp256k1 = "1.3.132.0.10";
export const brainpoolP256r1 = "1.3.36.3.3.2.8.1.1.7";
export const brainpoolP384r1 = "1.3.36.3.3.2.8.1.1.11";
export const brainpoolP512r1 = "1.3.36.3.3.2.8.1.1.13";
export const ed25519 = "1.3.101.112";
export const ed448 = "1.3.101.113";

// DSA: RFC 3279 §2.3.2, RFC 5758 §3.1
export const dsa = "1.2.840.10040.4.1";
export const dsaWithSha1 = "1.2.840.10040.4.3";
export const dsaWithSha224 = "2.16.840.1.101.3.4.3.1";
export const dsaWithSha256 = "2.16.840.1.101.3.4.3.2";

// Attributes of names: X.520, RFC 4519, RFC 2985, EN 319 412-1
export const commonName = "2.5.4.3";
export const surname = "2.5.4.4";
export const serialNumber = "2.5.4.5";
export const countryName = "2.5.4.6";
export const localityName = "2.5.4.7";
export const stateOrProvinceName = "2.5.4.8";
export const streetAddress = "2.5.4.9";
export const organizationName = "2.5.4.10";
export const organizationalUnitName = "2.5.4.11";
export const title = "2.5.4.12";
export const description = "2.5.4.13";
export const businessCategory = "2.5.4.15";
export const postalCode = "2.5.4.17";
export const telephoneNumber = "2.5.4.20";
export const name = "2.5.4.41";
export const givenName = "2.5.4.42";
export const initials = "2.5.4.43";
export const generationQualifier = "2.5.4.44";
export const dnQualifier = "2.5.4.46";
export const pseudonym = "2.5.4.65";
export const organizationIdentifier = "2.5.4.97";
export const userId = "0.9.2342.19200300.100.1.1";
export const domainComponent = "0.9.2342.19200300.100.1.25";
export const emailAddress = "1.2.840.113549.1.9.1";
export const dateOfBirth = "1.3.6.1.5.5.7.9.1";
export const countryOfCitizenship = "1.3.6.1.5.5.7.9.4";

// Certificate and CRL extensions: RFC 5280 §4.2, §5.2, §5.3
export const subjectDirectoryAttributes = "2.5.29.9";
export const subjectKeyIdentifier = "2.5.29.14";
export const keyUsage = "2.5.29.15";
export const privateKeyUsagePeriod = "2.5.29.16";
export const subjectAltName = "2.5.29.17";
export const issuerAltName = "2.5.29.18";
export const basicConstraints = "2.5.29.19";
export const crlNumber = "2.5.29.20";
export const reasonCode = "2.5.29.21";
export const holdInstructionCode = "2.5.29.23";
export const invalidityDate = "2.5.29.24";
export const deltaCrlIndicator = "2.5.29.27";
export const issuingDistributionPoint = "2.5.29.28";
export const certificateIssuer = "2.5.29.29";
export const nameConstraints = "2.5.29.30";
export const crlDistributionPoints = "2.5.29.31";
export const certificatePolicies = "2.5.29.32";
export const anyPolicy = "2.5.29.32.0";
export const policyMappings = "2.5.29.33";
export const authorityKeyIdentifier = "2.5.29.35";
export const policyConstraints = "2.5.29.36";
export const extendedKeyUsage = "2.5.29.37";
export const anyExtendedKeyUsage = "2.5.29.37.0";
export const freshestCrl = "2.5.29.46";
export const inhibitAnyPolicy = "2.5.29.54";
/** RFC 9608 */
export const noRevAvail = "2.5.29.56";
/** A TSA's ExpiredCertsOnCRL, X.509 (2019) §9.5.2.8 */
export const expiredCertsOnCrl = "2.5.29.60";
export const authorityInfoAccess = "1.3.6.1.5.5.7.1.1";
export const qcStatements = "1.3.6.1.5.5.7.1.3";
export const subjectInfoAccess = "1.3.6.1.5.5.7.1.11";
export const cps = "1.3.6.1.5.5.7.2.1";
export const userNotice = "1.3.6.1.5.5.7.2.2";
export const ocsp = "1.3.6.1.5.5.7.48.1";
export const caIssuers = "1.3.6.1.5.5.7.48.2";

// Extended key usage: RFC 5280 §4.2.1.12, RFC 9336, Adobe
export const serverAuth = "1.3.6.1.5.5.7.3.1";
export const clientAuth = "1.3.6.1.5.5.7.3.2";
export const codeSigning = "1.3.6.1.5.5.7.3.3";
export const emailProtection = "1.3.6.1.5.5.7.3.4";
export const timeStamping = "1.3.6.1.5.5.7.3.8";
export const ocspSigning = "1.3.6.1.5.5.7.3.9";
export const documentSigning = "1.3.6.1.5.5.7.3.36";
export const adobeAuthenticDocumentsTrust = "1.2.840.113583.1.1.5";
export const microsoftDocumentSigning = "1.3.6.1.4.1.311.10.3.12";

// OCSP: RFC 6960 App. B, RFC 8954
export const ocspBasic = "1.3.6.1.5.5.7.48.1.1";
export const ocspNonce = "1.3.6.1.5.5.7.48.1.2";
export const ocspNoCheck = "1.3.6.1.5.5.7.48.1.5";
export const ocspCrlReferences = "1.3.6.1.5.5.7.48.1.3";
export const ocspArchiveCutoff = "1.3.6.1.5.5.7.48.1.6";
export const ocspExtendedRevoke = "1.3.6.1.5.5.7.48.1.9";
/** Common PKI 2.0 Part 4 §3.1.2 */
export const certHash = "1.3.36.8.3.13";

// Qualified statements: RFC 3739 §3.2.6, EN 319 412-1, EN 319 412-5
export const qcsPkixQcSyntaxV2 = "1.3.6.1.5.5.7.11.2";
export const qcCompliance = "0.4.0.1862.1.1";
export const qcLimitValue = "0.4.0.1862.1.2";
export const qcRetentionPeriod = "0.4.0.1862.1.3";
export const qcSscd = "0.4.0.1862.1.4";
export const qcPds = "0.4.0.1862.1.5";
export const qcType = "0.4.0.1862.1.6";
export const qcTypeEsign = "0.4.0.1862.1.6.1";
export const qcTypeEseal = "0.4.0.1862.1.6.2";
export const qcTypeWeb = "0.4.0.1862.1.6.3";
export const qcCcLegislation = "0.4.0.1862.1.7";
export const semanticsNatural = "0.4.0.194121.1.1";
export const semanticsLegal = "0.4.0.194121.1.2";
export const semanticsEidasNatural = "0.4.0.194121.1.3";
export const semanticsEidasLegal = "0.4.0.194121.1.4";
export const validityAssuredShortTerm = "0.4.0.194121.2.1";

// CMS: RFC 5652, RFC 2634, RFC 5035, RFC 6211, RFC 5126, RFC 5940
export const data = "1.2.840.113549.1.7.1";
export const signedData = "1.2.840.113549.1.7.2";
export const contentType = "1.2.840.113549.1.9.3";
export const messageDigest = "1.2.840.113549.1.9.4";
export const signingTime = "1.2.840.113549.1.9.5";
export const counterSignature = "1.2.840.113549.1.9.6";
export const extensionRequest = "1.2.840.113549.1.9.14";
export const signingCertificate = "1.2.840.113549.1.9.16.2.12";
export const signingCertificateV2 = "1.2.840.113549.1.9.16.2.47";
export const contentHints = "1.2.840.113549.1.9.16.2.4";
export const contentReference = "1.2.840.113549.1.9.16.2.10";
export const contentIdentifier = "1.2.840.113549.1.9.16.2.7";
export const signaturePolicyId = "1.2.840.113549.1.9.16.2.15";
export const commitmentType = "1.2.840.113549.1.9.16.2.16";
export const signerLocation = "1.2.840.113549.1.9.16.2.17";
export const signerAttributes = "1.2.840.113549.1.9.16.2.18";
export const contentTimestamp = "1.2.840.113549.1.9.16.2.20";
export const signatureTimestamp = "1.2.840.113549.1.9.16.2.14";
export const certificateReferences = "1.2.840.113549.1.9.16.2.21";
export const revocationReferences = "1.2.840.113549.1.9.16.2.22";
export const certificateValues = "1.2.840.113549.1.9.16.2.23";
export const revocationValues = "1.2.840.113549.1.9.16.2.24";
export const archiveTimestampV2 = "1.2.840.113549.1.9.16.2.48";
export const archiveTimestampV3 = "0.4.0.1733.2.4";
export const signerAttributesV2 = "0.4.0.19122.1.1";
export const cmsAlgorithmProtection = "1.2.840.113549.1.9.52";
export const adobeRevocationInfoArchival = "1.2.840.113583.1.1.8";
export const ocspResponseInCms = "1.3.6.1.5.5.7.16.2";

// Time stamps: RFC 3161, EN 319 422
export const tstInfo = "1.2.840.113549.1.9.16.1.4";
export const qcTstCompliance = "0.4.0.19422.1.1";
