export type CodeExchange = {
  readonly code: string;
  /** PKCE code verifier (RFC 7636 §4.1). */
  readonly verifier: string;
  readonly redirectUri: string;
};

/** An OpenID provider as this service's own code flow uses it. */
export interface LoginProvider {
  readonly issuer: string;
  readonly clientId: string;
  /** @throws Fault `identity_provider_unavailable` */
  authorizationEndpoint(): Promise<string>;
  /** The published key set (RFC 7517 §5), unchecked. @throws Fault `identity_provider_unavailable` */
  jwks(): Promise<unknown>;
  /** @returns the identity token, unchecked. @throws Fault `login_failed`, `identity_provider_unavailable` */
  exchange(input: CodeExchange): Promise<string>;
}
