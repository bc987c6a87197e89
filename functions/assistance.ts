import { handle } from "hono/aws-lambda";
import { app } from "../lib/api/app.ts";
import { assistanceHandlers } from "../lib/api/assistance.ts";
import { appDeps } from "../lib/api/deps.ts";
import { environment } from "../lib/aws/environment.ts";
import { assistancePorts, relayPorts, sessionPorts } from "../lib/aws/ports.ts";
import { clock, random } from "../lib/aws/runtime.ts";

const told = environment(process.env);
const deps = appDeps(told, clock);
const ports = { ...sessionPorts(told), ...assistancePorts(told), ...relayPorts(told), clock, random };

export const service = app("assistance", assistanceHandlers(ports, deps), deps);
export const handler = handle(service);
