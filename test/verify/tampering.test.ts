import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { concat } from "../../lib/bytes/bytes.ts";
import { Fault } from "../../lib/fault/fault.ts";
import { DEFAULT_POLICY } from "../../lib/validate/policy.ts";
import type { Verification } from "../../lib/validate/report.ts";
import { verifyPdf } from "../../lib/verify/verify-pdf.ts";
import { flipBit, mutations, RUNS } from "../worlds/mutate.ts";
import { addDocumentTimestamp, type PadesOptions, signPdf } from "../worlds/pades.ts";
import { newCa, newParty, newTsa } from "../worlds/parties.ts";
import { trusted } from "../worlds/trusted.ts";
import { newWorld } from "../worlds/world.ts";

const world = await newWorld();
const anchors = [trusted(world.root.certificate)];
const ca = newCa(world);
const tsa = newTsa(world);
const signer = newParty(world, { issuer: ca });
const at = world.now + 86_400_000;
const OPTIONS: PadesOptions = { signer, tsa, chain: [ca.certificate.raw], reserve: 6000 };

/** Every octet under SLOW=1, every third in a quick run. */
const STRIDE = process.env.SLOW ? 1 : 3;

/** @returns undefined for a file that cannot be read any more */
async function verify(pdf: Uint8Array): Promise<Verification | undefined> {
  try {
    return (await verifyPdf(pdf, { anchors, at, policy: DEFAULT_POLICY })).verification;
  } catch (error) {
    if (error instanceof Fault) return undefined;
    throw error;
  }
}

/** Offsets of everything that the last signature covers. */
function coveredOffsets(pdf: Uint8Array): number[] {
  const text = new TextDecoder("latin1").decode(pdf);
  const [a, b, c, d] = [...text.matchAll(/\/ByteRange ?\[(\d+) (\d+) (\d+) (\d+)/g)].at(-1)?.slice(1).map(Number) ?? [];
  const run = (from = 0, length = 0) => Array.from({ length }, (_, i) => from + i);
  return [...run(a, b), ...run(c, d)];
}

describe("one changed octet anywhere in what is signed", () => {
  const FILES: Readonly<Record<string, PadesOptions>> = {
    "a signature": OPTIONS,
    "a certification": { ...OPTIONS, certify: 2, reason: "Đồng ý" },
    "adbe.pkcs7.sha1": { ...OPTIONS, subFilter: "adbe.pkcs7.sha1", level: "B-B", signerInfo: { hash: "SHA-256" } },
  };
  for (const [name, options] of Object.entries(FILES)) {
    test(`${name}: whoever still finds the signature finds it invalid`, async () => {
      const { pdf } = await signPdf(world, options);
      expect((await verify(pdf))?.signatures[0]?.integrity).toBe("intact");
      const tally = { INVALID: 0, NO_SIGNATURE: 0, refused: 0 };
      const offsets = coveredOffsets(pdf).filter((offset) => offset % STRIDE === 0);
      expect(offsets.length).toBeGreaterThan(1000 / STRIDE);
      for (const offset of offsets) {
        const verdict = (await verify(flipBit(pdf, 8 * offset + (offset & 7))))?.verdict ?? "refused";
        expect(["INVALID", "NO_SIGNATURE", "refused"], `octet ${offset}`).toContain(verdict);
        tally[verdict as keyof typeof tally]++;
      }
      // A sixth of so small a file is names and numbers that lead to the signature.
      expect(tally.INVALID).toBeGreaterThan(offsets.length * 0.8);
    });
  }

  test("the first of two signatures, after the second is made: never valid, whatever the second says", async () => {
    const { pdf: first } = await signPdf(world, OPTIONS);
    const covered = coveredOffsets(first);
    const { pdf } = await signPdf(world, { ...OPTIONS, pdf: first });
    expect((await verify(pdf))?.verdict).toBe("VALID");
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...covered), fc.nat(7), async (offset, bit) => {
        const verification = await verify(flipBit(pdf, 8 * offset + bit));
        expect(verification?.verdict ?? "INVALID").not.toMatch(/^(VALID|CANNOT_TELL)$/);
        for (const { verdict } of verification?.signatures ?? []) expect(verdict).toBe("INVALID");
      }),
      { numRuns: RUNS },
    );
  });
});

describe("octets that are not covered", () => {
  test("a changed octet in the message: never valid with another signer or time, and no exception", async () => {
    const { pdf } = await signPdf(world, OPTIONS);
    const before = await verify(pdf);
    const covered = new Set(coveredOffsets(pdf));
    const open = Array.from(pdf, (_, offset) => offset).filter((offset) => !covered.has(offset));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...open), fc.nat(7), async (offset, bit) => {
        const after = await verify(flipBit(pdf, 8 * offset + bit));
        if (after?.verdict !== "VALID") return;
        // The timestamp may be lost; it never becomes another one.
        const [own, other] = [before?.signatures[0]?.sevenFields, after.signatures[0]?.sevenFields];
        expect([own?.signingTime.proven, null]).toContain(other?.signingTime.proven);
        expect({ ...other, signingTime: own?.signingTime }).toEqual(own);
        expect(after.signatures[0]?.chain).toEqual(before?.signatures[0]?.chain);
      }),
      { numRuns: RUNS },
    );
  });

  test("anything but white space behind the end: no longer valid", async () => {
    const { pdf } = await signPdf(world, OPTIONS);
    const behind = async (text: string) => (await verify(concat(pdf, new TextEncoder().encode(text))))?.verdict;
    expect(await behind("\n")).toBe("VALID");
    expect(await behind("\0\0\0\0")).toBe("VALID");
    for (const text of ["x", "\n%%EOF\n", "\n9 0 obj\n<<>>\nendobj\n", "%"])
      expect(await behind(text)).not.toBe("VALID");
  });

  test("a document timestamp that was moved or changed proves nothing", async () => {
    const oneTime = newParty(world, { issuer: ca, notAfter: world.now + 60_000 });
    const { pdf: signed } = await signPdf(world, { ...OPTIONS, signer: oneTime, level: "B-B" });
    const pdf = await addDocumentTimestamp(world, signed, { tsa });
    expect((await verify(pdf))?.verdict).toBe("VALID");
    const covered = coveredOffsets(pdf).filter((offset) => offset > signed.length);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...covered), fc.nat(7), async (offset, bit) => {
        const after = await verify(flipBit(pdf, 8 * offset + bit));
        expect(after?.verdict).not.toBe("VALID");
      }),
      { numRuns: RUNS },
    );
  });
});

test("any file at all: an answer or a refusal with a code", async () => {
  const { pdf } = await signPdf(world, { level: "B-LTA", reserve: 6000 });
  await fc.assert(
    fc.asyncProperty(mutations(pdf), async (changed) => {
      const verification = await verify(changed);
      if (verification !== undefined) expect(JSON.parse(JSON.stringify(verification))).toEqual(verification);
    }),
    { numRuns: RUNS },
  );
});
