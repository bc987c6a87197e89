import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Fault } from "../../lib/fault/fault.ts";
import { proofOf } from "../../lib/service/proof-of.ts";
import { signTransaction } from "../../lib/service/sign.ts";
import type { Transaction } from "../../lib/service/transaction.ts";
import { Crash, faulty, STEPS } from "../service/faulty.ts";
import { newSigningWorld, type SigningWorld } from "../service/signing-world.ts";

let world: SigningWorld;
beforeAll(async () => {
  world = await newSigningWorld();
});
afterAll(() => world.close());

const LEASE_MS = 20_000;

async function current({ id }: Transaction): Promise<Transaction> {
  const found = await world.ports.store.read(id);
  if (found === undefined) throw new Error("the transaction is gone");
  return found;
}

/** Asks again as a client does: with a healthy service, once the dead one's lease has lapsed, with a login of now. */
async function retry(transaction: Transaction): Promise<Transaction> {
  world.time.now += LEASE_MS + 1;
  return signTransaction(world.ports, await current(transaction), await world.token(transaction.commitment));
}

/** One signature, and it is the one in the store, and it stays the same. */
async function expectOneSignature(transaction: Transaction, answers: readonly Transaction[]): Promise<void> {
  const stored = (await current(transaction)).result;
  expect(stored?.signatures).toHaveLength(1);
  for (const answer of answers) expect(answer.result).toEqual(stored);
  const again = await retry(transaction);
  expect(again.result).toEqual(stored);
  // The certificate that signed is none of those that were given up.
  const { lease, abandoned } = await current(transaction);
  expect(abandoned).not.toContain(lease?.serial);
}

for (const step of STEPS)
  for (const how of ["lost", "persisted"] as const) {
    describe(`signing, when ${step} breaks and its effect is ${how}`, () => {
      test("and the process dies there: a retry gives exactly one signature", async () => {
        const transaction = await world.open();
        const token = await world.token(transaction.commitment);
        const dying = faulty(world.ports, { step, how, outcome: "crash", times: 1 });
        await expect(signTransaction(dying, transaction, token)).rejects.toThrow(Crash);
        const signed = await retry(transaction);
        await expectOneSignature(transaction, [signed]);
      });

      test("and the process lives: it answers with the one signature, or with a code that says try again", async () => {
        const transaction = await world.open();
        const token = await world.token(transaction.commitment);
        const broken = faulty(world.ports, { step, how, outcome: "fault", times: 1 });
        const answers: Transaction[] = [];
        try {
          answers.push(await signTransaction(broken, transaction, token));
        } catch (error) {
          expect(error).toBeInstanceOf(Fault);
          expect((error as Fault).code).toMatch(/^(key|store)_unavailable$/);
        }
        answers.push(await retry(transaction));
        await expectOneSignature(transaction, answers);
      });
    });
  }

test("a completion that is lost every time leaves no signature that anybody has seen, and a retry signs", async () => {
  const transaction = await world.open();
  const token = await world.token(transaction.commitment);
  const broken = faulty(world.ports, { step: "store.complete", how: "lost", outcome: "fault", times: 99 });
  await expect(signTransaction(broken, transaction, token)).rejects.toMatchObject({ code: "store_unavailable" });
  expect((await current(transaction)).state).toBe("signing");
  await expectOneSignature(transaction, [await retry(transaction)]);
});

test("a claim whose answer was lost is recognised as our own: the signature follows at once", async () => {
  const transaction = await world.open();
  const token = await world.token(transaction.commitment);
  const broken = faulty(world.ports, { step: "store.claim", how: "persisted", outcome: "fault", times: 1 });
  await expectOneSignature(transaction, [await signTransaction(broken, transaction, token)]);
});

test("the proof names the certificate that a dead holder may have had issued", async () => {
  const transaction = await world.open();
  const dying = faulty(world.ports, { step: "tsa.sign", how: "lost", outcome: "crash", times: 1 });
  await expect(signTransaction(dying, transaction, await world.token(transaction.commitment))).rejects.toThrow(Crash);
  const orphan = (await current(transaction)).lease?.serial;
  expect(proofOf(await retry(transaction))?.abandoned).toEqual([orphan]);
});

test("a key that fails after the claim gives the transaction back at once: nobody waits for a lease", async () => {
  const transaction = await world.open();
  const token = await world.token(transaction.commitment);
  const broken = faulty(world.ports, { step: "issuingCa.sign", how: "lost", outcome: "fault", times: 1 });
  await expect(signTransaction(broken, transaction, token)).rejects.toMatchObject({ code: "key_unavailable" });
  const open = await current(transaction);
  expect(open.state).toBe("pending");
  expect(open.abandoned).toHaveLength(1);
  const signed = await signTransaction(world.ports, open, token);
  expect(proofOf(signed)?.abandoned).toEqual(open.abandoned);
});

test("ten requests at once for one transaction get one signature between them", async () => {
  const transaction = await world.open();
  const token = await world.token(transaction.commitment);
  const answers = await Promise.all(Array.from({ length: 10 }, () => signTransaction(world.ports, transaction, token)));
  await expectOneSignature(transaction, answers);
});

test("a holder that wakes up after its lease was taken over hands out nothing of its own", async () => {
  const transaction = await world.open();
  const token = await world.token(transaction.commitment);
  let wake: () => void = () => undefined;
  const asleep = new Promise<void>((resolve) => {
    wake = resolve;
  });
  const slow = {
    ...world.ports,
    tsa: { sign: async (message: Uint8Array) => asleep.then(() => world.ports.tsa.sign(message)) },
  };
  const late = signTransaction(slow, transaction, token);
  while ((await current(transaction)).state !== "signing") await new Promise((resolve) => setTimeout(resolve, 5));
  const quick = await retry(transaction);
  wake();
  await expectOneSignature(transaction, [quick, await late]);
});
