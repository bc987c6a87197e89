import { agree } from "../../lib/assist/agree.ts";
import { type Handover, readHandover } from "../../lib/assist/handover.ts";
import { keyHash, matchNumber } from "../../lib/assist/keys.ts";
import { MAX_PARTS, openParts } from "../../lib/assist/seal.ts";
import { fromBase64Url, toBase64Url } from "../../lib/bytes/base64.ts";
import { Fault } from "../../lib/fault/fault.ts";
import { type CitizenView, pair, readAsCitizen, readParts } from "./client.ts";
import { type KeyPair, newKeyPair } from "./keys.ts";

/** The citizen's side of an assistance, as long as the page is open. */
export type Joined = {
  readonly id: string;
  readonly token: string;
  readonly pair: KeyPair;
  /** What the officer's browser said of its key before it saw ours. */
  readonly keyHash: string;
  readonly view: CitizenView;
};

/**
 * @param expectedHash out of the QR code; absent where the code was typed
 * @throws Fault `pairing_expired`, `pairing_locked`; `handover_malformed`: the service says another key than the QR code
 */
export async function join(
  by: { readonly code: string } | { readonly secret: string },
  expectedHash?: string,
): Promise<Joined> {
  const keys = await newKeyPair();
  const { citizenToken, assistanceId, ...view } = await pair(by, keys.publicKey);
  if (expectedHash !== undefined && view.officerKeyHash !== expectedHash)
    throw new Fault("handover_malformed", "the service says another key than the officer's screen");
  return { id: assistanceId, token: citizenToken, pair: keys, keyHash: view.officerKeyHash, view };
}

export async function look(joined: Joined): Promise<Joined> {
  return { ...joined, view: await readAsCitizen(joined.id, joined.token) };
}

/** @returns the number that the officer's screen shows as well; undefined until the officer's key is there */
export function numberOf(joined: Joined): string | undefined {
  const officerKey = officerKeyOf(joined);
  return officerKey === undefined ? undefined : matchNumber(officerKey, joined.pair.publicKey);
}

/** @throws Fault `part_missing`: not all of it is there yet; `handover_malformed`: not sealed for this page */
export async function receive(joined: Joined): Promise<Handover> {
  const officerKey = officerKeyOf(joined);
  if (officerKey === undefined) throw new Fault("part_missing", "the officer's key is not there yet");
  const parts = await readParts(joined.id, joined.token, MAX_PARTS);
  const secret = await agree({
    ...{ privateKey: joined.pair.privateKey, officerKey, citizenKey: joined.pair.publicKey },
    ...{ side: "citizen", id: joined.id },
  });
  return readHandover(await openParts(secret, parts));
}

/** The officer's key, held to what was said of it before: whoever relays it cannot put in another. */
function officerKeyOf({ view, keyHash: said }: Joined): Uint8Array | undefined {
  if (view.officerKey === null) return undefined;
  const key = fromBase64Url(view.officerKey);
  if (key === undefined || toBase64Url(keyHash(key)) !== said)
    throw new Fault("handover_malformed", "not the key that the officer's browser announced");
  return key;
}
