import { handle } from "hono/aws-lambda";
import { app } from "../lib/api/app.ts";
import { appDeps } from "../lib/api/deps.ts";
import { lookupHandlers } from "../lib/api/lookups.ts";
import { environment } from "../lib/aws/environment.ts";
import { lookupPorts } from "../lib/aws/ports.ts";
import { clock } from "../lib/aws/runtime.ts";

const told = environment(process.env);
const deps = appDeps(told, clock);

export const service = app("lookups", lookupHandlers({ ...lookupPorts(told), clock }), deps);
export const handler = handle(service);
