import { webcrypto } from "node:crypto";
import * as pkijs from "pkijs";
import { describe, expect, test } from "vitest";
import { toHex } from "../../lib/bytes/hex.ts";
import { parseSignedData } from "../../lib/cms/read.ts";
import { isIntact, type SignerResult } from "../../lib/cms/signer-result.ts";
import { type VerifyInput, verifySigner } from "../../lib/cms/verify.ts";
import { judge, pem } from "../judges/judge.ts";
import { openssl } from "../worlds/foreign.ts";
import type { KeyKind } from "../worlds/keys.ts";
import { flipBit } from "../worlds/mutate.ts";
import { type AnyParty, newParty } from "../worlds/parties.ts";
import { newWorld } from "../worlds/world.ts";

const world = await newWorld({ seed: "cms/others" });
const CONTENT = new TextEncoder().encode("%PDF-1.7 a document that others sign");

/** Reads a message of others; it must be about the content and nothing else. */
async function check(cms: Uint8Array, input: Pick<VerifyInput, "certificates"> = {}): Promise<SignerResult> {
  const message = parseSignedData(cms);
  const result = await verifySigner(message, { ...input, content: CONTENT });
  expect(isIntact(result)).toBe(true);
  expect(result.algorithmsAgree).toBe(true);
  expect(isIntact(await verifySigner(message, { ...input, content: flipBit(CONTENT, 77) }))).toBe(false);
  return result;
}

describe.skipIf(!judge("openssl", "messages that OpenSSL makes are read"))("by OpenSSL:", () => {
  const make = (party: AnyParty, ...args: readonly string[]) => {
    const key = String(party.privateKey.export({ format: "pem", type: "pkcs8" }));
    const files = {
      content: CONTENT,
      "key.pem": key,
      "signer.pem": pem(party.certificate.raw),
      "ca.pem": pem(world.issuingCa.certificate.raw),
    };
    return openssl(files, "out.der", (path, out) => [
      ...["cms", "-sign", "-binary", "-in", path("content"), "-signer", path("signer.pem"), "-inkey", path("key.pem")],
      ...["-certfile", path("ca.pem"), "-outform", "DER", "-out", out, ...args],
    ]);
  };
  // Not a key for RSASSA-PSS only: OpenSSL 3.0 names the wrong algorithm for it and does not verify what it made.
  const KEYS: readonly KeyKind[] = [
    "rsa512",
    "rsa768",
    "rsa1024",
    "rsa",
    "p256",
    "p384",
    "p521",
    "brainpoolP256r1",
    "brainpoolP384r1",
    "brainpoolP512r1",
  ];
  for (const key of KEYS) {
    test(`a key of kind ${key}, with signed attributes and without`, async () => {
      const party = newParty(world, { key });
      expect(await check(await make(party, "-md", "sha256"))).toMatchObject({
        signedAttributes: "der",
        identified: true,
      });
      expect(await check(await make(party, "-md", "sha256", "-noattr"))).toMatchObject({ signedAttributes: "absent" });
    });
  }
  for (const hash of ["sha1", "sha224", "sha256", "sha384", "sha512", "sha512-256", "sha3-256", "sha3-512"]) {
    test(`the digest ${hash}`, async () => {
      const result = await check(await make(newParty(world, { key: "rsa" }), "-md", hash));
      expect(result.digestAlgorithm?.toLowerCase().replace("/", "-").replace(/^sha-/, "sha")).toBe(hash);
    });
  }
  for (const salt of ["digest", "max", "0"]) {
    test(`RSASSA-PSS with a salt of length ${salt} and a mask digest of its own`, async () => {
      const options = ["rsa_padding_mode:pss", `rsa_pss_saltlen:${salt}`, "rsa_mgf1_md:sha384"];
      const cms = await make(
        newParty(world, { key: "rsa" }),
        "-md",
        "sha256",
        ...options.flatMap((option) => ["-keyopt", option]),
      );
      expect((await check(cms)).signatureAlgorithm).toMatchObject({ kind: "rsa-pss", mgfHash: "SHA-384" });
    });
  }
  const SHAPES: Readonly<Record<string, readonly string[]>> = {
    "a signer named by its key": ["-keyid"],
    "ESS, CAdES": ["-cades", "-md", "sha512"],
    "content inside": ["-nodetach"],
    "content inside in pieces of indefinite length": ["-nodetach", "-stream"],
    "indefinite lengths": ["-stream"],
    "no S/MIME capabilities": ["-nosmimecap"],
  };
  for (const [name, args] of Object.entries(SHAPES)) {
    test(name, async () => void (await check(await make(newParty(world), ...args))));
  }
  test("a message without certificates finds its signer among those of the file", async () => {
    const party = newParty(world);
    const cms = await make(party, "-nocerts");
    expect((await verifySigner(parseSignedData(cms), { content: CONTENT })).signature).toBe("no-certificate");
    const certificates = [world.root.certificate.raw, party.certificate.raw];
    expect(toHex((await check(cms, { certificates })).certificate?.raw ?? new Uint8Array())).toBe(
      toHex(party.certificate.raw),
    );
  });
});

describe("by pkijs:", () => {
  const engine = new pkijs.CryptoEngine({ name: "node", crypto: webcrypto as unknown as Crypto });
  const import_ = (party: AnyParty, algorithm: object) =>
    webcrypto.subtle.importKey(
      "pkcs8",
      party.privateKey.export({ format: "der", type: "pkcs8" }),
      algorithm as webcrypto.AlgorithmIdentifier,
      true,
      ["sign"],
    );
  const ALGORITHMS: readonly [KeyKind, object][] = [
    ["rsa", { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" }],
    ["rsa", { name: "RSASSA-PKCS1-v1_5", hash: "SHA-1" }],
    ["rsa", { name: "RSA-PSS", hash: "SHA-512" }],
    ["p256", { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" }],
    ["p384", { name: "ECDSA", namedCurve: "P-384", hash: "SHA-384" }],
    ["p521", { name: "ECDSA", namedCurve: "P-521", hash: "SHA-512" }],
  ];
  for (const [kind, algorithm] of ALGORITHMS) {
    test(`${kind} with ${Object.values(algorithm).join(", ")}`, async () => {
      const party = newParty(world, { key: kind });
      const certificate = pkijs.Certificate.fromBER(Uint8Array.from(party.certificate.raw));
      const signedData = new pkijs.SignedData({
        encapContentInfo: new pkijs.EncapsulatedContentInfo({ eContentType: "1.2.840.113549.1.7.1" }),
        signerInfos: [
          new pkijs.SignerInfo({
            version: 1,
            sid: new pkijs.IssuerAndSerialNumber({
              issuer: certificate.issuer,
              serialNumber: certificate.serialNumber,
            }),
          }),
        ],
        certificates: [certificate],
      });
      const key = (await import_(party, algorithm)) as unknown as CryptoKey;
      const { hash } = algorithm as { hash: string };
      await signedData.sign(key, 0, hash, Uint8Array.from(CONTENT).buffer, engine);
      const content = new pkijs.ContentInfo({
        contentType: "1.2.840.113549.1.7.2",
        content: signedData.toSchema(true),
      });
      const result = await check(new Uint8Array(content.toSchema().toBER()));
      expect(result.digestAlgorithm).toBe(hash);
    });
  }
});
