import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toBase64Url } from "../../lib/bytes/base64.ts";
import {
  ASSISTED_COMMITMENT_VERSION,
  COMMITMENT_VERSION,
  type CommitmentPreimage,
  type CommittedAssistance,
  commitmentOf,
  intentDigest,
  isCommitmentPreimage,
} from "../../lib/identity/commitment.ts";
import { canonicalJson } from "../../lib/json/canonical.ts";
import { intentText } from "../../lib/text/consent.ts";

const RUNS = process.env.SLOW ? 20_000 : 200;
const octets = (length: number, value: number) => toBase64Url(new Uint8Array(length).fill(value));

const PREIMAGE: CommitmentPreimage = {
  version: COMMITMENT_VERSION,
  id: octets(16, 1),
  documents: [
    { alg: "SHA-256", digest: octets(32, 2), title: "Tờ khai" },
    { alg: "SHA-256", digest: octets(32, 3), title: "Giấy uỷ quyền" },
  ],
  format: "PAdES",
  level: "B-T",
  intent: { locale: "vi", version: "1", sha256: octets(32, 4) },
  relyingParty: "UBND phường Bến Thành",
  procedure: null,
  signerName: null,
  expiresAt: "2026-11-25T10:30:00.000Z",
  salt: octets(32, 5),
};

describe("the worked example of docs/FORMATS.md", () => {
  const page = readFileSync(join(import.meta.dirname, "../../docs/FORMATS.md"), "utf8");
  const section = /\n## Commitment\n(.*?)\n## /s.exec(page)?.[1] ?? "";
  const blocks = [...section.matchAll(/```(?:text|json)\n(.*?)\n```/gs)].map(([, block]) => block ?? "");
  const [intent = "", json = "", line = "", commitment = ""] = blocks;
  const preimage = JSON.parse(json || "{}") as CommitmentPreimage;

  test("has four blocks, and what they say follows one from the other", () => {
    expect(blocks).toHaveLength(4);
    expect(intentDigest(intent)).toBe(preimage.intent.sha256);
    expect(canonicalJson(preimage)).toBe(line);
    expect(commitmentOf(preimage)).toBe(commitment);
    expect(section).toContain(`${Buffer.byteLength(line)} octets`);
    expect(section).toContain(`\`${intentDigest("document")}\``);
  });

  test("shows the words that the service would show", () => {
    const { locale, version } = preimage.intent;
    const { documents, relyingParty, procedure, signerName } = preimage;
    if (relyingParty === null || procedure === null || signerName === null)
      throw new TypeError("the example names them all");
    expect(intentText({ version, locale, documents, relyingParty, procedure, signerName })).toBe(intent);
  });

  test("is what OpenSSL computes", () => {
    const { status, stdout, error } = spawnSync("openssl", ["dgst", "-sha256", "-binary"], { input: line });
    if (error !== undefined) return process.stderr.write("\nSKIPPED: no openssl to recompute the commitment\n\n");
    expect(status).toBe(0);
    return expect(stdout.toString("base64url")).toBe(commitment);
  });
});

const changes: Readonly<Record<string, Partial<CommitmentPreimage>>> = {
  "the transaction": { id: octets(16, 9) },
  "a digest": { documents: [{ ...doc(0), digest: octets(32, 9) }, doc(1)] },
  "a title": { documents: [{ ...doc(0), title: "Tờ Khai" }, doc(1)] },
  "the order of the documents": { documents: [doc(1), doc(0)] },
  "a document less": { documents: [doc(0)] },
  "the level": { level: "B-LT" },
  "the words": { intent: { ...PREIMAGE.intent, sha256: octets(32, 9) } },
  "the version of the words": { intent: { ...PREIMAGE.intent, version: "2" } },
  "the language": { intent: { ...PREIMAGE.intent, locale: "en" } },
  "who asks": { relyingParty: "Ngân hàng A" },
  "nobody asking": { relyingParty: null },
  "the procedure": { procedure: "1.004222" },
  "the signer": { signerName: "Nguyễn Văn An" },
  "the expiry": { expiresAt: "2026-11-25T10:30:00.001Z" },
  "the salt": { salt: octets(32, 9) },
};
test("nothing that is committed to can be changed without another commitment", () => {
  const all = [PREIMAGE, ...Object.values(changes).map((change) => ({ ...PREIMAGE, ...change }))].map(commitmentOf);
  expect(new Set(all).size).toBe(Object.keys(changes).length + 1);
  for (const commitment of all) expect(commitment).toMatch(/^[\w-]{43}$/);
});

function doc(index: 0 | 1): CommitmentPreimage["documents"][number] {
  return PREIMAGE.documents[index] as CommitmentPreimage["documents"][number];
}

