import { handle } from "hono/aws-lambda";
import { app } from "../lib/api/app.ts";
import { appDeps } from "../lib/api/deps.ts";
import { statusHandlers } from "../lib/api/status.ts";
import { environment } from "../lib/aws/environment.ts";
import { statusKey, tablePorts } from "../lib/aws/ports.ts";
import { clock } from "../lib/aws/runtime.ts";

const told = environment(process.env);
const deps = appDeps(told, clock);

export const service = app("status", statusHandlers({ ...tablePorts(told), ...statusKey(), clock }), deps);
export const handler = handle(service);
