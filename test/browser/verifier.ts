/** What a page needs to verify: measured, and run in Chromium. */
export { DEFAULT_POLICY } from "../../lib/validate/policy.ts";
export { verifyPdf } from "../../lib/verify/verify-pdf.ts";
export { parseCertificate } from "../../lib/x509/certificate.ts";
