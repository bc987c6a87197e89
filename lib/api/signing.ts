import { Fault } from "../fault/fault.ts";
import { checkState, readState, requireApproval } from "../service/login.ts";
import type { LoginProvider } from "../service/login-provider.ts";
import { type SigningPorts, signTransaction } from "../service/sign.ts";
import { requireOwner } from "../service/transaction-rules.ts";
import type { AppDeps, Handlers, Incoming } from "./app.ts";
import { codeFrom } from "./authorization-response.ts";
import { readJson } from "./body.ts";
import { browserSecret } from "./cookie.ts";
import { callbackUrl } from "./identity.ts";
import { donePage } from "./pages.ts";
import { parseId, parseSignature } from "./schemas.ts";
import { ownerSecret } from "./transactions.ts";
import { transactionView } from "./views.ts";

export type SigningHandlerPorts = SigningPorts & { readonly providers: readonly LoginProvider[] };

export function signingHandlers(ports: SigningHandlerPorts, deps: AppDeps): Handlers {
  return {
    async "transaction.sign"(request) {
      const { context, body } = request;
      const { idToken } = parseSignature(readJson(context.req.header("content-type"), body));
      const transaction = requireOwner(await ports.store.read(parseId(request.parameter("id"))), ownerSecret(request));
      const signed = await signTransaction(ports, transaction, idToken);
      return context.json(transactionView(signed, deps.publicUrl, deps.clock()));
    },
    async "oidc.callback"(request) {
      await finishLogin(ports, deps, request);
      return donePage();
    },
  };
}

async function finishLogin(ports: SigningHandlerPorts, deps: AppDeps, { context }: Incoming): Promise<void> {
  const state = readState(context.req.query("state"));
  const id = parseId(state.id);
  const transaction = await ports.store.read(id);
  if (transaction === undefined) throw new Fault("approval_missing", "this browser has not approved the transaction");
  const secret = requireApproval(transaction, browserSecret(context.req.header("cookie"), id));
  const verifier = checkState(state, secret);
  const provider = ports.providers[state.provider];
  if (provider === undefined) throw new Fault("login_failed", "state names no identity provider");
  const code = codeFrom(context.req.query(), provider);
  if (transaction.state === "signed") return;
  const token = await provider.exchange({ code, verifier, redirectUri: callbackUrl(deps.publicUrl) });
  await signTransaction(ports, transaction, token);
}
