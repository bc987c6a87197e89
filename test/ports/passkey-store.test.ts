import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Passkey } from "../../lib/service/passkey.ts";
import { type Maker, startStore } from "../service/store-world.ts";
import { NOON } from "../service/transactions.ts";
import { CITIZEN } from "../worlds/session.ts";
import { onEachDynamoDb } from "./makers.ts";

onEachDynamoDb("passkeys", contract);

function contract(maker: Maker): void {
  let world: Awaited<ReturnType<typeof startStore>>;
  beforeAll(async () => {
    world = await startStore(() => NOON, maker);
  });
  afterAll(() => world.close());

  const text = () => randomBytes(32).toString("base64url");
  const passkey = (changes: Partial<Passkey> = {}): Passkey => ({
    ...{ id: text(), credentialId: text(), publicKey: text(), signCount: 0, transports: ["internal"] },
    ...{ backupEligible: true, backedUp: false, aaguid: "00000000-0000-0000-0000-000000000000", attestation: "none" },
    ...{ name: "Điện thoại", createdAt: NOON, lastUsedAt: null, lastAssertion: null, person: CITIZEN },
    ...changes,
  });
  const person = async () => {
    const subject = `KM:VN-${text()}`;
    await world.passkeys.open(subject, "handle");
    return subject;
  };
  const one = async (subject: string) => (await world.passkeys.read(subject))?.passkeys[0];

  test("a ring is made once, also by two at once, and keeps its handle", async () => {
    const subject = `KM:VN-${text()}`;
    expect(await world.passkeys.read(subject)).toBeUndefined();
    const rings = await Promise.all(["a", "b"].map((handle) => world.passkeys.open(subject, handle)));
    expect(rings[0]).toEqual(rings[1]);
    expect(await world.passkeys.open(subject, "c")).toEqual(rings[0]);
    expect(await world.passkeys.read(subject)).toEqual({ handle: rings[0]?.handle, passkeys: [] });
  });

  test("what was added is read back member for member, and a passkey is added once", async () => {
    const [subject, added] = [await person(), passkey()];
    expect(await world.passkeys.add(subject, added, 20)).toBe(true);
    expect(await one(subject)).toEqual(added);
    expect(await world.passkeys.add(subject, { ...added, name: "other" }, 20)).toBe(false);
    expect(await one(subject)).toEqual(added);
  });

  test("the last free place is taken once, also by three at once; without a ring nothing is added", async () => {
    const subject = await person();
    await world.passkeys.add(subject, passkey(), 2);
    const added = await Promise.all([1, 2, 3].map(() => world.passkeys.add(subject, passkey(), 2)));
    expect(added.filter(Boolean)).toHaveLength(1);
    expect((await world.passkeys.read(subject))?.passkeys).toHaveLength(2);
    expect(await world.passkeys.add("KM:VN-nobody", passkey(), 2)).toBe(false);
  });

  test("a pointer leads to one person, and only that person's is taken away", async () => {
    const id = text();
    expect(await world.passkeys.ownerOf(id)).toBeUndefined();
    expect(await world.passkeys.point(id, "a", NOON)).toBe(true);
    expect(await world.passkeys.point(id, "a", NOON)).toBe(true);
    expect(await world.passkeys.point(id, "b", NOON)).toBe(false);
    await world.passkeys.unpoint(id, "b");
    expect(await world.passkeys.ownerOf(id)).toBe("a");
    await world.passkeys.unpoint(id, "a");
    await world.passkeys.unpoint(id, "a");
    expect(await world.passkeys.ownerOf(id)).toBeUndefined();
  });

  test("a name is changed and a passkey removed where it is, and nowhere else", async () => {
    const [subject, added] = [await person(), passkey()];
    await world.passkeys.add(subject, added, 20);
    expect(await world.passkeys.rename(subject, added.id, "Máy tính")).toBe(true);
    expect((await one(subject))?.name).toBe("Máy tính");
    for (const [who, which] of [
      [subject, text()],
      [await person(), added.id],
      ["KM:VN-nobody", added.id],
    ] as const) {
      expect(await world.passkeys.rename(who, which, "x")).toBe(false);
      expect(await world.passkeys.remove(who, which)).toBe(false);
    }
    expect(await world.passkeys.remove(subject, added.id)).toBe(true);
    expect(await world.passkeys.remove(subject, added.id)).toBe(false);
    expect(await one(subject)).toBeUndefined();
    expect(await world.passkeys.read("KM:VN-nobody")).toBeUndefined();
  });

  test("a counter goes up; the same assertion again is the same use; another one with the same or a lower counter is refused", async () => {
    const [subject, added] = [await person(), passkey()];
    await world.passkeys.add(subject, added, 20);
    const use = (signCount: number, assertion: string) =>
      world.passkeys.use(subject, added.id, { signCount, backedUp: true, at: NOON + 1, assertion });
    expect(await use(5, "first")).toBe(true);
    expect(await use(5, "first")).toBe(true);
    expect(await use(5, "second")).toBe(false);
    expect(await use(4, "second")).toBe(false);
    expect(await use(0, "second")).toBe(false);
    expect(await use(6, "second")).toBe(true);
    expect(await one(subject)).toEqual({
      ...added,
      ...{ signCount: 6, backedUp: true, lastUsedAt: NOON + 1, lastAssertion: "second" },
    });
    const racing = await Promise.all(["a", "b", "c"].map((assertion) => use(7, assertion)));
    expect(racing.filter(Boolean)).toHaveLength(1);
  });

  test("an authenticator that does not count is used as often as it likes; a removed one never, and does not come back", async () => {
    const [subject, added] = [await person(), passkey()];
    await world.passkeys.add(subject, added, 20);
    const use = (assertion: string) =>
      world.passkeys.use(subject, added.id, { signCount: 0, backedUp: false, at: NOON, assertion });
    expect(await use("a")).toBe(true);
    expect(await use("b")).toBe(true);
    await world.passkeys.remove(subject, added.id);
    expect(await use("b")).toBe(false);
    expect(await one(subject)).toBeUndefined();
  });
}
