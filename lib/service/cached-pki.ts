import { Fault } from "../fault/fault.ts";
import type { Clock } from "../ports/ports.ts";
import type { Pki, PkiStore } from "./pki.ts";

/** Milliseconds. Certificates change when an operator renews them, with weeks of overlap. */
const MAX_AGE_MS = 300_000;

/** The published certificates, read once in a while. @throws Fault `ca_not_initialised`, `store_unavailable` */
export function cachedPki(store: PkiStore, clock: Clock): () => Promise<Pki> {
  let held: { readonly pki: Pki; readonly until: number } | undefined;
  return async () => {
    if (held !== undefined && clock() < held.until) return held.pki;
    const pki = await store.read();
    if (pki === undefined) throw new Fault("ca_not_initialised", "no certificates are published yet");
    held = { pki, until: clock() + MAX_AGE_MS };
    return pki;
  };
}
