import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Pki } from "../../lib/service/pki.ts";
import { serviceAnchors } from "../../lib/service/service-anchors.ts";
import { writeTrustProfile } from "../../lib/trust/profile.ts";
import { bareAnchor } from "../../lib/trust/read-anchors.ts";
import { newWorld } from "../worlds/world.ts";

let folder: string;
let pki: Pki;
let other: Pki["root"];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "motlan-anchors-"));
  const world = await newWorld({ seed: "anchors" });
  const certificates = Object.fromEntries(
    (["root", "issuingCa", "tsa", "ocsp"] as const).map((role) => [role, world[role].certificate]),
  ) as Pick<Pki, "root" | "issuingCa" | "tsa" | "ocsp">;
  pki = { ...certificates, signatureClass: "DEDICATED", demo: true };
  other = (await newWorld({ seed: "other anchors" })).root.certificate;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const anchors = (trustFile?: string) =>
  serviceAnchors({ pki: async () => pki }, { trustFile, publicUrl: "https://ky.example" })();
function file(text: string): string {
  const path = join(folder, "trust.json");
  writeFileSync(path, text);
  return path;
}

test("the service trusts its own root, in the class that it signs in, as a test where it is one", async () => {
  expect(await anchors()).toEqual([
    {
      certificate: pki.root,
      class: "DEDICATED",
      source: "https://ky.example/pki/root.cer",
      managingUnit: "Test",
      test: true,
      uses: ["signature", "timestamp"],
    },
  ]);
});

test("and what the operator's profile says, which decides where it speaks of the same root", async () => {
  const told = [
    bareAnchor(other, "gazette"),
    { ...bareAnchor(pki.root, "gazette"), class: "DEDICATED_SECURED" as const },
  ];
  const found = await anchors(file(writeTrustProfile(told)));
  expect(found.map((anchor) => anchor.class).sort()).toEqual(["DEDICATED_SECURED", "OTHER_CONFIRMATION"]);
});

test("a profile that cannot be read stops the service instead of trusting less than it was told", () => {
  expect(() => anchors(file("{}"))).toThrow(expect.objectContaining({ code: "trust_malformed" }));
  expect(() => anchors(join(folder, "missing.json"))).toThrow();
});
