import { describe, expect, test } from "vitest";
import { digest } from "#crypto";
import { coveringOf } from "../../lib/facts/covering.ts";
import { gatherFacts } from "../../lib/facts/gather.ts";
import type { FoundSignature } from "../../lib/pades/find.ts";
import { issueToken } from "../../lib/tsp/token.ts";
import { buildPdf, ONE_PAGE } from "../pdf/build.ts";
import { addDocumentTimestamp, onePage } from "../worlds/pades.ts";
import { signField } from "../worlds/pades-field.ts";
import { trusted } from "../worlds/trusted.ts";
import { newWorld } from "../worlds/world.ts";

const world = await newWorld();
const anchors = [trusted(world.root.certificate)];

/** Covers 0 … 1000 but for 400 … 600. */
const STAMP = {
  byteRange: [0, 400, 600, 400],
  contentsRange: [400, 600],
  problems: [],
} as unknown as FoundSignature;

function signature(from: number, to: number, end: number): FoundSignature {
  return { byteRange: [0, from, to, end - to], contentsRange: [from, to], problems: [] } as unknown as FoundSignature;
}

describe("a document timestamp", () => {
  const covering = coveringOf([STAMP]);

  test("covers a place in front of its value or behind it, up to its end", () => {
    for (const [from, to] of [
      [0, 400],
      [600, 1000],
      [0, 1],
      [999, 1000],
    ] as const)
      expect(covering.place(from, to)).toEqual([0]);
    for (const [from, to] of [
      [399, 401],
      [599, 700],
      [400, 600],
      [900, 1001],
      [1000, 1001],
      [2000, 2001],
    ] as const)
      expect(covering.place(from, to)).toEqual([]);
  });

  test("covers a signature with its value and everything that it covers, and neither half of that alone", () => {
    expect(covering.signature(signature(100, 200, 300))).toEqual([0]);
    expect(covering.signature(signature(700, 800, 1000))).toEqual([0]);
    expect(covering.signature(signature(100, 200, 1001))).toEqual([]);
    expect(covering.signature(signature(900, 1001, 1001))).toEqual([]);
    expect(covering.signature(STAMP)).toEqual([]);
  });

  test("covers nothing where its ranges are of no use", () => {
    const broken = { ...STAMP, problems: ["gap_is_not_contents"] } as unknown as FoundSignature;
    expect(coveringOf([broken]).place(0, 1)).toEqual([]);
    expect(coveringOf([broken, STAMP]).place(0, 1)).toEqual([1]);
  });

  test("finds the certificate of its TSA in the store, or among those given", async () => {
    const field = { type: "DocTimeStamp", subFilter: "ETSI.RFC3161", claimedTime: null } as const;
    const { certificate, signer } = world.tsa;
    const bare = (covered: Uint8Array) =>
      issueToken(
        {
          ...{
            hash: "SHA-256",
            genTime: world.now,
            policy: "1.2.3",
            chain: [],
            includeCertificates: false,
            certificate,
          },
          imprint: digest("SHA-256", covered),
          serial: Uint8Array.of(1),
        },
        signer,
      );
    const { pdf } = await signField(onePage(), field, bare);
    const alone = await gatherFacts(pdf, { anchors });
    expect(alone.documentTimestamps).toMatchObject([{ timestamp: { signer: { signature: "no-certificate" } } }]);
    const whole = await gatherFacts(await addDocumentTimestamp(world, onePage()), { anchors });
    expect(whole.documentTimestamps).toMatchObject([
      { timestamp: { imprint: "match", signer: { signature: "valid" } } },
    ]);
    const given = await gatherFacts(pdf, { anchors, certificates: [world.tsa.certificate.raw] });
    expect(given.documentTimestamps).toMatchObject([{ timestamp: { signer: { signature: "valid" } } }]);
  });
});

describe("how many are looked at", () => {
  const fields = (count: number, subFilter: string) => {
    const kids = Array.from({ length: count }, (_, i) => [5 + i, `<</FT/Sig/T(${i})/V<</SubFilter/${subFilter}>>>>`]);
    const names = kids.map(([number]) => `${number} 0 R`).join(" ");
    const form = { 1: "<</Type/Catalog/Pages 2 0 R/AcroForm 4 0 R>>", 4: `<</Fields[${names}]>>` };
    return buildPdf({ objects: { ...ONE_PAGE, ...form, ...Object.fromEntries(kids) } });
  };

  test("a thousand signatures, and not one more", async () => {
    const { signatures } = await gatherFacts(fields(1000, "adbe.pkcs7.detached"), { anchors });
    expect(signatures).toHaveLength(1000);
    await expect(gatherFacts(fields(1001, "adbe.pkcs7.detached"), { anchors })).rejects.toMatchObject({
      code: "pdf_limit",
    });
  });

  test("a hundred and twenty-eight document timestamps, and not one more", async () => {
    const { documentTimestamps } = await gatherFacts(fields(128, "ETSI.RFC3161"), { anchors });
    expect(documentTimestamps).toHaveLength(128);
    await expect(gatherFacts(fields(129, "ETSI.RFC3161"), { anchors })).rejects.toMatchObject({ code: "pdf_limit" });
  });
});
