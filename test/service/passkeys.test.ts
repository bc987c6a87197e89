import { createHash, randomBytes } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { commitmentOf } from "../../lib/identity/commitment.ts";
import { registrationOptions } from "../../lib/service/enrol-passkey.ts";
import { listPasskeys, removePasskey, renamePasskey } from "../../lib/service/manage-passkeys.ts";
import { ENROLMENT_MS, relyingPartyOf } from "../../lib/service/passkey.ts";
import type { PasskeyEvidence, Proof } from "../../lib/service/proof.ts";
import { proofOf } from "../../lib/service/proof-of.ts";
import { parseCertificate } from "../../lib/x509/certificate.ts";
import { type Lies, newAuthenticator } from "../worlds/authenticator.ts";
import { verifiesAgain } from "./passkey-evidence.ts";
import { newPasskeyWorld, type PasskeyWorld } from "./passkey-world.ts";
import { NOON } from "./transactions.ts";

let world: PasskeyWorld;
beforeAll(async () => {
  world = await newPasskeyWorld();
});
afterAll(() => world.close());
beforeEach(() => {
  world.time.now = NOON;
});

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const subjectOf = () => ({ subject: `KM:VN-${randomBytes(20).toString("hex")}` });
/** Somebody who has just enrolled this authenticator. */
async function enrolled(make: Parameters<typeof newAuthenticator>[0] = {}) {
  const authenticator = newAuthenticator(make);
  const who = await world.login(subjectOf());
  const passkey = await world.enrol(who, authenticator);
  return { authenticator, who, passkey, subject: who.session.person.subject };
}
const current = async (id: string) => (await world.ports.store.read(id)) ?? expect.fail("the transaction is gone");

