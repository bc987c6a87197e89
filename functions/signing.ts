import { handle } from "hono/aws-lambda";
import { app } from "../lib/api/app.ts";
import { appDeps, troubleLog } from "../lib/api/deps.ts";
import { signingHandlers } from "../lib/api/signing.ts";
import { environment } from "../lib/aws/environment.ts";
import { assistancePorts, recordPorts, signingKeys, tablePorts } from "../lib/aws/ports.ts";
import { clock, random, sleep } from "../lib/aws/runtime.ts";
import { noticeSecret, oidcSecret } from "../lib/aws/secret.ts";
import { notifierFor } from "../lib/notices/notifier.ts";
import { loginPorts } from "../lib/oidc/login-ports.ts";
import { checkResult } from "../lib/service/check-result.ts";
import { generateOneTimeKey } from "../lib/service/one-time-key.ts";
import { certificateUrls } from "../lib/service/urls.ts";

const told = environment(process.env);
const deps = appDeps(told, clock);
const ports = {
  ...{ ...tablePorts(told), ...assistancePorts(told) },
  ...signingKeys(),
  ...recordPorts(told),
  ...loginPorts(told.issuers, clock, oidcSecret(told)),
  ...{ clock, random, sleep, oneTimeKey: generateOneTimeKey, checkResult, urls: certificateUrls(told.publicUrl) },
  ...{ notifier: notifierFor(told, noticeSecret(told), clock), trouble: troubleLog(clock) },
};

export const service = app("signing", signingHandlers(ports, deps), deps);
export const handler = handle(service);
