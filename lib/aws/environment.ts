/** What a function is told by its environment; lib/stack and bin/local.ts set the same names. */
export type Environment = {
  readonly table: string;
  /** Without a slash at its end. */
  readonly publicUrl: string;
  /** JSON array of issuer configurations (docs/RUNBOOK.md). */
  readonly issuers: string;
  /** Where the secret of the confidential OIDC client lies, for the one function that may read it. */
  readonly oidcSecretArn: string | undefined;
  /** The secret itself: only where there is no Secrets Manager, on one machine. */
  readonly oidcSecret: string | undefined;
  /** Where notices of what was done in a person's name go, if anywhere (docs/RUNBOOK.md). */
  readonly noticeUrl: string | undefined;
  /** Where the secret that signs them lies, for the functions that may read it; or the secret itself, on one machine. */
  readonly noticeSecretArn: string | undefined;
  readonly noticeSecret: string | undefined;
  /** A file that gets them instead, on one machine. */
  readonly noticeOutbox: string | undefined;
  /** A trust profile (docs/FORMATS.md) beside the service's own root; without it the service trusts its own signatures only. */
  readonly trustFile: string | undefined;
  /** Hosts that may be asked for the status of certificates, as `motlan verify --fetch-from` takes them; nobody else ever is. */
  readonly statusHosts: readonly string[];
  /** What CloudFront proves itself with to the functions that count requests by address (lib/api/client-address.ts). */
  readonly frontDoor: string | undefined;
  /** Hosts that documents of agencies may be fetched from, and that people may be sent back to (lib/service/document-hosts.ts). */
  readonly documentHosts: readonly string[];
  /** What signatures are in law, in the operator's words (lib/service/legal-label.ts). */
  readonly legalLevel: string | undefined;
  /** Octets of a request by route id, where the platform allows more than the route table says. */
  readonly bodyLimits: Readonly<Record<string, number>>;
  /** Whether files are read in processes of their own; Lambda does that by itself, one request at a time. */
  readonly isolated: boolean;
  /** Whether authenticators are asked who made them when a passkey is added. */
  readonly attestation: "none" | "direct";
};

/** The keys are named alike in every installation; which of them a function may use is a matter of its role. */
export const KEY_ALIASES = {
  issuingCa: "alias/motlan-issuing-ca",
  tsa: "alias/motlan-tsa",
  ocsp: "alias/motlan-ocsp",
  report: "alias/motlan-report",
  pairwise: "alias/motlan-pairwise",
} as const;

/** @throws TypeError a variable is missing: a function that is told nothing must not start */
export function environment(variables: Readonly<Record<string, string | undefined>>): Environment {
  const required = (name: string): string => {
    const value = variables[name];
    if (!value) throw new TypeError(`the environment variable ${name} is missing`);
    return value;
  };
  return {
    table: required("MOTLAN_TABLE"),
    publicUrl: required("MOTLAN_PUBLIC_URL"),
    issuers: required("MOTLAN_ISSUERS"),
    oidcSecretArn: variables.MOTLAN_OIDC_SECRET_ARN,
    oidcSecret: variables.MOTLAN_OIDC_SECRET,
    noticeUrl: variables.MOTLAN_NOTICE_URL || undefined,
    noticeSecretArn: variables.MOTLAN_NOTICE_SECRET_ARN,
    noticeSecret: variables.MOTLAN_NOTICE_SECRET,
    noticeOutbox: variables.MOTLAN_NOTICE_OUTBOX || undefined,
    trustFile: variables.MOTLAN_TRUST_FILE || undefined,
    statusHosts: words(variables.MOTLAN_STATUS_HOSTS),
    documentHosts: words(variables.MOTLAN_DOCUMENT_HOSTS),
    frontDoor: variables.MOTLAN_FRONT_DOOR || undefined,
    legalLevel: variables.MOTLAN_LEGAL_LEVEL_LABEL || undefined,
    bodyLimits: limits(variables.MOTLAN_VERIFICATION_LIMIT),
    isolated: variables.MOTLAN_ISOLATED === "1",
    attestation: variables.MOTLAN_PASSKEY_ATTESTATION === "direct" ? "direct" : "none",
  };
}

const words = (text: string | undefined): readonly string[] =>
  (text ?? "").split(/[\s,]+/).filter((word) => word !== "");

function limits(text: string | undefined): Readonly<Record<string, number>> {
  if (!text) return {};
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) throw new TypeError("MOTLAN_VERIFICATION_LIMIT is a number of octets");
  return { "verification.create": value };
}
