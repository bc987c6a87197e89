import { beforeAll, describe, expect, test } from "vitest";
import { DEFAULT_POLICY } from "../../lib/validate/policy.ts";
import type { Verdict, Verification } from "../../lib/validate/report.ts";
import { verifyPdf } from "../../lib/verify/verify-pdf.ts";
import { newDice } from "./dice.ts";
import { type Fuzzer, newFuzzer } from "./fuzz.ts";
import { makeSeeds, type Seed, type Seeds } from "./fuzz-seeds.ts";
import { mutateDer } from "./mutate-der.ts";
import { forgery, type Judged } from "./oracles.ts";

/** Inputs in a quick run; `npm run fuzz` tries as many as there is time for. */
const INPUTS = process.env.SLOW ? 40_000 : 400;

describe("changed files", () => {
  let fuzzer: Fuzzer;
  beforeAll(async () => {
    fuzzer = await newFuzzer(20_270_115);
  });

  test(`of ${INPUTS} none is called valid that nobody signed so, none takes long, each gets the same answer twice`, async () => {
    const failures: unknown[] = [];
    const outcomes = new Set<string>();
    for (let number = 0; number < INPUTS; number++) {
      const { failure, outcome, verdict } = await fuzzer.round(number);
      if (failure !== undefined) failures.push({ ...failure, input: Buffer.from(failure.input).toString("base64") });
      outcomes.add(outcome).add(verdict);
    }
    expect(failures).toEqual([]);
    // A fuzzer whose files all fall at the first hurdle would prove nothing.
    expect([...outcomes]).toEqual(expect.arrayContaining(["VALID", "INVALID", "CANNOT_TELL", "NO_SIGNATURE", "error"]));
    expect(outcomes.size).toBeGreaterThan(30);
  });
});

describe("the fuzzer would notice", () => {
  let made: Seeds;
  let known: Judged[];
  const judged = async ({ pdf }: Pick<Seed, "pdf">): Promise<Judged> => ({
    pdf,
    ...(await verifyPdf(pdf, { ...made, policy: DEFAULT_POLICY })),
  });
  const named = (name: string): Seed => {
    const seed = made.seeds.find((one) => one.name === name);
    if (seed === undefined) throw new TypeError(name);
    return seed;
  };
  const saying = (one: Judged, verdict: Exclude<Verdict, "NO_SIGNATURE">): Judged => {
    const signatures = one.verification.signatures.map((signature) => ({ ...signature, verdict }));
    return { ...one, verification: { ...one.verification, verdict, signatures } satisfies Verification };
  };
  beforeAll(async () => {
    made = await makeSeeds();
    known = await Promise.all(made.seeds.map(judged));
  });

  test("nothing where nothing was done", async () => {
    for (const seed of made.seeds) expect(forgery(await judged(seed), seed, known), seed.name).toBeUndefined();
  });

  test("an octet that a signature covers", async () => {
    const seed = named("B-T");
    const changed = await judged({ pdf: seed.pdf.with(30, 0x41) });
    expect(forgery(changed, seed, known)).toBeUndefined();
    expect(forgery(saying(changed, "VALID"), seed, known)).toContain("that nobody made");
  });

  test("a verdict that became better", async () => {
    const seed = named("of another world");
    expect(forgery(saying(await judged(seed), "VALID"), seed, known)).toContain("not valid before");
  });

  test("another name for the signer", async () => {
    const seed = named("B-T");
    const one = await judged(seed);
    const signatures = one.verification.signatures.map((signature) => ({
      ...signature,
      sevenFields: { ...signature.sevenFields, signer: "Somebody else" },
    }));
    const changed = { ...one, verification: { ...one.verification, signatures } };
    expect(forgery(changed, seed, known)).toContain("Somebody else");
  });

  test("other content behind a signature", async () => {
    const seed = named("changed after certification");
    const one = saying(await judged(seed), "VALID");
    expect(forgery(one, seed, [one])).toMatch(/^page 1 is not as/);
  });
});

test("what is changed in a message is a message still, most of the time", () => {
  const der = Uint8Array.of(0x30, 8, 2, 1, 5, 4, 3, 1, 2, 3);
  const changed = Array.from({ length: 200 }, (_, i) => mutateDer(der, newDice(i)));
  expect(new Set(changed.map(String)).size).toBeGreaterThan(60);
  expect(changed.filter((one) => one?.[0] === 0x30 && one[1] === one.length - 2).length).toBeGreaterThan(80);
});
