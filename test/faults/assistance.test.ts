import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { keyHash } from "../../lib/assist/keys.ts";
import { toBase64Url } from "../../lib/bytes/base64.ts";
import { Fault } from "../../lib/fault/fault.ts";
import {
  type AssistPorts,
  giveOfficerKey,
  type OfficerPerson,
  openAssistance,
  reportStatus,
} from "../../lib/service/assist.ts";
import type { Assistance } from "../../lib/service/assistance.ts";
import { linkAssistance } from "../../lib/service/assistance-link.ts";
import { reportDay } from "../../lib/service/assistance-report.ts";
import { createTransaction } from "../../lib/service/create.ts";
import { pair } from "../../lib/service/pair.ts";
import { putPart, type RelayPorts } from "../../lib/service/relay-parts.ts";
import { signTransaction } from "../../lib/service/sign.ts";
import type { How } from "../service/faulty.ts";
import { newSigningWorld, type SigningWorld } from "../service/signing-world.ts";
import { newRequest } from "../service/transactions.ts";
import { CITIZEN, OFFICER } from "../worlds/session.ts";

let world: SigningWorld;
let ports: AssistPorts & RelayPorts;
beforeAll(async () => {
  world = await newSigningWorld();
  const { assistances, pairings, parts, days } = world.table;
  const { clock, random, activities, notifier, trouble } = world.ports;
  ports = { assistances, pairings, parts, days, clock, random, activities, notifier, trouble };
});
afterAll(() => world.close());

type Room = "assistances" | "pairings" | "parts" | "days";
type Step = { readonly room: Room; readonly method: string };

/** The same ports, one method of which breaks once: before its effect (`lost`) or behind it (`persisted`). */
function broken(
  step: Step,
  how: How,
  outcome: "fault" | "refused" = "fault",
): AssistPorts & RelayPorts & { hit: () => boolean } {
  let hit = false;
  const { room, method } = step;
  const whole = ports[room] as unknown as Readonly<Record<string, (...input: unknown[]) => Promise<unknown>>>;
  const call = whole[method];
  if (call === undefined) throw new TypeError(`no ${room}.${method}`);
  const breaking = async (...input: unknown[]) => {
    if (hit) return call(...input);
    hit = true;
    if (how === "persisted") await call(...input);
    // A write that the adapter tried twice is refused by its own first attempt.
    if (outcome === "refused") return false;
    throw new Fault("store_unavailable", `${room}.${method} broke`);
  };
  return { ...ports, [room]: { ...whole, [method]: breaking }, hit: () => hit };
}

const newOfficer = (): OfficerPerson => ({
  ...CITIZEN,
  ...OFFICER,
  subject: `KM:VN-${randomBytes(20).toString("hex")}`,
  officer: {
    unit: "UBND phường Thử Nghiệm",
    unitCode: `H00.${randomBytes(4).toString("hex")}`,
    title: "x",
    role: "officer",
  },
});
const officerKey = new Uint8Array(65).fill(4);
const question = { mode: "phone", reason: "other", officerKeyHash: toBase64Url(keyHash(officerKey)) } as const;
const citizenKey = () => toBase64Url(new Uint8Array(65).fill(4));
const network = () => randomBytes(8).toString("hex");

/** Tries once with the broken ports, and again with sound ones where that ended in a fault that says so. */
async function twice<T>(
  faulty: AssistPorts & RelayPorts,
  act: (p: AssistPorts & RelayPorts) => Promise<T>,
): Promise<T> {
  try {
    return await act(faulty);
  } catch (error) {
    expect(error).toMatchObject({ code: "store_unavailable" });
    return act(ports);
  }
}

const both = (steps: readonly Step[]) =>
  steps.flatMap((step) =>
    (["lost", "persisted"] as const).map((how) => ({ name: `${step.room}.${step.method}`, step, how })),
  );

const opened = async (officer = newOfficer()) => ({ officer, ...(await openAssistance(ports, officer, question)) });
const joined = async () => {
  const { assistance, code, secret, officer } = await opened();
  const { token } = await pair(ports, { by: { secret }, citizenKey: citizenKey() }, network());
  return { assistance: (await ports.assistances.read(assistance.id)) as Assistance, token, code, secret, officer };
};

describe.each(
  both([
    { room: "days", method: "count" },
    { room: "days", method: "note" },
    { room: "assistances", method: "create" },
    { room: "pairings", method: "takeCode" },
  ]),
)("opening, when $name breaks and its effect is $how", ({ step, how }) => {
  test("the officer tries again, the code and the secret that they are told work, and the day counts it", async () => {
    const faulty = broken(step, how);
    const officer = newOfficer();
    const { assistance, code } = await twice(faulty, (p) => openAssistance(p, officer, question));
    expect(faulty.hit()).toBe(true);
    const { assistance: found } = await pair(ports, { by: { code }, citizenKey: citizenKey() }, network());
    expect(found.id).toBe(assistance.id);
    const [report] = await reportDay(ports, officer, assistance.day);
    // One more may be counted than there were: never fewer.
    expect(report).toMatchObject({ paired: 1 });
    expect(report?.sessions).toBeLessThanOrEqual(2);
  });
});

