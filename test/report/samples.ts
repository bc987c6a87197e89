import type { ReportInput } from "../../lib/report/page.ts";
import type { Finding, SignatureReport, TimestampReport, Verification } from "../../lib/validate/report.ts";
import { fontFile } from "../draw/fonts.ts";

export const FONTS = { regular: fontFile("400Regular"), bold: fontFile("700Bold") };

/** 2026-11-25T06:00:00Z */
export const NOW = Date.UTC(2026, 10, 25, 6, 0, 0);

export const TIMESTAMP: TimestampReport = {
  kind: "signature",
  genTime: "2026-11-25T05:59:58.000Z",
  indication: "TOTAL_PASSED",
  subIndication: null,
  authority: "CN=DEMO Ký Một Lần TSA,O=Ký Một Lần,C=VN",
  trust: "trusted",
  findings: [],
};

export const FINDINGS = {
  source: {
    code: "revocation_no_source",
    severity: "warning",
    vi: "Chứng thư của tổ chức cấp dấu thời gian không cho biết nơi hỏi tình trạng thu hồi.",
    en: "The timestamp authority's certificate names no place to ask for its revocation status.",
  },
  broken: {
    code: "digest_mismatch",
    severity: "error",
    vi: "Nội dung tệp không khớp với nội dung đã ký.",
    en: "The octets of the file are not the ones that were signed.",
  },
  claimed: {
    code: "time_only_claimed",
    severity: "info",
    vi: "Thời điểm ký chỉ do người ký khai, không có dấu thời gian.",
    en: "The signing time is only claimed; there is no timestamp.",
  },
} as const satisfies Record<string, Finding>;

/** A good signature of ours; `changes` are what a test is about. */
export function signatureOf(changes: Partial<SignatureReport> = {}): SignatureReport {
  return {
    fieldName: "Signature-01J9ZK3V7Q",
    verdict: "VALID",
    integrity: "intact",
    coverage: "whole-file",
    changes: "none",
    changeList: [],
    trust: "trusted",
    policy: "met",
    indication: "TOTAL_PASSED",
    subIndication: null,
    level: "B-T",
    subFilter: "ETSI.CAdES.detached",
    certifies: null,
    class: "DEDICATED",
    equivalentToHandwritten: false,
    test: false,
    sevenFields: {
      issuer: "CN=Ký Một Lần Issuing CA,O=Ký Một Lần,C=VN",
      signer: "Nguyễn Thị Ánh Tuyết",
      managingUnit: "Trung tâm Chứng thực điện tử quốc gia",
      signingTime: {
        time: "2026-11-25T05:59:58.000Z",
        source: "timestamp",
        proven: "2026-11-25T05:59:58.000Z",
        logged: null,
        claimed: "2026-11-25T05:59:40.000Z",
      },
      integrity: "intact",
      validAtSigningTime: "valid",
      certificateValidity: { notBefore: "2026-11-25T05:55:00.000Z", notAfter: "2026-11-25T06:09:00.000Z" },
    },
    reason: "Đăng ký thường trú tại Phường Bến Nghé",
    location: null,
    algorithms: { signature: "ecdsa-with-SHA256", digest: "SHA-256", key: "P-256" },
    timestamps: [TIMESTAMP],
    chain: [
      { subject: "CN=Nguyễn Thị Ánh Tuyết,C=VN", sha256: "11".repeat(32), anchor: false },
      { subject: "CN=Ký Một Lần Issuing CA,O=Ký Một Lần,C=VN", sha256: "22".repeat(32), anchor: false },
      { subject: "CN=Ký Một Lần Root CA,O=Ký Một Lần,C=VN", sha256: "33".repeat(32), anchor: true },
    ],
    rules: [
      { id: "format", source: "EN 319 102-1 §5.2.2", result: "passed" },
      { id: "path", source: "RFC 5280 §6.1", result: "passed" },
      { id: "archival", source: "EN 319 102-1 §5.6", result: "skipped" },
    ],
    findings: [FINDINGS.source],
    ...changes,
  };
}

export function broken(): SignatureReport {
  const base = signatureOf();
  return signatureOf({
    verdict: "INVALID",
    integrity: "broken",
    indication: "TOTAL_FAILED",
    subIndication: "HASH_FAILURE",
    level: null,
    sevenFields: { ...base.sevenFields, integrity: "broken", validAtSigningTime: "unknown" },
    findings: [FINDINGS.broken, FINDINGS.source],
  });
}

export function untrusted(): SignatureReport {
  const base = signatureOf();
  return signatureOf({
    verdict: "CANNOT_TELL",
    trust: "untrusted",
    indication: "INDETERMINATE",
    subIndication: "NO_CERTIFICATE_CHAIN_FOUND",
    class: null,
    chain: [{ subject: "CN=Somebody", sha256: "44".repeat(32), anchor: false }],
    timestamps: [],
    sevenFields: {
      ...base.sevenFields,
      managingUnit: null,
      validAtSigningTime: "unknown",
      signingTime: {
        time: "2026-11-25T05:59:40.000Z",
        source: "claimed",
        proven: null,
        logged: null,
        claimed: "2026-11-25T05:59:40.000Z",
      },
    },
    findings: [FINDINGS.claimed],
  });
}

/** The verdict is the worst one, as judge() has it. */
export function verificationOf(
  signatures: readonly SignatureReport[],
  changes: Partial<Verification> = {},
): Verification {
  const verdicts = new Set(signatures.map(({ verdict }) => verdict));
  const worst = (["INVALID", "CANNOT_TELL", "VALID"] as const).find((verdict) => verdicts.has(verdict));
  return {
    schema: "urn:motlan:verification:1",
    verdict: worst ?? "NO_SIGNATURE",
    at: "2026-11-25T06:00:00.000Z",
    policy: "urn:motlan:policy:default:1",
    document: { size: 104_857, revisions: 1 + signatures.length },
    signatures,
    documentTimestamps: [],
    findings: [],
    ...changes,
  };
}

export function inputOf(changes: Partial<ReportInput> = {}): ReportInput {
  return {
    fileName: "to-khai-dang-ky-thuong-tru.signed.pdf",
    sha256: Uint8Array.from({ length: 32 }, (_, i) => 8 * i),
    generatedAt: NOW,
    service: "Ký Một Lần · https://sign.example",
    trustSource: "Hồ sơ tin cậy của dịch vụ (service trust profile), 3 neo / anchors",
    sealed: true,
    fonts: FONTS,
    ...changes,
  };
}
