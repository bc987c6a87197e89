import { handle } from "hono/aws-lambda";
import { app } from "../lib/api/app.ts";
import { appDeps } from "../lib/api/deps.ts";
import { trustHandlers } from "../lib/api/trust.ts";
import { environment } from "../lib/aws/environment.ts";
import { tablePorts } from "../lib/aws/ports.ts";
import { clock } from "../lib/aws/runtime.ts";
import { loginProviders } from "../lib/oidc/login-ports.ts";
import { documentHosts } from "../lib/service/document-hosts.ts";
import { legalLabel } from "../lib/service/legal-label.ts";
import { serviceAnchors } from "../lib/service/service-anchors.ts";

const told = environment(process.env);
const deps = { ...appDeps(told, clock), bodyLimits: told.bodyLimits };

const table = tablePorts(told);
const shown = { anchors: serviceAnchors(table, told), hosts: documentHosts(told.documentHosts) };
const ports = { ...table, ...loginProviders(told.issuers, clock), ...shown, legal: legalLabel(told.legalLevel) };

export const service = app("trust", trustHandlers(ports, deps), deps);
export const handler = handle(service);
