import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { verifier } from "../../lib/service/verifier.ts";
import { newApiWorld } from "../api/world.ts";
import { BOMBS, LOOPS_BEHIND, MANY_CHANGES, MANY_SAVES, MANY_SIGNATURES } from "./files-bulk.ts";
import { MATERIAL } from "./files-chain.ts";
import { MESSAGES } from "./files-message.ts";
import { CROSS_REFERENCES, type Files, NESTED } from "./files-structure.ts";

/** From request to response, ms: the ceiling, and a process that is started anew. */
const PATIENCE_MS = 40_000;

const pick = (files: Files, ...names: readonly string[]): [string, Files[string]][] =>
  names.map((name) => {
    const make = files[name];
    if (make === undefined) throw new TypeError(name);
    return [name, make];
  });
const CASES = [
  ...pick(LOOPS_BEHIND, "a catalog that is everything", "fields that are their own kids"),
  ...pick(CROSS_REFERENCES, "/Prev of itself", "cross references from a bomb"),
  ...pick(NESTED, "dictionaries in dictionaries", "100,000 levels of pages"),
  ...pick(BOMBS, "1,000 CRLs of 60 KB each", "a CRL that was packed three times"),
  ...pick(MANY_SIGNATURES, "1,000 times one signature"),
  ...pick(MANY_SAVES, "4,000 saves of a page"),
  ...pick(MANY_CHANGES, "99,000 times one comment", "99,000 objects that nobody uses"),
  ...pick(MESSAGES, "100,000 levels of indefinite lengths"),
  ...pick(MATERIAL, "1,000 CRLs of the same CA"),
];
/** What the service may say of them besides a verdict. */
const PROBLEMS = ["request_too_large", "pdf_invalid", "pdf_limit", "pdf_unsupported", "memory_limit"];

let world: Awaited<ReturnType<typeof newApiWorld>>;
let caller = 0;
beforeAll(async () => {
  world = await newApiWorld();
  world.judge.verify = verifier({ isolated: true, statusHosts: [] });
});
afterAll(() => world.close());

const post = (body: Uint8Array, accept: string) =>
  world.send(
    "verification",
    "POST",
    "/v1/verifications",
    { body: body as Uint8Array<ArrayBuffer>, headers: { "content-type": "application/pdf", accept } },
    { event: { requestContext: { http: { sourceIp: `192.0.2.${++caller}` } } } },
  );

describe("POST /v1/verifications of hostile files: one answer each, and the service goes on", () => {
  test.each(CASES)(
    "%s",
    async (_, make) => {
      const pdf = await make?.();
      if (pdf === undefined) throw new TypeError("no file");
      for (const accept of ["application/json", "application/pdf", "application/xml"]) {
        const started = performance.now();
        const response = await post(pdf, accept);
        const text = await response.text();
        expect(performance.now() - started, accept).toBeLessThan(PATIENCE_MS);
        if (response.status !== 200) expect(PROBLEMS).toContain(JSON.parse(text).code);
        else if (accept === "application/json") expect(JSON.parse(text).verdict).not.toBe("VALID");
        if (process.env.MOTLAN_COSTS)
          process.stdout.write(
            `${_} ${accept} ${response.status} ${Math.round(performance.now() - started)} ms ${text.length} ${response.status === 200 ? "" : text.slice(0, 100)}\n`,
          );
      }
    },
    300_000,
  );
});
