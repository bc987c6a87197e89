import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { Fault } from "../../lib/fault/fault.ts";
import { TOKEN_ALGORITHMS } from "../../lib/identity/token-algorithms.ts";
import { verifyJws } from "../../lib/identity/verify-jws.ts";

type Jwk = Readonly<Record<string, unknown>>;
type Case = { readonly tcId: number; readonly comment: string; readonly jws: unknown; readonly result: string };
type Group = {
  readonly comment: string;
  readonly public?: Jwk;
  readonly private: Jwk;
  readonly tests: readonly Case[];
};

const FOLDER = join(import.meta.dirname, "../../../shared/vectors/wycheproof");
const ALGORITHMS = [...TOKEN_ALGORITHMS.keys()];

/** Valid by the vectors, refused here on purpose. Everything else that is refused is a failure of this code. */
const STRICTER: Readonly<Record<string, (group: Group, jws: string) => boolean>> = {
  "HMAC: a symmetric key proves nothing to anybody else": (_, jws) => algorithmOf(jws)?.startsWith("HS") === true,
  "the key names another algorithm, or one that is not registered (RFC 7517 §4.4)": ({ public: key }, jws) =>
    key?.alg !== undefined && key.alg !== algorithmOf(jws),
  "characters that are not base64url are refused, never skipped": (_, jws) => !/^[\w-]*\.[\w-]*\.[\w-]*$/.test(jws),
  "an empty payload is no claims set": (_, jws) => jws.split(".")[1] === "",
};

function algorithmOf(jws: string): string | undefined {
  try {
    const { alg } = JSON.parse(Buffer.from(jws.split(".")[0] ?? "", "base64url").toString()) as Jwk;
    return typeof alg === "string" ? alg : undefined;
  } catch {
    return undefined;
  }
}

for (const file of ["json_web_signature_test.json", "json_web_key_test.json"]) {
  const path = join(FOLDER, file);
  if (!existsSync(path)) {
    process.stderr.write(`\nSKIPPED: no ${file} of Wycheproof at ../shared/vectors/wycheproof\n\n`);
    test.skip(`${file} is not there`, () => {});
    continue;
  }
  const { testGroups, numberOfTests } = JSON.parse(readFileSync(path, "utf8")) as {
    testGroups: readonly Group[];
    numberOfTests: number;
  };
  describe(file, () => {
    let verified = 0;
    let run = 0;
    for (const group of testGroups) {
      test(`${group.comment}, ${group.tests.length} cases from ${group.tests[0]?.tcId}`, async () => {
        for (const { tcId, comment, jws, result } of group.tests) {
          run += 1;
          const accepted = await accepts(group, jws);
          const stricter = typeof jws === "string" && Object.values(STRICTER).some((holds) => holds(group, jws));
          const expected = result === "valid" && !stricter;
          expect(accepted, `case ${tcId}, ${comment}`).toBe(expected);
          if (accepted) verified += 1;
        }
      });
    }
    test("every case ran, and some verified", () => {
      expect(run).toBe(numberOfTests);
      expect(verified).toBeGreaterThan(0);
    });
  });
}

async function accepts(group: Group, jws: unknown): Promise<boolean> {
  const key = group.public ?? group.private;
  const jwks = Array.isArray(key.keys) ? (key as { keys: readonly unknown[] }) : { keys: [key] };
  try {
    await verifyJws(jws as string, { jwks, algorithms: ALGORITHMS });
    return true;
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return false;
  }
}
