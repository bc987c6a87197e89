import type { Bytes } from "../bytes/bytes.ts";

/** RC4, which is its own inverse. Broken as a cipher; files of PDF 1.1 to 1.6 can only be read with it. */
export function rc4(key: Uint8Array, data: Uint8Array): Bytes {
  const state = Uint8Array.from({ length: 256 }, (_, i) => i);
  for (let i = 0, j = 0; i < 256; i++) {
    const held = state[i] as number;
    j = (j + held + (key[i % key.length] as number)) & 255;
    state[i] = state[j] as number;
    state[j] = held;
  }
  const out = new Uint8Array(data.length);
  for (let n = 0, i = 0, j = 0; n < data.length; n++) {
    i = (i + 1) & 255;
    const held = state[i] as number;
    j = (j + held) & 255;
    const other = state[j] as number;
    state[i] = other;
    state[j] = held;
    out[n] = (data[n] as number) ^ (state[(held + other) & 255] as number);
  }
  return out;
}
