import { agree, type SharedSecret } from "../../lib/assist/agree.ts";
import { KEY_AGREEMENT } from "../../lib/assist/keys.ts";
import type { Bytes } from "../../lib/bytes/bytes.ts";

/** A pair as a page makes it. */
export async function newPair(): Promise<{ readonly privateKey: CryptoKey; readonly publicKey: Bytes }> {
  const pair = (await crypto.subtle.generateKey(KEY_AGREEMENT, false, ["deriveBits"])) as CryptoKeyPair;
  return {
    privateKey: pair.privateKey,
    publicKey: new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey)),
  };
}

export const ID = "AAECAwQFBgcICQoLDA0ODw";

/** Both sides of one assistance. */
export async function newSides(
  id = ID,
): Promise<{ readonly officer: SharedSecret; readonly citizen: SharedSecret; readonly keys: readonly [Bytes, Bytes] }> {
  const [officer, citizen] = await Promise.all([newPair(), newPair()]);
  const both = { officerKey: officer.publicKey, citizenKey: citizen.publicKey, id };
  return {
    officer: await agree({ privateKey: officer.privateKey, ...both, side: "officer" }),
    citizen: await agree({ privateKey: citizen.privateKey, ...both, side: "citizen" }),
    keys: [officer.publicKey, citizen.publicKey],
  };
}
