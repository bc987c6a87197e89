import { Fault } from "../fault/fault.ts";
import type { TransactionRequest } from "./transaction.ts";

/** Longest address that is stored: what browsers and proxies take everywhere. */
const MAX_ADDRESS = 2048;

/** A name, or an IPv6 address; nothing that means more in a content security policy, which origins are written into. */
const HOST = /^(?:[a-z0-9-]+(?:\.[a-z0-9-]+)*|\[[0-9a-f:]+\])(?::\d+)?$/;

/** Where an agency's documents may be fetched from, and where a person may be sent back to; by pages, never by this service. */
export type DocumentHosts = {
  /** As origins (RFC 6454 §6.2), for pages and for their content security policy. */
  readonly origins: readonly string[];
  /**
   * The address in its one form.
   *
   * @throws Fault `address_not_allowed`: of another host or scheme, with a user or a fragment in it, or no address
   */
  readonly address: (text: string) => string;
};

/**
 * @param entries `host`, or `host:port`, exactly: a name stands for itself, not for what is below it. They are asked over https;
 *   `localhost`, which has no certificate, over http.
 * @throws TypeError an entry that is no host: a service that does not know whom to name must not start
 */
export function documentHosts(entries: readonly string[]): DocumentHosts {
  const origins = [...new Set(entries.map(originOf))];
  const allowed = new Set(origins);
  return {
    origins,
    address: (text) => {
      // Compared by scheme and host, not by `origin`: that of `blob:https://…` is the one inside.
      const url = text.length <= MAX_ADDRESS && URL.canParse(text) ? new URL(text) : undefined;
      if (
        url === undefined ||
        url.username !== "" ||
        url.password !== "" ||
        url.hash !== "" ||
        !allowed.has(`${url.protocol}//${url.host}`)
      )
        throw new Fault("address_not_allowed", "an address is not on a host that this service was told of");
      return url.href;
    },
  };
}

/** The request with its addresses in their one form. @throws Fault `address_not_allowed` */
export function withAllowedAddresses(request: TransactionRequest, hosts: DocumentHosts): TransactionRequest {
  const { documents, returnUrl } = request;
  return {
    ...request,
    documents: documents.map((document) =>
      document.url === undefined ? document : { ...document, url: hosts.address(document.url) },
    ),
    ...(returnUrl === undefined ? {} : { returnUrl: hosts.address(returnUrl) }),
  };
}

function originOf(entry: string): string {
  const text = `https://${entry}`;
  const url = HOST.test(entry) && URL.canParse(text) ? new URL(text) : undefined;
  // What the parser would write otherwise (a number for a name, capitals, the usual port) is not what the operator meant to read.
  if (url === undefined || url.host !== entry) throw new TypeError(`not a host, or not in its usual form: ${entry}`);
  return url.hostname === "localhost" ? `http://${entry}` : url.origin;
}
