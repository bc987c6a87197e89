import { Fault } from "../fault/fault.ts";
import type { Passkey } from "./passkey.ts";
import type { PasskeyStore } from "./passkey-store.ts";
import { type ActivityPorts, recordActivity } from "./record-activity.ts";

export type ManagePorts = ActivityPorts & { readonly passkeys: PasskeyStore };

/** @returns the passkeys of a person, newest first */
export async function listPasskeys(
  { passkeys }: Pick<ManagePorts, "passkeys">,
  subject: string,
): Promise<readonly Passkey[]> {
  const ring = await passkeys.read(subject);
  return [...(ring?.passkeys ?? [])].sort((one, other) => other.createdAt - one.createdAt);
}

/** @throws Fault `passkey_unknown`: not on this person's ring */
export async function renamePasskey(
  { passkeys }: Pick<ManagePorts, "passkeys">,
  subject: string,
  id: string,
  name: string,
) {
  if (!(await passkeys.rename(subject, id, name))) throw unknown();
}

/**
 * Takes a passkey off the ring. It signs nothing from the moment of the first write on; the second only takes away a pointer that leads
 * nowhere.
 *
 * @throws Fault `passkey_unknown`: not on this person's ring
 */
export async function removePasskey(
  ports: ManagePorts,
  subject: string,
  { id, device }: { readonly id: string; readonly device?: string | undefined },
): Promise<void> {
  const passkey = (await ports.passkeys.read(subject))?.passkeys.find((one) => one.id === id);
  if (passkey === undefined || !(await ports.passkeys.remove(subject, id))) throw unknown();
  // Best effort: what is left behind goes by its time to live.
  await ports.passkeys.unpoint(id, subject).catch(() => undefined);
  await recordActivity(ports, subject, {
    ...({ kind: "passkey_removed", passkey: passkey.name } as const),
    ...(device === undefined ? {} : { device }),
  });
}

const unknown = () => new Fault("passkey_unknown", "there is no such passkey on the ring of this person");
