import { EncryptJWT } from "jose";
import { describe, expect, test } from "vitest";
import { verifyIdToken } from "../../lib/identity/verify-id-token.ts";
import {
  b64,
  CLAIMS,
  HEADER,
  hmacSigned,
  ISSUER,
  JWKS,
  jwk,
  KEYS,
  NONCE,
  NOW,
  OPTIONS,
  type Pair,
  signed,
  token,
} from "./tokens.ts";

/** What an attacker sends, what the service would have to be told, and the answer. Secret values mark what must not leak. */
type Attack = readonly [name: string, token: string | Promise<string>, code: string, options?: object];

const good = token();
const [head, payload, signature] = good.split(".") as [string, string, string];
const both = { keys: [jwk(KEYS.rsa, { kid: "r" }), jwk(KEYS.p256, { kid: "a" })] };
const lax = { jwks: both, algorithms: ["RS256", "ES256", "HS256", "HS384", "HS512", "none", "NONE", ""] };
const pem = (pair: Pair) => pair.publicKey.export({ type: "spki", format: "pem" });
const der = (pair: Pair) => pair.publicKey.export({ type: "spki", format: "der" });
const es256 = (header: unknown, claims: unknown = CLAIMS) => signed("ES256", KEYS.p256, header, claims);
const text = (value: unknown) => JSON.stringify(value);
const doubled = (value: object, member: string) => `${text(value).slice(0, -1)},${member}}`;
const unsigned = (header: unknown) => `${b64(JSON.stringify(header))}.${payload}.`;

