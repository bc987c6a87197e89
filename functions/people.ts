import { handle } from "hono/aws-lambda";
import { app } from "../lib/api/app.ts";
import { appDeps, troubleLog } from "../lib/api/deps.ts";
import { historyHandlers } from "../lib/api/history.ts";
import { peopleHandlers } from "../lib/api/people.ts";
import { environment } from "../lib/aws/environment.ts";
import { historyPorts, pairwiseKey, sessionPorts } from "../lib/aws/ports.ts";
import { clock, random } from "../lib/aws/runtime.ts";
import { noticeSecret, oidcSecret } from "../lib/aws/secret.ts";
import { notifierFor } from "../lib/notices/notifier.ts";
import { loginPorts } from "../lib/oidc/login-ports.ts";

const told = environment(process.env);
const deps = appDeps(told, clock);
const ports = {
  ...sessionPorts(told),
  ...pairwiseKey(),
  ...loginPorts(told.issuers, clock, oidcSecret(told)),
  ...historyPorts(told),
  ...{ clock, random, notifier: notifierFor(told, noticeSecret(told), clock), trouble: troubleLog(clock) },
};

export const service = app("people", { ...peopleHandlers(ports, deps), ...historyHandlers(ports, deps) }, deps);
export const handler = handle(service);
