import { digest } from "#crypto";
import { toHex } from "../bytes/hex.ts";
import { Fault } from "../fault/fault.ts";
import { type Certificate, parseCertificate } from "../x509/certificate.ts";
import { fingerprint, rememberFingerprint } from "../x509/fingerprint.ts";
import { knownAuthority, rememberAuthority } from "./authorities.ts";
import { atMost } from "./limits.ts";

/** The certificates of one run. Each is hashed where it is met and read once, however often the file has it. */
export type CertificateStore = {
  /** Enters a certificate; what cannot be read is passed over. @throws Fault `pdf_limit` */
  readonly add: (der: Uint8Array) => Certificate | undefined;
  /** The same for one that somebody needs. @throws Fault `x509_malformed`, `der_malformed`, `der_limit`, `pdf_limit` */
  readonly read: (der: Uint8Array) => Certificate;
  /** Everything entered, anchors apart, in the order of its arrival. */
  readonly pool: readonly Certificate[];
};

/**
 * @param anchors known from the start, so that a file's own copy of one is the same object; they are not in the pool
 * @param most distinct certificates of the file
 */
export function newCertificateStore(anchors: readonly Certificate[], most: number): CertificateStore {
  const known = new Map<string, Certificate | Fault>(anchors.map((anchor) => [fingerprint(anchor), anchor]));
  const seen = new WeakMap<Uint8Array, Certificate | Fault>();
  const pool: Certificate[] = [];
  let count = 0;
  const enter = (der: Uint8Array): Certificate | Fault => {
    const id = toHex(digest("SHA-256", der));
    const found = known.get(id);
    if (found !== undefined) return found;
    atMost(++count, most, "certificates");
    const parsed = knownAuthority(id) ?? attempt(der, id);
    known.set(id, parsed);
    if (!(parsed instanceof Fault)) pool.push(parsed);
    return parsed;
  };
  const find = (der: Uint8Array): Certificate | Fault => {
    const found = seen.get(der) ?? enter(der);
    seen.set(der, found);
    return found;
  };
  return {
    add: (der) => {
      const found = find(der);
      return found instanceof Fault ? undefined : found;
    },
    read: (der) => {
      const found = find(der);
      if (found instanceof Fault) throw found;
      return found;
    },
    pool,
  };
}

function attempt(der: Uint8Array, id: string): Certificate | Fault {
  try {
    const certificate = parseCertificate(der);
    rememberFingerprint(certificate, id);
    rememberAuthority(id, certificate);
    return certificate;
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
}
