import { BlockList, isIP } from "node:net";
import { Fault } from "../fault/fault.ts";

/** Whom the operator allows to be asked. Nobody else is contacted, whatever a document or a certificate says. */
export type AllowedHosts = {
  /** Whether an address on the Web may be asked at all. */
  readonly allows: (url: URL) => boolean;
  /** Whether a name may lead to this address: a private one only where it is named itself. */
  readonly mayLeadTo: (hostname: string, address: string) => boolean;
};

/** Ranges that are nobody's on the public network (IANA special-purpose registries; RFC 6890, RFC 4291). */
const PRIVATE = new BlockList();
for (const [network, bits] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
] as const)
  PRIVATE.addSubnet(network, bits, "ipv4");
for (const [network, bits] of [
  ["::", 128],
  ["::1", 128],
  // Ways to write or to reach an IPv4 address through another one: NAT64, 6to4, Teredo.
  ["64:ff9b::", 96],
  ["64:ff9b:1::", 48],
  ["2002::", 16],
  ["2001::", 32],
  ["2001:db8::", 32],
  ["fc00::", 7],
  ["fe80::", 10],
  ["fec0::", 10],
  ["ff00::", 8],
] as const)
  PRIVATE.addSubnet(network, bits, "ipv6");

/** @param address as the resolver gives it; what is no address counts as private */
export function isPrivateAddress(address: string): boolean {
  const family = isIP(address);
  // An IPv4 address within IPv6 is looked up among the IPv4 ones by BlockList itself.
  return family === 0 || PRIVATE.check(address, family === 6 ? "ipv6" : "ipv4");
}

/**
 * @param entries `host`, for the ordinary ports, or `host:port`; a name stands for itself, not for what is below it. A name that leads
 *   to a private address needs that address as an entry as well; `localhost` leads to this machine by its meaning.
 * @throws Fault `usage`: an entry that is no host
 */
export function allowedHosts(entries: readonly string[]): AllowedHosts {
  const allowed = new Set(entries.map(parseEntry));
  const names = new Set([...allowed].map((entry) => entry.replace(/:\d*$/, "")));
  return {
    allows: ({ protocol, hostname, port, username, password }) =>
      (protocol === "http:" || protocol === "https:") &&
      username === "" &&
      password === "" &&
      allowed.has(`${hostname}:${port}`),
    mayLeadTo: (hostname, address) =>
      !isPrivateAddress(address) ||
      names.has(isIP(address) === 6 ? `[${address}]` : address) ||
      (hostname === "localhost" && /^(127\.|::1$)/.test(address)),
  };
}

/** `hostname:port` as the WHATWG URL parser writes them; no port where it is the ordinary one. */
function parseEntry(entry: string): string {
  const text = `http://${entry}`;
  if (!/^[^\s/?#@\\]+$/.test(entry) || !URL.canParse(text))
    throw new Fault("usage", "a host is allowed as HOST or HOST:PORT");
  const { hostname, port } = new URL(text);
  // 80 and 443 are what a URL without a port means.
  return `${hostname}:${port === "443" ? "" : port}`;
}
