/**
 * Our arc: 2.25 with a UUID (3801c52b-b94a-4c44-8981-8e6e8694cf3d) as a number, which anybody may make without asking a register
 * (X.667 §6, X.660 §A.3). What is below it is listed in docs/FORMATS.md and never given a second meaning.
 */
const ARC = "2.25.74445959159661278694421732641767477053";

export const POLICY = {
  /** Certificates for one approval (certificatePolicies). */
  oneTimeCertificate: `${ARC}.1.1`,
  /** Certificates of time-stamping units. */
  timestampingCertificate: `${ARC}.1.2`,
  /** Certificates of OCSP responders. */
  ocspResponderCertificate: `${ARC}.1.3`,
  /** Time stamps (policy in TSTInfo, RFC 3161 §2.4.2). */
  timestamp: `${ARC}.2.1`,
} as const;