const groups: Readonly<Record<string, readonly Attack[]>> = {
  "no signature": [
    ["alg none, no signature", unsigned({ alg: "none" }), "token_algorithm", lax],
    ["alg None", unsigned({ alg: "None" }), "token_algorithm", lax],
    ["alg NONE, allowed by mistake", unsigned({ alg: "NONE" }), "token_algorithm", lax],
    ["alg empty, allowed by mistake", unsigned({ alg: "" }), "token_algorithm", lax],
    ["alg none with the kid of a key", unsigned({ alg: "none", kid: "a" }), "token_algorithm", lax],
    ["alg none with a signature", `${b64('{"alg":"none"}')}.${payload}.${signature}`, "token_algorithm", lax],
    ["alg missing", es256({ kid: "a" }), "token_malformed", lax],
    ["alg a list", es256({ kid: "a", alg: ["ES256"] }), "token_malformed", lax],
    ["alg null", es256({ kid: "a", alg: null }), "token_malformed", lax],
    ["alg in lower case", es256({ kid: "a", alg: "es256" }), "token_algorithm", { algorithms: ["es256"] }],
    ["the signature left out", `${head}.${payload}.`, "token_signature"],
    ["the signature cut short", `${head}.${payload}.${signature.slice(0, -6)}`, "token_signature"],
    ["zeros for a signature", `${head}.${payload}.${b64(Buffer.alloc(64))}`, "token_signature"],
    ["r = 0, s = 1", `${head}.${payload}.${b64(Buffer.concat([Buffer.alloc(63), Buffer.of(1)]))}`, "token_signature"],
    ["r and s the order of the curve", `${head}.${payload}.${orderTwice()}`, "token_signature"],
    ["an ASN.1 signature in place of r and s", derSigned(), "token_signature"],
  ],
  "a public key taken for a secret": [
    [
      "HS256 with the RSA key in PEM",
      hmacSigned("sha256", pem(KEYS.rsa), { alg: "HS256", kid: "r" }, CLAIMS),
      "token_algorithm",
      lax,
    ],
    [
      "HS256 with the RSA key in DER",
      hmacSigned("sha256", der(KEYS.rsa), { alg: "HS256", kid: "r" }, CLAIMS),
      "token_algorithm",
      lax,
    ],
    [
      "HS512 with the EC key in PEM",
      hmacSigned("sha512", pem(KEYS.p256), { alg: "HS512", kid: "a" }, CLAIMS),
      "token_algorithm",
      lax,
    ],
    [
      "HS256 with the JWK",
      hmacSigned("sha256", text(jwk(KEYS.p256, { kid: "a" })), { alg: "HS256", kid: "a" }, CLAIMS),
      "token_algorithm",
      lax,
    ],
    [
      "HS256 with a symmetric key that the set holds",
      hmacSigned("sha256", Buffer.alloc(32, 7), { alg: "HS256", kid: "s" }, CLAIMS),
      "token_algorithm",
      { ...lax, jwks: { keys: [{ kty: "oct", kid: "s", k: b64(Buffer.alloc(32, 7)) }] } },
    ],
    ["HS256 with the empty secret", hmacSigned("sha256", "", { alg: "HS256" }, CLAIMS), "token_algorithm", lax],
  ],
  "a key that is not the issuer's, or not for this": [
    ["a foreign key under the right kid", signed("ES256", KEYS.otherP256, HEADER, CLAIMS), "token_signature"],
    [
      "a foreign RSA key under the right kid",
      signed("RS256", KEYS.otherRsa, { alg: "RS256", kid: "r" }, CLAIMS),
      "token_signature",
      lax,
    ],
    ["an unknown kid", es256({ alg: "ES256", kid: "b" }), "token_key_unknown"],
    ["an empty kid", es256({ alg: "ES256", kid: "" }), "token_key_unknown"],
    ["a kid that is a number", es256({ alg: "ES256", kid: 1 }), "token_malformed"],
    ["a kid like a path", es256({ alg: "ES256", kid: "../../dev/null" }), "token_key_unknown"],
    ["a kid like a member of every object", es256({ alg: "ES256", kid: "__proto__" }), "token_key_unknown"],
    [
      "the attacker's key in jwk",
      signed("ES256", KEYS.otherP256, { ...HEADER, jwk: jwk(KEYS.otherP256) }, CLAIMS),
      "token_signature",
    ],
    [
      "the attacker's key in jwk, no kid",
      signed("ES256", KEYS.otherP256, { alg: "ES256", jwk: jwk(KEYS.otherP256) }, CLAIMS),
      "token_signature",
    ],
    [
      "the attacker's certificate in x5c",
      signed("ES256", KEYS.otherP256, { ...HEADER, x5c: ["MIIB"] }, CLAIMS),
      "token_signature",
    ],
    [
      "the attacker's key set in jku",
      signed("ES256", KEYS.otherP256, { alg: "ES256", kid: "evil", jku: "https://evil.example/jwks" }, CLAIMS),
      "token_key_unknown",
    ],
    ["the kid of an RSA key with an EC signature", es256({ alg: "ES256", kid: "r" }), "token_algorithm", lax],
    [
      "the kid of an EC key with an RSA signature",
      signed("RS256", KEYS.rsa, { alg: "RS256", kid: "a" }, CLAIMS),
      "token_algorithm",
      lax,
    ],
    [
      "ES256 said, signed on P-384",
      signed("ES384", KEYS.p384, { alg: "ES256", kid: "c" }, CLAIMS),
      "token_algorithm",
      { jwks: { keys: [jwk(KEYS.p384, { kid: "c" })] } },
    ],
    ["ES384 said, signed on P-256", es256({ alg: "ES384", kid: "a" }), "token_algorithm", { algorithms: ["ES384"] }],
    [
      "PS256 said, signed by PKCS #1 v1.5",
      signed("RS256", KEYS.rsa, { alg: "PS256", kid: "r" }, CLAIMS),
      "token_signature",
      { jwks: both, algorithms: ["PS256"] },
    ],
    ["a key for encryption", good, "token_key_unknown", { jwks: { keys: [jwk(KEYS.p256, { kid: "a", use: "enc" })] } }],
    [
      "a key whose operations leave out verify",
      good,
      "token_key_unknown",
      { jwks: { keys: [jwk(KEYS.p256, { kid: "a", key_ops: ["sign"] })] } },
    ],
    [
      "a key whose operations are no list",
      good,
      "token_key_unknown",
      { jwks: { keys: [jwk(KEYS.p256, { kid: "a", key_ops: "verify" })] } },
    ],
    [
      "a key for another algorithm",
      signed("RS256", KEYS.rsa, { alg: "RS256", kid: "r" }, CLAIMS),
      "token_algorithm",
      { algorithms: ["RS256"], jwks: { keys: [jwk(KEYS.rsa, { kid: "r", alg: "PS256" })] } },
    ],
    [
      "a key that was published with its private part",
      good,
      "token_key_unknown",
      { jwks: { keys: [{ ...KEYS.p256.privateKey.export({ format: "jwk" }), kid: "a" }] } },
    ],
    [
      "two keys under the kid, the right one second",
      good,
      "token_key_unknown",
      { jwks: { keys: [jwk(KEYS.otherP256, { kid: "a" }), jwk(KEYS.p256, { kid: "a" })] } },
    ],
    [
      "a point that is not on its curve",
      good,
      "token_key_unknown",
      { jwks: { keys: [{ ...jwk(KEYS.p256, { kid: "a" }), y: b64(Buffer.alloc(32, 1)) }] } },
    ],
    ["no keys", good, "token_key_unknown", { jwks: { keys: [] } }],
    [
      "more keys than anybody has",
      good,
      "token_key_unknown",
      { jwks: { keys: Array.from({ length: 65 }, () => JWKS.keys[0]) } },
    ],
  ],
  "the form": [
    [
      "two members with one name, first issuer right",
      es256(HEADER, doubled(CLAIMS, '"iss":"https://evil.example"')),
      "token_malformed",
    ],
    [
      "two members with one name, last nonce right",
      es256(HEADER, doubled({ ...CLAIMS, nonce: "x" }, `"nonce":"${NONCE}"`)),
      "token_malformed",
    ],
    ["a duplicate that is written with escapes", es256(HEADER, doubled(CLAIMS, '"\\u0073ub":"x"')), "token_malformed"],
    ["a duplicate below the top", es256(HEADER, doubled(CLAIMS, '"a":{"b":1,"b":2}')), "token_malformed"],
    ["alg twice in the header", es256(doubled({ ...HEADER, alg: "none" }, '"alg":"ES256"')), "token_malformed"],
    ["kid twice in the header", es256(doubled({ ...HEADER, kid: "x" }, '"kid":"a"')), "token_malformed"],
    ["crit", es256({ ...HEADER, crit: ["exp"], exp: NOW }), "token_malformed"],
    ["crit, empty", es256({ ...HEADER, crit: [] }), "token_malformed"],
    ["crit, null", es256({ ...HEADER, crit: null }), "token_malformed"],
    ["b64 false with crit", es256({ ...HEADER, b64: false, crit: ["b64"] }), "token_malformed"],
    ["b64 true, without crit", es256({ ...HEADER, b64: true }), "token_malformed"],
    ["enc, as in a JWE", es256({ ...HEADER, enc: "A256GCM" }), "token_malformed"],
    ["a JWE", encrypted(), "token_malformed"],
    ["JSON serialisation", JSON.stringify({ protected: head, payload, signature }), "token_malformed"],
    ["white space before", ` ${good}`, "token_malformed"],
    ["a line end behind", `${good}\n`, "token_malformed"],
    ["white space inside", `${head}. ${payload}.${signature}`, "token_malformed"],
    ["padding behind the signature", `${good}==`, "token_malformed"],
    ["padding behind the header", `${head}=.${payload}.${signature}`, "token_malformed"],
    ["base64 that is not base64url", `${head}.${payload}.${`+${signature.slice(1)}`}`, "token_malformed"],
    ["unused bits that are not zero", `${head}.${payload}.${lastDigitChanged()}`, "token_malformed"],
    ["a fourth part", `${good}.`, "token_malformed"],
    ["two parts", `${head}.${payload}`, "token_malformed"],
    ["an empty payload", `${head}..${signature}`, "token_malformed"],
    ["nothing", "", "token_malformed"],
    ["dots", "..", "token_malformed"],
    ["something that is no text", 42 as unknown as string, "token_malformed"],
    ["seventeen thousand characters", token({ pad: "x".repeat(13_000) }), "token_malformed"],
    ["a hundred megabytes", "e".repeat(100_000_000), "token_malformed"],
    ["a header that is a list", es256([HEADER]), "token_malformed"],
    ["a header that is no JSON", es256("{alg:ES256}"), "token_malformed"],
    ["a header with a byte order mark", es256(`\ufeff${text(HEADER)}`), "token_malformed"],
    ["a header that is deep", es256(`{"alg":"ES256","a":${"[".repeat(3000)}${"]".repeat(3000)}}`), "token_malformed"],
    ["claims that are a list", es256(HEADER, [CLAIMS]), "token_malformed"],
    ["claims that are a text", es256(HEADER, text(text(CLAIMS))), "token_malformed"],
    ["claims that are null", es256(HEADER, "null"), "token_malformed"],
    ["claims that are no JSON", es256(HEADER, "sub=x"), "token_malformed"],
    [
      "claims that are deep",
      es256(HEADER, doubled(CLAIMS, `"a":${"[".repeat(3000)}${"]".repeat(3000)}`)),
      "token_malformed",
    ],
    ["a lone surrogate in a claim", es256(HEADER, doubled(CLAIMS, '"a":"\\ud800"')), "token_malformed"],
  ],
  "another kind of token": [
    ...[
      "at+jwt",
      "AT+JWT",
      "application/at+jwt",
      "logout+jwt",
      "Logout+JWT",
      "secevent+jwt",
      "dpop+jwt",
      "kb+jwt",
      "token-introspection+jwt",
      "JOSE",
      "JWE",
      "",
      "jwt ",
      "application/application/jwt",
    ].map((typ): Attack => [`typ ${JSON.stringify(typ)}`, token({}, { typ }), "token_type"]),
    ["typ a number", token({}, { typ: 1 }), "token_malformed"],
    ["typ null", token({}, { typ: null }), "token_malformed"],
    ["a nested token", token({}, { cty: "JWT" }), "token_type"],
  ],
  "another issuer, client or login": [
    ["another issuer", token({ iss: "https://evil.example" }), "token_issuer"],
    ["the issuer with a slash behind", token({ iss: `${ISSUER}/` }), "token_issuer"],
    ["the issuer in upper case", token({ iss: ISSUER.toUpperCase() }), "token_issuer"],
    ["the issuer in a list", token({ iss: [ISSUER] }), "token_issuer"],
    ["no issuer", token({ iss: undefined }), "token_issuer"],
    ["another client", token({ aud: "other" }), "token_audience"],
    ["a client of which ours is a part", token({ aud: "motlan2" }), "token_audience"],
    ["a list in a list", token({ aud: [["motlan"]] }), "token_audience"],
    ["a list with a number", token({ aud: ["motlan", 1], azp: "motlan" }), "token_audience"],
    ["an empty list", token({ aud: [] }), "token_audience"],
    ["no audience", token({ aud: undefined }), "token_audience"],
    ["issued to another", token({ azp: "other" }), "token_audience"],
    ["the nonce of another document", token({ nonce: b64(Buffer.alloc(32, 1)) }), "token_nonce"],
    ["the nonce with something behind it", token({ nonce: `${NONCE}A` }), "token_nonce"],
    ["the beginning of the nonce", token({ nonce: NONCE.slice(0, -1) }), "token_nonce"],
    ["the nonce in a list", token({ nonce: [NONCE] }), "token_nonce"],
    ["no nonce", token({ nonce: undefined }), "token_nonce"],
    ["no subject", token({ sub: undefined }), "token_claims"],
    ["an empty subject", token({ sub: "" }), "token_claims"],
    ["a subject that is a number", token({ sub: 1 }), "token_claims"],
    ["a subject of 256 characters", token({ sub: "s".repeat(256) }), "token_claims"],
    ["a subject that is not ASCII", token({ sub: "người" }), "token_claims"],
    ["a subject with a line end", token({ sub: "a\n" }), "token_claims"],
  ],
  "another time": [
    ["expired", token({ exp: NOW - 31, iat: NOW - 331 }), "token_expired"],
    ["issued in the future", token({ iat: NOW + 100, exp: NOW + 400 }), "token_not_yet_valid"],
    ["valid in the future", token({ nbf: NOW + 100 }), "token_not_yet_valid"],
    ["valid for ten years", token({ exp: NOW + 315_360_000 }), "token_lifetime"],
    ["valid for ever", token({ exp: Number.MAX_SAFE_INTEGER }), "token_lifetime"],
    ["exp beyond the doubles", es256(HEADER, text(CLAIMS).replace(/"exp":\d+/, '"exp":1e999')), "token_malformed"],
    ["exp as text", token({ exp: `${NOW + 300}` }), "token_claims"],
    ["iat as text", token({ iat: `${NOW}` }), "token_claims"],
    ["nbf as text", token({ nbf: "0" }), "token_claims"],
    ["auth_time as text", token({ auth_time: `${NOW}` }), "token_claims"],
    ["exp null", token({ exp: null }), "token_claims"],
    ["no exp", token({ exp: undefined }), "token_claims"],
    ["no iat", token({ iat: undefined }), "token_claims"],
    ["a negative iat", token({ iat: -1 }), "token_claims"],
    ["times in milliseconds", token({ iat: NOW * 1000, exp: (NOW + 300) * 1000 }), "token_lifetime"],
    ["exp before iat", token({ exp: NOW - 1, iat: NOW }), "token_lifetime"],
    ["a login of yesterday", token({ auth_time: NOW - 86_400 }), "token_stale", { maxAge: 300 }],
    ["no time of login", token({ auth_time: undefined }), "token_claims", { maxAge: 300 }],
  ],
};

