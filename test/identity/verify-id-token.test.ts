import fc from "fast-check";
import { createLocalJWKSet, importJWK, SignJWT } from "jose";
import { describe, expect, test } from "vitest";
import { Fault } from "../../lib/fault/fault.ts";
import { verifyIdToken } from "../../lib/identity/verify-id-token.ts";
import { CLAIMS, CLIENT, HEADER, JWKS, jwk, KEYS, NOW, OPTIONS, type Pair, signed, token } from "./tokens.ts";

const RUNS = process.env.SLOW ? 20_000 : 200;
const fault = (code: string) => expect.objectContaining({ name: "Fault", code });

test("a sound token gives its claims, all of them", async () => {
  const claims = { name: "Nguyễn Thị Ánh Tuyết", address: { country: "VN" }, amr: ["pwd", "otp"] };
  await expect(verifyIdToken(token(claims), OPTIONS)).resolves.toEqual({ ...CLAIMS, ...claims });
});

const pairs: readonly [string, Pair][] = [
  ...["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"].map((alg): [string, Pair] => [alg, KEYS.rsa]),
  ["ES256", KEYS.p256],
  ["ES384", KEYS.p384],
  ["ES512", KEYS.p521],
  ["EdDSA", KEYS.ed25519],
  ["Ed25519", KEYS.ed25519],
];
for (const [alg, pair] of pairs) {
  test(`${alg} verifies where the issuer may use it, and only there`, async () => {
    const text = signed(alg, pair, { alg, kid: "k", typ: "JWT" }, CLAIMS);
    const jwks = { keys: [jwk(pair, { kid: "k" })] };
    await expect(verifyIdToken(text, { ...OPTIONS, jwks, algorithms: [alg] })).resolves.toEqual(CLAIMS);
    const others = pairs.map(([other]) => other).filter((other) => other !== alg);
    const attempt = verifyIdToken(text, { ...OPTIONS, jwks, algorithms: others });
    await expect(attempt).rejects.toEqual(fault("token_algorithm"));
  });
}

test("a token that jose signed verifies", async () => {
  const text = await new SignJWT(CLAIMS).setProtectedHeader(HEADER).sign(KEYS.p256.privateKey);
  await expect(verifyIdToken(text, OPTIONS)).resolves.toEqual(CLAIMS);
});

describe("keys come from", () => {
  const text = token();
  const sources: readonly [string, unknown][] = [
    ["a JWK Set", JWKS],
    [
      "a set among whose keys are others that nobody could use",
      { keys: [{ kty: "oct", k: "AA" }, null, 1, jwk(KEYS.rsa, { use: "enc" }), ...JWKS.keys] },
    ],
    ["a resolver of jose", createLocalJWKSet(JWKS as never)],
    ["a resolver that answers a JWK", () => jwk(KEYS.p256)],
    ["a resolver that answers a JWK Set, later", async () => JWKS],
    ["a resolver that answers a CryptoKey", () => importJWK(jwk(KEYS.p256), "ES256")],
    ["a resolver that answers a KeyObject", () => KEYS.p256.publicKey],
  ];
  for (const [name, jwks] of sources) {
    test(name, async () => {
      await expect(verifyIdToken(text, { ...OPTIONS, jwks: jwks as never })).resolves.toEqual(CLAIMS);
    });
  }

  test("nothing else: a resolver sees the algorithm and the key identifier, and the parts of the token", async () => {
    const seen: unknown[] = [];
    const header = { jwk: jwk(KEYS.otherP256), jku: "https://x.example/", x5c: ["AA=="], x5u: "https://x.example/" };
    const jwks = (...answered: unknown[]) => {
      seen.push(...answered);
      return JWKS;
    };
    const whole = token({}, header);
    await verifyIdToken(whole, { ...OPTIONS, jwks });
    const [head, payload, signature] = whole.split(".");
    expect(seen).toEqual([HEADER, { protected: head, payload, signature }]);
  });

  const failures: readonly [string, unknown, string][] = [
    ["nothing", () => undefined, "token_key_unknown"],
    ["octets, which could be an HMAC secret", () => new Uint8Array(32), "token_key_unknown"],
    ["text", () => "key", "token_key_unknown"],
    ["an empty object", () => ({}), "token_key_unknown"],
    ["a private key", () => KEYS.p256.privateKey, "token_key_unknown"],
    ["a private JWK", () => KEYS.p256.privateKey.export({ format: "jwk" }), "token_key_unknown"],
    ["the key under another identifier", () => jwk(KEYS.p256, { kid: "b" }), "token_key_unknown"],
    ["a key for another algorithm", () => jwk(KEYS.p384), "token_algorithm"],
    ["a KeyObject for another algorithm", () => KEYS.rsa.publicKey, "token_key_unknown"],
    ["jose's refusal of an unknown key", createLocalJWKSet({ keys: [] }), "token_key_unknown"],
    [
      "jose's refusal of two keys that would do",
      createLocalJWKSet({ keys: [...JWKS.keys, ...JWKS.keys] } as never),
      "token_key_unknown",
    ],
    ["an outage", () => Promise.reject(new TypeError("fetch failed")), "identity_provider_unavailable"],
    ["a Fault of its own", () => Promise.reject(new Fault("unavailable", "x")), "unavailable"],
  ];
  for (const [name, jwks, code] of failures) {
    test(`a resolver that answers ${name}: ${code}`, async () => {
      await expect(verifyIdToken(text, { ...OPTIONS, jwks: jwks as never })).rejects.toEqual(fault(code));
    });
  }
});