describe("adding a passkey", () => {
  test("the options ask for a discoverable key that verifies its person, and tell nothing of the person but the name", async () => {
    const who = await world.login(subjectOf());
    const options = await registrationOptions(world.ports, await who.current());
    expect(options).toEqual({
      challenge: expect.stringMatching(/^[\w-]{43}$/),
      rp: { id: "localhost", name: "Ký Một Lần" },
      user: { id: expect.stringMatching(/^[\w-]{43}$/), name: "NGUYỄN THỊ THUÝ AN", displayName: "NGUYỄN THỊ THUÝ AN" },
      pubKeyCredParams: [-7, -8, -257].map((alg) => ({ type: "public-key", alg })),
      timeout: 300_000,
      attestation: "none",
      excludeCredentials: [],
      authenticatorSelection: { residentKey: "required", requireResidentKey: true, userVerification: "required" },
    });
    expect(JSON.stringify(options)).not.toContain(who.session.person.subject);
    const again = await registrationOptions(world.ports, await who.current());
    expect(again.challenge).not.toBe(options.challenge);
    expect(again.user.id).toBe(options.user.id);
  });

  test("what is kept is the public key, what the authenticator says of itself, and the login it was added under", async () => {
    const { passkey, authenticator, subject, who } = await enrolled({ synced: true });
    const [kept] = await listPasskeys(world.ports, subject);
    expect(kept).toEqual(passkey);
    expect(passkey).toEqual({
      id: createHash("sha256").update(Buffer.from(authenticator.id, "base64url")).digest("base64url"),
      credentialId: authenticator.id,
      publicKey: expect.stringMatching(/^[\w-]+$/),
      ...{
        signCount: 0,
        transports: ["internal", "hybrid"],
        backupEligible: true,
        backedUp: true,
        attestation: "none",
      },
      ...{ aaguid: "00000000-0000-0000-0000-000000000000", name: "Điện thoại của tôi", createdAt: NOON },
      ...{ lastUsedAt: null, lastAssertion: null, person: who.session.person },
    });
    const [told] = await world.history(subject);
    expect(told).toMatchObject({ kind: "passkey_enrolled", passkey: "Điện thoại của tôi", device: "Chrome · Android" });
    const { excludeCredentials } = await registrationOptions(world.ports, await who.current());
    expect(excludeCredentials).toEqual([
      { type: "public-key", id: authenticator.id, transports: ["internal", "hybrid"] },
    ]);
  });

  test("an office is not kept with a passkey: it is not signed with", async () => {
    const officer = { unit: "UBND", unitCode: "H00", title: "Công chức", role: "officer" as const };
    const who = await world.login({ ...subjectOf(), officer });
    expect(await world.enrol(who)).not.toHaveProperty("person.officer");
  });

  test("only right after a login: ten minutes later it takes another one, before and behind the options", async () => {
    const who = await world.login(subjectOf());
    const authenticator = newAuthenticator();
    const options = await registrationOptions(world.ports, await who.current());
    const session = await who.current();
    world.time.now += 10 * MINUTE + 1;
    await expect(registrationOptions(world.ports, session)).rejects.toMatchObject({ code: "passkey_login_stale" });
    authenticator.register(options);
    await expect(world.enrol(who, authenticator)).rejects.toMatchObject({ code: "passkey_login_stale" });
  });

  test("a login that was made to help others adds none, however fresh", async () => {
    const page = "/ho-tro" as const;
    const own = await world.login(subjectOf(), "/lich-su");
    const other = await world.login(subjectOf(), page);
    const asked = registrationOptions(world.ports, await other.current());
    await expect(asked).rejects.toMatchObject({ code: "passkey_login_stale" });
    // Nor does it answer what a login for passkeys has asked.
    const options = await registrationOptions(world.ports, await own.current());
    const session = { ...(await own.current()), returnTo: page };
    const { enrolPasskey } = await import("../../lib/service/enrol-passkey.ts");
    const response = newAuthenticator().register(options);
    const answered = enrolPasskey(world.ports, session, { name: "k", response });
    await expect(answered).rejects.toMatchObject({ code: "passkey_login_stale" });
  });

  test("a challenge is answered once, within five minutes, and only the last one", async () => {
    const { enrolPasskey } = await import("../../lib/service/enrol-passkey.ts");
    const who = await world.login(subjectOf());
    const first = newAuthenticator().register(await registrationOptions(world.ports, await who.current()));
    const second = newAuthenticator().register(await registrationOptions(world.ports, await who.current()));
    const add = async (response: typeof first) =>
      enrolPasskey(world.ports, await who.current(), { name: "k", response });
    const stale = await who.current();
    await expect(add(first)).rejects.toMatchObject({ code: "passkey_refused" });
    // Wrong as it was, it was the answer.
    await expect(add(second)).rejects.toMatchObject({ code: "passkey_challenge" });
    await expect(enrolPasskey(world.ports, stale, { name: "k", response: second })).rejects.toMatchObject({
      code: "passkey_challenge",
    });
    const third = newAuthenticator().register(await registrationOptions(world.ports, await who.current()));
    world.time.now += 5 * MINUTE;
    await expect(add(third)).rejects.toMatchObject({ code: "passkey_challenge" });
    expect(await listPasskeys(world.ports, who.session.person.subject)).toEqual([]);
  });

  test.each<[string, Lies]>([
    ["a device that did not verify its person", { notVerified: true }],
    ["nobody there", { notPresent: true, notVerified: true }],
    ["another origin", { origin: "https://evil.example" }],
    ["the same host over another port", { origin: "http://localhost:8788" }],
    ["another relying party", { rpId: "evil.example" }],
    ["another challenge", { challenge: "A".repeat(43) }],
    ["a frame of another site", { crossOrigin: true }],
    ["a frame of another site that is named", { crossOrigin: true, topOrigin: "https://evil.example" }],
    ["an assertion", { type: "webauthn.get" }],
    ["two challenges at once", { doubled: true }],
  ])("%s is refused", async (_, lies) => {
    const who = await world.login(subjectOf());
    await expect(world.enrol(who, newAuthenticator(), lies)).rejects.toMatchObject({ code: "passkey_refused" });
    expect(await listPasskeys(world.ports, who.session.person.subject)).toEqual([]);
  });

  test("a passkey is added once, and by one person", async () => {
    const { authenticator, who } = await enrolled();
    world.time.now += 1;
    await expect(world.enrol(who, authenticator)).rejects.toMatchObject({ code: "passkey_exists" });
    const other = await world.login(subjectOf());
    await expect(world.enrol(other, authenticator)).rejects.toMatchObject({ code: "passkey_exists" });
  });

  test("a statement that the new key makes itself is checked, and asks nobody", async () => {
    const asked = vi.spyOn(globalThis, "fetch");
    try {
      for (const algorithm of ["ES256", "EdDSA", "RS256"] as const) {
        const who = await world.login(subjectOf());
        const passkey = await world.enrol(who, newAuthenticator({ algorithm }), { attestation: "self" });
        expect(passkey.attestation).toBe("packed");
      }
      expect(asked).not.toHaveBeenCalled();
    } finally {
      asked.mockRestore();
    }
  });

  test.each(["certified", "tpm"] as const)(
    "a statement that nobody asked for is not even looked at: %s",
    async (attestation) => {
      const who = await world.login(subjectOf());
      await expect(world.enrol(who, newAuthenticator(), { attestation })).rejects.toThrow(/nobody asked for/);
    },
  );

  test("where the operator asks who made them, certificates are looked at, and bad ones refused", async () => {
    const direct = { ...world.ports, attestation: "direct" as const };
    const who = await world.login(subjectOf());
    const { attestation } = await registrationOptions(direct, await who.current());
    expect(attestation).toBe("direct");
    const bad = world.enrol(who, newAuthenticator(), { attestation: "certified" }, direct);
    await expect(bad).rejects.toMatchObject({ code: "passkey_refused" });
    expect((await world.enrol(who, newAuthenticator(), { attestation: "self" }, direct)).attestation).toBe("packed");
  });

  test("twenty are enough", async () => {
    const who = await world.login(subjectOf());
    for (let i = 0; i < 20; i++) await world.enrol(who);
    await expect(registrationOptions(world.ports, await who.current())).rejects.toMatchObject({
      code: "passkey_limit",
    });
    const [one] = await listPasskeys(world.ports, who.session.person.subject);
    await removePasskey(world.ports, who.session.person.subject, { id: one?.id ?? "" });
    await world.enrol(who);
  });

  test("the relying party is the host of the public address", () => {
    expect(relyingPartyOf("https://ky.example:8443")).toEqual({
      rpId: "ky.example",
      origin: "https://ky.example:8443",
    });
  });
});

