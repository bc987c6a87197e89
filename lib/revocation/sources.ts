/** All that reads and asks CRLs and OCSP responses, as `#revocation`: a page loads it for files that have one. */
export { parseCrl } from "./crl.ts";
export { verifyCrl } from "./crl-verify.ts";
export { basicResponseIn } from "./ocsp-read.ts";
export { verifyOcsp } from "./ocsp-statement.ts";
