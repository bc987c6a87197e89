import { describe, expect, test } from "vitest";
import { fromHex } from "../../lib/bytes/hex.ts";
import type { SignatureAlgorithm } from "../../lib/crypto/algorithms.ts";
import * as node from "../../lib/crypto/backend-node.ts";
import * as web from "../../lib/crypto/backend-web.ts";
import { Fault } from "../../lib/fault/fault.ts";
import { haveWycheproof, WYCHEPROOF, type WycheproofCase, type WycheproofGroup, wycheproof } from "./wycheproof.ts";

const BACKENDS = { node, web };

describe.skipIf(!haveWycheproof())("Wycheproof", () => {
  for (const [file, algorithm] of Object.entries(WYCHEPROOF)) {
    for (const [name, backend] of Object.entries(BACKENDS)) {
      test(`${name}: of ${file} exactly the valid signatures verify`, async () => {
        const vectors = wycheproof(file);
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
  group: WycheproofGroup,
  v: WycheproofCase,
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