describe("without a key identifier", () => {
  const header = { kid: undefined };
  test("the one key that fits is taken", async () => {
    const jwks = { keys: [jwk(KEYS.rsa, { kid: "r" }), jwk(KEYS.p384), jwk(KEYS.p256, { kid: "x" })] };
    await expect(verifyIdToken(token({}, header), { ...OPTIONS, jwks })).resolves.toEqual(CLAIMS);
  });
  test("none is tried where two fit", async () => {
    const jwks = { keys: [jwk(KEYS.p256, { kid: "x" }), jwk(KEYS.otherP256, { kid: "y" })] };
    await expect(verifyIdToken(token({}, header), { ...OPTIONS, jwks })).rejects.toEqual(fault("token_key_unknown"));
  });
});

describe("at the edges of time", () => {
  const skew = OPTIONS.clockSkew;
  const edges: readonly [string, Record<string, unknown>, object, string | undefined][] = [
    ["exp a second before the skew is used up", { exp: NOW - skew + 1, iat: NOW - 100 }, {}, undefined],
    ["exp when the skew is used up", { exp: NOW - skew, iat: NOW - 100 }, {}, "token_expired"],
    ["exp now, without skew", { exp: NOW }, { clockSkew: 0 }, "token_expired"],
    ["exp one second away, without skew", { exp: NOW + 1 }, { clockSkew: 0 }, undefined],
    ["iat as far in the future as clocks may differ", { iat: NOW + skew }, {}, undefined],
    ["iat further in the future", { iat: NOW + skew + 1 }, {}, "token_not_yet_valid"],
    ["nbf as far in the future as clocks may differ", { nbf: NOW + skew }, {}, undefined],
    ["nbf further in the future", { nbf: NOW + skew + 1 }, {}, "token_not_yet_valid"],
    ["a lifetime of a day", { iat: NOW - 5, exp: NOW - 5 + 86_400 }, {}, undefined],
    ["a lifetime of a day and a second", { iat: NOW - 5, exp: NOW - 4 + 86_400 }, {}, "token_lifetime"],
    ["a token of an hour ago", { iat: NOW - 3600 - skew, auth_time: NOW - 3700 }, {}, undefined],
    ["a token of more than an hour ago", { iat: NOW - 3601 - skew, auth_time: NOW - 3700 }, {}, "token_stale"],
    ["exp equal to iat", { iat: NOW, exp: NOW }, {}, "token_lifetime"],
    ["exp equal to iat, nbf before", { nbf: NOW - 9, iat: NOW, exp: NOW }, {}, "token_lifetime"],
    ["exp equal to nbf", { nbf: NOW + 10, exp: NOW + 10 }, {}, "token_lifetime"],
    ["times with fractions", { iat: NOW - 5.5, exp: NOW + 0.5, auth_time: NOW - 6.25 }, {}, undefined],
    ["no auth_time where no age is asked for", { auth_time: undefined }, {}, undefined],
    ["a login at the beginning of time", { auth_time: 0 }, {}, undefined],
    ["no auth_time where one is", { auth_time: undefined }, { maxAge: 60 }, "token_claims"],
    ["a login as old as it may be", { auth_time: NOW - 60 - skew }, { maxAge: 60 }, undefined],
    ["a login that is older", { auth_time: NOW - 61 - skew }, { maxAge: 60 }, "token_stale"],
    ["a login within the skew, where none may be older than now", { auth_time: NOW - skew }, { maxAge: 0 }, undefined],
    ["a login beyond it", { auth_time: NOW - skew - 1 }, { maxAge: 0 }, "token_stale"],
    ["a login as far in the future as clocks may differ", { auth_time: NOW + skew }, { maxAge: 60 }, undefined],
    ["a login further in the future", { auth_time: NOW + skew + 1 }, {}, "token_not_yet_valid"],
    ["a clock with fractions", {}, { now: NOW + 0.5 }, undefined],
  ];
  for (const [name, claims, options, code] of edges) {
    test(`${name}: ${code ?? "accepted"}`, async () => {
      const attempt = verifyIdToken(token(claims), { ...OPTIONS, ...options });
      if (code === undefined) await expect(attempt).resolves.toMatchObject({ sub: CLAIMS.sub });
      else await expect(attempt).rejects.toEqual(fault(code));
    });
  }
});

