import { zlibSync } from "fflate";
import type { Bytes } from "../bytes/bytes.ts";

/** Halfway between quick and small; what is packed here is written once and read often. */
const LEVEL = 6;

/** FlateDecode, the other way round (ISO 32000-2 §7.4.4). The same octets give the same octets everywhere. */
export function deflate(data: Uint8Array): Bytes {
  return zlibSync(data, { level: LEVEL }) as Bytes;
}
