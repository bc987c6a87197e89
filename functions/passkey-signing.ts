import { handle } from "hono/aws-lambda";
import { app } from "../lib/api/app.ts";
import { appDeps, troubleLog } from "../lib/api/deps.ts";
import { passkeySigningHandlers } from "../lib/api/passkey-signing.ts";
import { environment } from "../lib/aws/environment.ts";
import { assistancePorts, issuingKeys, passkeyPorts, recordPorts, tablePorts } from "../lib/aws/ports.ts";
import { clock, random, sleep } from "../lib/aws/runtime.ts";
import { noticeSecret } from "../lib/aws/secret.ts";
import { notifierFor } from "../lib/notices/notifier.ts";
import { acceptedIssuers } from "../lib/oidc/login-ports.ts";
import { checkResult } from "../lib/service/check-result.ts";
import { generateOneTimeKey } from "../lib/service/one-time-key.ts";
import { relyingPartyOf } from "../lib/service/passkey.ts";
import { certificateUrls } from "../lib/service/urls.ts";
import { verifyAssertion } from "../lib/webauthn/assertion.ts";

const told = environment(process.env);
const deps = appDeps(told, clock);
const ports = {
  ...{ ...tablePorts(told), ...issuingKeys(), ...passkeyPorts(told), ...recordPorts(told), ...assistancePorts(told) },
  ...{ clock, random, sleep, oneTimeKey: generateOneTimeKey, checkResult, urls: certificateUrls(told.publicUrl) },
  ...{ verifyAssertion, relyingParty: relyingPartyOf(told.publicUrl), issuers: acceptedIssuers(told.issuers) },
  ...{ notifier: notifierFor(told, noticeSecret(told), clock), trouble: troubleLog(clock) },
};

export const service = app("passkey-signing", passkeySigningHandlers(ports, deps), deps);
export const handler = handle(service);
