import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  ASSISTANCE_MS,
  type Assistance,
  DAILY_CAP,
  HIGHEST_CAP,
  MAX_TRANSACTIONS,
} from "../../lib/service/assistance.ts";
import { createTransaction } from "../../lib/service/create.ts";
import { newAssistance, newId } from "../service/assistances.ts";
import { type Maker, startStore } from "../service/store-world.ts";
import { NOON, newRequest } from "../service/transactions.ts";
import { onEachDynamoDb } from "./makers.ts";

onEachDynamoDb("assistances", contract);

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

  const open = async (changes: Partial<Assistance> = {}): Promise<Assistance> => {
    const assistance = newAssistance(changes);
    expect(await world.assistances.create(assistance)).toBe(true);
    return assistance;
  };
  const read = async ({ id }: Assistance): Promise<Assistance> => {
    const found = await world.assistances.read(id);
    if (found === undefined) throw new Error("the assistance is gone");
    return found;
  };
  const citizen = (at = now) => ({ hash: randomBytes(32).toString("base64url"), key: "k", at });
  const paired = async (): Promise<Assistance> => {
    const assistance = await open();
    expect(await world.assistances.pair(assistance.id, citizen())).toBe(true);
    return assistance;
  };

  describe(`the store of assistances (lib/service/assistance-store.ts), DynamoDB: ${maker}`, () => {
    test("what was created is read back member for member, and an id is taken once", async () => {
      const assistance = await open({ procedure: "1.004222", caseRef: "H29.12" });
      expect(await read(assistance)).toEqual(assistance);
      expect(await world.assistances.create({ ...assistance, unit: "other" })).toBe(false);
      expect((await read(assistance)).unit).toBe(assistance.unit);
      expect(await world.assistances.read(newId())).toBeUndefined();
    });

    test("of three racing pairings one wins, and its key is the one that is kept", async () => {
      const assistance = await open();
      const citizens = [citizen(), citizen(), citizen()];
      const won = await Promise.all(citizens.map((one) => world.assistances.pair(assistance.id, one)));
      expect(won.filter(Boolean)).toHaveLength(1);
      const winner = citizens[won.indexOf(true)];
      expect(await read(assistance)).toMatchObject({ state: "paired", citizenHash: winner?.hash, pairedAt: NOON });
    });

    test("nothing is paired after the ten minutes, after the end, nor what is not there", async () => {
      const assistance = await open();
      for (const late of [0, 1, 3_600_000])
        expect(await world.assistances.pair(assistance.id, citizen(assistance.pairingUntil + late))).toBe(false);
      await world.assistances.end(assistance.id, now);
      expect(await world.assistances.pair(assistance.id, citizen())).toBe(false);
      expect(await world.assistances.pair(newId(), citizen())).toBe(false);
      expect(await read(assistance)).not.toHaveProperty("citizenHash");
    });

    test("an officer's key is given once, after the pairing; the same again is the same", async () => {
      const waiting = await open();
      expect(await world.assistances.giveKey(waiting.id, "one")).toBe(false);
      const assistance = await paired();
      expect(await world.assistances.giveKey(assistance.id, "one")).toBe(true);
      expect(await world.assistances.giveKey(assistance.id, "one")).toBe(true);
      expect(await world.assistances.giveKey(assistance.id, "two")).toBe(false);
      expect((await read(assistance)).officerKey).toBe("one");
    });

    test("a status follows another, until one is final; never before the pairing nor after the hour", async () => {
      const waiting = await open();
      expect(await world.assistances.report(waiting.id, { code: "reading", page: 1, pages: 2, at: now })).toBe(false);
      const assistance = await paired();
      const say = (code: "reading" | "identifying" | "signed" | "declined", at = now) =>
        world.assistances.report(assistance.id, code === "reading" ? { code, page: 1, pages: 2, at } : { code, at });
      expect(await say("reading")).toBe(true);
      expect(await say("identifying")).toBe(true);
      expect(await say("reading", assistance.expiresAt)).toBe(false);
      expect(await say("signed")).toBe(true);
      expect(await say("declined")).toBe(false);
      expect(await say("reading")).toBe(false);
      expect((await read(assistance)).status).toEqual({ code: "signed", at: now });
    });

    test("transactions are noted once each, ten at most, between the pairing and the end", async () => {
      const waiting = await open();
      expect(await world.assistances.link(waiting.id, newId(), now)).toBe(false);
      const assistance = await paired();
      const ids = Array.from({ length: MAX_TRANSACTIONS }, newId);
      for (const id of [...ids, ...ids]) expect(await world.assistances.link(assistance.id, id, now)).toBe(true);
      expect(await world.assistances.link(assistance.id, newId(), now)).toBe(false);
      expect((await read(assistance)).transactions).toEqual(ids);
      expect(await world.assistances.link(assistance.id, ids[0] as string, assistance.expiresAt)).toBe(false);
      await world.assistances.end(assistance.id, now);
      expect(await world.assistances.link(assistance.id, ids[0] as string, now)).toBe(false);
      expect(await world.assistances.link(newId(), newId(), now)).toBe(false);
    });

    test("an end is for good", async () => {
      const assistance = await paired();
      expect(await world.assistances.end(assistance.id, now)).toBe(true);
      expect(await world.assistances.end(assistance.id, now + 5)).toBe(false);
      expect(await world.assistances.end(newId(), now)).toBe(false);
      expect(await world.assistances.report(assistance.id, { code: "signed", at: now })).toBe(false);
      expect(await world.assistances.giveKey(assistance.id, "late")).toBe(false);
      expect(await read(assistance)).toMatchObject({ state: "ended", endedAt: NOON });
    });

    test("what is a month old is not there any more", async () => {
      const assistance = await paired();
      now += 30 * 24 * 3_600_000;
      expect(await world.assistances.read(assistance.id)).toBeDefined();
      now += 2 * 24 * 3_600_000;
      expect(await world.assistances.read(assistance.id)).toBeUndefined();
    });
  });

  describe(`pairing codes and tries, DynamoDB: ${maker}`, () => {
    const newCode = () => String(randomBytes(4).readUInt32BE() % 1_000_000).padStart(6, "0");

    test("a code is one assistance's until its time has passed, and then anybody's", async () => {
      const code = newCode();
      expect(await world.pairings.takeCode(code, "one", now + 1000, now)).toBe(true);
      expect(await world.pairings.takeCode(code, "two", now + 1000, now)).toBe(false);
      expect(await world.pairings.findCode(code, now + 999)).toBe("one");
      expect(await world.pairings.findCode(code, now + 1000)).toBeUndefined();
      expect(await world.pairings.takeCode(code, "two", now + 3000, now + 1000)).toBe(true);
      expect(await world.pairings.findCode(code, now + 1000)).toBe("two");
    });

    test("of racing tries no more than the limit are counted in; what was right is counted out", async () => {
      const name = `ADDRESS#${newId()}`;
      const tries = await Promise.all(
        Array.from({ length: 20 }, () => world.pairings.countTry(name, 5, now + 600_000).catch(() => false)),
      );
      expect(tries.filter(Boolean)).toHaveLength(5);
      expect(await world.pairings.countTry(name, 5, now)).toBe(false);
      await world.pairings.forgetTry(name);
      expect(await world.pairings.countTry(name, 5, now)).toBe(true);
      expect(await world.pairings.countTry(name, 5, now)).toBe(false);
    });

    test("nothing is counted below nothing", async () => {
      const name = `ALL#${newId()}`;
      await world.pairings.forgetTry(name);
      expect(await world.pairings.countTry(name, 1, now)).toBe(true);
      expect(await world.pairings.countTry(name, 1, now)).toBe(false);
    });
  });

  describe(`parts, DynamoDB: ${maker}`, () => {
    test("a part of 300 KiB is kept as it is, is never replaced, and is gone after the hour", async () => {
      const id = newId();
      const part = { octets: new Uint8Array(randomBytes(300 * 1024)), count: 69 };
      expect(await world.parts.put(id, 68, part)).toBe(true);
      expect(await world.parts.put(id, 68, { ...part, octets: Uint8Array.of(1) })).toBe(false);
      const found = await world.parts.read(id, 68);
      expect(found?.count).toBe(69);
      expect(Buffer.compare(found?.octets ?? new Uint8Array(0), part.octets)).toBe(0);
      expect(await world.parts.read(id, 6)).toBeUndefined();
      now += ASSISTANCE_MS + 2000;
      expect(await world.parts.read(id, 68)).toBeUndefined();
    });
  });

  describe(`the days of a unit, DynamoDB: ${maker}`, () => {
    const officer = () => `KM:VN-${randomBytes(20).toString("hex")}`;
    const unit = () => `H00.${randomBytes(4).toString("hex")}`;
    const DAY = "2026-11-25";

    test("an officer is counted up to the cap, however many ask at once; a supervisor's word allows more", async () => {
      const [unitCode, who] = [unit(), officer()];
      for (let i = 0; i < DAILY_CAP - 3; i++) expect(await world.days.count(unitCode, DAY, who)).toBe(true);
      const last = await Promise.all(Array.from({ length: 8 }, () => world.days.count(unitCode, DAY, who)));
      expect(last.filter(Boolean)).toHaveLength(3);
      expect(await world.days.count(unitCode, "2026-11-26", who)).toBe(true);
      expect(await world.days.raise(unitCode, DAY, who, 2)).toEqual({
        officer: who,
        count: DAILY_CAP,
        allowed: DAILY_CAP + 2,
      });
      const more = await Promise.all(Array.from({ length: 4 }, () => world.days.count(unitCode, DAY, who)));
      expect(more.filter(Boolean)).toHaveLength(2);
    });

    test("nobody is allowed more than there is to allow, and nobody who has not begun", async () => {
      const [unitCode, who] = [unit(), officer()];
      expect(await world.days.raise(unitCode, DAY, who, 1)).toBeUndefined();
      await world.days.count(unitCode, DAY, who);
      expect(await world.days.raise(unitCode, DAY, who, HIGHEST_CAP)).toBeUndefined();
      expect(await world.days.raise(unitCode, DAY, who, HIGHEST_CAP - DAILY_CAP)).toMatchObject({
        allowed: HIGHEST_CAP,
      });
      expect(await world.days.raise(unitCode, DAY, who, 1)).toBeUndefined();
      expect((await world.days.read(unitCode, DAY)).officers).toEqual([
        { officer: who, count: 1, allowed: HIGHEST_CAP },
      ]);
    });

    test("a day has its unit's assistances, more of them than one answer holds, and nobody else's", async () => {
      const [unitCode, other] = [unit(), unit()];
      const ours = Array.from({ length: 104 }, () => newAssistance({ unitCode }));
      await world.days.note(ours[0] as Assistance);
      await Promise.all(
        [...ours, newAssistance({ unitCode: other })].map(async (assistance) => {
          await world.days.note(assistance);
          await world.assistances.create(assistance);
        }),
      );
      // Noted, and then its officer's request died.
      await world.days.note(newAssistance({ unitCode }));
      const { assistances } = await world.days.read(unitCode, DAY);
      const byId = (a: Assistance, b: Assistance) => (a.id < b.id ? -1 : 1);
      expect([...assistances].sort(byId)).toEqual([...ours].sort(byId));
      expect((await world.days.read(unitCode, "2026-11-24")).assistances).toEqual([]);
    });

    test("of transactions it tells how they ended and under whose help, and passes over those that are not there", async () => {
      const assistance = newAssistance();
      const random = (octets: number) => new Uint8Array(randomBytes(octets));
      const ports = { store: world.store, clock: () => now, random };
      const helped = await createTransaction(ports, newRequest({ assistance: assistance.id }).request, assistance);
      const alone = await createTransaction(ports, newRequest().request);
      await world.store.decline(alone.id, now);
      const outcomes = await world.days.outcomes([helped.id, newId(), alone.id]);
      expect([...outcomes].sort((a, b) => (a.id === helped.id ? -1 : b.id === helped.id ? 1 : 0))).toEqual([
        { id: helped.id, state: "pending", assistance: assistance.id, disputed: false },
        { id: alone.id, state: "declined", disputed: false },
      ]);
      const disputed = async () => (await world.days.outcomes([helped.id]))[0]?.disputed;
      expect(await world.marks.mark(helped.id, { caseNumber: "TC-1", at: now, state: "open" })).toBe(true);
      expect(await disputed()).toBe(true);
      await world.marks.settle(helped.id, "TC-1", "confirmed");
      expect(await disputed()).toBe(true);
      await world.marks.settle(helped.id, "TC-1", "withdrawn");
      expect(await disputed()).toBe(false);
    });
  });
}
