import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Session } from "../../lib/service/session.ts";
import { type Maker, startStore } from "../service/store-world.ts";
import { NOON } from "../service/transactions.ts";
import { activeSession } from "../worlds/session.ts";
import { onEachDynamoDb } from "./makers.ts";

const HOUR = 3_600_000;

onEachDynamoDb("sessions", contract);

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

  const pending = (): Session => ({
    id: randomBytes(32).toString("base64url"),
    state: "pending",
    returnTo: "/khoa",
    createdAt: now,
    expiresAt: now + 900_000,
  });
  const active = async () => (await activeSession(world.sessions, now)).session;

  test("what was created is read back member for member; an id is taken once; an unknown one is not there", async () => {
    const session = pending();
    expect(await world.sessions.create(session)).toBe(true);
    expect(await world.sessions.read(session.id)).toEqual(session);
    expect(await world.sessions.create({ ...session, returnTo: "/ho-tro" })).toBe(false);
    expect((await world.sessions.read(session.id))?.returnTo).toBe("/khoa");
    const other = await active();
    expect(await world.sessions.read(other.id)).toEqual(other);
    expect(await world.sessions.read(pending().id)).toBeUndefined();
  });

  test("of three that take a pending session one gets it, and it is gone; an active one is not taken", async () => {
    const session = pending();
    await world.sessions.create(session);
    const takes = await Promise.all([1, 2, 3].map(() => world.sessions.take(session.id)));
    expect(takes.filter(Boolean)).toHaveLength(1);
    expect(await world.sessions.read(session.id)).toBeUndefined();
    const other = await active();
    expect(await world.sessions.take(other.id)).toBe(false);
    expect(await world.sessions.read(other.id)).toEqual(other);
  });

  test("an active session is extended while it lasts, a pending or unknown one never, and none comes into being", async () => {
    const { id, expiresAt } = await active();
    expect(await world.sessions.extend(id, expiresAt + 5, now)).toBe(true);
    expect((await world.sessions.read(id))?.expiresAt).toBe(expiresAt + 5);
    expect(await world.sessions.extend(id, expiresAt + HOUR, expiresAt + 5)).toBe(false);
    const waiting = pending();
    await world.sessions.create(waiting);
    expect(await world.sessions.extend(waiting.id, expiresAt, now)).toBe(false);
    const unknown = pending().id;
    expect(await world.sessions.extend(unknown, expiresAt, now)).toBe(false);
    expect(await world.sessions.challenge(unknown, { value: "c", until: now + 1 })).toBe(false);
    expect(await world.sessions.answer(unknown, "c", now)).toBe(false);
    expect(await world.sessions.read(unknown)).toBeUndefined();
  });

  test("a challenge is answered once, by itself, in time; the last one counts; a pending session gets none", async () => {
    const { id } = await active();
    const until = now + 300_000;
    expect(await world.sessions.challenge(id, { value: "one", until })).toBe(true);
    expect(await world.sessions.challenge(id, { value: "two", until })).toBe(true);
    expect(await world.sessions.answer(id, "one", now)).toBe(false);
    expect(await world.sessions.answer(id, "two", until)).toBe(false);
    const answers = await Promise.all([1, 2, 3].map(() => world.sessions.answer(id, "two", until - 1)));
    expect(answers.filter(Boolean)).toHaveLength(1);
    expect((await world.sessions.read(id))?.challenge).toBeUndefined();
    const waiting = pending();
    await world.sessions.create(waiting);
    expect(await world.sessions.challenge(waiting.id, { value: "c", until })).toBe(false);
  });

  test("a session that was ended is gone, and ending it again is harmless", async () => {
    const { id } = await active();
    await world.sessions.end(id);
    expect(await world.sessions.read(id)).toBeUndefined();
    await world.sessions.end(id);
  });

  test("one that is over is still told as over, and forgotten after two hours", async () => {
    const { id } = await active();
    now += HOUR;
    expect(await world.sessions.read(id)).toBeDefined();
    now += HOUR + 1000;
    expect(await world.sessions.read(id)).toBeUndefined();
  });
}
