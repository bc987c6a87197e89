import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { fromBase64, toBase64Url } from "../../lib/bytes/base64.ts";
import { concat } from "../../lib/bytes/bytes.ts";
import { Fault } from "../../lib/fault/fault.ts";
import { byteRangeDigest, embedSignature, prepareSignature } from "../../lib/pades/prepare.ts";
import { tellStandings } from "../../lib/service/ask-standings.ts";
import { openDispute, resolveDispute } from "../../lib/service/dispute-work.ts";
import { hereVerifier } from "../../lib/service/verifier.ts";
import type { Verification } from "../../lib/validate/report.ts";
import { buildPdf } from "../pdf/build.ts";
import { newApiWorld, type View } from "./world.ts";

let world: Awaited<ReturnType<typeof newApiWorld>>;
let count = 0;
beforeAll(async () => {
  world = await newApiWorld();
});
afterAll(() => world.close());
beforeEach(() => {
  count++;
  world.judge.verify = hereVerifier([]);
});

/** A file that was signed here. */
async function signedFile(): Promise<{ readonly pdf: Uint8Array; readonly id: string; readonly subject: string }> {
  const plain = buildPdf();
  const prepared = prepareSignature(plain, { fieldId: `f${count}`, claimedTime: world.time.now, offsetMinutes: 420 });
  const digest = toBase64Url(byteRangeDigest(plain, prepared));
  const made = await world.create({ documents: [{ alg: "SHA-256", digest, title: "Đơn" }] });
  const idToken = await world.token(made.view.commitment, { sub: `person-${count}` });
  const path = `/v1/transactions/${made.view.id}/signature`;
  const view = (await (await world.send("signing", "POST", path, world.json({ idToken }, made.owner))).json()) as View;
  const cms = fromBase64(view.signatures?.[0]?.cms ?? "") ?? new Uint8Array(0);
  const subject = (await world.table.store.read(made.view.id))?.result?.person.pseudonym ?? "";
  return { pdf: concat(plain, embedSignature(prepared, cms)), id: made.view.id, subject };
}

const post = (pdf: Uint8Array, accept = "application/json") =>
  world.send(
    "verification",
    "POST",
    "/v1/verifications",
    { body: pdf.slice(), headers: { "content-type": "application/pdf", accept } },
    { event: { requestContext: { http: { sourceIp: `192.0.2.${count}` } } } },
  );
const verify = async (pdf: Uint8Array) => (await (await post(pdf)).json()) as Verification;
const codesOf = ({ signatures }: Verification) => signatures[0]?.findings.map(({ code }) => code) ?? [];
const ports = () => ({ ...world.ports, ...world.table });

test("a disputed signature is told to whoever verifies the file, until the dispute is withdrawn", async () => {
  const { pdf, id, subject } = await signedFile();
  expect(await verify(pdf)).toMatchObject({ verdict: "VALID" });
  const { caseNumber } = await openDispute(ports(), { subject, transactionId: id });
  const disputed = await verify(pdf);
  expect(disputed).toMatchObject({ verdict: "CANNOT_TELL", signatures: [{ indication: "TOTAL_PASSED" }] });
  expect(codesOf(disputed)[0]).toBe("signature_disputed");
  expect(JSON.stringify(disputed)).not.toContain(caseNumber);
  await resolveDispute(ports(), caseNumber, { outcome: "withdrawn", by: "operator" });
  expect(await verify(pdf)).toMatchObject({ verdict: "VALID" });
});

test("the sealed report and the ETSI report say it as well", async () => {
  const { pdf, id, subject } = await signedFile();
  await openDispute(ports(), { subject, transactionId: id });
  expect(await (await post(pdf, "application/xml")).text()).toContain("urn:motlan:finding:signature_disputed");
  const sealed = await post(pdf, "application/pdf");
  expect([sealed.status, sealed.headers.get("content-type")]).toEqual([200, "application/pdf"]);
});

test("a store that does not answer is told and fails nothing", async () => {
  const { pdf } = await signedFile();
  const down = () => Promise.reject(new Fault("store_unavailable", "down"));
  const answer = await hereVerifier([])({ pdf, profile: await profile(), at: world.time.now, facts: true });
  const told = await tellStandings({ ...ports(), certificates: { find: down } }, answer);
  expect(told.verification.verdict).toBe("VALID");
  expect(codesOf(told.verification)).toContain("standing_unknown");
  expect(Object.values(told.facts?.standings ?? {})).toEqual(["unknown"]);
});

test("whatever it has, a file makes us look up no more than fifty certificates, and says so of the rest", async () => {
  const { pdf } = await signedFile();
  const answer = await hereVerifier([])({ pdf, profile: await profile(), at: world.time.now });
  const [own] = answer.oneTime ?? [];
  if (own === undefined) throw new Error("no certificate to ask about");
  const many = Array.from({ length: 80 }, (_, at) => ({ ...own, certificate: String(at) }));
  let asked = 0;
  const find = async () => {
    asked++;
    return undefined;
  };
  await tellStandings({ ...ports(), certificates: { find } }, { ...answer, oneTime: many });
  expect(asked).toBe(50);
  // Of certificates under other anchors nobody here knows anything.
  await tellStandings(
    { ...ports(), certificates: { find } },
    { ...answer, oneTime: many.map((one) => ({ ...one, anchor: "x" })) },
  );
  expect(asked).toBe(50);
});

async function profile(): Promise<string> {
  let seen = "";
  world.judge.verify = async (question) => {
    seen = question.profile;
    throw new Fault("pdf_invalid", "only the profile was wanted");
  };
  await post(buildPdf());
  return seen;
}
