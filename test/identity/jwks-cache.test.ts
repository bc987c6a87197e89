import { describe, expect, test } from "vitest";
import { type KeySourceOptions, keySource } from "../../lib/identity/jwks-cache.ts";
import { snapshotId } from "../../lib/identity/jwks-snapshot.ts";
import { verifyIdToken } from "../../lib/identity/verify-id-token.ts";
import { CLAIMS, jwk, KEYS, NOW, OPTIONS, signed, token } from "./tokens.ts";

const fault = (code: string) => expect.objectContaining({ name: "Fault", code });
const set = (...keys: readonly unknown[]) => ({ keys });
const A = jwk(KEYS.p256, { kid: "a" });
const B = jwk(KEYS.otherP256, { kid: "b" });
const tokenA = token();
const tokenB = signed("ES256", KEYS.otherP256, { alg: "ES256", kid: "b" }, CLAIMS);

/** A provider whose answer, reachability and clock the test moves. */
function world(options: Partial<KeySourceOptions> = {}) {
  const state = {
    now: NOW * 1000,
    answer: set(A) as unknown,
    asked: 0,
    down: false,
    gate: Promise.resolve(),
  };
  const source = keySource({
    fetchJwks: async () => {
      state.asked += 1;
      await state.gate;
      if (state.down) throw new TypeError("fetch failed");
      return state.answer;
    },
    clock: () => state.now,
    maxAge: 600,
    coolDown: 30,
    ...options,
  });
  const verify = async (text: string) => {
    const lookup = source.lookup();
    const claims = await verifyIdToken(text, { ...OPTIONS, jwks: lookup.resolve });
    return { claims, snapshot: lookup.snapshot() };
  };
  return { state, source, verify, wait: (seconds: number) => (state.now += seconds * 1000) };
}

test("a set is asked for once, and used until it is too old", async () => {
  const { state, verify, wait } = world();
  await verify(tokenA);
  wait(599);
  await verify(tokenA);
  expect(state.asked).toBe(1);
  wait(1);
  await verify(tokenA);
  expect(state.asked).toBe(2);
});

test("questions that are asked at the same time are one, on a cold start and on a rotation", async () => {
  const { state, verify, wait } = world();
  await Promise.all(Array.from({ length: 20 }, () => verify(tokenA)));
  expect(state.asked).toBe(1);
  state.answer = set(A, B);
  wait(30);
  await Promise.all(Array.from({ length: 20 }, () => verify(tokenB)));
  expect(state.asked).toBe(2);
});

describe("rotation", () => {
  test("a new key is found when a token names it", async () => {
    const { state, verify, wait } = world();
    await verify(tokenA);
    state.answer = set(B);
    wait(30);
    await expect(verify(tokenB)).resolves.toMatchObject({ claims: CLAIMS });
    expect(state.asked).toBe(2);
  });

  test("a withdrawn key is no longer believed once the set has been read again", async () => {
    const { state, verify, wait } = world();
    await verify(tokenA);
    state.answer = set(B);
    wait(601);
    await expect(verify(tokenA)).rejects.toEqual(fault("token_key_unknown"));
  });

  test("a provider that withdraws all its keys is believed", async () => {
    const { state, verify, wait } = world({ staleIfError: 3600 });
    await verify(tokenA);
    state.answer = set();
    wait(601);
    await expect(verify(tokenA)).rejects.toEqual(fault("token_key_unknown"));
  });

  test("made-up identifiers lead to one question per cool-down, however many there are", async () => {
    const { state, verify, wait } = world();
    await verify(tokenA);
    for (let second = 0; second < 90; second++) {
      await expect(verify(tokenB)).rejects.toEqual(fault("token_key_unknown"));
      wait(1);
    }
    expect(state.asked).toBe(3);
  });

  test("a key for another algorithm leads to no question", async () => {
    const { state, verify, wait } = world();
    state.answer = set(jwk(KEYS.rsa, { kid: "a" }));
    await expect(verify(tokenA)).rejects.toEqual(fault("token_algorithm"));
    wait(60);
    await expect(verify(tokenA)).rejects.toEqual(fault("token_algorithm"));
    expect(state.asked).toBe(1);
  });
});

