import { handle } from "hono/aws-lambda";
import { app } from "../lib/api/app.ts";
import { appDeps } from "../lib/api/deps.ts";
import { identityHandlers } from "../lib/api/identity.ts";
import { environment } from "../lib/aws/environment.ts";
import { tablePorts } from "../lib/aws/ports.ts";
import { clock, random } from "../lib/aws/runtime.ts";
import { loginProviders } from "../lib/oidc/login-ports.ts";

const told = environment(process.env);
const deps = appDeps(told, clock);
const ports = { ...tablePorts(told), ...loginProviders(told.issuers, clock), random };

export const service = app("identity", identityHandlers(ports, deps), deps);
export const handler = handle(service);
