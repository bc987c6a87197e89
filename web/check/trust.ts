import type { DescribedAnchor } from "../../lib/trust/describe.ts";
import { ask } from "../api.ts";
import type { Phrase } from "../ui/text.ts";
import type { SentAnchor } from "./protocol.ts";

/** Whom the service trusts, and what a page needs to know of the service itself. */
export type Trust = {
  readonly anchors: readonly SentAnchor[];
  /** Of each anchor by the SHA-256 of its certificate, hex: where it was taken from. */
  readonly sources: ReadonlyMap<string, string>;
  /** SHA-256 of the service's own root, hex. */
  readonly ownRoot: string | undefined;
  /** What signatures of the service are in law, in the operator's words; null where the operator says nothing. */
  readonly legal: Phrase | null;
  /** Octets of the largest file that may be sent. */
  readonly sendable: number;
};

type ListedAnchor = DescribedAnchor & { readonly certificate: string };
type Service = {
  readonly legalLevelLabel?: Phrase | null;
  readonly verificationLimit: number;
  readonly certificates: readonly { readonly url: string; readonly sha256: string }[];
};

let loading: Promise<Trust> | undefined;

/**
 * The trust of the service, asked for once in the life of a page. It comes from the service, never from a file.
 *
 * @throws Fault those of `ask`; the next call asks again
 */
export function loadTrust(): Promise<Trust> {
  loading ??= load().catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function load(): Promise<Trust> {
  const [{ anchors }, service] = await Promise.all([
    ask<{ readonly anchors: readonly ListedAnchor[] }>("/v1/trust"),
    ask<Service>("/v1/service"),
  ]);
  return {
    anchors: anchors.map(sentAnchor),
    sources: new Map(anchors.map(({ sha256, source }) => [sha256, source])),
    ownRoot: service.certificates.find(({ url }) => url.endsWith("/root.cer"))?.sha256,
    legal: service.legalLevelLabel ?? null,
    sendable: service.verificationLimit,
  };
}

function sentAnchor(listed: ListedAnchor): SentAnchor {
  const { class: signatureClass, source, from, until, managingUnit, test, uses } = listed;
  return {
    ...{ class: signatureClass, source, test, uses },
    certificate: Uint8Array.from(atob(listed.certificate), (character) => character.charCodeAt(0)),
    ...(from === null ? {} : { from: Date.parse(from) }),
    ...(until === null ? {} : { until: Date.parse(until) }),
    ...(managingUnit === null ? {} : { managingUnit }),
  };
}
