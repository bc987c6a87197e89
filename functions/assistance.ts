import { handle } from "hono/aws-lambda";
import { app } from "../lib/api/app.ts";
import { assistanceHandlers } from "../lib/api/assistance.ts";
import { appDeps, troubleLog } from "../lib/api/deps.ts";
import { environment } from "../lib/aws/environment.ts";
import { assistancePorts, recordPorts, relayPorts, sessionPorts } from "../lib/aws/ports.ts";
import { clock, random } from "../lib/aws/runtime.ts";
import { noticeSecret } from "../lib/aws/secret.ts";
import { notifierFor } from "../lib/notices/notifier.ts";

const told = environment(process.env);
const deps = appDeps(told, clock);
const ports = {
  ...{ ...sessionPorts(told), ...assistancePorts(told), ...relayPorts(told), ...recordPorts(told), clock, random },
  ...{ notifier: notifierFor(told, noticeSecret(told), clock), trouble: troubleLog(clock) },
};

export const service = app("assistance", assistanceHandlers(ports, deps), deps);
export const handler = handle(service);