describe("audiences", () => {
  const cases: readonly [string, Record<string, unknown>, boolean][] = [
    ["the client in a list of one", { aud: [CLIENT] }, true],
    ["the client and azp", { azp: CLIENT }, true],
    ["several, and azp names the client", { aud: ["other", CLIENT], azp: CLIENT }, true],
    ["several without azp", { aud: ["other", CLIENT] }, false],
    ["the client twice, without azp", { aud: [CLIENT, CLIENT] }, false],
    ["several, and azp names another", { aud: ["other", CLIENT], azp: "other" }, false],
    ["one, and azp names another", { azp: "other" }, false],
    ["azp is a list", { azp: [CLIENT] }, false],
    ["azp is null", { azp: null }, false],
    ["azp is empty", { azp: "" }, false],
  ];
  for (const [name, claims, accepted] of cases) {
    test(`${name}: ${accepted ? "accepted" : "refused"}`, async () => {
      const attempt = verifyIdToken(token(claims), OPTIONS);
      if (accepted) await expect(attempt).resolves.toMatchObject(claims);
      else await expect(attempt).rejects.toEqual(fault("token_audience"));
    });
  }
});

const misuses: readonly [string, object][] = [
  ["an empty issuer", { issuer: "" }],
  ["no client", { clientId: undefined }],
  ["an empty nonce", { nonce: "" }],
  ["no list of algorithms", { algorithms: undefined }],
  ["a time in milliseconds", { now: NOW * 1000 }],
  ["no time", { now: Number.NaN }],
  ["a skew of eleven minutes", { clockSkew: 660 }],
  ["no skew", { clockSkew: undefined }],
  ["a negative age", { maxAge: -1 }],
];
for (const [name, options] of misuses) {
  test(`${name} is a mistake of the caller, not of the token`, async () => {
    const attempt = verifyIdToken(token(), { ...OPTIONS, ...options });
    await expect(attempt).rejects.toEqual(
      expect.objectContaining({ name: expect.stringMatching(/TypeError|RangeError/) }),
    );
  });
}

test("no claim that is expected can be missing, null, of another type or nearly right", async () => {
  const required = ["iss", "sub", "aud", "exp", "iat", "nonce"] as const;
  const wrong = fc.oneof(
    fc.constant(undefined),
    fc.jsonValue().filter((value) => typeof value !== "string" && typeof value !== "number"),
    fc.constantFrom("", " ", "0", "null", "[object Object]", -1, 0, 1e300),
  );
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...required), wrong, async (name, value) => {
      fc.pre(!(name === "sub" && typeof value === "string" && value !== ""));
      const attempt = verifyIdToken(token({ [name]: value }), OPTIONS);
      await expect(attempt).rejects.toEqual(
        expect.objectContaining({ name: "Fault", code: expect.stringMatching(/^token_/) }),
      );
    }),
    { numRuns: RUNS },
  );
});

test("one flipped bit anywhere in a token, and it is refused", async () => {
  const text = token();
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: text.length - 1 }), fc.nat({ max: 6 }), async (at, bit) => {
      const flipped = text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ (1 << bit)) + text.slice(at + 1);
      await expect(verifyIdToken(flipped, OPTIONS)).rejects.toBeInstanceOf(Fault);
    }),
    { numRuns: RUNS },
  );
});

test("any text is refused with a Fault, quickly", async () => {
  const part = fc.oneof(
    fc.base64String(),
    fc.string(),
    fc.jsonValue().map((value) => Buffer.from(JSON.stringify(value)).toString("base64url")),
  );
  const texts = fc.oneof(
    fc.string(),
    fc.array(part, { maxLength: 6 }).map((parts) => parts.join(".")),
  );
  await fc.assert(
    fc.asyncProperty(texts, async (text) => {
      await expect(verifyIdToken(text, OPTIONS)).rejects.toBeInstanceOf(Fault);
    }),
    { numRuns: RUNS },
  );
});

test("any header over a sound payload is refused with a Fault or verifies", async () => {
  const names = fc.constantFrom("alg", "kid", "typ", "cty", "crit", "b64", "jwk", "x5c", "zip", "__proto__");
  await fc.assert(
    fc.asyncProperty(
      fc.dictionary(names, fc.oneof(fc.jsonValue(), fc.constantFrom("ES256", "a", "JWT", "none"))),
      async (header) => {
        try {
          await verifyIdToken(signed("ES256", KEYS.p256, { ...HEADER, ...header }, CLAIMS), OPTIONS);
        } catch (error) {
          if (!(error instanceof Fault)) throw error;
        }
      },
    ),
    { numRuns: RUNS },
  );
});
