import { digest } from "#crypto";
import { toHex } from "../../lib/bytes/hex.ts";
import { Fault } from "../../lib/fault/fault.ts";
import { SIGNATURE_CLASSES, type SignatureClass } from "../../lib/trust/signature-class.ts";
import type { Certificate } from "../../lib/x509/certificate.ts";
import { formatName } from "../../lib/x509/name.ts";
import { isNameText } from "../../lib/x509/write-name.ts";
import { client } from "./client.ts";
import type { Output } from "./output.ts";
import { addReport, publishCa } from "./publish-ca.ts";

export type CaOptions = {
  readonly server: string;
  readonly dir?: string | undefined;
  readonly table?: string | undefined;
  readonly "public-url"?: string | undefined;
  readonly organisation?: string | undefined;
  readonly class?: string | undefined;
  readonly "add-report": boolean;
  readonly demo: boolean;
};

export async function ca(action: string, options: CaOptions, out: Output): Promise<void> {
  if (action === "init") return init(options, out);
  if (action === "list") return list(options, out);
  throw new Fault("usage", "ca init, or ca list");
}

async function init(options: CaOptions, out: Output): Promise<void> {
  if (options["add-report"]) return addSeal(options, out);
  const { dir, table, organisation } = options;
  const publicUrl = options["public-url"];
  if (!dir || !table || !organisation || !publicUrl)
    throw new Fault("usage", "ca init needs --dir, --table, --public-url and --organisation");
  // "DEMO " before and " Issuing CA" behind it have to fit X.520's 64 characters of a common name.
  if ([...organisation].length > MAX_ORGANISATION || !isNameText(organisation))
    throw new Fault("usage", `--organisation is plain text of at most ${MAX_ORGANISATION} characters`);
  const pki = await publishCa({
    directory: dir,
    passphrase: process.env.MOTLAN_ROOT_PASSPHRASE,
    table,
    publicUrl: publicUrl.replace(/\/+$/, ""),
    organisation,
    signatureClass: classOf(options),
    demo: options.demo,
  });
  const { root, issuingCa, tsa, ocsp, report } = pki;
  const rows = Object.entries({ root, issuingCa, tsa, ocsp, report }).flatMap(([role, certificate]) =>
    certificate === undefined ? [] : [{ role, ...describe(certificate) }],
  );
  out.result({ directory: dir, certificates: rows }, [
    `Đã tạo CA; cất khoá gốc trong ${dir} ngoại tuyến. / The CA is made; keep the root key in ${dir} offline.`,
    ...rows.map((row) => `${row.role}: ${row.subject}\n  ${row.notBefore} – ${row.notAfter}\n  SHA-256 ${row.sha256}`),
  ]);
}

/** For an installation from before there were sealed reports; the names are those of its root. */
async function addSeal(options: CaOptions, out: Output): Promise<void> {
  const { dir, table } = options;
  const publicUrl = options["public-url"];
  if (!dir || !table || !publicUrl)
    throw new Fault("usage", "ca init --add-report needs --dir, --table and --public-url");
  const passphrase = process.env.MOTLAN_ROOT_PASSPHRASE;
  const certificate = await addReport({ directory: dir, passphrase, table, publicUrl: publicUrl.replace(/\/+$/, "") });
  const row = { role: "report", ...describe(certificate) };
  out.result({ directory: dir, certificates: [row] }, [
    "Chứng thư niêm phong báo cáo đã có. / The certificate that seals reports is there.",
    `${row.role}: ${row.subject}\n  ${row.notBefore} – ${row.notAfter}\n  SHA-256 ${row.sha256}`,
  ]);
}

const MAX_ORGANISATION = 48;

/** What nobody recognises is "other confirmation"; a demo is never anything else. */
function classOf(options: CaOptions): SignatureClass {
  const chosen = SIGNATURE_CLASSES.find((known) => known === (options.class ?? "OTHER_CONFIRMATION"));
  if (chosen === undefined) throw new Fault("usage", `--class is one of ${SIGNATURE_CLASSES.join(", ")}`);
  if (options.demo && chosen !== "OTHER_CONFIRMATION")
    throw new Fault("usage", "a demo CA signs in the class OTHER_CONFIRMATION only");
  return chosen;
}

function describe(certificate: Certificate) {
  return {
    subject: formatName(certificate.subject),
    notBefore: new Date(certificate.notBefore).toISOString(),
    notAfter: new Date(certificate.notAfter).toISOString(),
    sha256: toHex(digest("SHA-256", certificate.raw)),
  };
}

type Listed = {
  readonly signatureClass: string;
  readonly demo: boolean;
  readonly certificates: readonly {
    url: string;
    subject: string;
    notBefore: string;
    notAfter: string;
    sha256: string;
  }[];
};

async function list({ server }: CaOptions, out: Output): Promise<void> {
  const service = await client(server)<Listed>("GET", "/v1/service");
  out.result(service, [
    `Hạng chữ ký / signature class: ${service.signatureClass}${service.demo ? " (DEMO)" : ""}`,
    ...service.certificates.map(
      (row) => `${row.subject}\n  ${row.notBefore} – ${row.notAfter}\n  SHA-256 ${row.sha256}\n  ${row.url}`,
    ),
  ]);
}
