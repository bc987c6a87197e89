import { digest } from "#crypto";
import { fromUtf8 } from "../bytes/bytes.ts";
import { toHex } from "../bytes/hex.ts";
import { Fault } from "../fault/fault.ts";
import { validationReport } from "../report/validation-report.ts";
import type { ReportFonts } from "../service/report-fonts.ts";
import { type SealPorts, sealedReport } from "../service/seal-report.ts";
import type { VerifierAnswer } from "../service/verifier.ts";
import { AUTHOR } from "../text/report.ts";

export type ReportPorts = SealPorts & {
  readonly fonts: () => ReportFonts;
  /** Public URL of the service, without a slash at its end. */
  readonly publicUrl: string;
};

export type AnswerForm = "json" | "pdf" | "xml";

const FORMS: Readonly<Record<string, AnswerForm>> = {
  "application/json": "json",
  "application/pdf": "pdf",
  "application/xml": "xml",
  "text/xml": "xml",
};
/** Characters of a file's name; the page shows two lines of it. */
const NAME_LIMIT = 255;

/**
 * The form that `Accept` prefers (RFC 9110 §12.5.1); JSON where it says nothing, nothing that there is, or as much of several.
 */
export function wantedForm(accept: string | undefined): AnswerForm {
  let best: { readonly form: AnswerForm; readonly weight: number } = { form: "json", weight: 0 };
  for (const range of (accept ?? "").split(",").slice(0, 32)) {
    const [type = "", ...parameters] = range.split(";").map((part) => part.trim().toLowerCase());
    const form = Object.hasOwn(FORMS, type)
      ? FORMS[type]
      : type === "*/*" || type === "application/*"
        ? "json"
        : undefined;
    const q = parameters.find((parameter) => parameter.startsWith("q="));
    const weight = q === undefined ? 1 : Number(q.slice(2));
    if (form === undefined || !(weight > 0) || weight < best.weight) continue;
    if (weight > best.weight || form === "json") best = { form, weight };
  }
  return best.form;
}

/**
 * The answer as a document.
 *
 * @param asked `fileName` as the asker calls the file; nobody checks it
 * @throws Fault `request_malformed`: a name that is too long; and those of {@link sealedReport}
 */
export async function reportAnswer(
  form: "pdf" | "xml",
  { verification, facts }: VerifierAnswer,
  asked: { readonly pdf: Uint8Array; readonly trust: string; readonly fileName: string | undefined },
  ports: ReportPorts,
): Promise<Response> {
  const { fileName = null } = asked;
  if (fileName !== null && fileName.length > NAME_LIMIT)
    throw new Fault("request_malformed", `name has more than ${NAME_LIMIT} characters`);
  const sha256 = digest("SHA-256", asked.pdf);
  if (form === "xml") {
    const { report } = await ports.pki();
    const xml = validationReport(verification, { sha256, facts, validator: report?.raw });
    return new Response(xml, { headers: { "content-type": "application/xml; charset=utf-8" } });
  }
  const { publicUrl } = ports;
  const trustSource = `${publicUrl}/v1/trust · SHA-256 ${toHex(digest("SHA-256", fromUtf8(asked.trust)))}`;
  const service = `${AUTHOR} · ${publicUrl}`;
  const sealed = await sealedReport(ports, verification, {
    fileName,
    sha256,
    service,
    trustSource,
    facts,
    fonts: ports.fonts(),
  });
  return new Response(sealed, {
    headers: {
      "content-type": "application/pdf",
      "content-disposition": 'attachment; filename="verification-report.pdf"',
    },
  });
}