describe("signing by a passkey", () => {
  for (const algorithm of ["ES256", "EdDSA", "RS256"] as const)
    test(`${algorithm}: the signer is the one who added it, and the certificate says so`, async () => {
      const { authenticator, subject } = await enrolled({ algorithm });
      const signed = await world.sign(await world.open(), authenticator);
      const [leaf] = signed.result?.certificates ?? [];
      const { subject: name } = parseCertificate(leaf ?? expect.fail());
      expect(JSON.stringify(name)).toContain("NGUYỄN THỊ THUÝ AN");
      expect(signed.result?.person).toMatchObject({ pseudonym: subject, fullName: "NGUYỄN THỊ THUÝ AN" });
      const told = (await world.history(subject)).find(({ kind }) => kind === "signed");
      expect(told).toMatchObject({ documents: { transactionId: signed.id } });
    });

  test("the use is kept: counter, backup, time", async () => {
    const { authenticator, subject } = await enrolled();
    world.time.now += MINUTE;
    await world.sign(await world.open(), authenticator);
    const [kept] = await listPasskeys(world.ports, subject);
    expect(kept).toMatchObject({ signCount: 1, backedUp: false, lastUsedAt: NOON + MINUTE });
  });

  test.each<[string, Lies]>([
    ["a device that did not verify its person", { notVerified: true }],
    ["nobody there", { notPresent: true, notVerified: true }],
    ["another origin", { origin: "https://evil.example" }],
    ["another relying party", { rpId: "evil.example" }],
    ["another challenge", { challenge: "A".repeat(43) }],
    ["a frame of another site", { crossOrigin: true }],
    ["a frame of another site that is named", { crossOrigin: true, topOrigin: "http://localhost:8787" }],
    ["a bad signature", { badSignature: true }],
    ["the key of somebody else", { otherKey: true }],
    ["a registration", { type: "webauthn.create" }],
    ["another person's handle", { userHandle: "A".repeat(43) }],
    ["no handle", { userHandle: null }],
    ["two challenges at once", { doubled: true }],
  ])("%s signs nothing, and its owner is not bothered", async (_, lies) => {
    const { authenticator, subject } = await enrolled();
    const transaction = await world.open();
    await expect(world.sign(transaction, authenticator, lies)).rejects.toMatchObject({ code: "passkey_refused" });
    expect((await current(transaction.id)).state).toBe("pending");
    const [kept] = await listPasskeys(world.ports, subject);
    expect(kept).toMatchObject({ signCount: 0, lastUsedAt: null });
    expect((await world.history(subject)).map(({ kind }) => kind)).toEqual(["passkey_enrolled"]);
  });

  test("an assertion for one transaction signs no other", async () => {
    const { authenticator } = await enrolled();
    const [one, other] = [await world.open(), await world.open()];
    const assertion = authenticator.assert(one.commitment);
    await expect(world.sign(other, authenticator, {}, world.ports, assertion)).rejects.toMatchObject({
      code: "passkey_refused",
    });
  });

  test("a key that nobody added, or that was removed, signs nothing, from the moment of the removal", async () => {
    await expect(world.sign(await world.open(), newAuthenticator())).rejects.toMatchObject({ code: "passkey_unknown" });
    const { authenticator, passkey, subject } = await enrolled();
    await removePasskey(world.ports, subject, { id: passkey.id });
    await expect(world.sign(await world.open(), authenticator)).rejects.toMatchObject({ code: "passkey_unknown" });
    const told = (await world.history(subject)).find(({ kind }) => kind === "passkey_removed");
    expect(told).toMatchObject({ passkey: "Điện thoại của tôi" });
  });

  test("a removal that comes between the check and the use wins", async () => {
    const { authenticator, passkey, subject } = await enrolled();
    const transaction = await world.open();
    const late = {
      ...world.ports,
      verifyAssertion: async (...input: Parameters<typeof world.ports.verifyAssertion>) => {
        const seen = await world.ports.verifyAssertion(...input);
        await removePasskey(world.ports, subject, { id: passkey.id });
        return seen;
      },
    };
    await expect(world.sign(transaction, authenticator, {}, late)).rejects.toMatchObject({ code: "passkey_unknown" });
    expect((await current(transaction.id)).state).toBe("pending");
  });

  test.each([
    ["the same", 3],
    ["lower", 2],
    ["none any more", 0],
  ])(
    "a counter that is %s says that the key was copied: nothing is signed, and the person is told",
    async (_, counter) => {
      const { authenticator, subject } = await enrolled();
      for (let i = 0; i < 3; i++) await world.sign(await world.open(), authenticator);
      const transaction = await world.open();
      await expect(world.sign(transaction, authenticator, { counter })).rejects.toMatchObject({
        code: "passkey_cloned",
      });
      expect((await current(transaction.id)).state).toBe("pending");
      const told = (await world.history(subject)).find(({ kind }) => kind === "failed");
      expect(told).toMatchObject({ code: "passkey_cloned", documents: { transactionId: transaction.id } });
      expect((await listPasskeys(world.ports, subject))[0]?.signCount).toBe(3);
    },
  );

  test("an authenticator without a counter signs again and again", async () => {
    const { authenticator } = await enrolled({ counts: false, synced: true });
    for (let i = 0; i < 3; i++) expect((await world.sign(await world.open(), authenticator)).state).toBe("signed");
  });

  test("the same assertion again, after a lost answer, is no copy", async () => {
    const { authenticator } = await enrolled();
    const transaction = await world.open();
    const assertion = authenticator.assert(transaction.commitment);
    const broken = { ...world.ports, issuingCa: { sign: () => Promise.reject(new Error("down")) } };
    await expect(world.sign(transaction, authenticator, {}, broken as never, assertion)).rejects.toThrow("down");
    const again = await current(transaction.id);
    const signed = await world.sign(again, authenticator, {}, world.ports, assertion);
    expect(signed.state).toBe("signed");
    expect(await world.sign(signed, authenticator, {}, world.ports, assertion)).toBe(signed);
  });

  test("after a year the person logs in again; until then the passkey signs", async () => {
    const { authenticator, subject } = await enrolled();
    world.time.now = NOON + ENROLMENT_MS - MINUTE;
    expect((await world.sign(await world.open(), authenticator)).state).toBe("signed");
    world.time.now = NOON + ENROLMENT_MS;
    const transaction = await world.open();
    await expect(world.sign(transaction, authenticator)).rejects.toMatchObject({ code: "passkey_expired" });
    const [told] = await world.history(subject);
    expect(told).toMatchObject({ kind: "failed", code: "passkey_expired" });
    expect(ENROLMENT_MS).toBe(365 * DAY);
  });

  test("an issuer that is no longer accepted, or of which more is asked now, is not signed under", async () => {
    const { authenticator } = await enrolled();
    const [issuer] = world.ports.issuers;
    const gone = { ...world.ports, issuers: [] };
    await expect(world.sign(await world.open(), authenticator, {}, gone)).rejects.toMatchObject({
      code: "token_issuer",
    });
    const raised = { ...world.ports, issuers: [{ ...issuer, requiredAssurance: "high" }] } as never;
    await expect(world.sign(await world.open(), authenticator, {}, raised)).rejects.toMatchObject({
      code: "assurance_too_low",
    });
  });

  test("the name that was pinned must be the name of the login", async () => {
    const { authenticator } = await enrolled();
    const pinned = await world.open({ signerName: "Nguyễn Thị Thúy An" });
    expect((await world.sign(pinned, authenticator)).state).toBe("signed");
    const other = await world.open({ signerName: "Trần Văn Bê" });
    await expect(world.sign(other, authenticator)).rejects.toMatchObject({ code: "signer_mismatch" });
  });

  test("whose signing is frozen does not sign by passkey either, until the case is resolved", async () => {
    const { authenticator, subject } = await enrolled();
    await world.table.people.freeze(subject, "TC-0000-0000-0001");
    const transaction = await world.open();
    await expect(world.sign(transaction, authenticator)).rejects.toMatchObject({ code: "signing_frozen" });
    await world.table.people.unfreeze(subject, "TC-0000-0000-0001");
    expect((await world.sign(await current(transaction.id), authenticator)).state).toBe("signed");
  });

  test("two requests with two assertions at once get one signature", async () => {
    const { authenticator } = await enrolled({ counts: false });
    const transaction = await world.open();
    const [one, two] = await Promise.all([1, 2].map(() => world.sign(transaction, authenticator)));
    expect(one?.result).toEqual(two?.result);
  });
});

