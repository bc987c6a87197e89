import { handle } from "hono/aws-lambda";
import { app } from "../lib/api/app.ts";
import { appDeps } from "../lib/api/deps.ts";
import { proofHandlers } from "../lib/api/proofs.ts";
import { environment } from "../lib/aws/environment.ts";
import { tablePorts } from "../lib/aws/ports.ts";
import { clock } from "../lib/aws/runtime.ts";

const told = environment(process.env);
const deps = appDeps(told, clock);

export const service = app("proofs", proofHandlers(tablePorts(told)), deps);
export const handler = handle(service);
