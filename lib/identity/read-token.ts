import { fromBase64Url } from "../bytes/base64.ts";
import { Fault } from "../fault/fault.ts";
import { parseJson } from "../json/strict-parse.ts";
import { isJsonObject, type JsonObject } from "../json/value.ts";

/** ID tokens are 1 to 4 KiB; headers and cookies of the servers on the way end at 8 or 16 KiB. */
export const MAX_TOKEN = 16_384;
/** A flat header; claims like `address` or `realm_access` are two to four levels deep (OpenID Connect Core §5.1.1). */
const DEPTH = { header: 3, claims: 8 };

/** What of the protected header is used: enough to find the key, and nothing with which a token could bring its own. */
export type TokenHeader = { readonly alg: string; readonly kid?: string };

/** The three parts of a compact JWS as received (RFC 7515 §7.1); also the `token` that jose's key functions take. */
export type TokenParts = { readonly protected: string; readonly payload: string; readonly signature: string };

/**
 * Takes a compact JWS apart and reads its header. Nothing that is returned has been authenticated.
 *
 * `jwk`, `x5c`, `jku` and `x5u` (RFC 7515 §4.1.2 to §4.1.6) are ignored: keys come from the issuer's configuration alone.
 *
 * @throws Fault token_malformed: not three parts of strict base64url, too long, a header that is not one flat JSON object with
 *   distinct names, an extension that must be understood (`crit`, `b64`), a JWE
 * @throws Fault token_type: the header says that it is something other than an ID token
 */
export function readToken(token: unknown): { readonly header: TokenHeader; readonly parts: TokenParts } {
  if (typeof token !== "string") throw malformed("the token is not a string");
  if (token.length > MAX_TOKEN) throw malformed("the token is too long");
  const [head, payload, signature, ...more] = token.split(".");
  // A JWE has five parts (RFC 7516 §7.1).
  if (!head || !payload || signature === undefined || more.length > 0)
    throw malformed("the token is not a compact JWS");
  const octets = fromBase64Url(head);
  // Strict base64url everywhere: two texts of one token would have two hashes.
  if (octets === undefined || !isBase64Url(payload) || !isBase64Url(signature)) {
    throw malformed("a part of the token is not base64url");
  }
  const header = readObject(octets, DEPTH.header, "header");
  // RFC 7515 §4.1.11: no extension is understood here. `b64` without `crit` would be read one way here and another way elsewhere.
  if (["crit", "b64", "enc", "zip"].some((name) => Object.hasOwn(header, name))) {
    throw malformed("the token uses an extension that is not supported");
  }
  checkType(header);
  const { alg, kid } = header;
  if (typeof alg !== "string") throw malformed("the token names no algorithm");
  if (kid !== undefined && typeof kid !== "string") throw malformed("the key identifier of the token is not a string");
  return {
    header: kid === undefined ? { alg } : { alg, kid },
    parts: { protected: head, payload, signature },
  };
}

/**
 * @param part payload of a token whose signature was verified
 * @throws Fault token_malformed: not one JSON object with distinct names at every depth
 */
export function readClaims(part: string): JsonObject {
  const octets = fromBase64Url(part);
  if (octets === undefined) throw malformed("a part of the token is not base64url");
  return readObject(octets, DEPTH.claims, "claims set");
}

/**
 * RFC 8725 §3.11: a logout token or an access token of the same issuer is signed by the same key. ID tokens have no type or
 * the general one; types compare without case, and `application/` may stand before them (RFC 7515 §4.1.9).
 */
function checkType(header: JsonObject): void {
  const { typ, cty } = header;
  if (typ !== undefined && typeof typ !== "string") throw malformed("the type of the token is not a string");
  if (typ !== undefined && !/^(?:application\/)?jwt$/i.test(typ)) {
    throw new Fault("token_type", "the header of the token names another type than JWT");
  }
  // RFC 7519 §5.2: a content type means that another token is inside.
  if (cty !== undefined) throw new Fault("token_type", "the token wraps other content");
}

function readObject(octets: Uint8Array, depth: number, what: string): JsonObject {
  let value: unknown;
  try {
    value = parseJson(octets, { length: MAX_TOKEN, depth });
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    throw malformed(`the ${what} of the token: ${error.message}`);
  }
  if (!isJsonObject(value as JsonObject)) throw malformed(`the ${what} of the token is not an object`);
  return value as JsonObject;
}

const isBase64Url = (text: string): boolean => fromBase64Url(text) !== undefined;

const malformed = (detail: string): Fault => new Fault("token_malformed", detail);
