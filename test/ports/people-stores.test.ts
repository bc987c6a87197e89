import { randomBytes } from "node:crypto";
import { CreateTableCommand, type CreateTableCommandInput, type DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { GetCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { subjectIndex } from "../../lib/aws/activities.ts";
import { ensureTable } from "../../lib/aws/ensure-table.ts";
import { codeIndex } from "../../lib/aws/lookups.ts";
import { describeTable } from "../../lib/aws/table.ts";
import { transactionStore } from "../../lib/aws/transactions.ts";
import { lookupCode } from "../../lib/identity/lookup-code.ts";
import { type Activity, orderOf, signatureOrder } from "../../lib/service/activity.ts";
import { createTransaction } from "../../lib/service/create.ts";
import { caseNumberOf, type DisputeCase } from "../../lib/service/dispute.ts";
import type { Lease, SignedResult, Transaction } from "../../lib/service/transaction.ts";
import { type Maker, startStore } from "../service/store-world.ts";
import { NOON, newRequest } from "../service/transactions.ts";
import { onEachDynamoDb } from "./makers.ts";

onEachDynamoDb("people", contract);

const chance = (octets: number) => randomBytes(octets).toString("base64url");

function contract(maker: Maker): void {
  let now = NOON;
  let world: Awaited<ReturnType<typeof startStore>>;
  let person: string;
  beforeAll(async () => {
    world = await startStore(() => now, maker);
  });
  afterAll(() => world.close());
  beforeEach(() => {
    now = NOON;
    person = `KM:VN-${randomBytes(20).toString("hex")}`;
  });
  const random = (octets: number) => new Uint8Array(randomBytes(octets));
  const signed = async (genTime = now): Promise<Transaction> => {
    const transaction = await createTransaction({ store: world.store, clock: () => now, random }, newRequest().request);
    const lease = leaseAt(now);
    await world.store.claim(transaction, lease, now);
    await world.store.complete(transaction.id, lease, resultOf(person, genTime));
    return transaction;
  };
  const activity = (at: number, changes: Partial<Activity> = {}): Activity => ({
    ...{ order: orderOf(at, chance(16)), at, kind: "failed", code: "signer_mismatch", device: "Chrome · Android" },
    ...changes,
  });

  describe("activities", () => {
    test("what was added is listed member for member, newest first, for this person alone", async () => {
      const [first, second] = [activity(NOON), activity(NOON + 1, { kind: "signed" })];
      for (const one of [second, first]) expect(await world.activities.add(person, one)).toBe(true);
      await world.activities.add(`${person}0`, activity(NOON));
      expect(await world.activities.list(person, undefined, 10)).toEqual([second, first]);
    });

    test("the same activity twice is one, and what was there stays", async () => {
      const one = activity(NOON);
      expect(await world.activities.add(person, one)).toBe(true);
      expect(await world.activities.add(person, { ...one, device: "other" })).toBe(false);
      expect(await world.activities.list(person, undefined, 10)).toEqual([one]);
    });

    test("`before` goes on where a page ended, within one millisecond as well", async () => {
      const all = Array.from({ length: 5 }, () => activity(NOON));
      for (const one of all) await world.activities.add(person, one);
      const orders = all
        .map(({ order }) => order)
        .sort()
        .reverse();
      const page = await world.activities.list(person, undefined, 2);
      const rest = await world.activities.list(person, page[1]?.order, 10);
      expect([...page, ...rest].map(({ order }) => order)).toEqual(orders);
    });

    test("a signature, a dispute and its end stay for good; everything else is forgotten after two years", async () => {
      const ttls: Record<string, unknown> = {};
      for (const kind of [
        "signed",
        "disputed",
        "dispute_resolved",
        "failed",
        "passkey_enrolled",
        "assisted",
      ] as const) {
        const one = activity(NOON, { kind });
        await world.activities.add(person, one);
        const { Item: item } = await world.client.send(
          new GetCommand({ TableName: world.table, Key: { pk: `ACTIVITY#${person}`, sk: one.order } }),
        );
        ttls[kind] = item?.ttl;
      }
      const end = NOON / 1000 + 2 * 365 * 24 * 3600;
      expect(ttls).toEqual({
        ...{ signed: undefined, disputed: undefined, dispute_resolved: undefined },
        ...{ failed: end, passkey_enrolled: end, assisted: end },
      });
    });
  });

  describe("the index of a person's signatures", () => {
    test("it has what is signed, newest first, and neither what is open nor what others signed", async () => {
      const [first, second] = [await signed(NOON), await signed(NOON + 1000)];
      await createTransaction({ store: world.store, clock: () => now, random }, newRequest().request);
      const found = await world.signatures.signed(person, undefined, 10);
      expect(found).toEqual([
        { order: signatureOrder(NOON + 1000, second.id), transactionId: second.id },
        { order: signatureOrder(NOON, first.id), transactionId: first.id },
      ]);
      expect(await world.signatures.signed(person, found[0]?.order, 10)).toEqual(found.slice(1));
      expect(await world.signatures.signed(person, undefined, 1)).toEqual(found.slice(0, 1));
    });

    test("the keys of indexes are no part of a transaction", async () => {
      const { id } = await signed();
      const read = await world.store.read(id);
      for (const name of ["code", "subject", "order"]) expect(read).not.toHaveProperty(name);
    });
  });

  describe("the item of a person", () => {
    test("a person that nothing was written of is free and has read nothing", async () => {
      expect(await world.people.read(person)).toEqual({ openCases: [] });
    });

    test("freezing twice is once; another case keeps freezing", async () => {
      await Promise.all(["TC-1", "TC-1", "TC-2"].map((one) => world.people.freeze(person, one)));
      expect((await world.people.read(person)).openCases).toEqual(["TC-1", "TC-2"]);
      await world.people.unfreeze(person, "TC-1");
      await world.people.unfreeze(person, "TC-1");
      expect((await world.people.read(person)).openCases).toEqual(["TC-2"]);
      await world.people.unfreeze(person, "TC-2");
      expect((await world.people.read(person)).openCases).toEqual([]);
    });

    test("the mark of what was read moves forward and never back", async () => {
      const [early, late] = [orderOf(NOON, chance(16)), orderOf(NOON + 1, chance(16))];
      await world.people.markRead(person, late);
      await world.people.markRead(person, early);
      expect((await world.people.read(person)).readUntil).toBe(late);
    });
  });

  describe("cases and marks", () => {
    const opened = (transactionId: string): DisputeCase => ({
      ...{
        caseNumber: caseNumberOf(transactionId, chance(32)),
        transactionId,
        subject: person,
        at: now,
        state: "open",
      },
      audit: [{ at: now, what: "opened", by: "signer" }],
    });

    test("a case is opened once, read back whole, and listed", async () => {
      const one = opened(chance(16));
      expect(await world.disputes.open(one)).toBe(true);
      expect(await world.disputes.open({ ...one, subject: "other" })).toBe(false);
      expect(await world.disputes.read(one.caseNumber)).toEqual(one);
      expect((await world.disputes.list()).cases).toContainEqual(one);
      expect((await world.disputes.list(one.caseNumber)).cases).not.toContainEqual(one);
      expect(await world.disputes.read("TC-0000-0000-0000")).toBeUndefined();
    });

    test("of two racing outcomes one counts, and its line joins the audit", async () => {
      const one = opened(chance(16));
      await world.disputes.open(one);
      const line = (what: "confirmed" | "withdrawn") => ({ at: now + 1, what, by: "operator" });
      const answers = await Promise.all(
        (["confirmed", "withdrawn"] as const).map((what) => world.disputes.resolve(one.caseNumber, what, line(what))),
      );
      expect(answers.filter(Boolean)).toHaveLength(1);
      const found = await world.disputes.read(one.caseNumber);
      expect(found?.audit).toHaveLength(2);
      expect(found?.audit[1]?.what).toBe(found?.state);
      expect(await world.disputes.resolve("TC-0000-0000-0000", "confirmed", line("confirmed"))).toBe(false);
    });

    test("a transaction is marked once; its mark is settled by its own case alone; the signature stays as it is", async () => {
      const { id } = await signed();
      const before = await world.store.read(id);
      const dispute = { caseNumber: "TC-1", at: now, state: "open" } as const;
      expect(await world.marks.settle(id, "TC-1", "withdrawn")).toBe(false);
      expect(await world.marks.mark(id, dispute)).toBe(true);
      expect(await world.marks.mark(id, { ...dispute, caseNumber: "TC-2" })).toBe(false);
      expect(await world.marks.settle(id, "TC-2", "withdrawn")).toBe(false);
      expect(await world.store.read(id)).toEqual({ ...before, dispute });
      expect(await world.marks.settle(id, "TC-1", "withdrawn")).toBe(true);
      expect((await world.store.read(id))?.dispute).toEqual({ ...dispute, state: "withdrawn" });
    });

    test("what is not there gets no mark", async () => {
      const id = chance(16);
      expect(await world.marks.mark(id, { caseNumber: "TC-1", at: now, state: "open" })).toBe(false);
      expect(await world.store.read(id)).toBeUndefined();
    });
  });

  describe("look-ups by code", () => {
    test("a code leads to its transaction from its creation on", async () => {
      const { id } = await signed();
      expect(await world.codes.find(lookupCode(id))).toEqual([id]);
      expect(await world.codes.find(lookupCode(chance(16)))).toEqual([]);
    });

    test("ten guesses an hour, however many come at once; then the next hour", async () => {
      const code = lookupCode(chance(16));
      const guess = () => world.guesses.take(code, now);
      const answers = await Promise.all(Array.from({ length: 14 }, guess));
      expect(answers.filter(Boolean)).toHaveLength(10);
      now += 3_599_999;
      expect(await guess()).toBe(false);
      now += 1;
      expect(await guess()).toBe(true);
    });

    test("a guess that was right is given back; nothing is given that was not taken", async () => {
      const code = lookupCode(chance(16));
      await world.guesses.giveBack(code);
      for (let times = 0; times < 12; times++) {
        expect(await world.guesses.take(code, now)).toBe(true);
        await world.guesses.giveBack(code);
      }
      for (let times = 0; times < 3; times++) await world.guesses.giveBack(code);
      const answers: boolean[] = [];
      for (let times = 0; times < 11; times++) answers.push(await world.guesses.take(code, now));
      expect(answers.filter(Boolean)).toHaveLength(10);
    });
  });

  describe("a table of an older version", () => {
    const code = (id: string) => lookupCode(id);

    test("gets the indexes that it lacks, and its transactions are found by them", async () => {
      const { name, open, done } = await oldInstallation();
      await ensureTable(world.client as never, name);
      expect(await codeIndex(world.client, name).find(code(open.id))).toEqual([open.id]);
      const found = await subjectIndex(world.client, name).signed(person, undefined, 10);
      expect(found).toEqual([{ order: signatureOrder(NOON, done.id), transactionId: done.id }]);
      const store = transactionStore(world.client, name, () => now);
      expect(await store.read(open.id)).toEqual(open);
      expect((await store.read(done.id))?.result).toEqual(resultOf(person, NOON));
      await ensureTable(world.client as never, name);
      expect(await codeIndex(world.client, name).find(code(open.id))).toEqual([open.id]);
    });

    for (const step of ["BatchWriteItemCommand", "DeleteTableCommand", "CreateTableCommand"])
      for (const nth of [1, 2])
        for (const how of ["lost", "persisted"] as const)
          test(`loses nothing when ${step} no. ${nth} breaks, its effect ${how}, and it is started again`, async () => {
            const { name, open, done } = await oldInstallation();
            await expect(ensureTable(breaking(step, nth, how), name)).rejects.toThrow("gone");
            await ensureTable(world.client as never, name);
            for (const { id } of [open, done]) expect(await codeIndex(world.client, name).find(code(id))).toEqual([id]);
          });

    /** One open and one signed transaction, without the keys of the newer indexes. */
    async function oldInstallation() {
      const name = `old${randomBytes(4).toString("hex")}`;
      await world.client.send(new CreateTableCommand(oldTable(name)) as never);
      while ((await describeTable(world.client as never, name))?.TableStatus !== "ACTIVE");
      const store = transactionStore(world.client, name, () => now);
      const create = () => createTransaction({ store, clock: () => now, random }, newRequest().request);
      const [open, done] = [await create(), await create()];
      const lease = leaseAt(now);
      await store.claim(done, lease, now);
      await store.complete(done.id, lease, resultOf(person, NOON));
      for (const { id } of [open, done])
        await world.client.send(
          new UpdateCommand({
            TableName: name,
            Key: { pk: `TX#${id}`, sk: "TX" },
            UpdateExpression: "REMOVE #code, #subject, #order",
            ExpressionAttributeNames: { "#code": "code", "#subject": "subject", "#order": "order" },
          }),
        );
      return { name, open, done };
    }

    /** A client that dies at one step: before it is done, or behind it. */
    function breaking(step: string, nth: number, how: "lost" | "persisted"): DynamoDBClient {
      const client = world.client as unknown as DynamoDBClient;
      let seen = 0;
      return new Proxy(client, {
        get(target, name) {
          if (name !== "send") return Reflect.get(target, name);
          return async (command: object) => {
            const breaks = command.constructor.name === step && ++seen === nth;
            if (!breaks) return target.send(command as never);
            // A table that is there already is an answer like any other.
            if (how === "persisted") await target.send(command as never).catch(() => undefined);
            throw new Error("gone");
          };
        },
      });
    }
  });
}

/** The table as it was before there were people's pages: with the index for status requests alone. */
function oldTable(name: string): CreateTableCommandInput {
  const keys = (...names: readonly string[]) =>
    names.map((AttributeName, at) => ({ AttributeName, KeyType: at === 0 ? ("HASH" as const) : ("RANGE" as const) }));
  return {
    TableName: name,
    BillingMode: "PAY_PER_REQUEST",
    AttributeDefinitions: ["pk", "sk", "serial"].map((AttributeName) => ({ AttributeName, AttributeType: "S" })),
    KeySchema: keys("pk", "sk"),
    GlobalSecondaryIndexes: [
      {
        IndexName: "bySerial",
        KeySchema: keys("serial"),
        Projection: { ProjectionType: "INCLUDE", NonKeyAttributes: ["state", "lease"] },
      },
    ],
  };
}

const leaseAt = (now: number): Lease => ({
  token: chance(16),
  until: now + 20_000,
  serial: randomBytes(16).toString("hex"),
  notBefore: now - 60_000,
  notAfter: now + 600_000,
});

function resultOf(pseudonym: string, genTime: number): SignedResult {
  return {
    signatures: [Uint8Array.of(1, 2)],
    genTimes: [genTime],
    certificates: [Uint8Array.of(3), Uint8Array.of(4)],
    person: { fullName: "An", pseudonym, issuer: "https://idp.invalid", assurance: { level: "substantial" } },
    token: {
      ...{ sha256: "", issuer: "https://idp.invalid", clientId: "motlan", kid: null, alg: "ES256" },
      ...{ jwks: { keys: [] }, jwksSha256: "" },
    },
    authenticatedAt: null,
    salt: Uint8Array.of(5),
    signatureClass: "OTHER_CONFIRMATION",
    demo: true,
  };
}