for (const [group, attacks] of Object.entries(groups)) {
  describe(group, () => {
    for (const [name, attack, code, options] of attacks) {
      test(`${name}: ${code}`, async () => {
        const start = performance.now();
        const attempt = verifyIdToken(await attack, { ...OPTIONS, ...options });
        await expect(attempt).rejects.toEqual(expect.objectContaining({ name: "Fault", code }));
        expect(performance.now() - start).toBeLessThan(1000);
      });
    }
  });
}

test("no message of a refusal repeats what the token says", async () => {
  const secret = "bi-mat";
  const spread = {
    iss: secret,
    aud: secret,
    azp: secret,
    nonce: secret,
    exp: secret,
    iat: secret,
    auth_time: secret,
  };
  const tokens = [
    ...Object.entries(spread).map(([name, value]) => token({ [name]: value })),
    token({ sub: `${secret}ư` }),
    token({}, { kid: secret }),
    token({}, { typ: secret }),
    es256({ ...HEADER, alg: secret }),
    es256(HEADER, `{"${secret}":1,"${secret}":2}`),
    `${secret}.${secret}.${secret}`,
  ];
  for (const hostile of tokens) {
    const error: unknown = await verifyIdToken(hostile, OPTIONS).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Error);
    expect(`${(error as Error).message} ${String((error as Error).cause)}`).not.toContain(secret);
  }
});

