import {
  constants,
  createHmac,
  type ECKeyPairKeyObjectOptions,
  generateKeyPairSync,
  type KeyObject,
  sign,
} from "node:crypto";

/** Signatures by node:crypto, so that the tokens of the tests come from another hand than the code that verifies them. */
const SIGN: Readonly<Record<string, (data: Buffer, key: KeyObject) => Buffer>> = {
  RS256: (data, key) => sign("sha256", data, key),
  RS384: (data, key) => sign("sha384", data, key),
  RS512: (data, key) => sign("sha512", data, key),
  PS256: (data, key) => sign("sha256", data, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }),
  PS384: (data, key) => sign("sha384", data, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 48 }),
  PS512: (data, key) => sign("sha512", data, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 64 }),
  ES256: (data, key) => sign("sha256", data, { key, dsaEncoding: "ieee-p1363" }),
  ES384: (data, key) => sign("sha384", data, { key, dsaEncoding: "ieee-p1363" }),
  ES512: (data, key) => sign("sha512", data, { key, dsaEncoding: "ieee-p1363" }),
  EdDSA: (data, key) => sign(null, data, key),
  Ed25519: (data, key) => sign(null, data, key),
};

export type Pair = { readonly publicKey: KeyObject; readonly privateKey: KeyObject };

const ec = (namedCurve: string): Pair => generateKeyPairSync("ec", { namedCurve } as ECKeyPairKeyObjectOptions);

export const KEYS = {
  rsa: generateKeyPairSync("rsa", { modulusLength: 2048 }),
  otherRsa: generateKeyPairSync("rsa", { modulusLength: 2048 }),
  p256: ec("P-256"),
  otherP256: ec("P-256"),
  p384: ec("P-384"),
  p521: ec("P-521"),
  ed25519: generateKeyPairSync("ed25519"),
} as const satisfies Record<string, Pair>;

export const jwk = (pair: Pair, members: Readonly<Record<string, unknown>> = {}): Record<string, unknown> => ({
  ...pair.publicKey.export({ format: "jwk" }),
  ...members,
});

export const b64 = (data: string | Uint8Array): string => Buffer.from(data).toString("base64url");

const textOf = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

/** @param header object, or the very text  @param claims the same */
export function signed(alg: string, pair: Pair, header: unknown, claims: unknown): string {
  const input = `${b64(textOf(header))}.${b64(textOf(claims))}`;
  return `${input}.${b64((SIGN[alg] as (typeof SIGN)[string])(Buffer.from(input), pair.privateKey))}`;
}

export function hmacSigned(hash: string, secret: string | Buffer, header: unknown, claims: unknown): string {
  const input = `${b64(textOf(header))}.${b64(textOf(claims))}`;
  return `${input}.${createHmac(hash, secret).update(input).digest("base64url")}`;
}

export const ISSUER = "https://dang-nhap.example.vn";
export const CLIENT = "motlan";
export const NONCE = "p2UyzTqgQmJYwYd9vGkkJMAn4oFBXMWKqUyRcSg8WKs";
/** 2026-11-25T10:15:00Z, seconds. */
export const NOW = 1_795_601_700;

export const CLAIMS = {
  iss: ISSUER,
  sub: "7d1c0c2e-5b0a-4d8b-9f58-0b2d8f8a1c11",
  aud: CLIENT,
  exp: NOW + 300,
  iat: NOW - 5,
  auth_time: NOW - 10,
  nonce: NONCE,
};

export const HEADER = { alg: "ES256", kid: "a" };
export const JWKS = { keys: [jwk(KEYS.p256, { kid: "a" })] };

export const OPTIONS = {
  issuer: ISSUER,
  clientId: CLIENT,
  nonce: NONCE,
  jwks: JWKS,
  now: NOW,
  algorithms: ["ES256"],
  clockSkew: 30,
};

/** A sound ES256 token with some claims changed; undefined removes one. */
export const token = (claims: Readonly<Record<string, unknown>> = {}, header: object = {}): string =>
  signed("ES256", KEYS.p256, { ...HEADER, ...header }, { ...CLAIMS, ...claims });
