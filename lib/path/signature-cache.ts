import { verifySignature } from "#crypto";
import { equal } from "../bytes/bytes.ts";
import { signatureAlgorithmOf } from "../crypto/algorithms.ts";
import { Fault } from "../fault/fault.ts";
import type { Certificate } from "../x509/certificate.ts";
import { fingerprint } from "../x509/fingerprint.ts";

/** `unchecked`: the run had spent all that it may on signatures. Not the same as invalid, and as little worth. */
export type SignatureState = "valid" | "invalid" | "unsupported" | "unchecked";

/** What one run (one file, say) knows of certificates' signatures, and what it may still spend on paths. */
export type SignatureCache = {
  /** Whether the key (DER SubjectPublicKeyInfo) signed the certificate; computed once. */
  check(certificate: Certificate, spki: Uint8Array): SignatureState | Promise<SignatureState>;
  /** Takes from the run's allowance of other work, in comparisons of 0.1 to 0.3 µs. False when it is used up. */
  spend(work: number): boolean;
  /** Signatures that were computed so far. */
  readonly verifications: () => number;
};

type Known = { readonly spki: Uint8Array; readonly state: SignatureState | Promise<SignatureState> };

/**
 * Units of signature verification a run: one is an ECDSA or an RSA verification of up to 3,072 bits, some 100 µs. A file has at most 512
 * certificates, each of which is verified once by the right key and now and then by a wrong one of the same name.
 */
const MAX_VERIFICATIONS = 2048;
/** One to two seconds. The paths of ordinary certificates take a few hundred, the signature of a response or a CRL some thousand. */
const MAX_WORK = 1 << 23;

/** @param verifications units of signature verification that the run may spend; see the constant */
export function newSignatureCache(verifications: number = MAX_VERIFICATIONS): SignatureCache {
  const known = new Map<string, Known[]>();
  let left = verifications;
  let work = MAX_WORK;
  let computed = 0;
  return {
    check(certificate, spki) {
      const identity = fingerprint(certificate);
      const keys = known.get(identity) ?? [];
      const found = keys.find((one) => equal(one.spki, spki));
      if (found !== undefined) return found.state;
      if (left <= 0) return "unchecked";
      left -= costOf(spki);
      computed++;
      const state = verify(certificate, spki);
      known.set(identity, [...keys, { spki, state }]);
      return state;
    },
    spend(amount) {
      work -= amount;
      return work >= 0;
    },
    verifications: () => computed,
  };
}

/**
 * Units of verification that a signature by this key (DER SubjectPublicKeyInfo) takes. RSA takes time with the square of the key's size:
 * 2,048 bits are 294 octets of key, 16,384 bits 2,086.
 */
export function costOf(spki: Uint8Array): number {
  return 1 + Math.floor((spki.length / 512) ** 2);
}

function verify(certificate: Certificate, spki: Uint8Array): SignatureState | Promise<SignatureState> {
  try {
    const algorithm = signatureAlgorithmOf(certificate.signatureAlgorithm);
    const result = verifySignature(algorithm, spki, certificate.tbs, certificate.signature);
    return typeof result === "boolean" ? stateOf(result) : result.then(stateOf, unsupported);
  } catch (error) {
    return unsupported(error);
  }
}

function stateOf(valid: boolean): SignatureState {
  return valid ? "valid" : "invalid";
}

function unsupported(error: unknown): SignatureState {
  if (!(error instanceof Fault)) throw error;
  return "unsupported";
}
