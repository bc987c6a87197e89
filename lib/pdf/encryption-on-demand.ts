import { onDemand } from "../fault/on-demand.ts";

const part = onDemand(() => import("./encryption.ts"));

/** `#encryption` in a page: ciphers and key derivations come with the first encrypted file. */
export const openEncryption: typeof import("./encryption.ts").openEncryption = (...rest) =>
  part().openEncryption(...rest);
