import { contents, readDer } from "../asn1/read.ts";
import { TAG } from "../asn1/tags.ts";
import { element, sequence } from "../asn1/write.ts";
import { equal } from "../bytes/bytes.ts";
import type { DistributionPoint } from "../x509/access.ts";
import type { GeneralName } from "../x509/general-name.ts";
import { type Name, readName } from "../x509/name.ts";
import { namesMatch } from "../x509/name-match.ts";

/**
 * The names of a distribution point in full; a relative name is put behind its issuer's (RFC 5280 §4.2.1.13).
 *
 * @returns undefined where the point has no name
 * @throws Fault `der_malformed`, `x509_malformed`: the relative name
 */
export function pointNames(
  point: Pick<DistributionPoint, "fullName" | "relativeName">,
  issuer: Name,
): readonly GeneralName[] | undefined {
  if (point.relativeName === undefined) return point.fullName;
  const relative = element(TAG.set, contents(point.relativeName));
  return [directoryName(readName(readDer(sequence(contents(readDer(issuer.raw)), relative))))];
}

export function directoryName(name: Name): GeneralName {
  return { kind: "directory", name };
}

/** Whether a name is on both lists. Texts are the same character by character: two URIs that a server takes for one are two here. */
export function shareName(a: readonly GeneralName[], b: readonly GeneralName[]): boolean {
  return a.some((one) => b.some((other) => isSame(one, other)));
}

/** Whether a distinguished name is on a list. */
export function hasDirectoryName(names: readonly GeneralName[], name: Name): boolean {
  return names.some((one) => one.kind === "directory" && namesMatch(one.name, name));
}

function isSame(a: GeneralName, b: GeneralName): boolean {
  if (a.kind !== b.kind) return false;
  if ("name" in a) return "name" in b && namesMatch(a.name, b.name);
  if ("value" in a) return "value" in b && a.value === b.value;
  if ("oid" in a) return "oid" in b && a.oid === b.oid;
  return "octets" in b && equal(a.octets, b.octets);
}
