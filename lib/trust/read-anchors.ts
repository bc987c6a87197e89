import { toUtf8 } from "../bytes/bytes.ts";
import { Fault } from "../fault/fault.ts";
import { type Certificate, parseCertificate } from "../x509/certificate.ts";
import { fingerprint } from "../x509/fingerprint.ts";
import { fromPem } from "../x509/pem.ts";
import type { TrustAnchor } from "./anchor.ts";
import { MAX_ANCHORS, parseTrustProfile } from "./profile.ts";

export type AnchorFile = {
  readonly anchors: readonly TrustAnchor[];
  /** Certificates of a bundle that could not be read, and so are not trusted. */
  readonly unreadable: number;
  /** A profile says what its certificates are trusted for; bare certificates say nothing. */
  readonly profile: boolean;
};

/** "{", after white space and a byte order mark: a DER certificate begins with 0x30. */
const JSON_START = /^\ufeff?\s*\{/;
const PEM_START = /-----BEGIN (TRUSTED )?[A-Z0-9 ]+-----/;

/**
 * The anchors of one file: a trust profile (JSON), PEM with any number of certificates, or one DER certificate.
 *
 * A bundle of a hundred certificates often has one that no strict reader takes: it is counted and left out, which trusts less, never
 * more. Blocks of other kinds (keys, CRLs) are passed over.
 *
 * @param name what stands as the source of bare certificates: the name of the file, no path
 * @throws Fault `trust_malformed`: a malformed profile, or a file in which no certificate can be read
 */
export function readAnchorFile(octets: Uint8Array, name: string): AnchorFile {
  const text = toUtf8(octets);
  if (text !== undefined && JSON_START.test(text))
    return { anchors: parseTrustProfile(text.replace(/^\ufeff/, "")), unreadable: 0, profile: true };
  const blocks = text !== undefined && PEM_START.test(text) ? pemCertificates(text) : [octets];
  if (blocks.length > MAX_ANCHORS)
    throw new Fault("trust_malformed", `more than ${MAX_ANCHORS} certificates in one file`);
  const certificates = blocks.flatMap((block) => readable(block));
  if (certificates.length === 0) throw new Fault("trust_malformed", "no certificate can be read in the file");
  const anchors = certificates.map((certificate) => bareAnchor(certificate, name));
  return { anchors, unreadable: blocks.length - certificates.length, profile: false };
}

/** What a certificate is worth of which nothing is said but that it is trusted: a confirmation of the operator's own, no legal class. */
export function bareAnchor(certificate: Certificate, source: string): TrustAnchor {
  return { certificate, class: "OTHER_CONFIRMATION", source, test: false, uses: ["signature", "timestamp"] };
}

/**
 * One set out of several files. The same certificate in several of them is one anchor; what a profile says of it goes before a bare
 * certificate. The first of two bare ones stays.
 *
 * @throws Fault `trust_malformed`: two profiles say different things of one certificate; nobody here can tell which holds
 */
export function mergeAnchors(files: readonly AnchorFile[]): TrustAnchor[] {
  const chosen = new Map<string, { readonly anchor: TrustAnchor; readonly profile: boolean }>();
  for (const { anchors, profile } of files)
    for (const anchor of anchors) {
      const name = fingerprint(anchor.certificate);
      const known = chosen.get(name);
      if (known?.profile && profile && !saysTheSame(known.anchor, anchor))
        throw new Fault("trust_malformed", `two profiles differ about ${name}`);
      if (known === undefined || (profile && !known.profile)) chosen.set(name, { anchor, profile });
    }
  if (chosen.size > MAX_ANCHORS) throw new Fault("trust_malformed", `more than ${MAX_ANCHORS} anchors`);
  return [...chosen.values()].map(({ anchor }) => anchor);
}

function saysTheSame(a: TrustAnchor, b: TrustAnchor): boolean {
  const told = ({ class: signatureClass, from, until, managingUnit, test, uses }: TrustAnchor) =>
    JSON.stringify([signatureClass, from ?? null, until ?? null, managingUnit ?? null, test, [...uses].sort()]);
  return told(a) === told(b);
}

function pemCertificates(text: string): Uint8Array[] {
  let blocks: ReturnType<typeof fromPem>;
  try {
    blocks = fromPem(text);
  } catch (cause) {
    throw new Fault("trust_malformed", "the PEM text cannot be read", { cause });
  }
  // RFC 7468 §5.1 allows the older label.
  return blocks
    .filter(({ label }) => label === "CERTIFICATE" || label === "X509 CERTIFICATE")
    .map(({ octets }) => octets);
}

function readable(der: Uint8Array): Certificate[] {
  try {
    return [parseCertificate(der)];
  } catch (error) {
    if (error instanceof Fault) return [];
    throw error;
  }
}
