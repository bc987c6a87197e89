import { createPublicKey, verify } from "node:crypto";
import { expect, test } from "vitest";
import type { Signer } from "../../lib/ports/ports.ts";

export type SignerUnderTest = {
  readonly signer: Signer;
  /** DER SubjectPublicKeyInfo of the same key. */
  readonly spki: Uint8Array;
};

/** What every {@link Signer} promises. Call it inside a `describe` of the adapter's own test. */
export function signerContract(world: () => SignerUnderTest): void {
  const accepts = (message: Uint8Array, signature: Uint8Array): boolean =>
    verify(
      "sha256",
      message,
      createPublicKey({ key: Buffer.from(world().spki), format: "der", type: "spki" }),
      signature,
    );

  test.each([1, 31, 32, 33, 1000, 4096])(
    "a message of %i octets gets a signature over its SHA-256, hashed once",
    async (length) => {
      const message = new Uint8Array(length).fill(0xa5);
      const signature = await world().signer.sign(message);
      expect(accepts(message, signature)).toBe(true);
      const other = message.slice();
      other[length - 1] = 0x5a;
      expect(accepts(other, signature)).toBe(false);
    },
  );

  test("the signature is DER and owns its memory", async () => {
    const signature = await world().signer.sign(Uint8Array.of(1, 2, 3));
    expect(signature[0]).toBe(0x30);
    expect(signature[1]).toBe(signature.length - 2);
    expect(signature.constructor).toBe(Uint8Array);
    expect(signature.buffer.byteLength).toBe(signature.length);
  });

  test("the message may be a Buffer or a view into larger memory, and is left as it was", async () => {
    const memory = Uint8Array.from({ length: 100 }, (_, at) => at);
    const view = memory.subarray(10, 60);
    expect(accepts(memory.slice(10, 60), await world().signer.sign(view))).toBe(true);
    expect(accepts(memory.slice(10, 60), await world().signer.sign(Buffer.from(view)))).toBe(true);
    expect(memory).toEqual(Uint8Array.from({ length: 100 }, (_, at) => at));
  });

  test("signatures asked for at the same time all verify", async () => {
    const messages = Array.from({ length: 20 }, (_, at) => Uint8Array.of(at, at, at));
    const signatures = await Promise.all(messages.map((message) => world().signer.sign(message)));
    for (const [at, message] of messages.entries()) expect(accepts(message, signatures[at] as Uint8Array)).toBe(true);
  });

  test.each([0, 4097])("a message of %i octets is a programmer's mistake", async (length) => {
    await expect(world().signer.sign(new Uint8Array(length))).rejects.toThrow(RangeError);
  });
}
