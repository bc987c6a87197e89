import { Fault } from "../fault/fault.ts";
import type { Random } from "../ports/ports.ts";
import { authorizationUrl, requireApproval } from "../service/login.ts";
import type { LoginProvider } from "../service/login-provider.ts";
import { refuseUnlessOpen } from "../service/transaction-rules.ts";
import type { TransactionStore } from "../service/transaction-store.ts";
import type { AppDeps, Handlers } from "./app.ts";
import { providerIndex } from "./authorization-response.ts";
import { browserSecret } from "./cookie.ts";
import { parseId } from "./schemas.ts";
import { towardsPage } from "./sign-page.ts";

export type IdentityPorts = {
  readonly store: TransactionStore;
  readonly providers: readonly LoginProvider[];
  readonly random: Random;
};

export const callbackUrl = (publicUrl: string) => `${publicUrl}/v1/oidc/callback`;

export function identityHandlers(ports: IdentityPorts, deps: AppDeps): Handlers {
  return {
    async "transaction.authorize"(request) {
      const { context, parameter } = request;
      const id = parseId(parameter("id"));
      return towardsPage(
        request,
        id,
        () => ports.store.read(id),
        (transaction) => {
          const secret = requireApproval(transaction, browserSecret(context, deps, id));
          refuseUnlessOpen(transaction, deps.clock());
          if (transaction.state === "signed") throw new Fault("already_signed", "the transaction is signed");
          const index = providerIndex(context.req.query("provider"));
          const provider = ports.providers[index];
          if (provider === undefined) throw new Fault("request_malformed", "there is no such identity provider");
          const chosen = { provider, index, redirectUri: callbackUrl(deps.publicUrl) };
          return authorizationUrl(transaction, secret, chosen, ports.random);
        },
      );
    },
  };
}
