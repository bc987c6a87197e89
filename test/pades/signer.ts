import { readFileSync } from "node:fs";
import { concat } from "../../lib/bytes/bytes.ts";
import { embedSignature, type Prepared, type PrepareOptions, prepareSignature } from "../../lib/pades/prepare.ts";
import { ask, withFiles } from "../judges/judge.ts";

/** A key that nobody needs to trust: these tests are about the file around the CMS. */
export type ThrowawaySigner = { readonly certificate: string; readonly key: string };

export const OPTIONS: PrepareOptions = {
  fieldId: "Rk9PQkFS_-0123456789ab",
  claimedTime: Date.UTC(2026, 10, 25, 3, 15, 9),
  offsetMinutes: 420,
  name: "Nguyễn Thị An",
  reason: "Ký đơn (mẫu \\ 01)",
  location: "Ha Noi",
};

/** Made by OpenSSL, which knows nothing of our code. */
export function throwawaySigner(): Promise<ThrowawaySigner> {
  return withFiles({}, async (_, folder) => {
    const [key, certificate] = [`${folder}/key.pem`, `${folder}/certificate.pem`];
    const made = await ask("openssl", [
      ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"],
      ...["-subj", "/CN=Throwaway signer", "-keyout", key, "-out", certificate],
    ]);
    if (made.status !== 0) throw new Error(made.err);
    return { key: readFileSync(key, "utf8"), certificate: readFileSync(certificate, "utf8") };
  });
}

/** Prepares, lets OpenSSL sign the two ranges, embeds. @returns the signed file */
export async function sign(
  pdf: Uint8Array,
  signer: ThrowawaySigner,
  options: PrepareOptions = OPTIONS,
): Promise<Uint8Array> {
  return signPrepared(pdf, prepareSignature(pdf, options), signer);
}

export async function signPrepared(pdf: Uint8Array, prepared: Prepared, signer: ThrowawaySigner): Promise<Uint8Array> {
  const [from, length, from2, length2] = prepared.byteRange;
  const whole = concat(pdf, prepared.appended);
  const covered = concat(whole.subarray(from, from + length), whole.subarray(from2, from2 + length2));
  const cms = await withFiles({ covered, ...signer }, async (paths, folder) => {
    const out = `${folder}/out.der`;
    const { status, err } = await ask("openssl", [
      ...["cms", "-sign", "-binary", "-cades", "-md", "sha256", "-outform", "DER", "-in", paths.covered],
      ...["-signer", paths.certificate, "-inkey", paths.key, "-out", out],
    ]);
    if (status !== 0) throw new Error(err);
    return new Uint8Array(readFileSync(out));
  });
  return concat(pdf, embedSignature(prepared, cms));
}

/** What pdfsig makes of a file: how many signatures verify, and how many cover all of it. */
export async function askPdfsig(
  pdf: Uint8Array,
): Promise<{ readonly valid: number; readonly total: number; readonly text: string }> {
  return withFiles({ "signed.pdf": pdf }, async (paths) => {
    const { out, err } = await ask("pdfsig", ["-nocert", paths["signed.pdf"]]);
    const count = (what: string): number => out.split(what).length - 1;
    return { valid: count("Signature is Valid."), total: count("Total document signed"), text: out + err };
  });
}

/** Exit status of `qpdf --check`: 0 sound, 3 warnings, 2 errors. */
export async function askQpdf(pdf: Uint8Array): Promise<number> {
  return withFiles({ "file.pdf": pdf }, async (paths) => (await ask("qpdf", ["--check", paths["file.pdf"]])).status);
}
