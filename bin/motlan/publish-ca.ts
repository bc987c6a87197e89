import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { documentClient } from "../../lib/aws/clients.ts";
import { KEY_ALIASES } from "../../lib/aws/environment.ts";
import { kmsPublicKey, kmsSigner } from "../../lib/aws/kms.ts";
import { kmsClient } from "../../lib/aws/kms-client.ts";
import { pkiStore } from "../../lib/aws/pki.ts";
import { clock, random } from "../../lib/aws/runtime.ts";
import { Fault } from "../../lib/fault/fault.ts";
import { initCa } from "../../lib/service/ca-init.ts";
import type { Pki, SignatureClass } from "../../lib/service/pki.ts";
import { certificateUrls } from "../../lib/service/urls.ts";
import { toPem } from "../../lib/x509/pem.ts";
import { rootKey } from "./root-key.ts";

export type PublishOptions = {
  /** Where root key and certificates are kept. */
  readonly directory: string;
  readonly passphrase?: string | undefined;
  readonly table: string;
  readonly publicUrl: string;
  readonly organisation: string;
  readonly signatureClass: SignatureClass;
  readonly demo: boolean;
};

/**
 * The ceremony: root key (kept where it is found), certificates for the keys in KMS, files, publication. The last step is
 * one conditional write: whatever fails before it leaves a service that is not initialised, and running it again is safe.
 *
 * @throws Fault `ca_exists`, `key_unavailable`, `store_unavailable`
 */
export async function publishCa(options: PublishOptions): Promise<Pki> {
  const store = pkiStore(documentClient(), options.table);
  if ((await store.read()) !== undefined) throw new Fault("ca_exists", "certificates are published in this table");
  const kms = kmsClient();
  const [issuingCa, tsa, ocsp] = await Promise.all(
    [KEY_ALIASES.issuingCa, KEY_ALIASES.tsa, KEY_ALIASES.ocsp].map((alias) => kmsPublicKey(kms, alias)),
  );
  if (!issuingCa || !tsa || !ocsp) throw new TypeError("three keys were asked for");
  const pki = await initCa(
    {
      root: rootKey(options.directory, options.passphrase),
      issuingCa: { spki: issuingCa, signer: kmsSigner(kms, KEY_ALIASES.issuingCa) },
      tsa: { spki: tsa },
      ocsp: { spki: ocsp },
      organisation: options.organisation,
      signatureClass: options.signatureClass,
      demo: options.demo,
      urls: certificateUrls(options.publicUrl),
    },
    clock,
    random,
  );
  writeCertificates(options.directory, pki);
  if (!(await store.publish(pki))) throw new Fault("ca_exists", "another ceremony published first");
  return pki;
}

function writeCertificates(directory: string, pki: Pki): void {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  for (const name of ["root", "issuingCa", "tsa", "ocsp"] as const)
    writeFileSync(join(directory, `${name}.pem`), toPem("CERTIFICATE", pki[name].raw), { mode: 0o644 });
}
