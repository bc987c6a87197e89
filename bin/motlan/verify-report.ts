import { basename } from "node:path";
import { digest } from "#crypto";
import { fromUtf8 } from "../../lib/bytes/bytes.ts";
import { toHex } from "../../lib/bytes/hex.ts";
import type { Facts } from "../../lib/facts/facts.ts";
import { reportPage } from "../../lib/report/page.ts";
import { validationReport } from "../../lib/report/validation-report.ts";
import { reportFonts } from "../../lib/service/report-fonts.ts";
import { AUTHOR } from "../../lib/text/report.ts";
import type { TrustAnchor } from "../../lib/trust/anchor.ts";
import { writeTrustProfile } from "../../lib/trust/profile.ts";
import type { Verification } from "../../lib/validate/report.ts";

export type ReportAbout = {
  readonly file: string;
  readonly pdf: Uint8Array;
  readonly anchors: readonly TrustAnchor[];
  readonly verification: Verification;
  readonly facts: Facts;
};

/** The answer as a document: a page that says that nobody has sealed it, or an ETSI report (TS 119 102-2). */
export function reportOf(form: "pdf" | "xml", { file, pdf, anchors, verification, facts }: ReportAbout): Uint8Array {
  const sha256 = digest("SHA-256", pdf);
  if (form === "xml") return fromUtf8(validationReport(verification, { sha256, facts }));
  const trust = toHex(digest("SHA-256", fromUtf8(writeTrustProfile(anchors))));
  return reportPage(verification, {
    fileName: basename(file),
    sha256,
    generatedAt: Date.now(),
    service: `${AUTHOR} · motlan verify`,
    trustSource: `${anchors.length} · SHA-256 ${trust}`,
    sealed: false,
    facts,
    fonts: reportFonts(),
  });
}
