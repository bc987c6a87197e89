import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { PasskeyEvidence } from "../../lib/service/proof.ts";
import { verifiesAgain } from "./passkey-evidence.ts";

const page = readFileSync("docs/FORMATS.md", "utf8");

test("the worked example of docs/FORMATS.md verifies from its text alone, for the commitment of the example before it and no other", () => {
  const [, commitment = ""] = /The commitment:\n\n```text\n(.*)\n```/.exec(page) ?? [];
  const [, json = ""] = /The evidence of a passkey[^`]*`[^`]*`[^`]*```json\n([\s\S]*?)\n```/.exec(page) ?? [];
  const evidence = JSON.parse(json) as PasskeyEvidence;
  expect(commitment).toHaveLength(43);
  expect(verifiesAgain(evidence, commitment)).toBe(true);
  expect(verifiesAgain(evidence, `A${commitment.slice(1)}`)).toBe(false);
  expect(verifiesAgain({ ...evidence, origin: "https://other.example" }, commitment)).toBe(false);
});
