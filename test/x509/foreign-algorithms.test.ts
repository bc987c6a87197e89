import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { signatureAlgorithmOf } from "../../lib/crypto/algorithms.ts";
import * as node from "../../lib/crypto/backend-node.ts";
import * as web from "../../lib/crypto/backend-web.ts";
import { parseCertificate } from "../../lib/x509/certificate.ts";
import { ask, judge, withFiles } from "../judges/judge.ts";
import { readAllExtensions } from "./read-all.ts";

const openssl = judge("openssl", "that certificates of other algorithms, made by OpenSSL, verify");

/** Arguments of `openssl req -x509`: the key, and how it signs. */
const ALGORITHMS: Record<string, readonly string[]> = {
  "RSA, PKCS #1 v1.5, SHA-512": ["-newkey", "rsa:2048", "-sha512"],
  "RSA, PKCS #1 v1.5, SHA3-256": ["-newkey", "rsa:2048", "-sha3-256"],
  "RSA, PSS, one digest": [
    "-newkey",
    "rsa:2048",
    "-sha256",
    "-sigopt",
    "rsa_padding_mode:pss",
    "-sigopt",
    "rsa_pss_saltlen:32",
  ],
  "RSA, PSS, a mask digest of its own": [
    ...["-newkey", "rsa:2048", "-sha256", "-sigopt", "rsa_padding_mode:pss"],
    ...["-sigopt", "rsa_mgf1_md:sha1", "-sigopt", "rsa_pss_saltlen:20"],
  ],
  "a key for RSA-PSS only": ["-newkey", "rsa-pss", "-pkeyopt", "rsa_keygen_bits:2048", "-sha384"],
  "P-384, SHA-384": ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-384", "-sha384"],
  "P-521, SHA-512": ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-521", "-sha512"],
  "P-256, SHA3-256": ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-sha3-256"],
  brainpoolP256r1: ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:brainpoolP256r1", "-sha256"],
  brainpoolP512r1: ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:brainpoolP512r1", "-sha512"],
  Ed25519: ["-newkey", "ed25519"],
  Ed448: ["-newkey", "ed448"],
};

describe.skipIf(!openssl)("certificates that OpenSSL signs verify in Node and on the web", () => {
  for (const [name, args] of Object.entries(ALGORITHMS)) {
    test(name, async () => {
      const der = await withFiles({}, async (_, folder) => {
        const out = `${folder}/certificate`;
        const fixed = [
          "req",
          "-x509",
          "-nodes",
          "-keyout",
          `${folder}/key`,
          "-subj",
          "/C=VN/CN=Test",
          "-outform",
          "DER",
          "-out",
          out,
        ];
        expect(await ask("openssl", [...fixed, ...args])).toMatchObject({ status: 0 });
        return Uint8Array.from(readFileSync(out));
      });
      const certificate = parseCertificate(der);
      readAllExtensions(certificate);
      const { signatureAlgorithm, spki, tbs, signature } = certificate;
      const algorithm = signatureAlgorithmOf(signatureAlgorithm);
      for (const { verifySignature } of [node, web]) {
        expect(await verifySignature(algorithm, spki, tbs, signature)).toBe(true);
        expect(await verifySignature(algorithm, spki, tbs.subarray(1), signature)).toBe(false);
      }
    });
  }
});