describe.each(
  both([
    { room: "pairings", method: "countTry" },
    { room: "pairings", method: "findCode" },
    { room: "pairings", method: "forgetTry" },
    { room: "assistances", method: "pair" },
  ]),
)("pairing by code, when $name breaks and its effect is $how", ({ step, how }) => {
  test("the citizen ends with a token that works, and no other browser has one", async () => {
    const { assistance, code } = await opened();
    const faulty = broken(step, how);
    const from = network();
    const { token } = await twice(faulty, (p) => pair(p, { by: { code }, citizenKey: citizenKey() }, from));
    expect(faulty.hit()).toBe(true);
    const linking = linkAssistance({ ...ports }, { id: assistance.id, token, transactionId: newRequest().request.id });
    expect((await linking).id).toBe(assistance.id);
    await expect(pair(ports, { by: { code }, citizenKey: citizenKey() }, network())).rejects.toMatchObject({
      code: "pairing_expired",
    });
  });
});

test("a pairing that is refused by its own first attempt is recognised as our own", async () => {
  const { secret } = await opened();
  const faulty = broken({ room: "assistances", method: "pair" }, "persisted", "refused");
  const { token } = await pair(faulty, { by: { secret }, citizenKey: citizenKey() }, network());
  expect(token).toMatch(/^[\w-]{43}$/);
});

test("an assistance that was opened but never told to anybody can be joined by nobody who guesses, and ends by itself", async () => {
  const officer = newOfficer();
  const faulty = broken({ room: "pairings", method: "takeCode" }, "lost");
  await expect(openAssistance(faulty, officer, question)).rejects.toMatchObject({ code: "store_unavailable" });
  const { assistances } = await ports.days.read(officer.officer.unitCode, "2026-11-25");
  expect(assistances).toMatchObject([{ state: "waiting" }]);
});

describe.each(both([{ room: "assistances", method: "giveKey" }]))(
  "showing the officer's key, when $name breaks and its effect is $how",
  ({ step, how }) => {
    test("it is shown once the officer's browser has tried again", async () => {
      const { assistance } = await joined();
      const key = toBase64Url(officerKey);
      await twice(broken(step, how), (p) => giveOfficerKey(p, assistance, key));
      expect((await ports.assistances.read(assistance.id))?.officerKey).toBe(key);
    });
  },
);

describe.each(both([{ room: "parts", method: "put" }]))(
  "handing over, when $name breaks and its effect is $how",
  ({ step, how }) => {
    test("the same part sent again is the same part", async () => {
      const { assistance } = await joined();
      await giveOfficerKey(ports, assistance, toBase64Url(officerKey));
      const ready = (await ports.assistances.read(assistance.id)) as Assistance;
      const part = { octets: Uint8Array.of(1, 2, 3), count: 1 };
      await twice(broken(step, how), (p) => putPart(p, ready, 0, part));
      expect(Array.from((await ports.parts.read(ready.id, 0))?.octets ?? [])).toEqual([1, 2, 3]);
    });
  },
);

describe.each(both([{ room: "assistances", method: "report" }]))(
  "saying how far one is, when $name breaks and its effect is $how",
  ({ step, how }) => {
    test("the officer's screen has it after another try", async () => {
      const { assistance } = await joined();
      await twice(broken(step, how), (p) => reportStatus(p, assistance, { code: "signed" }));
      expect((await ports.assistances.read(assistance.id))?.status?.code).toBe("signed");
    });
  },
);

describe.each(
  both([
    { room: "assistances", method: "link" },
    { room: "assistances", method: "read" },
  ]),
)("creating a transaction, when $name breaks and its effect is $how", ({ step, how }) => {
  test("it is there after another try, names the assistance, and is noted there once", async () => {
    const { assistance, token } = await joined();
    const { request } = newRequest({ assistance: assistance.id });
    const create = async (p: AssistPorts) => {
      const found = await linkAssistance(p, { id: assistance.id, token, transactionId: request.id });
      return createTransaction(world.ports, request, found);
    };
    const transaction = await twice(broken(step, how), create);
    expect(transaction).toMatchObject({ assistanceId: assistance.id, preimage: { assistance: { mode: "phone" } } });
    expect((await ports.assistances.read(assistance.id))?.transactions).toEqual([request.id]);
  });
});

test("where it cannot be asked whether the officer has ended it, nothing is signed; then it is", async () => {
  const { assistance, token } = await joined();
  const { request } = newRequest({ assistance: assistance.id });
  await linkAssistance(ports, { id: assistance.id, token, transactionId: request.id });
  const transaction = await createTransaction(world.ports, request, assistance);
  const idToken = await world.token(transaction.commitment);
  const { assistances } = broken({ room: "assistances", method: "read" }, "lost");
  const attempt = signTransaction({ ...world.ports, assistances }, transaction, idToken);
  await expect(attempt).rejects.toMatchObject({ code: "store_unavailable" });
  expect((await world.ports.store.read(request.id))?.state).toBe("pending");
  expect((await signTransaction(world.ports, transaction, idToken)).state).toBe("signed");
});
