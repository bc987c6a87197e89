import { handle } from "hono/aws-lambda";
import { app } from "../lib/api/app.ts";
import { appDeps } from "../lib/api/deps.ts";
import { verificationHandlers } from "../lib/api/verification.ts";
import { environment } from "../lib/aws/environment.ts";
import { reportKeys, standingPorts, tablePorts } from "../lib/aws/ports.ts";
import { clock, random } from "../lib/aws/runtime.ts";
import { reportFonts } from "../lib/service/report-fonts.ts";
import { serviceAnchors } from "../lib/service/service-anchors.ts";
import { verifier } from "../lib/service/verifier.ts";

const told = environment(process.env);
const deps = { ...appDeps(told, clock), bodyLimits: told.bodyLimits };
const { pki } = tablePorts(told);
const anchors = serviceAnchors({ pki }, told);
const reports = { ...{ pki, clock, random, fonts: reportFonts }, ...reportKeys(), publicUrl: told.publicUrl };
const ports = { ...standingPorts(told), pki, anchors, clock, reports, verify: verifier(told) };

export const service = app("verification", verificationHandlers(ports), deps);
export const handler = handle(service);
