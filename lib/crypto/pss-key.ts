import type { SignatureAlgorithm } from "./algorithms.ts";
import type { PublicKey } from "./public-key.ts";

/**
 * Whether a key that is tied to parameters of RSASSA-PSS lets itself be used with those of a signature: same digests, and a salt no
 * shorter than the key's (RFC 4055 §3.3).
 */
export function pssAllowed(
  key: Extract<PublicKey, { kind: "rsa" }>,
  used: Extract<SignatureAlgorithm, { kind: "rsa-pss" }>,
): boolean {
  const tied = key.pss?.parameters;
  return (
    tied === undefined ||
    (tied.hash === used.hash && tied.mgfHash === used.mgfHash && used.saltLength >= tied.saltLength)
  );
}
