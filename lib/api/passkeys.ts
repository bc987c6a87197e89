import { deviceOf } from "../service/device.ts";
import { type EnrolPorts, enrolPasskey, registrationOptions } from "../service/enrol-passkey.ts";
import { listPasskeys, removePasskey, renamePasskey } from "../service/manage-passkeys.ts";
import { type Passkey, passkeyEnd } from "../service/passkey.ts";
import { requireSession } from "../service/session.ts";
import type { AppDeps, Handlers, Incoming } from "./app.ts";
import { readJson } from "./body.ts";
import { ownCookies } from "./own-cookies.ts";
import { parseNaming, parseRegistration } from "./passkey-schemas.ts";
import { refuseCrossSite } from "./same-origin.ts";

/** A person's own passkeys; every door asks for a session. */
export function passkeyHandlers(ports: EnrolPorts, deps: AppDeps): Handlers {
  const current = ({ context }: Incoming) =>
    requireSession(ports.sessions, ownCookies(context, deps.publicUrl), deps.clock());
  const changing = (request: Incoming) => {
    refuseCrossSite(request.context, deps.publicUrl);
    return current(request);
  };
  const json = ({ context, body }: Incoming) => readJson(context.req.header("content-type"), body);
  const device = ({ context }: Incoming) => deviceOf(context.req.header("user-agent"));
  return {
    async "passkey.options"(request) {
      const session = await changing(request);
      json(request);
      return request.context.json(await registrationOptions(ports, session));
    },
    async "passkey.enrol"(request) {
      const session = await changing(request);
      const asked = parseRegistration(json(request));
      const passkey = await enrolPasskey(ports, session, { ...asked, device: device(request) });
      return request.context.json(passkeyView(passkey), 201);
    },
    async "passkey.list"(request) {
      const { person } = await current(request);
      const passkeys = await listPasskeys(ports, person.subject);
      return request.context.json({ passkeys: passkeys.map(passkeyView) });
    },
    async "passkey.rename"(request) {
      const { person } = await changing(request);
      const { name } = parseNaming(json(request));
      await renamePasskey(ports, person.subject, request.parameter("id"), name);
      return request.context.body(null, 204);
    },
    async "passkey.remove"(request) {
      const { person } = await changing(request);
      await removePasskey(ports, person.subject, { id: request.parameter("id"), device: device(request) });
      return request.context.body(null, 204);
    },
  };
}

/** A passkey as its owner sees it; docs/FORMATS.md, "Passkey". */
function passkeyView(passkey: Passkey) {
  const { id, name, createdAt, lastUsedAt, backupEligible, backedUp, aaguid, transports, signCount } = passkey;
  return {
    ...{ id, name, backupEligible, backedUp, aaguid, transports, signCount },
    createdAt: new Date(createdAt).toISOString(),
    lastUsedAt: lastUsedAt === null ? null : new Date(lastUsedAt).toISOString(),
    expiresAt: new Date(passkeyEnd(passkey)).toISOString(),
  };
}
