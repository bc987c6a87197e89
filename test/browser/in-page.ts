import type { Page } from "playwright-core";
import { Fault } from "../../lib/fault/fault.ts";
import { DEFAULT_POLICY } from "../../lib/validate/policy.ts";
import { verifyPdf } from "../../lib/verify/verify-pdf.ts";
import type { FileCase } from "./files.ts";

type Answer = { readonly verification: unknown; readonly facts: unknown } | { readonly code: string };

const base64 = (octets: Uint8Array): string => Buffer.from(octets).toString("base64");

/** The answer of this code in Node, as JSON has it. */
export async function inNode({ pdf, anchors, at, crls = [] }: FileCase): Promise<Answer> {
  try {
    const { verification, facts } = await verifyPdf(pdf, { anchors, at, crls, policy: DEFAULT_POLICY });
    return JSON.parse(JSON.stringify({ verification, facts }));
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { code: error.code };
  }
}

/** The answer of the page's. */
export function inPage(page: Page, { pdf, anchors, at, crls = [] }: FileCase): Promise<Answer> {
  const input = {
    pdf: base64(pdf),
    at,
    crls: crls.map(base64),
    anchors: anchors.map(({ certificate, ...anchor }) => ({ ...anchor, certificate: base64(certificate.raw) })),
  };
  return page.evaluate(async (given) => {
    const {
      verifyPdf: verify,
      parseCertificate,
      DEFAULT_POLICY: policy,
    } = (globalThis as unknown as WithVerifier).exported;
    const octets = (text: string) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
    const trust = given.anchors.map((anchor) => ({
      ...anchor,
      certificate: parseCertificate(octets(anchor.certificate)),
    }));
    try {
      const options = { anchors: trust, at: given.at, crls: given.crls.map(octets), policy };
      const { verification, facts } = await verify(octets(given.pdf), options);
      return { verification, facts };
    } catch (error) {
      const { code } = error as { code?: unknown };
      if (typeof code !== "string") throw error;
      return { code };
    }
  }, input);
}

export type WithVerifier = { readonly exported: typeof import("./verifier.ts") };
