import { Fault } from "../fault/fault.ts";
import type { Certificate } from "../x509/certificate.ts";
import type { GeneralName } from "../x509/general-name.ts";
import { nameConstraints } from "../x509/name-constraints.ts";

/** Subtrees of one certificate's name constraints, or of all so far. */
export type NameRules = {
  /** One list a certificate: a name has to lie in each list that knows its form. */
  readonly permitted: readonly (readonly GeneralName[])[];
  readonly excluded: readonly GeneralName[];
};

export const NO_RULES: NameRules = { permitted: [], excluded: [] };

/** Forms for which RFC 5280 §4.2.1.10 says how a name lies in a subtree. */
export const COMPARED: ReadonlySet<GeneralName["kind"]> = new Set(["directory", "dns", "email", "uri", "ip"]);

/**
 * The name constraints of a certificate, each subtree in a form that can be compared. A base that no name could ever lie in (a URI where
 * a host belongs, an address without a mask) is refused: an exclusion that excludes nothing must not pass for one.
 *
 * @throws Fault `x509_malformed`
 */
export function readNameRules(certificate: Certificate): NameRules | undefined {
  const found = nameConstraints(certificate);
  if (found === undefined) return undefined;
  const permitted = found.permitted ?? [];
  const excluded = found.excluded ?? [];
  for (const base of [...permitted, ...excluded]) checkBase(base);
  return { permitted: permitted.length === 0 ? [] : [permitted], excluded };
}

/** What holds below both. */
export function addRules(a: NameRules, b: NameRules | undefined): NameRules {
  if (b === undefined) return a;
  return { permitted: [...a.permitted, ...b.permitted], excluded: [...a.excluded, ...b.excluded] };
}

/** A host or, with a dot in front, what is below it; empty for everything. */
const HOST = /^(?:\.?[a-z0-9_-]+(?:\.[a-z0-9_-]+)*)?$/i;

const MAILBOX = /^[^"@]+@[a-z0-9_-]+(?:\.[a-z0-9_-]+)*$/i;

function checkBase(base: GeneralName): void {
  if (!isSound(base)) throw new Fault("x509_malformed", `a subtree of ${base.kind} that no name can lie in`);
}

function isSound(base: GeneralName): boolean {
  switch (base.kind) {
    case "dns":
    case "uri":
      return HOST.test(base.value);
    case "email":
      return HOST.test(base.value) || MAILBOX.test(base.value);
    case "ip":
      return isNetwork(base.octets);
    default:
      return true;
  }
}

/** Address and mask of one length, the mask's ones before its zeros (RFC 4632 §3.1). */
function isNetwork(octets: Uint8Array): boolean {
  if (octets.length !== 8 && octets.length !== 32) return false;
  const mask = Array.from(octets.subarray(octets.length / 2), (octet) => octet.toString(2).padStart(8, "0")).join("");
  return /^1*0*$/.test(mask);
}
