import { handle } from "hono/aws-lambda";
import { app } from "../lib/api/app.ts";
import { appDeps } from "../lib/api/deps.ts";
import { signingHandlers } from "../lib/api/signing.ts";
import { environment } from "../lib/aws/environment.ts";
import { signingKeys, tablePorts } from "../lib/aws/ports.ts";
import { clock, random, sleep } from "../lib/aws/runtime.ts";
import { oidcSecret } from "../lib/aws/secret.ts";
import { loginPorts } from "../lib/oidc/login-ports.ts";
import { checkResult } from "../lib/service/check-result.ts";
import { generateOneTimeKey } from "../lib/service/one-time-key.ts";
import { certificateUrls } from "../lib/service/urls.ts";

const told = environment(process.env);
const deps = appDeps(told, clock);
const ports = {
  ...tablePorts(told),
  ...signingKeys(),
  ...loginPorts(told.issuers, clock, oidcSecret(told)),
  ...{ clock, random, sleep, oneTimeKey: generateOneTimeKey, checkResult, urls: certificateUrls(told.publicUrl) },
};

export const service = app("signing", signingHandlers(ports, deps), deps);
export const handler = handle(service);