describe("the proof of a passkey", () => {
  const reverify = (json: string): boolean => {
    const proof = JSON.parse(json) as Proof;
    return (
      commitmentOf(proof.preimage) === proof.commitment &&
      verifiesAgain(proof.token as PasskeyEvidence, proof.commitment)
    );
  };

  test("verifies again from the JSON alone, and not with one bit of it changed", async () => {
    const { authenticator, passkey } = await enrolled();
    world.time.now += MINUTE;
    const proof = proofOf(await world.sign(await world.open(), authenticator)) ?? expect.fail();
    expect(proof.token).toEqual({
      kind: "passkey",
      credentialId: authenticator.id,
      publicKey: passkey.publicKey,
      assertion: expect.objectContaining({ signature: expect.any(String) }),
      enrolledAt: new Date(NOON).toISOString(),
      ...{ signCount: 1, backedUp: false, rpId: "localhost", origin: "http://localhost:8787" },
    });
    expect(proof.times.authenticatedAt).toEqual({ time: new Date(NOON + MINUTE).toISOString(), source: "service" });
    const json = JSON.stringify(proof);
    expect(reverify(json)).toBe(true);
    const { assertion } = proof.token as PasskeyEvidence;
    for (const member of ["authenticatorData", "clientDataJSON", "signature"] as const) {
      const changed = Buffer.from(assertion[member], "base64url");
      changed[changed.length - 2] = (changed[changed.length - 2] as number) ^ 1;
      const other = json.replace(assertion[member], changed.toString("base64url"));
      expect(other).not.toBe(json);
      expect(() => reverify(other) || expect.unreachable()).toThrow();
    }
    expect(reverify(json.replaceAll(proof.preimage.documents[0]?.title ?? "", "Đơn khác"))).toBe(false);
  });

  test("holds no user handle, no name of the passkey and no transports", async () => {
    const { authenticator, subject } = await enrolled();
    const json = JSON.stringify(proofOf(await world.sign(await world.open(), authenticator)));
    const ring = await world.table.passkeys.read(subject);
    for (const told of [ring?.handle ?? "", "Điện thoại của tôi", "hybrid"]) {
      expect(told).not.toBe("");
      expect(json).not.toContain(told);
    }
  });
});

describe("one's own passkeys", () => {
  test("are listed newest first, renamed, and nobody else's", async () => {
    const { who, subject, passkey } = await enrolled();
    world.time.now += 1;
    const second = await world.enrol(who);
    await renamePasskey(world.ports, subject, passkey.id, "Máy tính bảng");
    expect((await listPasskeys(world.ports, subject)).map(({ id, name }) => [id, name])).toEqual([
      [second.id, "Điện thoại của tôi"],
      [passkey.id, "Máy tính bảng"],
    ]);
    const other = await enrolled();
    for (const change of [
      renamePasskey(world.ports, other.subject, passkey.id, "x"),
      removePasskey(world.ports, other.subject, { id: passkey.id }),
      removePasskey(world.ports, subject, { id: "unknown" }),
    ])
      await expect(change).rejects.toMatchObject({ code: "passkey_unknown" });
    expect(await listPasskeys(world.ports, subject)).toHaveLength(2);
  });
});
