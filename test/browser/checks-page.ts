import { verifySignature } from "#crypto";
import { fromHex } from "../../lib/bytes/hex.ts";
import type { SignatureAlgorithm } from "../../lib/crypto/algorithms.ts";
import { Fault } from "../../lib/fault/fault.ts";
import { checkPath, type PathInput } from "../../lib/path/check-path.ts";
import { findPaths } from "../../lib/path/find-paths.ts";
import { newSignatureCache } from "../../lib/path/signature-cache.ts";
import { isTimely } from "../../lib/path/timely.ts";
import { parseCertificate } from "../../lib/x509/certificate.ts";

// Runs in a page and, to be compared with that, in Node.

export type SignatureCase = {
  readonly algorithm: SignatureAlgorithm;
  /** Hex. */
  readonly spki: string;
  readonly message: string;
  readonly signature: string;
};

/** `valid`, `invalid` or the code of a Fault, each. */
export async function verifyAll(cases: readonly SignatureCase[]): Promise<string[]> {
  const found: string[] = [];
  for (const { algorithm, spki, message, signature } of cases) {
    try {
      const good = await verifySignature(algorithm, octets(spki), octets(message), octets(signature));
      found.push(good ? "valid" : "invalid");
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      found.push(error.code);
    }
  }
  return found;
}

export type PathCase = {
  /** Hex of DER. */
  readonly anchor: string;
  /** The target last. */
  readonly pool: readonly string[];
  readonly policies: Omit<PathInput, "chain" | "anchor">;
  /** ms */
  readonly at: number;
};

/** What is wrong with each way to the anchor, by code; nothing for a good one. */
export async function judgePath({ anchor, pool, policies, at }: PathCase): Promise<string[]> {
  const root = parseCertificate(octets(anchor));
  const certificates = pool.map((der) => parseCertificate(octets(der)));
  const target = certificates.at(-1);
  if (target === undefined) throw new TypeError("a path without a target");
  const cache = newSignatureCache();
  const ways: string[] = [];
  for (const { chain } of await findPaths(target, certificates, [root], cache)) {
    const { violations } = await checkPath({ chain, anchor: root, ...policies }, cache);
    const late = isTimely(chain, root, at) === undefined ? [] : ["not_timely"];
    ways.push([...violations.map(({ code, certificate }) => `${code} ${certificate}`), ...late].join(", "));
  }
  return ways;
}

function octets(hex: string): Uint8Array {
  const found = fromHex(hex);
  if (found === undefined) throw new TypeError("not hexadecimal");
  return found;
}