describe("while the provider does not answer", () => {
  test("a set is used a while longer, up to a bound", async () => {
    const { state, verify, wait } = world({ staleIfError: 900 });
    await verify(tokenA);
    state.down = true;
    wait(600 + 899);
    await expect(verify(tokenA)).resolves.toMatchObject({ claims: CLAIMS });
    wait(1);
    await expect(verify(tokenA)).rejects.toEqual(fault("identity_provider_unavailable"));
  });

  test("a set that is too old is not used where nothing else was agreed", async () => {
    const { state, verify, wait } = world();
    await verify(tokenA);
    state.down = true;
    wait(600);
    await expect(verify(tokenA)).rejects.toEqual(fault("identity_provider_unavailable"));
  });

  test("it is not asked more often than the cool-down allows, and found again when it is back", async () => {
    const { state, verify, wait } = world();
    state.down = true;
    for (let second = 0; second < 60; second++) {
      await expect(verify(tokenA)).rejects.toEqual(fault("identity_provider_unavailable"));
      wait(1);
    }
    expect(state.asked).toBe(2);
    state.down = false;
    await expect(verify(tokenA)).resolves.toMatchObject({ claims: CLAIMS });
  });

  test("an unknown key is the provider's silence, not the token's fault", async () => {
    const { state, verify, wait } = world({ staleIfError: 900 });
    await verify(tokenA);
    state.down = true;
    wait(60);
    await expect(verify(tokenB)).rejects.toEqual(fault("identity_provider_unavailable"));
    await expect(verify(tokenB)).rejects.toEqual(fault("identity_provider_unavailable"));
    await expect(verify(tokenA)).resolves.toMatchObject({ claims: CLAIMS });
    expect(state.asked).toBe(2);
  });

  test("the reason is the cause of the fault", async () => {
    const { state, verify } = world();
    state.down = true;
    await expect(verify(tokenA)).rejects.toMatchObject({ cause: expect.any(TypeError) });
  });
});

test("a clock that is set back makes nothing young again and locks nobody out", async () => {
  const { state, verify, wait } = world();
  await verify(tokenA);
  wait(-10);
  await verify(tokenA);
  expect(state.asked).toBe(2);
});

test("a lookup that waits while another finishes gets the same set", async () => {
  const { state, verify } = world();
  let open = () => {};
  state.gate = new Promise((resolve) => {
    open = resolve;
  });
  const first = verify(tokenA);
  const second = verify(tokenA);
  open();
  expect((await first).snapshot).toBe((await second).snapshot);
  expect(state.asked).toBe(1);
});

const answers: readonly [string, unknown, string | undefined][] = [
  ["the set as text", JSON.stringify(set(A)), undefined],
  ["the set as octets", new TextEncoder().encode(JSON.stringify(set(A))), undefined],
  ["a set with a member twice", '{"keys":[],"keys":[]}', "identity_provider_unavailable"],
  ["an HTML page", "<html>", "identity_provider_unavailable"],
  ["nothing", undefined, "identity_provider_unavailable"],
  ["null", null, "identity_provider_unavailable"],
  ["a single key", A, "identity_provider_unavailable"],
  ["an object for a list", { keys: { a: A } }, "identity_provider_unavailable"],
  ["a list for an object", [A], "identity_provider_unavailable"],
  ["65 keys", { keys: Array.from({ length: 65 }, () => A) }, "identity_provider_unavailable"],
  ["half a megabyte", JSON.stringify({ keys: [A], pad: "x".repeat(500_000) }), "identity_provider_unavailable"],
];
for (const [name, answer, code] of answers) {
  test(`a provider that answers ${name}: ${code ?? "accepted"}`, async () => {
    const { state, verify } = world();
    state.answer = answer;
    if (code === undefined) await expect(verify(tokenA)).resolves.toMatchObject({ claims: CLAIMS });
    else await expect(verify(tokenA)).rejects.toEqual(fault(code));
  });
}

