import { Fault } from "../fault/fault.ts";
import { deviceOf } from "../service/device.ts";
import { approvalOf, readState, requireApproval, verifierOf } from "../service/login.ts";
import type { LoginProvider } from "../service/login-provider.ts";
import { type SigningPorts, signTransaction } from "../service/sign.ts";
import type { Transaction } from "../service/transaction.ts";
import { requireOwner } from "../service/transaction-rules.ts";
import type { AppDeps, Handlers, Incoming } from "./app.ts";
import { codeFrom } from "./authorization-response.ts";
import { readJson } from "./body.ts";
import { browserSecret, heldApprovals } from "./cookie.ts";
import { callbackUrl } from "./identity.ts";
import { parseId, parseSignature } from "./schemas.ts";
import { towardsPage, towardsStart } from "./sign-page.ts";
import { ownerSecret } from "./transactions.ts";
import { transactionView } from "./views.ts";

export type SigningHandlerPorts = SigningPorts & { readonly providers: readonly LoginProvider[] };

export function signingHandlers(ports: SigningHandlerPorts, deps: AppDeps): Handlers {
  return {
    async "transaction.sign"(request) {
      const { context, body } = request;
      const { idToken } = parseSignature(readJson(context.req.header("content-type"), body));
      const transaction = requireOwner(await ports.store.read(parseId(request.parameter("id"))), ownerSecret(request));
      const signed = await signTransaction(ports, transaction, idToken, deviceOf(context.req.header("user-agent")));
      return context.json(transactionView(signed, deps.publicUrl, deps.clock()));
    },
    async "oidc.callback"(request) {
      const state = readState(request.context.req.query("state"));
      const id = approvalOf(state, heldApprovals(request.context, deps))?.id;
      // Without the approval's cookie a stranger's link ends here, whatever it stands for.
      if (id === undefined)
        return towardsStart(request, new Fault("approval_missing", "this browser began no such login"));
      return towardsPage(
        request,
        id,
        () => ports.store.read(id),
        (transaction) => finishLogin(ports, deps, request, { state, transaction }),
      );
    },
  };
}

type Returned = { readonly state: ReturnType<typeof readState>; readonly transaction: Transaction };

async function finishLogin(
  ports: SigningHandlerPorts,
  deps: AppDeps,
  { context }: Incoming,
  { state, transaction }: Returned,
): Promise<void> {
  const secret = requireApproval(transaction, browserSecret(context, deps, transaction.id));
  const provider = ports.providers[state.provider];
  if (provider === undefined) throw new Fault("login_failed", "state names no identity provider");
  const code = codeFrom(context.req.query(), provider);
  if (transaction.state === "signed") return;
  const verifier = verifierOf(secret, state.attempt);
  const token = await provider.exchange({ code, verifier, redirectUri: callbackUrl(deps.publicUrl) });
  await signTransaction(ports, transaction, token, deviceOf(context.req.header("user-agent")));
}
