import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Fault } from "../../lib/fault/fault.ts";
import { listPasskeys, removePasskey } from "../../lib/service/manage-passkeys.ts";
import type { Transaction } from "../../lib/service/transaction.ts";
import { newPasskeyWorld, type PasskeyWorld } from "../service/passkey-world.ts";
import { newAuthenticator } from "../worlds/authenticator.ts";

// docs/FORMATS.md, "Passkey": every write on the way, failed both ways.

let world: PasskeyWorld;
beforeAll(async () => {
  world = await newPasskeyWorld();
});
afterAll(() => world.close());

type How = "lost" | "persisted";
const HOWS: readonly How[] = ["lost", "persisted"];
/** Neither the store nor the process answers; the one that dies does nothing more. */
class Crash extends Error {}

type Ports = PasskeyWorld["ports"];
type Step =
  | "sessions.answer"
  | "passkeys.point"
  | "passkeys.add"
  | "passkeys.remove"
  | "passkeys.unpoint"
  | "passkeys.use";

/** The same ports, one of whose writes breaks once; after a crash every write of the process is silent. */
function breaking(step: Step, how: How, outcome: "fault" | "crash"): Ports {
  let left = 1;
  let dead = false;
  const wrap = <T extends object>(room: string, store: T): T =>
    new Proxy(store, {
      get: (target, name, self) => {
        const method = Reflect.get(target, name, self) as (...input: unknown[]) => Promise<unknown>;
        return async (...input: unknown[]) => {
          if (dead) throw new Crash();
          if (step !== `${room}.${String(name)}` || left === 0) return method(...input);
          left--;
          if (how === "persisted") await method(...input);
          dead = outcome === "crash";
          throw dead ? new Crash() : new Fault("store_unavailable", `${step} broke`);
        };
      },
    });
  const { sessions, passkeys } = world.ports;
  return { ...world.ports, sessions: wrap("sessions", sessions), passkeys: wrap("passkeys", passkeys) };
}

const login = () => world.login({ subject: `KM:VN-${randomBytes(20).toString("hex")}` });
const current = async ({ id }: Transaction) => (await world.ports.store.read(id)) ?? expect.fail("it is gone");

for (const step of ["sessions.answer", "passkeys.point", "passkeys.add"] as const)
  for (const how of HOWS)
    for (const outcome of ["fault", "crash"] as const)
      test(`adding, when ${step} breaks (${outcome}) and its effect is ${how}: the next attempt ends with a passkey that signs, and only it`, async () => {
        const who = await login();
        const { subject } = who.session.person;
        const lost = newAuthenticator();
        await expect(world.enrol(who, lost, {}, breaking(step, how, outcome))).rejects.toThrow();
        const there = await listPasskeys(world.ports, subject);
        // All or nothing: what is on the ring can sign, what is not cannot.
        expect(there).toHaveLength(step === "passkeys.add" && how === "persisted" ? 1 : 0);
        const signing = world.sign(await world.open(), lost);
        if (there.length === 1) expect((await signing).state).toBe("signed");
        else await expect(signing).rejects.toMatchObject({ code: "passkey_unknown" });
        world.time.now += 1;
        const authenticator = newAuthenticator();
        await world.enrol(who, authenticator);
        expect(await listPasskeys(world.ports, subject)).toHaveLength(there.length + 1);
        expect((await world.sign(await world.open(), authenticator)).state).toBe("signed");
      });

test("a device whose passkey was lost on the way can add the same one again: its pointer already leads to this person", async () => {
  const who = await login();
  const authenticator = newAuthenticator();
  await expect(world.enrol(who, authenticator, {}, breaking("passkeys.add", "lost", "crash"))).rejects.toThrow(Crash);
  await world.enrol(who, authenticator);
  expect((await world.sign(await world.open(), authenticator)).state).toBe("signed");
  const other = await login();
  await expect(world.enrol(other, authenticator)).rejects.toMatchObject({ code: "passkey_exists" });
});

describe("removing", () => {
  for (const how of HOWS)
    for (const outcome of ["fault", "crash"] as const) {
      test(`when the removal breaks (${outcome}) and its effect is ${how}: asking again ends with a passkey that signs nothing`, async () => {
        const who = await login();
        const { subject } = who.session.person;
        const authenticator = newAuthenticator();
        const { id } = await world.enrol(who, authenticator);
        await expect(removePasskey(breaking("passkeys.remove", how, outcome), subject, { id })).rejects.toThrow();
        const again = removePasskey(world.ports, subject, { id });
        if (how === "lost") await again;
        else await expect(again).rejects.toMatchObject({ code: "passkey_unknown" });
        await expect(world.sign(await world.open(), authenticator)).rejects.toMatchObject({ code: "passkey_unknown" });
      });

      test(`when the pointer breaks (${outcome}) and its effect is ${how}: the passkey signs nothing all the same, and may be added again`, async () => {
        const who = await login();
        const { subject } = who.session.person;
        const authenticator = newAuthenticator();
        const { id } = await world.enrol(who, authenticator);
        await removePasskey(breaking("passkeys.unpoint", how, outcome), subject, { id });
        expect(await listPasskeys(world.ports, subject)).toEqual([]);
        await expect(world.sign(await world.open(), authenticator)).rejects.toMatchObject({ code: "passkey_unknown" });
        await world.enrol(who, authenticator);
        expect((await world.sign(await world.open(), authenticator)).state).toBe("signed");
      });
    }
});

for (const how of HOWS)
  for (const outcome of ["fault", "crash"] as const)
    test(`signing, when the use cannot be recorded (${outcome}) and its effect is ${how}: nothing is signed, and the same assertion signs once afterwards`, async () => {
      const authenticator = newAuthenticator();
      await world.enrol(await login(), authenticator);
      const transaction = await world.open();
      const assertion = authenticator.assert(transaction.commitment);
      const broken = breaking("passkeys.use", how, outcome);
      await expect(world.sign(transaction, authenticator, {}, broken, assertion)).rejects.toThrow();
      expect((await current(transaction)).state).toBe("pending");
      const signed = await world.sign(await current(transaction), authenticator, {}, world.ports, assertion);
      expect(signed.result).toEqual((await current(transaction)).result);
      expect((await world.sign(await world.open(), authenticator)).state).toBe("signed");
    });
