import * as OID from "../../lib/asn1/oids.ts";
import { TAG } from "../../lib/asn1/tags.ts";
import {
  bitString,
  boolean,
  element,
  enumerated,
  explicit,
  integer,
  octetString,
  oid,
  sequence,
  time,
} from "../../lib/asn1/write.ts";
import type { Bytes } from "../../lib/bytes/bytes.ts";
import { writeCertId } from "../../lib/revocation/cert-id.ts";
import { issueOcspResponse } from "../../lib/revocation/ocsp-response.ts";
import type { CertificateStatus } from "../../lib/revocation/status.ts";
import type { Certificate } from "../../lib/x509/certificate.ts";
import type { ExtensionInput } from "../../lib/x509/issue.ts";
import { keyIdentifierOf, subjectKeyIdentifier } from "../../lib/x509/key-identifiers.ts";
import { writeAuthorityKeyIdentifier } from "../../lib/x509/write-extensions.ts";
import { type AnyParty, keyOf } from "./parties.ts";
import type { Party } from "./world.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

export type OcspOptions = {
  readonly certificate: Certificate;
  readonly issuer: Party;
  /** A P-256 key; the issuer itself unless given. */
  readonly responder?: Party;
  readonly status?: CertificateStatus;
  /** ms, also when it is produced. */
  readonly thisUpdate: number;
  /** ms; a day later unless given. */
  readonly nextUpdate?: number;
};

/** An OCSPResponse about one certificate. */
export function ocspAbout(options: OcspOptions): Promise<Bytes> {
  const { certificate, issuer, responder = issuer, thisUpdate } = options;
  const single = {
    certId: writeCertId("SHA-1", issuer.certificate, certificate.serial),
    status: options.status ?? { kind: "good" as const },
    thisUpdate,
    nextUpdate: options.nextUpdate ?? thisUpdate + DAY,
  };
  return issueOcspResponse(
    { singles: [single], producedAt: thisUpdate, responder: responder.certificate },
    responder.signer,
  );
}

export type CrlOptions = {
  readonly issuer: Party | AnyParty;
  readonly thisUpdate: number;
  /** ms; a week later unless given. */
  readonly nextUpdate?: number;
  readonly revoked?: readonly {
    readonly certificate: Certificate;
    readonly at: number;
    /** CRLReason (RFC 5280 §5.3.1). */
    readonly reason?: number;
    readonly extensions?: readonly ExtensionInput[];
  }[];
  readonly extensions?: readonly ExtensionInput[];
  /** CRL number; 1 unless given. */
  readonly number?: number;
};

/** A version 2 CertificateList (RFC 5280 §5.1) with number and authority key identifier. */
export function crlBy(options: CrlOptions): Bytes {
  const { issuer, thisUpdate, revoked = [] } = options;
  const key = keyOf(issuer);
  const identifier = subjectKeyIdentifier(issuer.certificate) ?? keyIdentifierOf(issuer.certificate.spki);
  const entries = revoked.map(({ certificate, at, reason, extensions = [] }) => {
    const all = [
      ...(reason === undefined ? [] : [{ oid: OID.reasonCode, critical: false, value: enumerated(reason) }]),
      ...extensions,
    ];
    const list = all.length === 0 ? [] : [sequence(...all.map(writeExtension))];
    return sequence(element(TAG.integer, certificate.serial), time(at), ...list);
  });
  const own = [
    writeAuthorityKeyIdentifier(identifier),
    { oid: OID.crlNumber, critical: false, value: integer(options.number ?? 1) },
    ...(options.extensions ?? []),
  ];
  const tbs = sequence(
    integer(1),
    key.algorithm(),
    issuer.certificate.subject.raw,
    time(thisUpdate),
    time(options.nextUpdate ?? thisUpdate + 7 * DAY),
    ...(entries.length === 0 ? [] : [sequence(...entries)]),
    explicit(0, sequence(...own.map(writeExtension))),
  );
  return sequence(tbs, key.algorithm(), bitString(key.sign(tbs)));
}

function writeExtension({ oid: type, critical, value }: ExtensionInput): Bytes {
  return sequence(oid(type), ...(critical ? [boolean(true)] : []), octetString(value));
}