describe("the snapshot", () => {
  test("is the set under which the token verified, even where another was read in the meantime", async () => {
    const { state, source, verify, wait } = world();
    const lookup = source.lookup();
    await verifyIdToken(tokenA, { ...OPTIONS, jwks: lookup.resolve });
    const before = lookup.snapshot();
    state.answer = set(B);
    wait(60);
    const after = (await verify(tokenB)).snapshot;
    expect(lookup.snapshot()).toBe(before);
    expect(after?.id).not.toBe(before?.id);
    expect(before?.jwks.keys.map(({ kid }) => kid)).toEqual(["a"]);
    expect(before?.fetchedAt).toBe(NOW * 1000);
  });

  test("is not there before a key was found", async () => {
    const { source } = world();
    const lookup = source.lookup();
    expect(lookup.snapshot()).toBeUndefined();
    await expect(lookup.resolve({ alg: "ES256", kid: "x" }, {} as never)).rejects.toEqual(fault("token_key_unknown"));
    expect(lookup.snapshot()).toBeUndefined();
  });

  test("verifies the token again years later, out of JSON, at the time of the signature", async () => {
    const { verify } = world();
    const { snapshot } = await verify(tokenA);
    const kept = JSON.parse(JSON.stringify(snapshot)) as NonNullable<typeof snapshot>;
    expect(snapshotId(kept.jwks)).toBe(kept.id);
    await expect(verifyIdToken(tokenA, { ...OPTIONS, jwks: kept.jwks })).resolves.toEqual(CLAIMS);
    const forged = { keys: kept.jwks.keys.map((key) => ({ ...key, kid: "b" })) };
    expect(snapshotId(forged)).not.toBe(kept.id);
  });

  test("holds public keys for signatures, and of them nothing but the key", async () => {
    const { state, verify } = world();
    state.answer = set(
      { ...A, x5c: ["MIIB"], x5t: "x", x5u: "https://x.example", iat: 1, ext: true, use: "sig", key_ops: ["verify"] },
      { ...KEYS.otherP256.privateKey.export({ format: "jwk" }), kid: "private" },
      { kty: "oct", k: "c2VjcmV0", kid: "symmetric" },
      jwk(KEYS.rsa, { kid: "enc", use: "enc" }),
      { kty: "EC", crv: "P-256", kid: "half", x: "AA" },
    );
    const { snapshot } = await verify(tokenA);
    expect(snapshot?.jwks).toEqual({ keys: [{ ...A, use: "sig", key_ops: ["verify"] }] });
    expect(Object.isFrozen(snapshot?.jwks.keys)).toBe(true);
  });

  test("has a published identifier: SHA-256 over the RFC 8785 text", () => {
    const keys = [{ kty: "EC", crv: "P-256", x: "eA", y: "eQ", kid: "a" }] as const;
    // printf '{"keys":[{"crv":"P-256","kid":"a","kty":"EC","x":"eA","y":"eQ"}]}' | openssl dgst -sha256 -binary | basenc --base64url
    expect(snapshotId({ keys })).toBe("qc9F83WKQSQhN4a9jA6NyGdYC6lrwA1x3UgujTR55hE");
  });
});

for (const name of ["maxAge", "coolDown", "staleIfError"] as const) {
  test(`${name} must be a number of seconds`, () => {
    expect(() => world({ [name]: -1 })).toThrow(RangeError);
    expect(() => world({ [name]: Number.NaN })).toThrow(RangeError);
  });
}

test("a cool-down that outlasts the sets is refused: nobody could log in between", () => {
  expect(() => world({ maxAge: 10, coolDown: 11 })).toThrow(RangeError);
  expect(() => world({ maxAge: 10, coolDown: 10 })).not.toThrow();
});
