import { createPublicKey } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as OID from "../../lib/asn1/oids.ts";
import { nullValue, octetString, oid, sequence } from "../../lib/asn1/write.ts";
import { concat } from "../../lib/bytes/bytes.ts";
import { toHex } from "../../lib/bytes/hex.ts";
import { isIntact, type SignerResult } from "../../lib/cms/signer-result.ts";
import { coveredOf, readContainer, verifyContainer } from "../../lib/pades/container.ts";
import { findSignatures } from "../../lib/pades/find.ts";
import { fault } from "../asn1/help.ts";
import { ask, judge, withFiles } from "../judges/judge.ts";
import type { KeyKind } from "../worlds/keys.ts";
import { mutations, orFault, RUNS } from "../worlds/mutate.ts";
import { type PadesOptions, signPdf } from "../worlds/pades.ts";
import { newParty } from "../worlds/parties.ts";
import { newWorld } from "../worlds/world.ts";

const world = await newWorld({ seed: "container" });

/** What the first signature of a file says of the file, after `spoil` has been at the octets it covers. */
async function verified(pdf: Uint8Array, options: { spoil?: boolean; certificates?: readonly Uint8Array[] } = {}) {
  const [found] = findSignatures(pdf);
  if (found?.byteRange === undefined || found.contents === undefined) throw new Error("no signature");
  const [from, length, from2, length2] = found.byteRange;
  const octets = options.spoil === true ? pdf.map((octet, at) => (at === 12 ? octet ^ 1 : octet)) : pdf;
  const covered = coveredOf([octets.subarray(from, from + length), octets.subarray(from2, from2 + length2)]);
  const certificates = options.certificates ?? found.certificates;
  return verifyContainer(readContainer(found.subFilter, found.contents), covered, certificates);
}

async function check(options: PadesOptions): Promise<SignerResult> {
  const { pdf } = await signPdf(world, { level: "B-B", ...options });
  const result = await verified(pdf);
  expect(isIntact(result)).toBe(true);
  expect(isIntact(await verified(pdf, { spoil: true }))).toBe(false);
  return result;
}

const KEYS: Readonly<Record<KeyKind, object>> = {
  p256: { kind: "ecdsa", hash: "SHA-256" },
  p384: { kind: "ecdsa", hash: "SHA-384" },
  p521: { kind: "ecdsa", hash: "SHA-512" },
  brainpoolP256r1: { kind: "ecdsa", hash: "SHA-256" },
  brainpoolP384r1: { kind: "ecdsa", hash: "SHA-384" },
  brainpoolP512r1: { kind: "ecdsa", hash: "SHA-512" },
  rsa: { kind: "rsa-pkcs1", hash: "SHA-256" },
  rsa512: { kind: "rsa-pkcs1", hash: "SHA-256" },
  rsa768: { kind: "rsa-pkcs1", hash: "SHA-256" },
  rsa1024: { kind: "rsa-pkcs1", hash: "SHA-256" },
  rsa3072: { kind: "rsa-pkcs1", hash: "SHA-256" },
  "rsa-pss": { kind: "rsa-pss", hash: "SHA-256", mgfHash: "SHA-256", saltLength: 32 },
  "rsa-pss-only": { kind: "rsa-pss", hash: "SHA-256", mgfHash: "SHA-256", saltLength: 32 },
  ed25519: { kind: "eddsa", curve: "Ed25519" },
  ed448: { kind: "eddsa", curve: "Ed448" },
};

describe("a key of any kind verifies, with signed attributes and without:", () => {
  for (const [key, algorithm] of Object.entries(KEYS) as [KeyKind, object][]) {
    test(key, async () => {
      expect(await check({ key })).toMatchObject({ signatureAlgorithm: algorithm, algorithmsAgree: true });
      const bare = await check({ key, signerInfo: { signedAttributes: false } });
      expect(bare).toMatchObject({ signedAttributes: "absent", messageDigest: "unneeded" });
    });
  }
});

