// Signed by others: @libpdf/core with a throwaway key in throwaway.p12 (password "throwaway"), over files that are already there.
// openssl req -x509 -newkey rsa:2048 -nodes -days 3650 -subj "/CN=Throwaway libpdf signer" -keyout key.pem -out certificate.pem
// openssl pkcs12 -export -inkey key.pem -in certificate.pem -passout pass:throwaway -out throwaway.p12
import { readFileSync, writeFileSync } from "node:fs";
import { P12Signer, PDF } from "@libpdf/core";

const out = process.argv[2];
const signer = await P12Signer.create(readFileSync("throwaway.p12"), "throwaway");
const pdf = await PDF.load(readFileSync(`${out}/pdf-lib-objstm-acroform.pdf`));
const { bytes } = await pdf.sign({ signer, reason: "Thử nghiệm", level: "B-B" });
writeFileSync(`${out}/libpdf-signed.pdf`, bytes);
