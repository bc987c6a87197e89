import { randomBytes } from "node:crypto";
import { pkiStore } from "../../lib/aws/pki.ts";
import { createTransaction } from "../../lib/service/create.ts";
import { approve, decline } from "../../lib/service/decide.ts";
import { openDispute } from "../../lib/service/dispute-work.ts";
import { recordActivity } from "../../lib/service/record-activity.ts";
import { signTransaction } from "../../lib/service/sign.ts";
import { newAuthenticator } from "../worlds/authenticator.ts";
import { OFFICER } from "../worlds/session.ts";
import { newAssistance } from "./assistances.ts";
import type { PasskeyWorld } from "./passkey-world.ts";
import { newRequest } from "./transactions.ts";

/** Leaves items of every kind in the table, with as many of their attributes as they can have. */
export async function everyKind(world: PasskeyWorld): Promise<void> {
  await transactions(world);
  await passkeysAndSessions(world);
  await assistances(world);
  const { client, table } = world.table;
  await pkiStore(client, table).publish(world.pki);
  await world.table.guesses.take("K7QF29XM8D4T", world.time.now);
}

const EVERYTHING = {
  ...{ relyingParty: "UBND phường", procedure: "1.004222", reason: "Đăng ký", signerName: "Nguyễn Thị Thúy" },
  returnUrl: "https://giayto.example/xong",
};

async function transactions({ ports, table, open, token, time }: PasskeyWorld): Promise<void> {
  const [document] = newRequest().request.documents;
  if (document === undefined) throw new Error("a request has a document");
  const opened = await open({ ...EVERYTHING, documents: [{ ...document, url: "https://giayto.example/1.pdf" }] });
  const { commitment, preimage } = opened;
  await approve(ports, opened, { commitment, intentSha256: preimage.intent.sha256 });
  const signed = await signTransaction(ports, opened, await token(commitment), "Chrome · Android");
  const subject = signed.result?.person.pseudonym ?? "";
  const disputing = { ...ports, people: table.people, disputes: table.disputes, marks: table.marks };
  const { caseNumber } = await openDispute(disputing, {
    subject,
    transactionId: signed.id,
    device: "Chrome · Android",
  });
  const line = { at: time.now, what: "withdrawn", by: "Vận hành", note: "theo yêu cầu" } as const;
  await table.disputes.resolve(caseNumber, "withdrawn", line);
  await table.people.markRead(subject, "2026-11-25T03:15:00.000Z#AAAAAAAAAAAAAAAAAAAAAA");
  await recordActivity(ports, subject, { kind: "failed", code: "signing_frozen", helper: "UBND phường" });
  await decline(ports, await open());
  // One that a request holds, and that another had held before.
  const held = await open();
  const lease = { token: "t", serial: "00", notBefore: 0, notAfter: 1 };
  await table.store.claim(held, { ...lease, until: time.now }, time.now);
  const lapsed = (await table.store.read(held.id)) ?? held;
  await table.store.claim(lapsed, { ...lease, token: "u", until: time.now + 1 }, time.now);
}

async function passkeysAndSessions({ table, login, enrol, sign, open, time }: PasskeyWorld): Promise<void> {
  const assurance = { level: "substantial", ial: 2, aal: 2, fal: 2, schemeLevel: 2, source: "demo" } as const;
  const who = await login({ ...OFFICER, assurance });
  const authenticator = newAuthenticator();
  await enrol(who, authenticator);
  await sign(await open(), authenticator);
  await table.sessions.challenge(who.session.id, { value: "c", until: time.now + 1 });
  const { person: _person, ...pending } = who.session;
  await table.sessions.create({ ...pending, id: "pending", state: "pending" });
}

async function assistances({ ports, table, time }: PasskeyWorld): Promise<void> {
  const { now } = time;
  const assistance = newAssistance({ procedure: "1.004222", caseRef: "H29.12" });
  const { id, unitCode, day, officer } = assistance;
  await table.assistances.create(assistance);
  await table.assistances.pair(id, { hash: randomBytes(32).toString("base64url"), key: "k", at: now });
  await table.assistances.giveKey(id, "key");
  await table.assistances.report(id, { code: "reading", page: 1, pages: 2, at: now });
  const { request } = newRequest({ assistance: id });
  const paired = await table.assistances.read(id);
  await createTransaction(ports, request, paired);
  await table.assistances.link(id, request.id, now);
  await table.assistances.end(id, now);
  await table.pairings.takeCode("123456", id, now + 1, now);
  await table.pairings.countTry("somebody", 5, now + 1);
  await table.parts.put(id, 0, { octets: Uint8Array.of(1), count: 1 });
  await table.days.count(unitCode, day, officer);
  await table.days.note(assistance);
}
