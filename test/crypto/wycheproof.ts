import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { HASHES, type HashName, type SignatureAlgorithm } from "../../lib/crypto/algorithms.ts";

// C2SP/wycheproof testvectors_v1. Expected results are the standard's; "acceptable" ones may go either way.

const FOLDER = fileURLToPath(new URL("../../../shared/vectors/wycheproof/", import.meta.url));

export type WycheproofCase = {
  tcId: number;
  comment: string;
  msg: string;
  sig: string;
  result: "valid" | "invalid" | "acceptable";
};
export type WycheproofGroup = {
  publicKeyDer: string;
  sha: string;
  mgfSha?: string;
  sLen?: number;
  tests: WycheproofCase[];
};
type Vectors = { numberOfTests: number; testGroups: WycheproofGroup[] };

const hash = (name: string): HashName => {
  if (!Object.hasOwn(HASHES, name)) throw new Error(`the table of hashes lacks ${name}`);
  return name as HashName;
};

/** What each file is about. */
export const WYCHEPROOF: Record<string, (group: WycheproofGroup) => SignatureAlgorithm> = {
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

function pss(group: WycheproofGroup): SignatureAlgorithm {
  return { kind: "rsa-pss", hash: hash(group.sha), mgfHash: hash(group.mgfSha ?? ""), saltLength: group.sLen ?? -1 };
}

/** False, after a loud word, where the vectors are absent. */
export function haveWycheproof(): boolean {
  if (existsSync(FOLDER)) return true;
  process.stderr.write("\nSKIPPED: no Wycheproof vectors at ../shared/vectors/wycheproof\n\n");
  return false;
}

export function wycheproof(file: string): Vectors {
  return JSON.parse(readFileSync(`${FOLDER}${file}.json`, "utf8"));
}
