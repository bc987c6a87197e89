import { createHash, createHmac, X509Certificate } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as OID from "../../lib/asn1/oids.ts";
import { raw } from "../../lib/asn1/read.ts";
import { toBase64Url } from "../../lib/bytes/base64.ts";
import { valuesOf } from "../../lib/cms/attributes.ts";
import { parseSignedData } from "../../lib/cms/read.ts";
import { commitmentOf } from "../../lib/identity/commitment.ts";
import { canonicalJson } from "../../lib/json/canonical.ts";
import { createTransaction } from "../../lib/service/create.ts";
import { approve, decline } from "../../lib/service/decide.ts";
import { proofOf } from "../../lib/service/proof-of.ts";
import { signTransaction } from "../../lib/service/sign.ts";
import type { Transaction } from "../../lib/service/transaction.ts";
import { readToken } from "../../lib/tsp/verify.ts";
import { newSigningWorld, type SigningWorld } from "./signing-world.ts";
import { newRequest } from "./transactions.ts";

let world: SigningWorld;
beforeAll(async () => {
  world = await newSigningWorld();
});
afterAll(() => world.close());

const sign = (transaction: Transaction, token: string) => signTransaction(world.ports, transaction, token);
const signedProof = (transaction: Transaction) => {
  const proof = proofOf(transaction);
  if (proof === undefined) throw new Error("not signed");
  return proof;
};
const sha256 = (octets: Uint8Array | string) => createHash("sha256").update(octets).digest("base64url");
const expectUnsigned = async ({ id }: Transaction) =>
  expect(await world.ports.store.read(id)).toMatchObject({ state: "pending", abandoned: [] });

describe("what a token can sign", () => {
  test("the token of one transaction signs no other", async () => {
    const [one, other] = [await world.open(), await world.open()];
    const token = await world.token(one.commitment);
    await sign(one, token);
    await expect(sign(other, token)).rejects.toMatchObject({ code: "token_nonce" });
    await expectUnsigned(other);
  });

  test("one changed octet in a digest after the approval: the commitment is another, the token signs nothing", async () => {
    const agreed = newRequest();
    const transaction = await createTransaction(world.ports, agreed.request);
    const token = await world.token(transaction.commitment);
    const [document] = agreed.request.documents;
    const digest = toBase64Url(new Uint8Array(32));
    const swapped = { ...agreed.request, documents: [{ ...document, digest, alg: "SHA-256" as const, title: "x" }] };
    await expect(createTransaction(world.ports, swapped)).rejects.toMatchObject({ code: "transaction_conflict" });
    const anew = await createTransaction(world.ports, { ...swapped, id: newRequest().request.id });
    await expect(sign(anew, token)).rejects.toMatchObject({ code: "token_nonce" });
  });

  test.each([
    ["token_audience", { aud: "another-service" }],
    ["token_issuer", { iss: "https://other.example" }],
    ["token_expired", { exp: 1_700_000_000, iat: 1_699_999_000 }],
    ["token_stale", { auth_time: 1_700_000_000 }],
    ["assurance_too_low", { acr: "1" }],
    ["identity_inactive", { status: "locked" }],
    ["token_claims", { name: "" }],
  ])("%s: refused, and nothing is signed or claimed", async (code, changes) => {
    const transaction = await world.open();
    await expect(sign(transaction, await world.token(transaction.commitment, changes))).rejects.toMatchObject({ code });
    await expectUnsigned(transaction);
  });

  test("a pinned name may carry its tone mark elsewhere, and may not be another name", async () => {
    const same = await world.open({ signerName: "NGUYỄN THỊ THUÝ" });
    expect((await sign(same, await world.token(same.commitment))).state).toBe("signed");
    const other = await world.open({ signerName: "Nguyễn Thị Thủy" });
    const token = await world.token(other.commitment);
    await expect(sign(other, token)).rejects.toMatchObject({ code: "signer_mismatch" });
    await expectUnsigned(other);
  });
});

describe("when a transaction can be signed", () => {
  test("not after its time, and the answer says so", async () => {
    const transaction = await world.open();
    world.time.now = transaction.expiresAt;
    const token = await world.token(transaction.commitment);
    await expect(sign(transaction, token)).rejects.toMatchObject({ code: "session_expired" });
  });

  test("not after it was declined; declining twice is one decline", async () => {
    const transaction = await world.open();
    await decline(world.ports, transaction);
    const declined = (await world.ports.store.read(transaction.id)) as Transaction;
    await decline(world.ports, declined);
    const token = await world.token(transaction.commitment);
    await expect(sign(declined, token)).rejects.toMatchObject({ code: "declined" });
    // A request that read the transaction before the decline is refused by the write itself.
    await expect(sign(transaction, token)).rejects.toMatchObject({ code: "declined" });
  });

  test("a signed transaction answers the same signature again, and can be neither declined nor approved", async () => {
    const transaction = await world.open();
    const signed = await sign(transaction, await world.token(transaction.commitment));
    expect(await sign(signed, "whatever")).toBe(signed);
    await expect(decline(world.ports, signed)).rejects.toMatchObject({ code: "already_signed" });
    const shown = { commitment: signed.commitment, intentSha256: signed.preimage.intent.sha256 };
    await expect(approve(world.ports, transaction, shown)).rejects.toMatchObject({ code: "already_signed" });
  });

  test("an approval of other words or another commitment is refused", async () => {
    const transaction = await world.open();
    const { commitment } = transaction;
    const intentSha256 = transaction.preimage.intent.sha256;
    const wrong = toBase64Url(new Uint8Array(32));
    for (const shown of [
      { commitment: wrong, intentSha256 },
      { commitment, intentSha256: wrong },
    ])
      await expect(approve(world.ports, transaction, shown)).rejects.toMatchObject({ code: "approval_mismatch" });
  });
});

