import { handle } from "hono/aws-lambda";
import { app } from "../lib/api/app.ts";
import { appDeps, troubleLog } from "../lib/api/deps.ts";
import { passkeyHandlers } from "../lib/api/passkeys.ts";
import { environment } from "../lib/aws/environment.ts";
import { passkeyPorts, recordPorts, sessionPorts } from "../lib/aws/ports.ts";
import { clock, random } from "../lib/aws/runtime.ts";
import { noticeSecret } from "../lib/aws/secret.ts";
import { notifierFor } from "../lib/notices/notifier.ts";
import { relyingPartyOf } from "../lib/service/passkey.ts";
import { verifyRegistration } from "../lib/webauthn/registration.ts";

const told = environment(process.env);
const deps = appDeps(told, clock);
const ports = {
  ...{ ...sessionPorts(told), ...passkeyPorts(told), ...recordPorts(told), clock, random },
  ...{ verifyRegistration, attestation: told.attestation, relyingParty: relyingPartyOf(told.publicUrl) },
  ...{ notifier: notifierFor(told, noticeSecret(told), clock), trouble: troubleLog(clock) },
};

export const service = app("passkeys", passkeyHandlers(ports, deps), deps);
export const handler = handle(service);
