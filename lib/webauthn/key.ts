import { cose, decodeCredentialPublicKey } from "@simplewebauthn/server/helpers";
import { readEcdsaSignature } from "../crypto/ecdsa-signature.ts";
import { Fault } from "../fault/fault.ts";

/** Octets of an RSA modulus: 2048 bits at least (NIST SP 800-57 part 1); nothing that a device has is longer than 4096. */
const RSA_OCTETS = { least: 256, most: 512 };

/**
 * Refuses a new key that is not of the one form that its algorithm has here: ES256 on P-256, EdDSA on Ed25519 (WebAuthn Level 2 §5.8.5),
 * RS256 with a modulus of a reasonable length. The library compares the algorithm alone.
 *
 * @param publicKey COSE_Key
 * @throws Fault `passkey_refused`
 */
export function refuseOddKey(publicKey: Uint8Array): void {
  const key = decodeCredentialPublicKey(Uint8Array.from(publicKey));
  const algorithm = key.get(cose.COSEKEYS.alg);
  const fits =
    (cose.isCOSEPublicKeyEC2(key) &&
      algorithm === cose.COSEALG.ES256 &&
      key.get(cose.COSEKEYS.crv) === cose.COSECRV.P256) ||
    (cose.isCOSEPublicKeyOKP(key) &&
      algorithm === cose.COSEALG.EdDSA &&
      key.get(cose.COSEKEYS.crv) === cose.COSECRV.ED25519) ||
    (cose.isCOSEPublicKeyRSA(key) && algorithm === cose.COSEALG.RS256 && isReasonable(key.get(cose.COSEKEYS.n)));
  if (!fits) throw new Fault("passkey_refused", "the key is not of the form that its algorithm has");
}

const isReasonable = (modulus: Uint8Array | undefined): boolean =>
  modulus !== undefined && modulus.length >= RSA_OCTETS.least && modulus.length <= RSA_OCTETS.most;

/**
 * Refuses an ECDSA signature in another encoding than DER. The library reads loosely; what it lets pass an auditor's tools would not, and
 * the proof would be worth nothing.
 *
 * @param publicKey COSE_Key
 * @throws Fault `passkey_refused`
 */
export function refuseLooseSignature(publicKey: Uint8Array, signature: Uint8Array): void {
  const key = decodeCredentialPublicKey(Uint8Array.from(publicKey));
  if (cose.isCOSEPublicKeyEC2(key) && readEcdsaSignature(signature, "P-256") === undefined)
    throw new Fault("passkey_refused", "the signature is not DER");
}
