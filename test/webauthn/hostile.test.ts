import fc from "fast-check";
import { expect, test } from "vitest";
import { toBase64Url } from "../../lib/bytes/base64.ts";
import { Fault } from "../../lib/fault/fault.ts";
import { verifyAssertion } from "../../lib/webauthn/assertion.ts";
import { verifyRegistration } from "../../lib/webauthn/registration.ts";
import { newAuthenticator } from "../worlds/authenticator.ts";

const RUNS = process.env.SLOW ? 20_000 : 200;
const CEREMONY = {
  origin: "http://localhost:8787",
  rpId: "localhost",
  challenge: "A".repeat(43),
  attestation: "none",
} as const;
const options = { challenge: CEREMONY.challenge, rp: { id: "localhost" }, user: { id: "A".repeat(43) } };
const authenticator = newAuthenticator();
const registration = authenticator.register(options);
const { credentialId, publicKey } = await verifyRegistration(registration, CEREMONY);
const assertion = authenticator.assert(CEREMONY.challenge);
const key = { ...CEREMONY, credentialId, publicKey };

/** Whatever it is, the answer is "refused" or a result, never a crash. */
async function refusedOrNot(verifying: Promise<unknown>): Promise<boolean> {
  try {
    await verifying;
    return false;
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== "passkey_refused") throw error;
    return true;
  }
}

const octets = fc.uint8Array({ minLength: 1, maxLength: 200 }).map(toBase64Url);

test("the real thing verifies: what follows changes it", async () => {
  expect(await verifyAssertion(assertion, key)).toEqual({ signCount: 1, backedUp: false });
});

test("any octets in any place of a registration are refused", async () => {
  const place = fc.constantFrom("clientDataJSON", "attestationObject");
  await fc.assert(
    fc.asyncProperty(place, octets, async (name, value) => {
      const response = { ...registration, response: { ...registration.response, [name]: value } };
      expect(await refusedOrNot(verifyRegistration(response, CEREMONY))).toBe(true);
    }),
    { numRuns: RUNS },
  );
});

test("any octets in any place of an assertion, and any key, are refused", async () => {
  const place = fc.constantFrom("clientDataJSON", "authenticatorData", "signature", "publicKey");
  await fc.assert(
    fc.asyncProperty(place, octets, async (name, value) => {
      const other = { ...assertion, response: { ...assertion.response, [name]: value } };
      const under = name === "publicKey" ? { ...key, publicKey: value } : key;
      expect(await refusedOrNot(verifyAssertion(other, under))).toBe(true);
    }),
    { numRuns: RUNS },
  );
});

test("a signature in another encoding than DER is refused: an auditor's tools would not take it", async () => {
  const signature = new Uint8Array(Buffer.from(assertion.response.signature, "base64url"));
  for (const [at, value] of [
    [0, 0xb0],
    [1, (signature[1] as number) ^ 4],
  ] as const) {
    const loose = signature.slice();
    loose[at] = value;
    const other = { ...assertion, response: { ...assertion.response, signature: toBase64Url(loose) } };
    expect(await refusedOrNot(verifyAssertion(other, key))).toBe(true);
  }
});

test.each(["ES256", "RS256"] as const)("a key that is not of the form that %s has is not added", async (algorithm) => {
  const odd = newAuthenticator({ algorithm, odd: true }).register(options);
  await expect(verifyRegistration(odd, CEREMONY)).rejects.toThrow(/form that its algorithm has/);
});

test("one flipped bit anywhere in an assertion is refused", async () => {
  const place = fc.constantFrom("clientDataJSON", "authenticatorData", "signature");
  await fc.assert(
    fc.asyncProperty(place, fc.nat(), fc.nat(7), async (name, at, bit) => {
      const changed = new Uint8Array(Buffer.from(assertion.response[name] ?? "", "base64url"));
      const index = at % changed.length;
      changed[index] = (changed[index] as number) ^ (1 << bit);
      const other = { ...assertion, response: { ...assertion.response, [name]: toBase64Url(changed) } };
      expect(await refusedOrNot(verifyAssertion(other, key))).toBe(true);
    }),
    { numRuns: RUNS },
  );
});

test("one flipped bit anywhere in a registration is a result or refused, and no other challenge, origin or relying party passes", async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(), fc.nat(7), async (at, bit) => {
      const changed = new Uint8Array(Buffer.from(registration.response.attestationObject, "base64url"));
      const index = at % changed.length;
      changed[index] = (changed[index] as number) ^ (1 << bit);
      const response = { ...registration.response, attestationObject: toBase64Url(changed) };
      await refusedOrNot(verifyRegistration({ ...registration, response }, CEREMONY));
    }),
    { numRuns: RUNS },
  );
  for (const other of [{ challenge: "B".repeat(43) }, { origin: "http://localhost" }, { rpId: "ocalhost" }]) {
    expect(await refusedOrNot(verifyRegistration(registration, { ...CEREMONY, ...other }))).toBe(true);
    expect(await refusedOrNot(verifyAssertion(assertion, { ...key, ...other }))).toBe(true);
  }
});