const wrong: readonly [string, object][] = [
  ["another version", { version: "motlan/commitment/v2" }],
  ["no document", { documents: [] }],
  ["eleven documents", { documents: Array.from({ length: 11 }, () => doc(0)) }],
  ["documents that are no list", { documents: { 0: doc(0), length: 1 } }],
  ["another digest algorithm", { documents: [{ ...doc(0), alg: "SHA-1" }] }],
  ["a second document that is none", { documents: [doc(0), { ...doc(1), alg: "MD5" }] }],
  ["a short digest", { documents: [{ ...doc(0), digest: octets(31, 2) }] }],
  ["a digest in hexadecimal", { documents: [{ ...doc(0), digest: "02".repeat(32) }] }],
  ["a digest with padding", { documents: [{ ...doc(0), digest: `${octets(32, 2)}=` }] }],
  ["a second text of one digest", { documents: [{ ...doc(0), digest: octets(32, 2).replace(/.$/, "J") }] }],
  ["a member too many in a document", { documents: [{ ...doc(0), size: 1 }] }],
  ["a document that is null", { documents: [null] }],
  ["no title", { documents: [{ alg: "SHA-256", digest: octets(32, 2) }] }],
  ["an empty title", { documents: [{ ...doc(0), title: "" }] }],
  ["a title that is not composed", { documents: [{ ...doc(0), title: "To\u031b\u0300" }] }],
  ["a title that turns the direction", { documents: [{ ...doc(0), title: "a\u202eb" }] }],
  ["an id of 15 octets", { id: octets(15, 1) }],
  ["a short salt", { salt: octets(16, 1) }],
  ["another format", { format: "XAdES" }],
  ["an unknown level", { level: "B-X" }],
  ["an unknown language", { intent: { ...PREIMAGE.intent, locale: "fr" } }],
  ["an intent without a hash", { intent: { locale: "vi", version: "1" } }],
  ["a version of the words that is a number", { intent: { ...PREIMAGE.intent, version: 1 } }],
  ["a version of the words with a space", { intent: { ...PREIMAGE.intent, version: "1 " } }],
  ["an intent that is text", { intent: "x" }],
  ["an undefined signer", { signerName: undefined }],
  ["a signer of 201 letters", { signerName: "a".repeat(201) }],
  ["an expiry without milliseconds", { expiresAt: "2026-11-25T10:30:00Z" }],
  ["an expiry with an offset", { expiresAt: "2026-11-25T17:30:00.000+07:00" }],
  ["an expiry on a day that never was", { expiresAt: "2026-02-30T10:30:00.000Z" }],
  ["an expiry that is a number", { expiresAt: 1_795_602_600_000 }],
  ["a member too many", { note: "x" }],
];
for (const [name, change] of wrong) {
  test(`no preimage: ${name}`, () => {
    const value = { ...PREIMAGE, ...change };
    expect(isCommitmentPreimage(value)).toBe(false);
  });
}
for (const name of Object.keys(PREIMAGE)) {
  test(`no preimage: without ${name}`, () => {
    const value: unknown = Object.fromEntries(Object.entries(PREIMAGE).filter(([key]) => key !== name));
    expect(isCommitmentPreimage(value)).toBe(false);
  });
}

describe("with an officer's help (version 2)", () => {
  const assistance: CommittedAssistance = {
    unit: "UBND phường Bến Thành",
    unitCode: "H29.1",
    officer: `KM:VN-${"ab".repeat(20)}`,
    mode: "phone",
    reason: "low_vision",
  };
  const helped: CommitmentPreimage = { ...PREIMAGE, version: ASSISTED_COMMITMENT_VERSION, assistance };

  test("nothing of the help can be changed without another commitment", () => {
    const others: readonly CommittedAssistance[] = [
      { ...assistance, unit: "UBND phường Bến Nghé" },
      { ...assistance, unitCode: "H29.2" },
      { ...assistance, officer: `KM:VN-${"ac".repeat(20)}` },
      { ...assistance, mode: "kiosk" },
      { ...assistance, reason: "other" },
    ];
    const all = [PREIMAGE, helped, ...others.map((other) => ({ ...helped, assistance: other }))];
    for (const preimage of all) expect(isCommitmentPreimage(preimage)).toBe(true);
    expect(new Set(all.map(commitmentOf)).size).toBe(all.length);
  });

  test.each<[string, object]>([
    ["help in the version that has none", { version: COMMITMENT_VERSION }],
    ["an unknown version", { version: "motlan/commitment/v3" }],
    ["help that is null", { assistance: null }],
    ["help that is undefined", { assistance: undefined }],
    ["an unknown mode", { assistance: { ...assistance, mode: "paper" } }],
    ["an unknown reason", { assistance: { ...assistance, reason: "toString" } }],
    ["a unit of two lines", { assistance: { ...assistance, unit: "a\nb" } }],
    ["an officer that is a number", { assistance: { ...assistance, officer: 1 } }],
    ["a name of the officer", { assistance: { ...assistance, name: "Lê Hoàng Dũng" } }],
    ["no unit", { assistance: { ...assistance, unit: undefined } }],
  ])("no preimage: %s", (_, change) => {
    expect(isCommitmentPreimage({ ...helped, ...change })).toBe(false);
  });
});

test("a preimage that went through JSON, its members in any order, has the same commitment", () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(Object.keys(PREIMAGE), { minLength: Object.keys(PREIMAGE).length }), (order) => {
      const members = order.map((name) => [name, PREIMAGE[name as keyof CommitmentPreimage]]);
      const back: unknown = JSON.parse(JSON.stringify(Object.fromEntries(members)));
      expect(isCommitmentPreimage(back) && commitmentOf(back)).toBe(commitmentOf(PREIMAGE));
    }),
    { numRuns: RUNS },
  );
});

test("any value is a preimage or not one, without an error", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...Object.keys(PREIMAGE), "x"), fc.anything()), (changed) => {
      expect(typeof isCommitmentPreimage({ ...PREIMAGE, ...changed })).toBe("boolean");
      expect(isCommitmentPreimage(changed)).toBe(false);
    }),
    { numRuns: RUNS },
  );
});
