import { handle } from "hono/aws-lambda";
import { app } from "../lib/api/app.ts";
import { appDeps } from "../lib/api/deps.ts";
import { transactionHandlers } from "../lib/api/transactions.ts";
import { environment } from "../lib/aws/environment.ts";
import { tablePorts } from "../lib/aws/ports.ts";
import { clock, random } from "../lib/aws/runtime.ts";

const told = environment(process.env);
const deps = appDeps(told, clock);

export const service = app("transactions", transactionHandlers({ ...tablePorts(told), clock, random }, deps), deps);
export const handler = handle(service);
