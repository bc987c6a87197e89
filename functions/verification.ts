import { handle } from "hono/aws-lambda";
import { app } from "../lib/api/app.ts";
import { appDeps } from "../lib/api/deps.ts";
import { verificationHandlers } from "../lib/api/verification.ts";
import { environment } from "../lib/aws/environment.ts";
import { tablePorts } from "../lib/aws/ports.ts";
import { clock } from "../lib/aws/runtime.ts";
import { serviceAnchors } from "../lib/service/service-anchors.ts";
import { verifier } from "../lib/service/verifier.ts";

const told = environment(process.env);
const deps = { ...appDeps(told.publicUrl, clock), bodyLimits: told.bodyLimits };
const anchors = serviceAnchors(tablePorts(told), told);

export const service = app("verification", verificationHandlers({ anchors, clock, verify: verifier(told) }), deps);
export const handler = handle(service);
