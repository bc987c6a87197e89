import type { Bytes } from "../bytes/bytes.ts";
import { type AllowedHosts, allowedHosts } from "./allowed-hosts.ts";
import { type Fetched, fetchAllowed, type Outcome } from "./http-fetch.ts";

/** Where the status of certificates is asked for. */
export interface StatusSource {
  /**
   * Asks once. Never throws; what is refused and what fails is told and gives no octets.
   *
   * @param url as a certificate names it
   * @param request DER OCSPRequest; without it the address is simply read
   */
  ask(kind: "ocsp" | "crl" | "issuer", url: string, request?: Uint8Array): Promise<Bytes | undefined>;
  /** What was asked so far and how it went, for the operator's eyes. */
  readonly asked: readonly Asked[];
}

export type Asked = { readonly url: string; readonly outcome: Outcome | "too-many" };

/** Octets. The largest CRLs of public CAs have some ten million; an OCSP response has two or three thousand, an issuer's certificate likewise. */
const LIMITS = { crl: 20 * 1024 * 1024, ocsp: 64 * 1024, issuer: 64 * 1024 } as const;
/** For one document: questions that leave this machine, time, and octets that come back. */
const MAX_QUESTIONS = 16;
const TOTAL_MS = 15_000;
const TOTAL_OCTETS = 40 * 1024 * 1024;
/** For one question, ms. */
const ONE_MS = 5_000;

/**
 * Sources on the Web, for one document: only hosts that the operator names, and limits on everything.
 *
 * @param clock ms
 */
export function webStatusSource(
  hosts: readonly string[],
  clock: () => number,
  fetch: (what: Parameters<typeof fetchAllowed>[0], hosts: AllowedHosts) => Promise<Fetched> = fetchAllowed,
): StatusSource {
  const allowed = allowedHosts(hosts);
  const asked: Asked[] = [];
  const started = clock();
  let questions = 0;
  let octets = 0;
  return {
    asked,
    async ask(kind, url, request) {
      const left = TOTAL_MS - (clock() - started);
      if (questions >= MAX_QUESTIONS || left <= 0 || octets >= TOTAL_OCTETS) {
        note("too-many");
        return undefined;
      }
      const limit = Math.min(LIMITS[kind], TOTAL_OCTETS - octets);
      const body = request === undefined ? {} : { body: request, type: "application/ocsp-request" };
      const got = await fetch({ url, ...body, limit, milliseconds: Math.min(ONE_MS, left) }, allowed);
      if (got.outcome !== "not-allowed") questions++;
      octets += got.octets?.length ?? 0;
      note(got.outcome);
      return got.octets;

      function note(outcome: Asked["outcome"]): void {
        // A hostile file names thousands of addresses: what is told stays short.
        if (asked.length < MAX_TOLD) asked.push({ url: url.slice(0, MAX_URL), outcome });
      }
    },
  };
}

const MAX_TOLD = 64;
const MAX_URL = 500;
