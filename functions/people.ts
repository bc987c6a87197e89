import { handle } from "hono/aws-lambda";
import { app } from "../lib/api/app.ts";
import { appDeps } from "../lib/api/deps.ts";
import { peopleHandlers } from "../lib/api/people.ts";
import { environment } from "../lib/aws/environment.ts";
import { pairwiseKey, sessionPorts } from "../lib/aws/ports.ts";
import { clock, random } from "../lib/aws/runtime.ts";
import { oidcSecret } from "../lib/aws/secret.ts";
import { loginPorts } from "../lib/oidc/login-ports.ts";

const told = environment(process.env);
const deps = appDeps(told, clock);
const ports = {
  ...sessionPorts(told),
  ...pairwiseKey(),
  ...loginPorts(told.issuers, clock, oidcSecret(told)),
  ...{ clock, random },
};

export const service = app("people", peopleHandlers(ports, deps), deps);
export const handler = handle(service);
