import { fromBase64Url } from "../bytes/base64.ts";
import { isStrongRsa } from "./rsa-modulus.ts";
import { TOKEN_ALGORITHMS } from "./token-algorithms.ts";

/** A public signature key of an identity provider (RFC 7517 §4, RFC 7518 §6, RFC 8037 §2), with the members that are used. */
export type PublicJwk = {
  readonly kty: "RSA" | "EC" | "OKP";
  readonly kid?: string;
  readonly use?: "sig";
  readonly key_ops?: readonly string[];
  readonly alg?: string;
  readonly n?: string;
  readonly e?: string;
  readonly crv?: string;
  readonly x?: string;
  readonly y?: string;
};

const TYPES = new Map<unknown, { readonly members: readonly string[]; readonly kty: PublicJwk["kty"] }>([
  ["RSA", { members: ["n", "e"], kty: "RSA" }],
  ["EC", { members: ["crv", "x", "y"], kty: "EC" }],
  ["OKP", { members: ["crv", "x"], kty: "OKP" }],
]);
/** RFC 7518 §6.2.2, §6.3.2 and §6.4.1: a key that comes with one of these is not the issuer's secret any more. */
const PRIVATE = ["d", "p", "q", "dp", "dq", "qi", "oth", "k", "priv"];
/** A thumbprint or a date are under 50 characters; no identifier of a key needs more than this. */
const MAX_KID = 256;
/** The longest member is the modulus of an 8192-bit key, 1,366 characters. */
const MAX_MEMBER = 1400;

/** Keys that this module has made, so that each is read once and jose's cache of imported keys finds it again. */
const read = new WeakSet<object>();

/**
 * Reads one member of a JWK Set. Certificates, URLs and extensions are dropped: nothing but the bare key is ever used or kept.
 *
 * @returns a frozen copy, or undefined for a key that cannot verify a token: symmetric, private, weak, meant for encryption,
 *   of an unknown kind, or malformed
 */
export function publicJwk(value: unknown): PublicJwk | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if (read.has(value)) return value as PublicJwk;
  const jwk = value as Readonly<Record<string, unknown>>;
  const type = TYPES.get(jwk.kty);
  if (type === undefined || PRIVATE.some((name) => jwk[name] !== undefined)) return undefined;
  const { kid, use, alg, key_ops: operations } = jwk;
  if (kid !== undefined && !(typeof kid === "string" && kid.length <= MAX_KID && kid.isWellFormed())) return undefined;
  if (use !== undefined && use !== "sig") return undefined;
  if (alg !== undefined && !(typeof alg === "string" && TOKEN_ALGORITHMS.get(alg)?.kty === type.kty)) return undefined;
  if (operations !== undefined && !allowVerify(operations)) return undefined;
  const material: Record<string, string> = {};
  for (const name of type.members) {
    const member = jwk[name];
    if (typeof member !== "string" || member.length > MAX_MEMBER) return undefined;
    material[name] = member;
  }
  if (!isSound(type.kty, material)) return undefined;
  const key: PublicJwk = Object.freeze({
    kty: type.kty,
    ...(kid === undefined ? {} : { kid }),
    ...(use === undefined ? {} : { use }),
    ...(alg === undefined ? {} : { alg }),
    ...(operations === undefined ? {} : { key_ops: Object.freeze([...operations]) }),
    ...material,
  });
  read.add(key);
  return key;
}

/** RFC 7517 §4.3: an array of distinct strings. */
function allowVerify(operations: unknown): operations is readonly string[] {
  if (!Array.isArray(operations) || operations.length > 8) return false;
  if (!operations.every((item) => typeof item === "string" && item.length <= 16)) return false;
  return new Set(operations).size === operations.length && operations.includes("verify");
}

/** Points are checked to lie on their curve when the key is imported; the curve itself is checked against the algorithm. */
function isSound(kty: PublicJwk["kty"], material: Readonly<Record<string, string>>): boolean {
  const octets = new Map(Object.entries(material).map(([name, text]) => [name, fromBase64Url(text)]));
  if (kty !== "RSA") return octets.get("x") !== undefined && (kty === "OKP" || octets.get("y") !== undefined);
  const n = octets.get("n");
  const e = octets.get("e");
  return n !== undefined && e !== undefined && isStrongRsa(n, e);
}
