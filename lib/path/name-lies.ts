import type { GeneralName } from "../x509/general-name.ts";
import { nameStartsWith } from "../x509/name-match.ts";

/** Labels with dots between: what a host is called in any name below. */
const HOST = /^[a-z0-9_-]+(?:\.[a-z0-9_-]+)*$/;

/**
 * Whether a name lies in the subtree below a base of the same form (RFC 5280 §4.2.1.10). A name that cannot be read lies in everything
 * that is excluded and in nothing that is permitted.
 */
export function lies(name: GeneralName, base: GeneralName, rule: "permitted" | "excluded"): boolean {
  const unreadable = rule === "excluded";
  if (name.kind === "directory" && base.kind === "directory") return nameStartsWith(name.name, base.name);
  if (name.kind === "dns" && base.kind === "dns")
    return dnsLies(fold(name.value), fold(base.value), rule) ?? unreadable;
  if (name.kind === "email" && base.kind === "email") return emailLies(name.value, base.value) ?? unreadable;
  if (name.kind === "uri" && base.kind === "uri") return uriLies(name.value, base.value) ?? unreadable;
  if (name.kind === "ip" && base.kind === "ip") return addressLies(name.octets, base.octets) ?? unreadable;
  return unreadable;
}

/** Names of hosts compare without regard to case, and one may be written with the root's dot at its end. */
function fold(host: string): string {
  return host.toLowerCase().replace(/\.$/, "");
}

/** The name itself and everything that has labels in front of it; with a dot in front, only the latter. */
function dnsLies(name: string, base: string, rule: "permitted" | "excluded"): boolean | undefined {
  if (!HOST.test(name.replace(/^\*\./, ""))) return undefined;
  if (base === "" || name === base || name.endsWith(base.startsWith(".") ? base : `.${base}`)) return true;
  // `*.example.vn` stands for a.example.vn too, which an exclusion may name.
  return rule === "excluded" && name.startsWith("*.") && `.${base}`.endsWith(name.slice(1));
}

/** A quoted local part could be written in another way. */
const MAILBOX = /^([^"@]+)@([^@]+)$/;

/** @returns undefined for what is no address */
function emailLies(name: string, base: string): boolean | undefined {
  const [, local, domain] = MAILBOX.exec(name) ?? [];
  if (local === undefined || domain === undefined || !HOST.test(fold(domain))) return undefined;
  const [, baseLocal, baseDomain] = MAILBOX.exec(base) ?? [];
  if (baseLocal === undefined || baseDomain === undefined) return hostLies(fold(domain), fold(base));
  // RFC 5280 §7.5: the local part counts as it is written.
  return local === baseLocal && fold(domain) === fold(baseDomain);
}

/** scheme "://" [userinfo "@"] host [":" port], then path, query, fragment or nothing (RFC 3986 §3.2); readers disagree about anything else. */
const AUTHORITY = /^[a-z][a-z0-9+.-]*:\/\/(?:[\w.~%!$&'()*+,;=:-]*@)?([a-z0-9_.-]+)(?::\d*)?(?:[/?#]|$)/i;
/** Some readers take these for addresses, however few the numbers are. */
const ADDRESS = /^(?:0x[0-9a-f]*|\d+)(?:\.(?:0x[0-9a-f]*|\d+))*$/;

/** @returns undefined where no host is named, or by its address: such a certificate must be refused (RFC 5280 §4.2.1.10) */
function uriLies(name: string, base: string): boolean | undefined {
  const host = fold(AUTHORITY.exec(name)?.[1] ?? "");
  return HOST.test(host) && !ADDRESS.test(host) ? hostLies(host, fold(base)) : undefined;
}

/** That host, or with a dot in front every host below it. */
function hostLies(name: string, base: string): boolean {
  return base === "" || (base.startsWith(".") ? name.endsWith(base) : name === base);
}

/** @returns undefined for what is no address; an address of the other family lies outside */
function addressLies(address: Uint8Array, base: Uint8Array): boolean | undefined {
  if (address.length !== 4 && address.length !== 16) return undefined;
  if (base.length !== 2 * address.length) return false;
  return address.every((octet, i) => ((octet ^ (base[i] as number)) & (base[i + address.length] as number)) === 0);
}