describe("a digest of any kind:", () => {
  for (const hash of [
    "SHA-1",
    "SHA-224",
    "SHA-256",
    "SHA-384",
    "SHA-512",
    "SHA3-256",
    "SHA3-384",
    "SHA3-512",
  ] as const) {
    test(hash, async () => {
      for (const key of ["p256", "rsa"] as const)
        expect(await check({ key, signerInfo: { hash } })).toMatchObject({
          digestAlgorithm: hash,
          algorithmsAgree: true,
        });
    });
  }
});

describe("the key's algorithm in place of the signature's:", () => {
  const named = (identifier: string, parameters: readonly Uint8Array[]) => sequence(oid(identifier), ...parameters);
  for (const [name, key, signatureAlgorithm] of [
    ["rsaEncryption", "rsa", named(OID.rsaEncryption, [nullValue()])],
    ["id-ecPublicKey", "p256", named(OID.ecPublicKey, [])],
    ["id-ecPublicKey with its curve", "p384", named(OID.ecPublicKey, [oid(OID.p384)])],
  ] as const) {
    test(name, async () => {
      const result = await check({ key, signerInfo: { signatureAlgorithm, hash: "SHA-384" } });
      expect(result).toMatchObject({ signatureAlgorithm: { hash: "SHA-384" }, algorithmsAgree: true });
    });
  }
});

describe("containers as others write them:", () => {
  test("indefinite lengths, a signer named by its key, ESS of either version and any digest", async () => {
    for (const ess of [1, 2] as const) {
      for (const id of ["issuer-serial", "key-id"] as const)
        expect(await check({ container: "ber", signerInfo: { id, ess } })).toMatchObject({
          signedAttributes: "der",
          signingCertificate: "match",
          identified: true,
        });
    }
    expect(await check({ signerInfo: { essHash: "SHA3-512" } })).toMatchObject({ signingCertificate: "match" });
  });

  test("the signer's certificate among many others, in any order, more than once, or only in the file's store", async () => {
    const signer = newParty(world);
    const others = Array.from({ length: 20 }, () => newParty(world).certificate.raw);
    const junk = [octetString(others[0] as Uint8Array), sequence(), ...others];
    const mine = signer.certificate.raw;
    expect(await check({ signer, chain: [...junk, mine, mine], withSigner: false, container: "ber" })).toMatchObject({
      identified: true,
    });
    const { pdf } = await signPdf(world, { signer, withSigner: false, level: "B-B" });
    expect((await verified(pdf)).signature).toBe("no-certificate");
    const result = await verified(pdf, { certificates: [...others, mine] });
    expect(isIntact(result)).toBe(true);
    expect(toHex(result.certificate?.raw ?? new Uint8Array())).toBe(toHex(mine));
  });

  test("content inside a message that should be about the file counts for nothing", async () => {
    const { pdf } = await signPdf(world, { level: "B-B", encapsulate: new Uint8Array(5) });
    expect(isIntact(await verified(pdf))).toBe(true);
    expect(isIntact(await verified(pdf, { spoil: true }))).toBe(false);
  });
});

test("a second signer is seen, and the first is the one that is judged", async () => {
  const [first, second] = [newParty(world), newParty(world, { key: "rsa" })];
  for (const [signer, other] of [
    [first, second],
    [second, first],
  ] as const) {
    // Under BER nobody sorts the set of signers.
    const { pdf } = await signPdf(world, { signer, more: [{ party: other }], container: "ber", level: "B-B" });
    const [found] = findSignatures(pdf);
    const container = readContainer(found?.subFilter, found?.contents ?? new Uint8Array());
    if (container.kind === "pkcs1") throw new Error("no message");
    expect(container.signedData.signers).toHaveLength(2);
    const result = await verified(pdf);
    expect(isIntact(result)).toBe(true);
    expect(toHex(result.certificate?.raw ?? new Uint8Array())).toBe(toHex(signer.certificate.raw));
  }
});

