import { Fault } from "../fault/fault.ts";
import type { IssuerConfig } from "./issuers.ts";
import { readClaims, readToken } from "./read-token.ts";

/**
 * The configuration under which a token that somebody sent has to be verified. What the token says is only compared with the
 * configured issuers and clients; `verifyIdToken` then checks that it says it truly.
 *
 * @throws Fault token_malformed
 * @throws Fault token_issuer: no configured issuer
 * @throws Fault token_audience: no client of ours, or several and none named
 */
export function selectIssuer(
  token: string,
  issuers: readonly IssuerConfig[],
): { readonly config: IssuerConfig; readonly clientId: string } {
  const { iss, aud, azp } = readClaims(readToken(token).parts.payload);
  const config = issuers.find(({ issuer }) => issuer === iss);
  if (config === undefined) throw new Fault("token_issuer", "the token comes from an issuer that is not configured");
  const audiences: readonly unknown[] = Array.isArray(aud) ? aud : [aud];
  const ours = config.clientIds.filter((id) => audiences.includes(id) && (azp === undefined || azp === id));
  const [clientId] = ours;
  if (clientId === undefined || ours.length > 1) {
    throw new Fault("token_audience", "the token was not issued for one client of this service");
  }
  return { config, clientId };
}
