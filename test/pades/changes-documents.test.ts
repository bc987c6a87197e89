import { describe, expect, test } from "vitest";
import { concat } from "../../lib/bytes/bytes.ts";
import { appendDss } from "../../lib/pades/append-dss.ts";
import { embedSignature, prepareSignature } from "../../lib/pades/prepare.ts";
import { prepareTimestamp } from "../../lib/pades/prepare-timestamp.ts";
import { documents } from "../e2e/documents.ts";
import { changesOf } from "../worlds/hostile-pdf.ts";

const CMS = Uint8Array.of(1, 2, 3);

describe("files of all kinds of programs: what we add behind a signature is permitted, and nothing else is seen", () => {
  for (const { name, bytes, refused } of documents()) {
    if (refused !== undefined) continue;
    test(name, () => {
      let pdf: Uint8Array = bytes;
      for (const fieldId of ["a", "b"])
        pdf = concat(pdf, embedSignature(prepareSignature(pdf, { claimedTime: 0, offsetMinutes: 420, fieldId }), CMS));
      pdf = concat(pdf, appendDss(pdf, { certificates: [CMS], crls: [], ocsps: [] }));
      pdf = concat(pdf, embedSignature(prepareTimestamp(pdf, { fieldId: "t" }), CMS));
      const { result, items } = changesOf(pdf, "Signature-a");
      expect(items.map(({ code }) => code)).toEqual(["signature_added", "validation_data_added", "timestamp_added"]);
      expect(result).toBe("permitted");
      expect(changesOf(pdf, "Signature-b").result).toBe("permitted");
    });
  }
});
