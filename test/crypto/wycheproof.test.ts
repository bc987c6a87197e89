import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { fromHex } from "../../lib/bytes/hex.ts";
import { HASHES, type HashName, type SignatureAlgorithm } from "../../lib/crypto/algorithms.ts";
import * as node from "../../lib/crypto/backend-node.ts";
import * as web from "../../lib/crypto/backend-web.ts";
import { Fault } from "../../lib/fault/fault.ts";

// C2SP/wycheproof testvectors_v1. Expected results are the standard's; "acceptable" ones may go either way.

const FOLDER = fileURLToPath(new URL("../../../shared/vectors/wycheproof/", import.meta.url));
const BACKENDS = { node, web };

type Case = { tcId: number; comment: string; msg: string; sig: string; result: "valid" | "invalid" | "acceptable" };
type Group = { publicKeyDer: string; sha: string; mgfSha?: string; sLen?: number; tests: Case[] };
type Vectors = { numberOfTests: number; testGroups: Group[] };

const hash = (name: string): HashName => {
  if (!Object.hasOwn(HASHES, name)) throw new Error(`the table of hashes lacks ${name}`);
  return name as HashName;
};

const FILES: Record<string, (group: Group) => SignatureAlgorithm> = {
  ecdsa_secp256r1_sha256_test: (g) => ({ kind: "ecdsa", hash: hash(g.sha) }),
  ecdsa_secp384r1_sha384_test: (g) => ({ kind: "ecdsa", hash: hash(g.sha) }),
  ecdsa_secp521r1_sha512_test: (g) => ({ kind: "ecdsa", hash: hash(g.sha) }),
  ecdsa_brainpoolP256r1_sha256_test: (g) => ({ kind: "ecdsa", hash: hash(g.sha) }),
  ed25519_test: () => ({ kind: "eddsa", curve: "Ed25519" }),
  ed448_test: () => ({ kind: "eddsa", curve: "Ed448" }),
  rsa_signature_2048_sha256_test: (g) => ({ kind: "rsa-pkcs1", hash: hash(g.sha) }),
  rsa_signature_2048_sha512_test: (g) => ({ kind: "rsa-pkcs1", hash: hash(g.sha) }),
  rsa_signature_3072_sha256_test: (g) => ({ kind: "rsa-pkcs1", hash: hash(g.sha) }),
  rsa_signature_4096_sha512_test: (g) => ({ kind: "rsa-pkcs1", hash: hash(g.sha) }),
  rsa_pss_2048_sha256_mgf1_32_test: pss,
  rsa_pss_3072_sha256_mgf1_32_test: pss,
  rsa_pss_4096_sha512_mgf1_64_test: pss,
  rsa_pss_misc_params_test: pss,
};

function pss(group: Group): SignatureAlgorithm {
  return { kind: "rsa-pss", hash: hash(group.sha), mgfHash: hash(group.mgfSha ?? ""), saltLength: group.sLen ?? -1 };
}

if (!existsSync(FOLDER)) {
  process.stderr.write("\nSKIPPED: no Wycheproof vectors at ../shared/vectors/wycheproof\n\n");
}

describe.skipIf(!existsSync(FOLDER))("Wycheproof", () => {
  for (const [file, algorithm] of Object.entries(FILES)) {
    for (const [name, backend] of Object.entries(BACKENDS)) {
      test(`${name}: of ${file} exactly the valid signatures verify`, async () => {
        const vectors = JSON.parse(readFileSync(`${FOLDER}${file}.json`, "utf8")) as Vectors;
        const wrong: string[] = [];
        let valid = 0;
        let seen = 0;
        for (const group of vectors.testGroups) {
          for (const v of group.tests) {
            seen++;
            const found = await verify(backend, algorithm(group), group, v);
            if (v.result === "valid") valid++;
            if (v.result !== "acceptable" && found !== (v.result === "valid"))
              wrong.push(`${v.tcId} ${v.result} ${v.comment}: ${found}`);
          }
        }
        expect(wrong).toEqual([]);
        expect(valid).toBeGreaterThan(0);
        expect(seen).toBe(vectors.numberOfTests);
      });
    }
  }
});

async function verify(
  backend: typeof node,
  algorithm: SignatureAlgorithm,
  group: Group,
  v: Case,
): Promise<boolean | string> {
  const [spki, message, signature] = [group.publicKeyDer, v.msg, v.sig].map(fromHex);
  if (spki === undefined || message === undefined || signature === undefined)
    throw new Error(`vector ${v.tcId} is not hexadecimal`);
  try {
    return await backend.verifySignature(algorithm, spki, message, signature);
  } catch (error) {
    if (error instanceof Fault) return `${error.code} ${error.message}`;
    throw error;
  }
}
