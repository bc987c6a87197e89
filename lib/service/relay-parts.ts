import { MAX_PARTS, PART_LIMIT } from "../assist/seal.ts";
import { equal } from "../bytes/bytes.ts";
import { Fault } from "../fault/fault.ts";
import type { Clock } from "../ports/ports.ts";
import { type Assistance, refuseUnlessOngoing } from "./assistance.ts";
import type { PartStore, StoredPart } from "./assistance-store.ts";

export type RelayPorts = { readonly parts: PartStore; readonly clock: Clock };

/**
 * Takes one encrypted part from the officer. The same part again is one part; another one in its place is refused.
 *
 * @throws Fault `assistance_ended`, `assistance_not_paired`, `request_malformed`, `part_conflict`, `store_unavailable`
 */
export async function putPart(
  ports: RelayPorts,
  assistance: Assistance,
  number: number,
  part: StoredPart,
): Promise<void> {
  refuseUnlessOngoing(assistance, ports.clock());
  // Before both keys are there, nobody can have encrypted anything for this citizen.
  if (assistance.officerKey === undefined) throw new Fault("assistance_not_paired", "the keys have not been exchanged");
  const { octets, count } = part;
  if (count < 1 || count > MAX_PARTS || number >= count || octets.length < 1 || octets.length > PART_LIMIT)
    throw new Fault("request_malformed", "not a part of a document that this service relays");
  if (await ports.parts.put(assistance.id, number, part)) return;
  const there = await ports.parts.read(assistance.id, number);
  if (there === undefined || there.count !== count || !equal(there.octets, octets))
    throw new Fault("part_conflict", "the part is there with other content");
}

/** @throws Fault `assistance_ended`; `part_missing`: it may still come */
export async function readPart(ports: RelayPorts, assistance: Assistance, number: number): Promise<StoredPart> {
  refuseUnlessOngoing(assistance, ports.clock());
  const part = await ports.parts.read(assistance.id, number);
  if (part === undefined) throw new Fault("part_missing", "the part is not there");
  return part;
}