describe("what a signature consists of", () => {
  test("ten documents: one certificate, ten signatures, in the order of the request", async () => {
    const documents = Array.from({ length: 10 }, (_, index) => ({
      ...(newRequest().request.documents[0] as { alg: "SHA-256"; digest: string }),
      title: `Tài liệu ${index + 1}`,
    }));
    const transaction = await world.open({ documents });
    const signed = await sign(transaction, await world.token(transaction.commitment));
    expect(signed.result?.signatures).toHaveLength(10);
    expect(signedProof(signed).documents.map(({ digest }) => digest)).toEqual(documents.map(({ digest }) => digest));
    expect(signedProof(signed).certificates).toHaveLength(3);
  });

  test("the certificate begins before and ends ten minutes after the approval, and names a pseudonym, not a number", async () => {
    const transaction = await world.open();
    const { now } = world.time;
    const signed = await sign(transaction, await world.token(transaction.commitment));
    const [der] = signedProof(signed).certificates;
    const certificate = new X509Certificate(Buffer.from(der ?? "", "base64url"));
    expect(certificate.validFromDate.getTime()).toBeLessThanOrEqual(now - 60_000);
    expect(certificate.validToDate.getTime()).toBe(Math.floor(now / 1000) * 1000 + 600_000);
    expect(certificate.subject).toMatch(/CN=Nguyễn Thị Thúy/);
    expect(certificate.subject).toMatch(/serialNumber=KM:VN-[0-9a-f]{40}/);
    expect(certificate.serialNumber.toLowerCase()).toBe(signed.lease?.serial);
  });

  test("one person has one pseudonym, two people have two", async () => {
    const pseudonym = async (sub: string) => {
      const transaction = await world.open();
      return signedProof(await sign(transaction, await world.token(transaction.commitment, { sub }))).person.pseudonym;
    };
    expect(await pseudonym("an")).toBe(await pseudonym("an"));
    expect(await pseudonym("an")).not.toBe(await pseudonym("tuyet"));
  });

  test("the proof opens to the commitment, and holds neither the token nor a secret", async () => {
    const transaction = await world.open();
    const token = await world.token(transaction.commitment);
    const proof = signedProof(await sign(transaction, token));
    expect(commitmentOf(proof.preimage)).toBe(proof.commitment);
    const text = JSON.stringify(proof);
    for (const part of token.split(".")) expect(text).not.toContain(part);
    expect(text).not.toContain(transaction.ownerHash);
    expect(proof.token).toMatchObject({ jwks: { keys: [{ kid: "k1" }] } });
  });

  test("the proof names each signature and each timestamp by its hash, and its leaf opens with the salt", async () => {
    const documents = [1, 2].map((index) => ({
      alg: "SHA-256" as const,
      digest: sha256(String(index)),
      title: `${index}`,
    }));
    const transaction = await world.open({ documents });
    const signed = await sign(transaction, await world.token(transaction.commitment));
    const proof = signedProof(signed);
    const signatures = signed.result?.signatures ?? [];
    expect(proof.documents.map(({ cmsSha256 }) => cmsSha256)).toEqual(signatures.map(sha256));
    const tokens = signatures.map((cms) => {
      const [token] = valuesOf(parseSignedData(cms).signers[0]?.unsignedAttributes ?? [], OID.signatureTimestamp);
      if (token === undefined) throw new Error("no timestamp");
      return raw(token);
    });
    expect(proof.documents.map(({ timestampSha256 }) => timestampSha256)).toEqual(tokens.map(sha256));
    const genTimes = tokens.map((token) => new Date(readToken(token).info.genTime).toISOString());
    expect(proof.documents.map(({ timestamp }) => timestamp)).toEqual(genTimes);
    const { leaf, salt, record } = proof.log;
    const mac = createHmac("sha256", Buffer.from(salt, "base64url")).update(canonicalJson(record)).digest();
    expect(leaf).toBe(Buffer.concat([Buffer.from("motlan/leaf/v1\n"), mac]).toString("base64url"));
    expect(record).toEqual({
      id: transaction.id,
      documents: documents.map(({ digest }) => digest),
      cms: signatures.map(sha256),
      certificate: sha256(Buffer.from(proof.certificates[0] ?? "", "base64url")),
    });
    // Read again from the store, where octets and maps have been written and read back, it is the same document.
    expect(proofOf((await world.ports.store.read(transaction.id)) ?? transaction)).toEqual(proof);
  });

  test("no key outlives its approval: it is forgotten on success and on failure", async () => {
    const keys: { forgotten: boolean }[] = [];
    const watched = {
      ...world.ports,
      oneTimeKey: () => {
        const key = world.ports.oneTimeKey();
        const state = { forgotten: false };
        keys.push(state);
        return { ...key, forget: () => Object.assign(state, { forgotten: true }) && key.forget() };
      },
    };
    const transaction = await world.open();
    const token = await world.token(transaction.commitment);
    const failing = { ...watched, tsa: { sign: () => Promise.reject(new Error("down")) } };
    await expect(signTransaction(failing, transaction, token)).rejects.toThrow("down");
    await signTransaction(watched, (await world.ports.store.read(transaction.id)) as Transaction, token);
    expect(keys).toEqual([{ forgotten: true }, { forgotten: true }]);
  });
});
