import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Fault } from "../../lib/fault/fault.ts";
import { caseNumberOf } from "../../lib/service/dispute.ts";
import { type DisputePorts, openDispute, resolveDispute } from "../../lib/service/dispute-work.ts";
import { history } from "../../lib/service/history.ts";
import { signTransaction } from "../../lib/service/sign.ts";
import type { Transaction } from "../../lib/service/transaction.ts";
import { newSigningWorld, type SigningWorld } from "../service/signing-world.ts";

let world: SigningWorld;
let sub: string;
let count = 0;
beforeAll(async () => {
  world = await newSigningWorld();
});
afterAll(() => world.close());
beforeEach(() => {
  sub = `person-${count++}`;
  world.notices.length = 0;
  world.troubles.length = 0;
});

async function sign(changes: Partial<SigningWorld["ports"]> = {}): Promise<Transaction> {
  const transaction = await world.open();
  return signTransaction(
    { ...world.ports, ...changes },
    transaction,
    await world.token(transaction.commitment, { sub }),
    "Chrome · Android",
  );
}
const subjectOf = ({ result }: Transaction): string => result?.person.pseudonym ?? "";
const seen = async (transaction: Transaction) =>
  (await history({ ...world.table, store: world.ports.store }, subjectOf(transaction), undefined)).rows;
const ports = (): DisputePorts => ({ ...world.ports, ...world.table });

type Call = (...input: never[]) => Promise<unknown>;
/** A call that breaks once: before its effect, or behind it. */
function breaking<F extends Call>(
  call: F,
  how: "lost" | "persisted",
  error: Error = new Fault("store_unavailable", "broke"),
): F {
  let left = 1;
  return (async (...input: never[]) => {
    if (left-- <= 0) return call(...input);
    if (how === "persisted") await call(...input);
    throw error;
  }) as F;
}

describe("recording a signature", () => {
  for (const how of ["lost", "persisted"] as const)
    test(`breaks, its effect ${how}: the signature stands, the history has it once, the person is told, the operator hears of it`, async () => {
      const activities = { ...world.table.activities, add: breaking(world.table.activities.add, how) };
      const signed = await sign({ activities });
      expect(signed.state).toBe("signed");
      const rows = await seen(signed);
      expect(rows).toMatchObject([{ kind: "signed", documents: { transactionId: signed.id } }]);
      expect(rows[0]?.device).toBe(how === "persisted" ? "Chrome · Android" : undefined);
      expect(world.notices).toHaveLength(1);
      expect(world.troubles).toEqual(["activity"]);
    });

  test("meets a bug: the signature stands", async () => {
    const activities = {
      ...world.table.activities,
      add: breaking(world.table.activities.add, "lost", new TypeError("bug")),
    };
    expect((await sign({ activities })).state).toBe("signed");
  });

  test("hangs: the signature is answered within seconds", async () => {
    const never = () => new Promise<never>(() => {});
    const started = performance.now();
    const activities = { ...world.table.activities, add: never };
    expect((await sign({ activities })).state).toBe("signed");
    expect(performance.now() - started).toBeLessThan(4_000);
  });

  test("cannot hand on the notice: the signature stands and the history has it", async () => {
    const signed = await sign({ notifier: { notify: () => Promise.reject(new Error("down")) } });
    expect(await seen(signed)).toHaveLength(1);
    expect(world.troubles).toEqual(["notice"]);
  });

  test("an outage on the way to a signature is no failed attempt: whoever asks again signs, and that is told", async () => {
    const transaction = await world.open();
    const token = await world.token(transaction.commitment, { sub });
    const tsa = { sign: breaking(world.ports.tsa.sign, "lost", new Fault("key_unavailable", "broke")) };
    await expect(signTransaction({ ...world.ports, tsa }, transaction, token)).rejects.toThrow();
    const open = (await world.ports.store.read(transaction.id)) as Transaction;
    const signed = await signTransaction(world.ports, open, token);
    expect((await seen(signed)).map(({ kind }) => kind)).toEqual(["signed"]);
  });
});

describe("whether signing is frozen", () => {
  test("cannot be asked: nothing is signed, and asking again signs", async () => {
    const transaction = await world.open();
    const token = await world.token(transaction.commitment, { sub });
    const people = { read: breaking(world.table.people.read, "lost") };
    await expect(signTransaction({ ...world.ports, people }, transaction, token)).rejects.toMatchObject({
      code: "store_unavailable",
    });
    expect((await world.ports.store.read(transaction.id))?.state).toBe("pending");
    expect((await signTransaction(world.ports, transaction, token)).state).toBe("signed");
  });

  test("is asked before anything is claimed: a frozen person's transaction stays as it was", async () => {
    const signed = await sign();
    await world.table.people.freeze(subjectOf(signed), "TC-1");
    const transaction = await world.open();
    const token = await world.token(transaction.commitment, { sub });
    await expect(signTransaction(world.ports, transaction, token)).rejects.toMatchObject({ code: "signing_frozen" });
    expect(await world.ports.store.read(transaction.id)).toEqual(transaction);
  });
});

const STEPS = ["disputes.open", "disputes.read", "people.freeze", "marks.mark", "marks.settle"] as const;
const RESOLVING = ["disputes.resolve", "disputes.read", "marks.mark", "marks.settle", "people.unfreeze"] as const;

