import { type FoundPath, findPaths } from "../path/find-paths.ts";
import type { SignatureCache } from "../path/signature-cache.ts";
import type { Certificate } from "../x509/certificate.ts";
import { fingerprint } from "../x509/fingerprint.ts";
import type { PathFacts } from "./facts.ts";

/** Ways to the anchors, looked for once for each certificate. */
export type Paths = {
  readonly find: (target: Certificate) => Promise<readonly FoundPath[]>;
  /** Of those that were looked for. */
  readonly known: ReadonlyMap<Certificate, readonly FoundPath[]>;
};

export function newPaths(pool: readonly Certificate[], anchors: readonly Certificate[], cache: SignatureCache): Paths {
  const known = new Map<Certificate, readonly FoundPath[]>();
  return {
    known,
    find: async (target) => {
      const found = known.get(target) ?? (await findPaths(target, pool, anchors, cache));
      known.set(target, found);
      return found;
    },
  };
}

export function pathFacts({ chain, anchor, violations }: FoundPath): PathFacts {
  return { certificates: chain.map(fingerprint), anchor: fingerprint(anchor), violations };
}
