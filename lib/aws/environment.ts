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
};

/** The keys are named alike in every installation; which of them a function may use is a matter of its role. */
export const KEY_ALIASES = {
  issuingCa: "alias/motlan-issuing-ca",
  tsa: "alias/motlan-tsa",
  ocsp: "alias/motlan-ocsp",
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
  };
}
