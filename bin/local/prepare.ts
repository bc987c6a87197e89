import { documentClient } from "../../lib/aws/clients.ts";
import { ensureTable } from "../../lib/aws/ensure-table.ts";
import { KEY_ALIASES } from "../../lib/aws/environment.ts";
import { kmsClient } from "../../lib/aws/kms-client.ts";
import { ensureKmsKey } from "../../lib/aws/kms-create.ts";
import { pkiStore } from "../../lib/aws/pki.ts";
import { Fault } from "../../lib/fault/fault.ts";
import { NO_REPORT_SEAL } from "../../lib/text/report.ts";
import { addReport, publishCa } from "../motlan/publish-ca.ts";

/** What the stack and the operator's ceremony do on AWS; each step does nothing where it was done before. */
export async function prepare(table: string, publicUrl: string, caDirectory: string): Promise<void> {
  const store = documentClient();
  const kms = kmsClient();
  await Promise.all([
    ensureTable(store, table),
    ...Object.values(KEY_ALIASES).map((alias) =>
      ensureKmsKey(kms, alias, alias === KEY_ALIASES.pairwise ? "mac" : "signing"),
    ),
  ]);
  const published = await pkiStore(store, table).read();
  if (published !== undefined)
    return published.report === undefined ? addSeal(table, publicUrl, caDirectory) : undefined;
  await publishCa({
    directory: caDirectory,
    table,
    publicUrl,
    organisation: "Ký Một Lần",
    signatureClass: "OTHER_CONFIRMATION",
    demo: true,
  });
}

/** Data from before there were sealed reports; everything else works without. */
async function addSeal(table: string, publicUrl: string, directory: string): Promise<void> {
  try {
    await addReport({ directory, table, publicUrl });
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    console.warn(NO_REPORT_SEAL.replaceAll("{why}", `${error.code}: ${error.message}`));
  }
}
