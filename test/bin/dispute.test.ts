import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { dispute } from "../../bin/motlan/dispute.ts";
import { lookupCode } from "../../lib/identity/lookup-code.ts";
import { openDispute } from "../../lib/service/dispute-work.ts";
import { history } from "../../lib/service/history.ts";
import { signTransaction } from "../../lib/service/sign.ts";
import type { Transaction } from "../../lib/service/transaction.ts";
import { newSigningWorld, type SigningWorld } from "../service/signing-world.ts";

let world: SigningWorld;
let sub = 0;
beforeAll(async () => {
  world = await newSigningWorld();
  const { endpoint, credentials, region } = await settings();
  vi.stubEnv("AWS_ENDPOINT_URL_DYNAMODB", endpoint);
  vi.stubEnv("AWS_REGION", region);
  vi.stubEnv("AWS_ACCESS_KEY_ID", credentials.accessKeyId);
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", credentials.secretAccessKey);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await world.close();
});
beforeEach(() => {
  sub++;
});

/** How the world itself speaks to its table. */
async function settings() {
  const { config } = world.table.client;
  const { protocol, hostname, port } = (await config.endpoint?.()) ?? { protocol: "", hostname: "", port: 0 };
  return {
    endpoint: `${protocol}//${hostname}:${port}`,
    credentials: await config.credentials(),
    region: await config.region(),
  };
}

async function disputed(): Promise<{
  readonly signed: Transaction;
  readonly caseNumber: string;
  readonly subject: string;
}> {
  const transaction = await world.open();
  const signed = await signTransaction(
    world.ports,
    transaction,
    await world.token(transaction.commitment, { sub: `p${sub}` }),
  );
  const subject = signed.result?.person.pseudonym ?? "";
  const asked = { subject, transactionId: signed.id };
  return { signed, subject, caseNumber: (await openDispute({ ...world.ports, ...world.table }, asked)).caseNumber };
}

async function run(action: string, rest: readonly string[], options: Record<string, string> = {}) {
  let value: Record<string, unknown> = {};
  let lines: readonly string[] = [];
  const out = {
    result: (given: Readonly<Record<string, unknown>>, said: readonly string[]) => {
      value = given;
      lines = said;
    },
    progress: () => {},
  };
  await dispute(action, rest, { table: world.table.table, ...options }, out);
  return { value, text: lines.join("\n") };
}

test("lists cases, the open ones first, by look-up code and without a name", async () => {
  const first = await disputed();
  await run("resolve", [first.caseNumber], { outcome: "confirmed", by: "lan" });
  sub++;
  const second = await disputed();
  const { value, text } = await run("list", []);
  const cases = value.cases as { caseNumber: string; state: string; lookupCode: string }[];
  expect(cases.map(({ caseNumber }) => caseNumber)).toEqual([second.caseNumber, first.caseNumber]);
  expect(cases[0]).toMatchObject({ state: "open", lookupCode: lookupCode(second.signed.id) });
  expect(text).not.toContain("Nguyễn");
});

test("shows a case with its audit, and whether freeze and mark are as it says", async () => {
  const { caseNumber, subject } = await disputed();
  expect((await run("show", [caseNumber.toLowerCase()])).value).toMatchObject({
    ...{ state: "open", mark: "open", frozen: true, whole: true, audit: [{ what: "opened", by: "signer" }] },
  });
  await world.table.people.unfreeze(subject, caseNumber);
  const { value, text } = await run("show", [caseNumber]);
  expect(value).toMatchObject({ whole: false });
  expect(text).toContain("Unfinished");
});

test("resolves: who and why are kept, signing is free, the mark is as the outcome says, and the person can read of it", async () => {
  const { caseNumber, subject, signed } = await disputed();
  const { value, text } = await run("resolve", [caseNumber], {
    outcome: "withdrawn",
    by: "Lan",
    reason: "Người ký đã nhớ ra",
  });
  expect(value).toMatchObject({ state: "withdrawn", stillFrozen: false });
  expect(text).toContain("Người này ký lại được");
  expect((await world.table.disputes.read(caseNumber))?.audit[1]).toMatchObject({
    ...{ what: "withdrawn", by: "Lan", note: "Người ký đã nhớ ra" },
  });
  expect((await world.ports.store.read(signed.id))?.dispute?.state).toBe("withdrawn");
  expect((await world.table.people.read(subject)).openCases).toEqual([]);
  const { rows } = await history({ ...world.table, store: world.ports.store }, subject, undefined);
  expect(rows.map(({ kind }) => kind)).toContain("dispute_resolved");
});

test.each([
  ["nothing", "list", [], { table: "" }],
  ["an unknown word", "end", ["TC-0000-0000-0000"], {}],
  ["a list of something", "list", ["TC-0000-0000-0000"], {}],
  ["no case", "show", [], {}],
  ["no case number", "show", ["x"], {}],
  ["two cases", "show", ["TC-0000-0000-0000", "TC-0000-0000-0001"], {}],
  ["no outcome", "resolve", ["TC-0000-0000-0000"], { by: "x" }],
  ["an outcome of its own", "resolve", ["TC-0000-0000-0000"], { by: "x", outcome: "open" }],
  ["nobody who decides", "resolve", ["TC-0000-0000-0000"], { outcome: "confirmed" }],
  ["somebody with hidden characters", "resolve", ["TC-0000-0000-0000"], { outcome: "confirmed", by: "a\u202eb" }],
] as const)("refuses %s", async (_, action, rest, options) => {
  await expect(run(action, rest, options)).rejects.toMatchObject({ code: "usage" });
});

test("a case that is not there is said to be not there", async () => {
  await expect(run("show", ["TC-0000-0000-0000"])).rejects.toMatchObject({ code: "dispute_not_found" });
});