function broken(step: string, how: "lost" | "persisted"): DisputePorts {
  const whole = ports();
  const [store, method] = step.split(".") as ["disputes" | "people" | "marks", string];
  const calls = whole[store] as unknown as Record<string, Call>;
  return { ...whole, [store]: { ...calls, [method]: breaking(calls[method] as Call, how) } };
}

async function settled(transaction: Transaction, state: "open" | "confirmed") {
  const found = await world.table.disputes.read(caseNumberOf(transaction.id, transaction.preimage.salt));
  expect(found?.state).toBe(state);
  expect((await world.ports.store.read(transaction.id))?.dispute?.state).toBe(state);
  const { openCases } = await world.table.people.read(subjectOf(transaction));
  expect(openCases).toEqual(state === "open" ? [caseNumberOf(transaction.id, transaction.preimage.salt)] : []);
}

describe("a dispute", () => {
  for (const step of STEPS)
    for (const how of ["lost", "persisted"] as const)
      test(`${step} breaks, its effect ${how}: saying it again gives the same case, frozen and marked`, async () => {
        const signed = await sign();
        const asked = { subject: subjectOf(signed), transactionId: signed.id };
        await openDispute(broken(step, how), asked).catch((error) => {
          expect(error).toMatchObject({ code: "store_unavailable" });
        });
        world.time.now += 5_000;
        expect((await openDispute(ports(), asked)).caseNumber).toBe(caseNumberOf(signed.id, signed.preimage.salt));
        await settled(signed, "open");
        expect((await world.table.disputes.read(caseNumberOf(signed.id, signed.preimage.salt)))?.audit).toHaveLength(1);
      });

  for (const step of RESOLVING)
    for (const how of ["lost", "persisted"] as const)
      test(`${step} breaks while it is resolved, its effect ${how}: until it is resolved again the person stays frozen or is free, never half`, async () => {
        const signed = await sign();
        const { caseNumber } = await openDispute(ports(), { subject: subjectOf(signed), transactionId: signed.id });
        const outcome = { outcome: "confirmed", by: "operator" } as const;
        await resolveDispute(broken(step, how), caseNumber, outcome).catch((error) => {
          expect(error).toMatchObject({ code: "store_unavailable" });
        });
        await resolveDispute(ports(), caseNumber, outcome);
        await settled(signed, "confirmed");
        expect((await world.table.disputes.read(caseNumber))?.audit).toHaveLength(2);
      });

  test("is not kept out by cases that have taken the numbers of its transaction", async () => {
    const signed = await sign();
    const asked = { subject: subjectOf(signed), transactionId: signed.id };
    const numbers = [0, 1, 2].map((attempt) => caseNumberOf(signed.id, signed.preimage.salt, attempt));
    const [first = "", second = "", third] = numbers;
    const audit = [{ at: 1, what: "opened", by: "signer" }] as const;
    for (const [at, caseNumber] of [first, second].entries())
      await world.table.disputes.open({
        ...{ caseNumber, at: 1, state: "open", audit, subject: "KM:VN-other", transactionId: `${at}`.repeat(22) },
      });
    const [one, two] = await Promise.all([openDispute(ports(), asked), openDispute(ports(), asked)]);
    expect(one).toEqual(two);
    expect(one.caseNumber).toBe(third);
    expect((await world.table.people.read(subjectOf(signed))).openCases).toEqual([third]);
    expect((await world.ports.store.read(signed.id))?.dispute).toMatchObject({ caseNumber: third, state: "open" });
    expect((await world.table.disputes.read(first))?.subject).toBe("KM:VN-other");
  });

  test("is reported again while the operator resolves it: freeze and mark follow the case, whoever comes last", async () => {
    for (let round = 0; round < 10; round++) {
      sub = `racing-${round}`;
      const signed = await sign();
      const asked = { subject: subjectOf(signed), transactionId: signed.id };
      const { caseNumber } = await openDispute(ports(), asked);
      await Promise.all([
        openDispute(ports(), asked),
        resolveDispute(ports(), caseNumber, { outcome: "confirmed", by: "operator" }),
        openDispute(ports(), asked),
      ]);
      await settled(signed, "confirmed");
    }
  });

  test("an old look that wakes up late does not freeze a case that is closed", async () => {
    const signed = await sign();
    const asked = { subject: subjectOf(signed), transactionId: signed.id };
    const { caseNumber } = await openDispute(ports(), asked);
    const whole = ports();
    const late: DisputePorts = {
      ...whole,
      people: {
        ...whole.people,
        freeze: async (subject, number) => {
          await resolveDispute(ports(), caseNumber, { outcome: "confirmed", by: "operator" });
          await whole.people.freeze(subject, number);
        },
      },
    };
    await openDispute(late, asked);
    await settled(signed, "confirmed");
  });

  test("has one outcome", async () => {
    const signed = await sign();
    const { caseNumber } = await openDispute(ports(), { subject: subjectOf(signed), transactionId: signed.id });
    await resolveDispute(ports(), caseNumber, { outcome: "confirmed", by: "one" });
    await expect(resolveDispute(ports(), caseNumber, { outcome: "withdrawn", by: "other" })).rejects.toMatchObject({
      code: "dispute_closed",
    });
    await expect(resolveDispute(ports(), "TC-0000-0000-0000", { outcome: "withdrawn", by: "x" })).rejects.toMatchObject(
      {
        code: "dispute_not_found",
      },
    );
  });
});
