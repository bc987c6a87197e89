import { equal } from "../bytes/bytes.ts";
import { quietly } from "../fault/quietly.ts";
import type { Certificate } from "../x509/certificate.ts";
import { subjectKeyIdentifier } from "../x509/key-identifiers.ts";
import { namesMatch } from "../x509/name-match.ts";
import { keyUsage } from "../x509/usages.ts";
import type { Allowance } from "./allowance.ts";
import type { Crl } from "./crl.ts";
import { crlProfile } from "./crl-profile.ts";
import { onceEach, oncePerIssuer } from "./once.ts";
import type { RevocationProblem, RevocationStatement } from "./statement.ts";
import { verifies } from "./verifies.ts";

/** Most certificates of the CRL issuer's name that are looked at for one certificate. */
const MAX_CANDIDATES = 16;
/** Most keys that are tried on one CRL, ever: each costs a digest of the whole CRL, which may have 50 MB. */
const MAX_KEYS = 16;

export type CrlSigner = Pick<RevocationStatement, "signature" | "signer" | "alternatives" | "authority"> & {
  readonly problem: RevocationProblem | undefined;
};

/**
 * Who signed a CRL (RFC 5280 §6.3.3 (f), (g)): the certificate's issuer, or another certificate of the CRL issuer's name whose key may
 * sign CRLs. That the other's path ends at the same anchor is for whoever judges paths to see.
 *
 * @param input.by what `crlScope` found
 */
export function crlSigner(crl: Crl, input: SignerQuestion): Promise<CrlSigner> {
  const once = input.by === "issuer" ? BY_ISSUER : BY_OTHER;
  return once(crl, input.issuer, input.candidates, () => findSigner(crl, input));
}

type SignerQuestion = {
  readonly by: "issuer" | "other";
  readonly issuer: Certificate;
  readonly candidates: readonly Certificate[];
  readonly allowance?: Allowance | undefined;
};

const BY_ISSUER = oncePerIssuer<Crl, Promise<CrlSigner>>();
const BY_OTHER = oncePerIssuer<Crl, Promise<CrlSigner>>();

async function findSigner(crl: Crl, input: SignerQuestion): Promise<CrlSigner> {
  const named = namesakes(crl, input);
  const allowed = named.filter((candidate) => maySignCrls(candidate));
  let unsupported = false;
  for (const signer of allowed.slice(0, MAX_CANDIDATES)) {
    const state = await signedBy(crl, signer.spki, input.allowance);
    if (state === "too-many") return { ...nobody(allowed), problem: "too_many_signers" };
    if (state === "valid")
      return {
        signature: "valid",
        signer,
        alternatives: allowed.filter((other) => other !== signer && equal(other.spki, signer.spki)),
        authority: authorityOf(signer, input),
        problem: undefined,
      };
    unsupported ||= state === "unsupported";
  }
  const [first] = allowed;
  if (first !== undefined) {
    const signature = unsupported ? "unsupported" : "invalid";
    const problem = allowed.length > MAX_CANDIDATES ? "too_many_signers" : undefined;
    return { signature, signer: first, alternatives: [], authority: authorityOf(first, input), problem };
  }
  return { ...nobody(named), problem: named.length > 0 ? "no_crl_sign" : undefined };
}

function nobody([first]: readonly Certificate[]): Omit<CrlSigner, "problem"> {
  return { signature: "no-certificate", signer: first, alternatives: [], authority: "none" };
}

/** The certificate's issuer first, then those whose key identifier the CRL names, then the others of the name. */
function namesakes(crl: Crl, { by, issuer, candidates }: SignerQuestion): readonly Certificate[] {
  const own = by === "issuer" && namesMatch(crl.issuer, issuer.subject) ? [issuer] : [];
  const others = candidates.filter((one) => one !== issuer && namesMatch(one.subject, crl.issuer));
  const key = crlProfile(crl).authorityKey;
  if (key === undefined) return [...own, ...others];
  const isNamed = (one: Certificate): boolean => {
    const identifier = quietly(() => subjectKeyIdentifier(one));
    return identifier !== undefined && equal(identifier, key);
  };
  return [...own, ...others.filter(isNamed), ...others.filter((one) => !isNamed(one))];
}

/** A certificate without keyUsage may do everything (RFC 5280 §4.2.1.3); with a malformed one, nothing. */
function maySignCrls(candidate: Certificate): boolean {
  return quietly(() => keyUsage(candidate)?.includes("cRLSign") ?? true) === true;
}

function authorityOf(
  signer: Certificate,
  { by, issuer }: { readonly by: "issuer" | "other"; readonly issuer: Certificate },
): CrlSigner["authority"] {
  if (by === "other") return "indirect";
  return signer === issuer || equal(signer.raw, issuer.raw) ? "issuer" : "same-name";
}

type KeyState = "valid" | "invalid" | "unsupported";

/** What is known of a CRL's signature, key by key. */
const keysOf = onceEach((_: Crl): { readonly spki: Uint8Array; readonly state: Promise<KeyState> }[] => []);

function signedBy(crl: Crl, spki: Uint8Array, allowance: Allowance | undefined): Promise<KeyState> | "too-many" {
  const known = keysOf(crl);
  const found = known.find((one) => equal(one.spki, spki));
  if (found !== undefined) return found.state;
  if (known.length >= MAX_KEYS) return "too-many";
  const state = verifies(crl.signatureAlgorithm, spki, crl.tbs, crl.signature, allowance).then(
    (valid): KeyState => (valid === undefined ? "unsupported" : valid ? "valid" : "invalid"),
  );
  known.push({ spki, state });
  return state;
}
