import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ask, pem, withFiles } from "./judge.ts";

/** What poppler says about one signature, in its own words. */
export type PdfsigSignature = {
  readonly field: string;
  readonly signer: string;
  readonly type: string;
  /** "Signature is Valid." where the octets and the CMS agree. */
  readonly signature: string;
  /**
   * "Certificate is Trusted." where the chain leads to a root in the store and the certificate may sign e-mail (NSS knows
   * no usage for documents); "Certificate has Expired" ten minutes later.
   */
  readonly certificate: string;
  /** The byte range ends where the file ends. */
  readonly totalDocument: boolean;
};

/** Roots that pdfsig may trust, in an NSS database of their own. */
export type TrustStore = { readonly folder: string; close(): void };

export async function trustStore(roots: readonly Uint8Array[]): Promise<TrustStore> {
  const folder = mkdtempSync(join(tmpdir(), "motlan-nss-"));
  const db = `sql:${folder}`;
  await must(ask("certutil", ["-N", "-d", db, "--empty-password"]));
  for (const [index, root] of roots.entries()) {
    await withFiles({ root: pem(root) }, (path) =>
      must(ask("certutil", ["-A", "-d", db, "-n", `root ${index}`, "-t", "C,C,C", "-a", "-i", path.root])),
    );
  }
  return { folder, close: () => rmSync(folder, { recursive: true, force: true }) };
}

/**
 * @param ocsp whether the responder named in the certificate may be asked; without it poppler never says "Trusted"
 *   (22.12 then takes NSS's strictest policy), only that the signature is valid
 * @returns one entry a signature, in the order of the form; fields that nobody has signed are left out
 */
export function pdfsig(pdf: Uint8Array, store: TrustStore, { ocsp = false } = {}): Promise<PdfsigSignature[]> {
  return withFiles({ "signed.pdf": pdf }, async (path) => {
    const args = ["-nssdir", store.folder, path["signed.pdf"]];
    const { out } = await ask("pdfsig", ocsp ? args : ["-no-ocsp", ...args]);
    return out
      .split(/^Signature #\d+:$/m)
      .slice(1)
      .map(readEntry)
      .filter(({ signature }) => signature !== "");
  });
}

function readEntry(entry: string): PdfsigSignature {
  const value = (label: string) => new RegExp(`^ +- ${label}: (.*)$`, "m").exec(entry)?.[1] ?? "";
  return {
    field: value("Signature Field Name"),
    signer: value("Signer Certificate Common Name"),
    type: value("Signature Type"),
    signature: value("Signature Validation"),
    certificate: value("Certificate Validation"),
    totalDocument: /^ +- Total document signed$/m.test(entry),
  };
}

async function must(verdict: ReturnType<typeof ask>): Promise<void> {
  const { status, err } = await verdict;
  if (status !== 0) throw new Error(`certutil: ${err}`);
}
