/** The closed set of classes that a signature may have (R1): which one is said by the trust profile, never by a certificate. */
export const SIGNATURE_CLASSES = [
  "PUBLIC_CA",
  "CIVIL_SERVICE",
  "DEDICATED_SECURED",
  "DEDICATED",
  "FOREIGN_RECOGNISED",
  "FOREIGN_OTHER",
  "OTHER_CONFIRMATION",
] as const;
export type SignatureClass = (typeof SIGNATURE_CLASSES)[number];
