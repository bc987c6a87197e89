import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { digest } from "#crypto";
import { toBase64Url } from "../../lib/bytes/base64.ts";
import { Fault } from "../../lib/fault/fault.ts";
import { findSignatures } from "../../lib/pades/find.ts";
import type { Proof } from "../../lib/service/proof.ts";
import { client } from "./client.ts";
import type { Output } from "./output.ts";
import { recall } from "./state.ts";

export type ProofOptions = { readonly id: string; readonly server: string; readonly document?: string | undefined };

/** Fetches the proof of a signature with the owner secret that this machine keeps, or with the signed document. */
export async function proof({ id, server, document }: ProofOptions, out: Output): Promise<void> {
  const remembered = recall(id);
  if (document === undefined && remembered === undefined)
    throw new Fault("usage", "this machine did not sign it; give the signed file with --document");
  const headersList =
    document === undefined ? [{ "motlan-owner-secret": remembered?.ownerSecret ?? "" }] : digestsOf(document);
  let refused: unknown = new Fault("signature_not_found", "the file has no signature");
  for (const headers of headersList) {
    try {
      const found = await client(server)<Proof>("GET", `/v1/proofs/${encodeURIComponent(id)}`, { headers });
      out.result(found, [JSON.stringify(found, undefined, 2)]);
      return;
    } catch (error) {
      refused = error;
    }
  }
  throw refused;
}

/** One header a signature in the file: any of them may be the one that the proof is about. */
function digestsOf(document: string): Record<string, string>[] {
  let pdf: Uint8Array;
  try {
    pdf = new Uint8Array(readFileSync(document));
  } catch (cause) {
    throw new Fault("file_unreadable", `cannot read ${basename(document)}`, { cause });
  }
  return findSignatures(pdf).flatMap(({ byteRange }) => {
    if (byteRange === undefined) return [];
    const [from, length, from2, length2] = byteRange;
    const hash = digest("SHA-256", pdf.subarray(from, from + length), pdf.subarray(from2, from2 + length2));
    return [{ "motlan-document-digest": toBase64Url(hash) }];
  });
}
