import { expect, test } from "vitest";
import { changesSince } from "../../lib/pades/changes/changes.ts";
import { signaturesIn } from "../../lib/pades/find.ts";
import { withDocument } from "../../lib/pdf/open.ts";
import { addDocumentTimestamp, addDss, contentsOf, materialFor, signPdf } from "../worlds/pades.ts";
import { newWorld } from "../worlds/world.ts";

const world = await newWorld({ seed: "pades/changes-store" });

const firstOf = (pdf: Uint8Array) =>
  withDocument(pdf, (doc) => {
    const [signature] = signaturesIn(doc);
    if (signature === undefined) throw new Error("no signature");
    return changesSince(doc, signature);
  });

test("a store that is renewed again and again stays permitted: new material, new entries for older signatures", async () => {
  const { pdf, signer, fieldName, cms } = await signPdf(world, { level: "B-LTA" });
  let archived = pdf;
  for (let year = 1; year <= 3; year++) {
    const more = await materialFor(world, signer, { at: world.now + year * 1000, form: "both" });
    // An entry for the signature, and one that is new each time.
    const entries = [contentsOf(archived, fieldName), cms.subarray(0, 100 + year)];
    archived = addDss(archived, { ...more, vri: entries.map((contents) => ({ contents, ...more })) });
    archived = await addDocumentTimestamp(world, archived, { at: world.now + year * 1000 });
    const { result, items } = firstOf(archived);
    expect(items.filter(({ permitted }) => !permitted)).toEqual([]);
    expect(result).toBe("permitted");
  }
});
