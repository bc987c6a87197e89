import { describe, expect, test } from "vitest";
import { prepareSignature } from "../../lib/pades/prepare.ts";
import { buildPdf, ONE_PAGE } from "../pdf/build.ts";
import { OPTIONS } from "./signer.ts";

/** A file with a field that is signed (object 5) and what the catalog, the field and the signature say further. */
const file = ({ catalog = "", field = "", signature = "", value = "/V 5 0 R" }): Uint8Array =>
  buildPdf({
    objects: {
      ...ONE_PAGE,
      1: `<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[4 0 R]/SigFlags 3>>${catalog}>>`,
      4: `<</T(s)/FT/Sig${value}${field}>>`,
      5: `<</Type/Sig/ByteRange[0 1 2 3]/Contents<00>${signature}>>`,
    },
  });

const reference = (method: string, parameters: string): string =>
  `/Reference[<</Type/SigRef/TransformMethod/${method}/TransformParams<<${parameters}>>>>]`;
const outcome = (pdf: Uint8Array): string => {
  try {
    prepareSignature(pdf, OPTIONS);
    return "signed";
  } catch (error) {
    return (error as { code: string }).code;
  }
};
const LOCKED = "pdf_locked_by_signature";

describe("what earlier signers allowed (ISO 32000-2 §12.8.2)", () => {
  test.each([
    ["an approval", {}, "signed"],
    [
      "a certification without changes",
      { catalog: "/Perms<</DocMDP 5 0 R>>", signature: reference("DocMDP", "/P 1") },
      LOCKED,
    ],
    [
      "the same, without a field that leads to it",
      { catalog: "/Perms<</DocMDP 5 0 R>>", signature: reference("DocMDP", "/P 1"), value: "" },
      LOCKED,
    ],
    ["the same, without the catalog's word for it", { signature: reference("DocMDP", "/P 1") }, LOCKED],
    [
      "a certification that allows filling in and signing",
      { catalog: "/Perms<</DocMDP 5 0 R>>", signature: reference("DocMDP", "/P 2") },
      "signed",
    ],
    [
      "a certification that allows annotations too",
      { catalog: "/Perms<</DocMDP 5 0 R>>", signature: reference("DocMDP", "/P 3") },
      "signed",
    ],
    [
      "a certification that does not say (2 is meant)",
      { catalog: "/Perms<</DocMDP 5 0 R>>", signature: reference("DocMDP", "") },
      "signed",
    ],
    ["a lock on the document", { field: "/Lock<</Type/SigFieldLock/Action/Include/Fields[(x)]/P 1>>" }, LOCKED],
    [
      "a lock that allows filling in",
      { field: "/Lock<</Type/SigFieldLock/Action/Include/Fields[(x)]/P 2>>" },
      "signed",
    ],
    ["a lock on some fields", { signature: reference("FieldMDP", "/Action/Include/Fields[(x)]") }, "signed"],
    ["a lock on all fields", { signature: reference("FieldMDP", "/Action/All") }, LOCKED],
    ["a lock on all fields but some", { signature: reference("FieldMDP", "/Action/Exclude/Fields[(x)]") }, LOCKED],
    ["a lock on all fields, told by the field only", { field: "/Lock<</Action/All>>" }, LOCKED],
    ["a lock of a field that is not signed yet", { field: "/Lock<</Action/All/P 1>>", value: "" }, "signed"],
    [
      "references of a wrong type",
      { signature: "/Reference[7 <</TransformMethod/DocMDP/TransformParams[]>> null]" },
      "signed",
    ],
  ])("%s", (_, parts, expected) => expect(outcome(file(parts))).toBe(expected));
});
