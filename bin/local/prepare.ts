import { documentClient } from "../../lib/aws/clients.ts";
import { KEY_ALIASES } from "../../lib/aws/environment.ts";
import { kmsClient } from "../../lib/aws/kms-client.ts";
import { ensureKmsKey } from "../../lib/aws/kms-create.ts";
import { pkiStore } from "../../lib/aws/pki.ts";
import { ensureTable } from "../../lib/aws/table.ts";
import { publishCa } from "../motlan/publish-ca.ts";

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
  if ((await pkiStore(store, table).read()) !== undefined) return;
  await publishCa({
    directory: caDirectory,
    table,
    publicUrl,
    organisation: "Ký Một Lần",
    signatureClass: "OTHER_CONFIRMATION",
    demo: true,
  });
}
