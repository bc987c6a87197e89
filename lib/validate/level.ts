import type { RevocationFacts } from "../facts/facts.ts";
import type { ChainState } from "./chain.ts";
import type { SignatureReport } from "./report.ts";
import { endOf, type Subject } from "./subject.ts";
import type { TimestampState } from "./timestamps.ts";
import { certificateOf } from "./world.ts";

/** id-data (RFC 5652 §4). */
const ID_DATA = "1.2.840.113549.1.7.1";
/** id-aa-ets-commitmentType (RFC 5126 §5.11.1). */
const COMMITMENT = "1.2.840.113549.1.9.16.2.16";

/**
 * The highest PAdES baseline level whose every requirement is met (EN 319 142-1 §6.3). It says how the signature is made, not
 * whether anybody is trusted; but B-LT cannot be told without a path.
 */
export function levelOf(subject: Subject): SignatureReport["level"] {
  if (!isBasic(subject)) return null;
  const stamps = subject.timestamps.filter((state) => isInPeriod(subject, state));
  if (stamps.length === 0) return "B-B";
  const needed = embedded(subject, stamps);
  if (needed === null) return "B-T";
  return isArchived(subject, needed) ? "B-LTA" : "B-LT";
}

function isBasic({ signature, cms, signer, certificate, integrity, coverage }: Subject): boolean {
  if (cms === null || signer === null || certificate === null) return false;
  const { signedAttributeTypes } = signer;
  return (
    signature.subFilter === "ETSI.CAdES.detached" &&
    integrity === "intact" &&
    coverage !== "anomalous" &&
    !signature.hasCert &&
    signature.claimed !== null &&
    cms.der &&
    (cms.version === 1 || cms.version === 3) &&
    cms.contentType === ID_DATA &&
    cms.certificates > 0 &&
    signer.signedAttributes === "der" &&
    signer.signingCertificate === "match" &&
    signer.signingCertificates === 1 &&
    signer.signingTime === null &&
    !(signedAttributeTypes.includes(COMMITMENT) && signature.reason !== null)
  );
}

function isInPeriod({ certificate }: Subject, { sound, time }: TimestampState): boolean {
  return sound && time !== null && certificate !== null && time <= endOf(certificate);
}

/**
 * What the DSS dictionary holds about every certificate of the signer's and the timestamps' paths.
 *
 * @returns null where something is missing
 */
function embedded({ world, chain }: Subject, stamps: readonly TimestampState[]): RevocationFacts[] | null {
  if (!world.facts.document.hasDss) return null;
  const chains = [chain, ...stamps.filter(({ kind }) => kind === "signature").map((state) => state.chain)];
  const found: RevocationFacts[] = [];
  for (const state of chains) {
    const missing = (state?.path?.certificates ?? [""]).some((id) => {
      const facts = (world.revocation.get(id) ?? []).filter(({ source }) => source === "dss");
      found.push(...facts);
      return facts.length === 0 && isAskedFor(world, id, state);
    });
    if (missing || state?.path === null || state?.path === undefined) return null;
  }
  return found.length === 0 ? null : found;
}

function isAskedFor(world: Subject["world"], id: string, state: ChainState | null): boolean {
  const certificate = certificateOf(world, id);
  if (certificate === null || state === null) return true;
  const { shortTerm, noRevAvail, ocspNoCheck, crlUris, ocspUris } = certificate;
  return !(shortTerm || noRevAvail || ocspNoCheck) && crlUris.length + ocspUris.length > 0;
}

/** A sound document timestamp covers the signature and all of the material. */
function isArchived({ world, signature }: Subject, needed: readonly RevocationFacts[]): boolean {
  return signature.cover.stampedBy.some((index) => {
    const sound = world.sound[index] === true;
    return sound && needed.every(({ stampedBy }) => stampedBy.includes(index));
  });
}
