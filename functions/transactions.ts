import { handle } from "hono/aws-lambda";
import { app } from "../lib/api/app.ts";
import { appDeps } from "../lib/api/deps.ts";
import { transactionHandlers } from "../lib/api/transactions.ts";
import { environment } from "../lib/aws/environment.ts";
import { assistancePorts, tablePorts } from "../lib/aws/ports.ts";
import { clock, random } from "../lib/aws/runtime.ts";
import { documentHosts } from "../lib/service/document-hosts.ts";

const told = environment(process.env);
const deps = appDeps(told, clock);
const hosts = documentHosts(told.documentHosts);
const ports = { ...tablePorts(told), ...assistancePorts(told), clock, random, hosts };

export const service = app("transactions", transactionHandlers(ports, deps), deps);
export const handler = handle(service);
