import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createTransaction } from "../../lib/service/create.ts";
import type { Lease, SignedResult, Transaction } from "../../lib/service/transaction.ts";
import { type Maker, startStore } from "../service/store-world.ts";
import { NOON, newRequest } from "../service/transactions.ts";
import { onEachDynamoDb } from "./makers.ts";

onEachDynamoDb("transactions", contract);

function contract(maker: Maker): void {
  let now = NOON;
  let world: Awaited<ReturnType<typeof startStore>>;
  beforeAll(async () => {
    world = await startStore(() => now, maker);
  });
  afterAll(() => world.close());
  beforeEach(() => {
    now = NOON;
  });

  const random = (octets: number) => new Uint8Array(randomBytes(octets));
  const create = async (): Promise<Transaction> =>
    createTransaction({ store: world.store, clock: () => now, random }, newRequest().request);
  const read = async ({ id }: Transaction): Promise<Transaction> => {
    const found = await world.store.read(id);
    if (found === undefined) throw new Error("the transaction is gone");
    return found;
  };
  const lease = (until = now + 20_000): Lease => ({
    token: randomBytes(16).toString("base64url"),
    until,
    serial: randomBytes(16).toString("hex"),
    notBefore: now - 60_000,
    notAfter: now + 600_000,
  });
  const result: SignedResult = {
    signatures: [Uint8Array.of(1, 2)],
    genTimes: [NOON],
    certificates: [Uint8Array.of(3), Uint8Array.of(4)],
    person: {
      fullName: "An",
      pseudonym: "KM:VN-00",
      issuer: "https://idp.invalid",
      assurance: { level: "substantial" },
    },
    token: {
      ...{ sha256: "", issuer: "https://idp.invalid", clientId: "motlan", kid: null, alg: "ES256" },
      ...{ jwks: { keys: [{ kty: "EC", key_ops: ["verify"] }] }, jwksSha256: "" },
    },
    authenticatedAt: null,
    salt: Uint8Array.of(5),
    signatureClass: "OTHER_CONFIRMATION",
    demo: true,
  };

  describe(`the store of transactions (lib/service/transaction-store.ts), DynamoDB: ${maker}`, () => {
    test("what was created is read back member for member", async () => {
      const transaction = await create();
      expect(await world.store.read(transaction.id)).toEqual(transaction);
    });

    test("an id is taken once", async () => {
      const transaction = await create();
      expect(await world.store.create({ ...transaction, commitment: "other" })).toBe(false);
      expect((await read(transaction)).commitment).toBe(transaction.commitment);
    });

    test("an unknown id is not there", async () => {
      expect(await world.store.read("AAAAAAAAAAAAAAAAAAAAAA")).toBeUndefined();
    });

    test("of three racing claims one wins", async () => {
      const transaction = await create();
      const claims = await Promise.all([1, 2, 3].map(() => world.store.claim(transaction, lease(), now)));
      expect(claims.filter(Boolean)).toHaveLength(1);
    });

    test("a live lease keeps others out; a lapsed one is taken over once, and its serial is kept", async () => {
      const transaction = await create();
      const first = lease();
      expect(await world.store.claim(transaction, first, now)).toBe(true);
      const held = await read(transaction);
      expect(await world.store.claim(held, lease(), now)).toBe(false);
      now += 20_001;
      const takeovers = await Promise.all([1, 2].map(() => world.store.claim(held, lease(now + 20_000), now)));
      expect(takeovers.filter(Boolean)).toHaveLength(1);
      expect((await read(transaction)).abandoned).toEqual([first.serial]);
    });

    test("nothing is claimed once the transaction's time has passed", async () => {
      const transaction = await create();
      now = transaction.expiresAt;
      expect(await world.store.claim(transaction, lease(), now)).toBe(false);
    });

    test("only the holder of the lease completes, and only once", async () => {
      const transaction = await create();
      const mine = lease();
      await world.store.claim(transaction, mine, now);
      expect(await world.store.complete(transaction.id, lease(), result)).toBe(false);
      expect(await world.store.complete(transaction.id, mine, result)).toBe(true);
      expect(await world.store.complete(transaction.id, mine, result)).toBe(false);
      expect(await read(transaction)).toMatchObject({ state: "signed", result });
    });

    test("what is signed outlives the time to live; what is not, does not", async () => {
      const [signed, open] = [await create(), await create()];
      const mine = lease();
      await world.store.claim(signed, mine, now);
      await world.store.complete(signed.id, mine, result);
      now += 10 * 24 * 3_600_000;
      expect((await read(signed)).state).toBe("signed");
      expect(await world.store.read(open.id)).toBeUndefined();
    });

    test("a released transaction is pending again and can be claimed; the serial is kept", async () => {
      const transaction = await create();
      const mine = lease();
      await world.store.claim(transaction, mine, now);
      expect(await world.store.release(transaction.id, lease())).toBe(false);
      expect(await world.store.release(transaction.id, mine)).toBe(true);
      const open = await read(transaction);
      expect(open).toMatchObject({ state: "pending", abandoned: [mine.serial] });
      expect(await world.store.claim(open, lease(), now)).toBe(true);
    });

    test("declining and approving wait for a live lease, and end with the signature", async () => {
      const transaction = await create();
      const approval = () => ({ browserHash: "h", at: now });
      expect(await world.store.approve(transaction.id, approval())).toBe(true);
      const mine = lease();
      await world.store.claim(transaction, mine, now);
      expect(await world.store.decline(transaction.id, now)).toBe(false);
      expect(await world.store.approve(transaction.id, approval())).toBe(false);
      await world.store.complete(transaction.id, mine, result);
      now += 20_001;
      expect(await world.store.decline(transaction.id, now)).toBe(false);
    });

    test("what was declined stays declined", async () => {
      const transaction = await create();
      expect(await world.store.decline(transaction.id, now)).toBe(true);
      expect(await world.store.claim(transaction, lease(), now)).toBe(false);
      expect(await read(transaction)).toMatchObject({ state: "declined", declinedAt: now });
    });

    test("a transaction whose holder died can be declined when the lease has lapsed", async () => {
      const transaction = await create();
      await world.store.claim(transaction, lease(), now);
      now += 20_001;
      expect(await world.store.decline(transaction.id, now)).toBe(true);
    });

    test("a certificate is known from the claim on, as held and then as used", async () => {
      const transaction = await create();
      const mine = lease();
      expect(await world.certificates.find(mine.serial)).toBeUndefined();
      await world.store.claim(transaction, mine, now);
      const known = {
        serial: mine.serial,
        transactionId: transaction.id,
        notBefore: mine.notBefore,
        notAfter: mine.notAfter,
      };
      expect(await world.certificates.find(mine.serial)).toEqual({ ...known, use: "held" });
      await world.store.complete(transaction.id, mine, result);
      expect(await world.certificates.find(mine.serial)).toEqual({ ...known, use: "used" });
    });
  });
}
