import { generateKeyPairSync, sign } from "node:crypto";
import { CryptoKeySigner, PDF } from "@libpdf/core";
import { assembleCertificate, certificateTbs } from "../../lib/x509/issue.ts";
import { rootProfile } from "../../lib/x509/profiles.ts";

const ECDSA = { name: "ECDSA", namedCurve: "P-256" } as const;

/** Signs a PDF with software that is not ours, under a certificate that nobody knows. */
export async function signedByOther(pdf: Uint8Array): Promise<Uint8Array> {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const now = Date.now();
  const tbs = certificateTbs(
    rootProfile({
      serial: Uint8Array.of(7),
      name: { commonName: "Somebody else", organization: "Elsewhere", country: "VN", demo: true },
      spki: new Uint8Array(publicKey.export({ type: "spki", format: "der" })),
      notBefore: now - 60_000,
      notAfter: now + 86_400_000,
    }),
  );
  const certificate = assembleCertificate(tbs, sign("sha256", tbs, privateKey));
  const pkcs8 = new Uint8Array(privateKey.export({ type: "pkcs8", format: "der" }));
  const key = await crypto.subtle.importKey("pkcs8", pkcs8, ECDSA, false, ["sign"]);
  const document = await PDF.load(pdf);
  return (await document.sign({ signer: new CryptoKeySigner(key, certificate, "EC", "ECDSA") })).bytes;
}