test("the tokens of this table are refused for what is wrong with them: without it they verify", async () => {
  await expect(verifyIdToken(good, OPTIONS)).resolves.toEqual(CLAIMS);
  await expect(verifyIdToken(es256(HEADER), { ...OPTIONS, ...lax })).resolves.toEqual(CLAIMS);
  const rs256 = signed("RS256", KEYS.rsa, { alg: "RS256", kid: "r" }, CLAIMS);
  await expect(verifyIdToken(rs256, { ...OPTIONS, ...lax })).resolves.toEqual(CLAIMS);
  await expect(verifyIdToken(token({ pad: "x".repeat(11_000) }), OPTIONS)).resolves.toMatchObject(CLAIMS);
  await expect(verifyIdToken(token({ sub: "s".repeat(255) }), OPTIONS)).resolves.toMatchObject({ nonce: NONCE });
  for (const typ of ["JWT", "jwt", "application/jwt", "Application/JWT"]) {
    await expect(verifyIdToken(token({}, { typ }), OPTIONS)).resolves.toEqual(CLAIMS);
  }
});

function orderTwice(): string {
  const order = Buffer.from("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", "hex");
  return b64(Buffer.concat([order, order]));
}

/** The same signature with the bits changed that stand for nothing. */
function lastDigitChanged(): string {
  const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const last = digits.indexOf(signature.at(-1) as string);
  return signature.slice(0, -1) + digits[last + 1];
}

function derSigned(): string {
  const octets = Buffer.from(signature, "base64url");
  const integer = (part: Buffer) => Buffer.concat([Buffer.of(2, 33, 0), part]);
  const body = Buffer.concat([integer(octets.subarray(0, 32)), integer(octets.subarray(32))]);
  return `${head}.${payload}.${b64(Buffer.concat([Buffer.of(0x30, body.length), body]))}`;
}

function encrypted(): Promise<string> {
  return new EncryptJWT(CLAIMS)
    .setProtectedHeader({ alg: "ECDH-ES", enc: "A256GCM", kid: "a" })
    .encrypt(KEYS.p256.publicKey);
}
