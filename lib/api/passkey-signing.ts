import type { Fault } from "../fault/fault.ts";
import { byPasskey, type PasskeyPorts } from "../service/by-passkey.ts";
import { deviceOf } from "../service/device.ts";
import { type IssuingPorts, signAs } from "../service/sign.ts";
import { requireOwner } from "../service/transaction-rules.ts";
import { recordRefusal } from "../service/witness.ts";
import type { AppDeps, Handlers } from "./app.ts";
import { readJson } from "./body.ts";
import { parseAssertion } from "./passkey-schemas.ts";
import { parseId } from "./schemas.ts";
import { ownerSecret } from "./transactions.ts";
import { transactionView } from "./views.ts";

/** The same result as `transaction.sign`; the assertion's challenge is the commitment. */
export function passkeySigningHandlers(ports: IssuingPorts & PasskeyPorts, deps: AppDeps): Handlers {
  return {
    async "transaction.sign-by-passkey"(request) {
      const { context, body } = request;
      const { assertion } = parseAssertion(readJson(context.req.header("content-type"), body));
      const transaction = requireOwner(await ports.store.read(parseId(request.parameter("id"))), ownerSecret(request));
      const device = deviceOf(context.req.header("user-agent"));
      const refused = (subject: string, fault: Fault) => recordRefusal(ports, { subject, transaction, device }, fault);
      const identify = () => byPasskey(ports, assertion, transaction.commitment, refused);
      const signed = await signAs(ports, transaction, identify, device);
      return context.json(transactionView(signed, deps.publicUrl, deps.clock()));
    },
  };
}
