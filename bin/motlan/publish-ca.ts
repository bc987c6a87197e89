import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { documentClient } from "../../lib/aws/clients.ts";
import { KEY_ALIASES } from "../../lib/aws/environment.ts";
import { kmsPublicKey, kmsSigner } from "../../lib/aws/kms.ts";
import { kmsClient } from "../../lib/aws/kms-client.ts";
import { pkiStore } from "../../lib/aws/pki.ts";
import { clock, random } from "../../lib/aws/runtime.ts";
import { Fault } from "../../lib/fault/fault.ts";
import { certifyReport, initCa } from "../../lib/service/ca-init.ts";
import type { Pki } from "../../lib/service/pki.ts";
import { certificateUrls } from "../../lib/service/urls.ts";
import type { SignatureClass } from "../../lib/trust/signature-class.ts";
import type { Certificate } from "../../lib/x509/certificate.ts";
import { toPem } from "../../lib/x509/pem.ts";
import { existingRootKey, rootKey } from "./root-key.ts";

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
  const [issuingCa, tsa, ocsp, report] = await Promise.all(
    [KEY_ALIASES.issuingCa, KEY_ALIASES.tsa, KEY_ALIASES.ocsp, KEY_ALIASES.report].map((alias) =>
      kmsPublicKey(kms, alias),
    ),
  );
  if (!issuingCa || !tsa || !ocsp || !report) throw new TypeError("four keys were asked for");
  const pki = await initCa(
    {
      root: rootKey(options.directory, options.passphrase),
      issuingCa: { spki: issuingCa, signer: kmsSigner(kms, KEY_ALIASES.issuingCa) },
      tsa: { spki: tsa },
      ocsp: { spki: ocsp },
      report: { spki: report },
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

export type AddReportOptions = Pick<PublishOptions, "directory" | "passphrase" | "table" | "publicUrl">;

/**
 * The ceremony's supplement for an installation from before there were sealed reports: the root certifies the report key. Doing it
 * again changes nothing.
 *
 * @throws Fault `ca_not_initialised`, `root_key_mismatch`, `file_unreadable`, `key_unavailable`, `store_unavailable`
 */
export async function addReport(options: AddReportOptions): Promise<Certificate> {
  const { directory, passphrase, table, publicUrl } = options;
  const store = pkiStore(documentClient(), table);
  const pki = await store.read();
  if (pki === undefined) throw new Fault("ca_not_initialised", "there is nothing to add to: run ca init");
  if (pki.report !== undefined) return pki.report;
  const spki = await kmsPublicKey(kmsClient(), KEY_ALIASES.report);
  const urls = certificateUrls(publicUrl);
  const root = existingRootKey(directory, passphrase);
  const certificate = await certifyReport(pki, { root, report: { spki }, urls }, clock, random);
  if (await store.addReport(certificate)) {
    writeCertificate(directory, "report", certificate);
    return certificate;
  }
  // Somebody else was faster: theirs counts.
  const published = (await store.read())?.report;
  if (published === undefined) throw new Fault("store_unavailable", "the certificate was not kept");
  return published;
}

function writeCertificates(directory: string, pki: Pki): void {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  for (const name of ["root", "issuingCa", "tsa", "ocsp", "report"] as const) {
    const certificate = pki[name];
    if (certificate !== undefined) writeCertificate(directory, name, certificate);
  }
}

function writeCertificate(directory: string, name: string, certificate: Certificate): void {
  writeFileSync(join(directory, `${name}.pem`), toPem("CERTIFICATE", certificate.raw), { mode: 0o644 });
}
