import { startRegistration } from "@simplewebauthn/browser";
import { ask } from "../api.ts";

/** A passkey as its owner sees it (docs/FORMATS.md, "Passkey"). */
export type PasskeyView = {
  readonly id: string;
  readonly name: string;
  readonly createdAt: string;
  readonly lastUsedAt: string | null;
  readonly expiresAt: string;
  readonly backedUp: boolean;
};

type Options = Parameters<typeof startRegistration>[0]["optionsJSON"];

const LIST = "/v1/passkeys";

export async function listPasskeys(): Promise<readonly PasskeyView[]> {
  return (await ask<{ passkeys: readonly PasskeyView[] }>(LIST)).passkeys;
}

/** The device asks the person itself. @throws Fault; Error by the browser: refused, cancelled, there already */
export async function addPasskey(name: string): Promise<void> {
  const optionsJSON = await ask<Options>(`${LIST}/options`, { method: "POST", body: {} });
  const response = await startRegistration({ optionsJSON });
  await ask(LIST, { method: "POST", body: { name, response } });
}

export async function renamePasskey(id: string, name: string): Promise<void> {
  await ask(`${LIST}/${id}/name`, { method: "POST", body: { name } });
}

export async function removePasskey(id: string): Promise<void> {
  await ask(`${LIST}/${id}`, { method: "DELETE" });
}
