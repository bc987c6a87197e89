import { X509Certificate } from "node:crypto";
import { expect, test } from "vitest";
import { verifySignature } from "../../lib/crypto/backend-node.ts";
import { readEcdsaSignature } from "../../lib/crypto/ecdsa-signature.ts";
import { readPublicKey } from "../../lib/crypto/public-key.ts";
import { generateOneTimeKey } from "../../lib/service/one-time-key.ts";
import { CHAIN } from "../x509/chain.ts";

const MESSAGE = new Uint8Array([1, 2, 3]);

test("a one-time key is a fresh P-256 key whose signatures verify by its own public key and no other", async () => {
  const [one, other] = [generateOneTimeKey(), generateOneTimeKey()];
  expect(readPublicKey(one.spki)).toMatchObject({ kind: "ec", curve: "P-256" });
  expect(one.spki).not.toEqual(other.spki);
  const signature = one.sign(MESSAGE);
  expect(readEcdsaSignature(signature, "P-256")).toBeDefined();
  expect(await verifySignature({ kind: "ecdsa", hash: "SHA-256" }, one.spki, MESSAGE, signature)).toBe(true);
  expect(await verifySignature({ kind: "ecdsa", hash: "SHA-256" }, other.spki, MESSAGE, signature)).toBe(false);
});

test("a forgotten key signs no more; forgetting twice is harmless", () => {
  const key = generateOneTimeKey();
  key.forget();
  key.forget();
  expect(() => key.sign(MESSAGE)).toThrow(TypeError);
});

test("what it gives out is a plain Uint8Array with memory of its own", () => {
  const key = generateOneTimeKey();
  for (const octets of [key.spki, key.sign(MESSAGE)]) {
    expect(Object.getPrototypeOf(octets)).toBe(Uint8Array.prototype);
    expect(octets.buffer.byteLength).toBe(octets.length);
  }
});

test("no member of it is the private key", () => {
  const key = generateOneTimeKey();
  expect(Object.keys(key).sort()).toEqual(["forget", "sign", "spki"]);
  expect(JSON.stringify(key)).not.toContain("PRIVATE");
});

test("OpenSSL reads its public key in a certificate", () => {
  expect(new X509Certificate(CHAIN.oneTime.raw).publicKey.asymmetricKeyDetails).toMatchObject({
    namedCurve: "prime256v1",
  });
});
