import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DEFAULT_POLICY } from "../../lib/validate/policy.ts";
import { verifyPdf } from "../../lib/verify/verify-pdf.ts";
import { judge } from "../judges/judge.ts";
import { pdfsig, type TrustStore, trustStore } from "../judges/pdfsig.ts";
import { pyhankoValidate } from "../judges/pyhanko.ts";
import { flipBit } from "../worlds/mutate.ts";
import { type PadesOptions, signPdf } from "../worlds/pades.ts";
import { newCa, newParty, newTsa } from "../worlds/parties.ts";
import { trusted } from "../worlds/trusted.ts";
import { newWorld } from "../worlds/world.ts";

const world = await newWorld();
const anchors = [trusted(world.root.certificate)];
const [ca, tsa] = [newCa(world), newTsa(world)];
const signer = newParty(world, { issuer: ca });
const at = world.now + 86_400_000;
const PLAIN: PadesOptions = { signer, tsa, chain: [ca.certificate.raw] };

const FILES: Readonly<Record<string, PadesOptions>> = {
  "B-B": { ...PLAIN, level: "B-B" },
  "B-T": PLAIN,
  "B-LT": { ...PLAIN, level: "B-LT" },
  "B-LTA": { ...PLAIN, level: "B-LTA" },
  RSA: { ...PLAIN, signer: newParty(world, { issuer: ca, key: "rsa" }) },
  "adbe.pkcs7.detached": { ...PLAIN, subFilter: "adbe.pkcs7.detached", level: "B-B" },
  "a certification": { ...PLAIN, certify: 2 },
};

async function ours(pdf: Uint8Array) {
  const { verification } = await verifyPdf(pdf, { anchors, at, policy: DEFAULT_POLICY });
  return verification;
}

describe.skipIf(!judge("pdfsig", "poppler agrees about signatures") || !judge("certutil", "same"))("poppler", () => {
  let store: TrustStore;
  beforeAll(async () => {
    store = await trustStore([world.root.certificate.raw]);
  });
  afterAll(() => store.close());

  for (const [name, options] of Object.entries(FILES)) {
    test(`agrees that ${name} is intact, covers what we say, and is not after a change`, async () => {
      const { pdf } = await signPdf(world, options);
      const [here, [there]] = [await ours(pdf), await pdfsig(pdf, store)];
      expect(here.verdict).toBe("VALID");
      expect(there).toMatchObject({
        signature: "Signature is Valid.",
        totalDocument: here.signatures[0]?.coverage === "whole-file",
      });
      const changed = flipBit(pdf, 8 * 20 + 3);
      expect((await ours(changed)).signatures[0]?.integrity).toBe("broken");
      expect((await pdfsig(changed, store))[0]?.signature).not.toBe("Signature is Valid.");
    });
  }
});

describe.skipIf(!judge("pyhanko", "pyHanko agrees about signatures"))("pyHanko", () => {
  for (const [name, options] of Object.entries(FILES).slice(0, 5)) {
    test(`accepts ${name} as we do`, async () => {
      const { pdf } = await signPdf(world, options);
      expect((await ours(pdf)).verdict).toBe("VALID");
      const verdict = await pyhankoValidate(pdf, world.root.certificate.raw, world.now + 1000);
      expect(verdict.accepted, verdict.report).toBe(true);
    });
  }
});