describe("adbe.pkcs7.sha1", () => {
  const subFilter = "adbe.pkcs7.sha1";
  test("signs the SHA-1 of what is covered, by whatever digest and key", async () => {
    for (const hash of ["SHA-1", "SHA-256"] as const)
      expect(await check({ subFilter, key: "rsa", signerInfo: { hash } })).toMatchObject({ digestAlgorithm: hash });
    await check({ subFilter, signerInfo: { signedAttributes: false } });
  });
  test("with another digest inside is broken, whether the attributes or the content are those of the file", async () => {
    const { pdf } = await signPdf(world, { subFilter, level: "B-B", encapsulate: new Uint8Array(20) });
    expect(await verified(pdf)).toMatchObject({ signature: "valid", messageDigest: "mismatch" });
    const honest = await signPdf(world, { subFilter, level: "B-B" });
    expect(await verified(honest.pdf, { spoil: true })).toMatchObject({
      signature: "valid",
      messageDigest: "mismatch",
    });
  });
  test("without a digest inside is about the file all the same", async () => {
    const result = await check({ subFilter, encapsulate: false });
    expect(result.messageDigest).toBe("match");
  });
});

describe("adbe.x509.rsa_sha1", () => {
  const subFilter = "adbe.x509.rsa_sha1";
  test("is the bare signature by the first certificate of /Cert, over any digest of ISO 32000-2", async () => {
    for (const hash of ["SHA-1", "SHA-256", "SHA-384", "SHA-512"] as const)
      expect(await check({ subFilter, key: "rsa", signerInfo: { hash } })).toMatchObject({
        signature: "valid",
        signatureAlgorithm: { kind: "rsa-pkcs1", hash },
        attributes: undefined,
      });
  });
  test("needs that certificate, and an RSA key in it", async () => {
    const { pdf } = await signPdf(world, { subFilter, key: "rsa" });
    const other = newParty(world, { key: "rsa" }).certificate.raw;
    const says = async (certificates: readonly Uint8Array[]) => (await verified(pdf, { certificates })).signature;
    expect(await says([])).toBe("no-certificate");
    expect(await says([other])).toBe("invalid");
    expect(await says([sequence()])).toBe("bad-certificate");
    expect(await says([world.root.certificate.raw])).toBe("unsupported");
    expect(await says([newParty(world, { key: "rsa-pss-only" }).certificate.raw])).toBe("unsupported");
  });
  test.skipIf(!judge("openssl", "the bare signature is as OpenSSL verifies it"))(
    "OpenSSL verifies the same",
    async () => {
      const { pdf, signer } = await signPdf(world, { subFilter, key: "rsa" });
      const [found] = findSignatures(pdf);
      const [a, b, c, d] = found?.byteRange ?? [0, 0, 0, 0];
      const container = readContainer(subFilter, found?.contents ?? new Uint8Array());
      const key = createPublicKey(signer.privateKey).export({ type: "spki", format: "pem" });
      const files = {
        covered: concat(pdf.subarray(a, a + b), pdf.subarray(c, c + d)),
        signature: container.kind === "pkcs1" ? container.signature : new Uint8Array(),
        key: String(key),
      };
      const verdict = await withFiles(files, (path) =>
        ask("openssl", ["dgst", "-sha1", "-verify", path.key, "-signature", path.signature, path.covered]),
      );
      expect(verdict.out).toContain("Verified OK");
    },
  );
  test("in another form than an OCTET STRING cannot be read", () => {
    expect(() => readContainer(subFilter, sequence())).toThrow(fault("der_malformed"));
  });
});

test("any octets in /Contents give a container or a Fault, and any container facts", async () => {
  const { cms } = await signPdf(world, { subFilter: "adbe.pkcs7.sha1", level: "B-B" });
  const covered = coveredOf([new Uint8Array(3)]);
  await fc.assert(
    fc.asyncProperty(
      mutations(cms),
      fc.constantFrom("adbe.pkcs7.sha1", "adbe.x509.rsa_sha1", undefined),
      async (octets, kind) => {
        const container = orFault(() => readContainer(kind, octets));
        if (container === undefined || (container.kind !== "pkcs1" && container.signedData.signers.length === 0))
          return;
        expect(isIntact(await verifyContainer(container, covered, []))).toBe(false);
      },
    ),
    { numRuns: RUNS },
  );
});
