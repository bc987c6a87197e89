import { expect, test } from "vitest";
import { toHex } from "../../lib/bytes/hex.ts";
import type { Mac } from "../../lib/ports/ports.ts";

/** What every {@link Mac} promises. Call it inside a `describe` of the adapter's own test. */
export function macContract(world: () => { readonly mac: Mac; readonly other: Mac }): void {
  const hex = async (mac: Mac, message: Uint8Array): Promise<string> => toHex(await mac.mac(message));

  test("the same message has the same 32 octets, another message has others", async () => {
    const first = await hex(world().mac, Uint8Array.of(1));
    expect(first).toHaveLength(64);
    expect(await hex(world().mac, Uint8Array.of(1))).toBe(first);
    expect(await hex(world().mac, Uint8Array.of(2))).not.toBe(first);
    expect(await hex(world().mac, new Uint8Array(4096))).toHaveLength(64);
  });

  test("another key gives other octets", async () => {
    expect(await hex(world().mac, Uint8Array.of(1))).not.toBe(await hex(world().other, Uint8Array.of(1)));
  });

  test.each([0, 4097])("a message of %i octets is a programmer's mistake", async (length) => {
    await expect(world().mac.mac(new Uint8Array(length))).rejects.toThrow(RangeError);
  });
}
