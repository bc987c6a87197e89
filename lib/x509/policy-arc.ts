/**
 * Our arc: UUID 3801c52b-b94a-4c44-8981-8e6e8694cf3d cut into arcs of 16 and 24 bits below the arc that Microsoft set aside for identifiers
 * that anybody makes out of a GUID. X.667 has an arc for whole UUIDs (2.25), but its 128 bits are more than many decoders hold: Go before
 * 1.22 refuses a certificate with such a policy, and so does pkilint. What is below our arc is listed in docs/FORMATS.md and never given a
 * second meaning.
 */
const ARC = "1.2.840.113556.1.8000.2554.14337.50475.47434.19524.35201.9334406.9752381";

export const POLICY = {
  /** Certificates for one approval (certificatePolicies). */
  oneTimeCertificate: `${ARC}.1.1`,
  /** Certificates of time-stamping units. */
  timestampingCertificate: `${ARC}.1.2`,
  /** Certificates of OCSP responders. */
  ocspResponderCertificate: `${ARC}.1.3`,
  /** Certificates of the seal on validation reports. */
  reportSealCertificate: `${ARC}.1.4`,
  /** Time stamps (policy in TSTInfo, RFC 3161 §2.4.2). */
  timestamp: `${ARC}.2.1`,
} as const;
