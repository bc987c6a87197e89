import { fromBase64Url } from "../../lib/bytes/base64.ts";

/** What the QR code of a pairing says behind `#`, where no server sees it: docs/FORMATS.md, "Pairing link". */
export type PairingLink = {
  /** Of the pairing, base64url of 32 octets. */
  readonly secret: string;
  /** What the officer's browser says of its key; the service must say the same. */
  readonly keyHash: string;
  /** The citizen signs on the officer's machine. */
  readonly kiosk: boolean;
};

const KIOSK = "quay";

export function pairingLink(origin: string, { secret, keyHash, kiosk }: PairingLink): string {
  return `${origin}/ghep#${[secret, keyHash, ...(kiosk ? [KIOSK] : [])].join(".")}`;
}

/** @returns undefined for what is no pairing link; an empty fragment among it */
export function readPairingLink(fragment: string): PairingLink | undefined {
  const [secret = "", keyHash = "", mark, ...more] = fragment.replace(/^#/, "").split(".");
  const is32 = (text: string) => fromBase64Url(text)?.length === 32;
  if (!is32(secret) || !is32(keyHash) || more.length > 0 || (mark !== undefined && mark !== KIOSK)) return undefined;
  return { secret, keyHash, kiosk: mark === KIOSK };
}
