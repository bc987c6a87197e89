import { Fault } from "../../lib/fault/fault.ts";
import type { SigningPorts } from "../../lib/service/sign.ts";
import type { TransactionStore } from "../../lib/service/transaction-store.ts";

/** Every side effect and every read on the way to a signature, in the order in which they happen. */
export const STEPS = [
  "authenticate",
  "pairwise.mac",
  "store.claim",
  "issuingCa.sign",
  "tsa.sign",
  "store.complete",
] as const;
export type Step = (typeof STEPS)[number];

/** `lost`: the effect did not happen; `persisted`: it did, and the answer was lost. */
export type How = "lost" | "persisted";

/** The process is gone: nothing that it would have done next happens. */
export class Crash extends Error {}

export type Breakage = {
  readonly step: Step;
  readonly how: How;
  readonly outcome: "fault" | "crash";
  readonly times: number;
};

/** The same ports, one of which breaks. After a crash every port of this process stays silent for good. */
export function faulty(ports: SigningPorts, { step, how, outcome, times }: Breakage): SigningPorts {
  let left = times;
  let dead = false;
  const wrap =
    <A extends unknown[], R>(name: Step | undefined, call: (...input: A) => Promise<R>) =>
    async (...input: A): Promise<R> => {
      if (dead) throw new Crash();
      if (name !== step || left === 0) return call(...input);
      left--;
      if (how === "persisted") await call(...input);
      if (outcome === "crash") {
        dead = true;
        throw new Crash();
      }
      throw new Fault(name.startsWith("store") ? "store_unavailable" : "key_unavailable", `${name} broke`);
    };
  const { store } = ports;
  const storeMethods: TransactionStore = {
    create: wrap(undefined, store.create),
    read: wrap(undefined, store.read),
    approve: wrap(undefined, store.approve),
    claim: wrap("store.claim", store.claim),
    release: wrap(undefined, store.release),
    complete: wrap("store.complete", store.complete),
    decline: wrap(undefined, store.decline),
  };
  return {
    ...ports,
    store: storeMethods,
    authenticate: wrap("authenticate", ports.authenticate),
    pairwise: { mac: wrap("pairwise.mac", ports.pairwise.mac) },
    issuingCa: { sign: wrap("issuingCa.sign", ports.issuingCa.sign) },
    tsa: { sign: wrap("tsa.sign", ports.tsa.sign) },
  };
}
