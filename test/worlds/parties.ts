import * as OID from "../../lib/asn1/oids.ts";
import { contextTag } from "../../lib/asn1/tags.ts";
import {
  bitString,
  boolean,
  element,
  explicit,
  integer,
  nullValue,
  octetString,
  oid,
  sequence,
  time,
} from "../../lib/asn1/write.ts";
import type { Bytes } from "../../lib/bytes/bytes.ts";
import type { HashName } from "../../lib/crypto/algorithms.ts";
import type { Signer } from "../../lib/ports/ports.ts";
import { type Certificate, parseCertificate } from "../../lib/x509/certificate.ts";
import type { ExtensionInput } from "../../lib/x509/issue.ts";
import { keyIdentifierOf, subjectKeyIdentifier } from "../../lib/x509/key-identifiers.ts";
import type { KeyUsage } from "../../lib/x509/usages.ts";
import {
  writeAuthorityKeyIdentifier,
  writeBasicConstraints,
  writeCrlDistributionPoint,
  writeExtendedKeyUsage,
  writeKeyUsage,
  writeShortTerm,
  writeSubjectKeyIdentifier,
} from "../../lib/x509/write-extensions.ts";
import { writeName } from "../../lib/x509/write-name.ts";
import { type Key, type KeyKind, keyFrom, newKey } from "./keys.ts";
import type { Party, World } from "./world.ts";

/** A certificate with a key of any kind: a signer, a CA, a TSA or a responder as others have them. */
export type AnyParty = Party & { readonly key: Key };

/** What a certificate says, and who issues it. */
export type PartyOptions = {
  readonly key?: KeyKind | Key;
  readonly commonName?: string;
  /** Further attributes of the subject by object identifier, in front of the common name. */
  readonly subject?: readonly { readonly type: string; readonly value: string }[];
  /** The whole subject as DER, where it is to be one that nobody of ours writes. */
  readonly rawSubject?: Uint8Array;
  /** `self` for a root; the world's issuing CA unless given. */
  readonly issuer?: Party | AnyParty | "self";
  /** ms; a year before and nine years behind the world's moment. */
  readonly notBefore?: number;
  readonly notAfter?: number;
  readonly serial?: Uint8Array;
  /** A CA; a number is its path length. */
  readonly ca?: boolean | number;
  /** By default keyCertSign and cRLSign for a CA, contentCommitment for others; `none` leaves the extension out. */
  readonly keyUsage?: readonly KeyUsage[] | "none";
  readonly extendedKeyUsage?: readonly string[];
  /** Whether that is critical; a TSA's is. */
  readonly extendedKeyUsageCritical?: boolean;
  /** http URI of a CRL. */
  readonly crl?: string;
  /** http URI of a responder. */
  readonly ocsp?: string;
  readonly shortTerm?: boolean;
  /** RFC 9608. */
  readonly noRevAvail?: boolean;
  readonly ocspNoCheck?: boolean;
  /** Without subject and authority key identifiers. */
  readonly noKeyIdentifiers?: boolean;
  readonly extensions?: readonly ExtensionInput[];
  /** Of the certificate's own signature; the issuer's usual one unless given. */
  readonly hash?: HashName;
};

const YEAR = 365 * 86_400_000;

/** Makes a key and lets somebody certify it. */
export function newParty(world: World, options: PartyOptions = {}): AnyParty {
  const key = typeof options.key === "object" ? options.key : newKey(options.key);
  const subject =
    options.rawSubject ??
    writeName([
      { type: OID.countryName, value: "VN" },
      ...(options.subject ?? []),
      { type: OID.commonName, value: options.commonName ?? "Trần Văn Bình" },
    ]);
  const { issuer = world.issuingCa } = options;
  const hash = options.hash ?? (issuer === "self" ? key.hash : hashOf(issuer));
  const by = issuer === "self" ? { subject, identifier: keyIdentifierOf(key.spki), key } : issuing(issuer);
  const algorithm = by.key.algorithm(hash);
  const tbs = sequence(
    explicit(0, integer(2)),
    integer(options.serial ?? world.random(15)),
    algorithm,
    by.subject,
    sequence(time(options.notBefore ?? world.now - YEAR), time(options.notAfter ?? world.now + 9 * YEAR)),
    subject,
    key.spki,
    explicit(3, sequence(...extensionsOf(options, key, by.identifier).map(writeExtension))),
  );
  const certificate = parseCertificate(sequence(tbs, algorithm, bitString(by.key.sign(tbs, hash))));
  return partyOf(key, certificate);
}

/** A TSA under the world's root unless told otherwise. */
export function newTsa(world: World, options: PartyOptions = {}): AnyParty {
  return newParty(world, {
    issuer: world.root,
    commonName: "Another TSA",
    keyUsage: ["digitalSignature"],
    extendedKeyUsage: [OID.timeStamping],
    extendedKeyUsageCritical: true,
    ...options,
  });
}

/** An issuer of its own, under the world's root unless told otherwise. */
export function newCa(world: World, options: PartyOptions = {}): AnyParty {
  return newParty(world, { issuer: world.root, commonName: "Another CA", ca: true, ...options });
}

/** The key and the algorithm with which anybody of any world signs. */
export function keyOf(party: Party | AnyParty): Key {
  if ("key" in party) return party.key;
  return keyFrom("p256", party.privateKey);
}

function partyOf(key: Key, certificate: Certificate): AnyParty {
  const sign = (message: Uint8Array): Bytes => key.sign(message);
  const signer: Signer = { sign: async (message) => sign(message) };
  return { key, certificate, privateKey: key.privateKey, sign, signer };
}

function hashOf(issuer: Party | AnyParty): HashName {
  return "key" in issuer ? issuer.key.hash : "SHA-256";
}

function issuing(issuer: Party | AnyParty) {
  const { certificate } = issuer;
  const identifier = subjectKeyIdentifier(certificate) ?? keyIdentifierOf(certificate.spki);
  return { subject: certificate.subject.raw, identifier, key: keyOf(issuer) };
}

function extensionsOf(options: PartyOptions, key: Key, authority: Uint8Array): ExtensionInput[] {
  const { ca = false, extendedKeyUsage, crl, ocsp } = options;
  const usages =
    options.keyUsage ?? (ca === false ? ["contentCommitment" as const] : ["keyCertSign" as const, "cRLSign" as const]);
  return [
    typeof ca === "number" ? writeBasicConstraints(true, ca) : writeBasicConstraints(ca),
    ...(usages === "none" ? [] : [writeKeyUsage(...usages)]),
    ...(extendedKeyUsage === undefined
      ? []
      : [writeExtendedKeyUsage(extendedKeyUsage, options.extendedKeyUsageCritical ?? false)]),
    ...(options.noKeyIdentifiers === true
      ? []
      : [writeSubjectKeyIdentifier(key.spki), writeAuthorityKeyIdentifier(authority)]),
    ...(crl === undefined ? [] : [writeCrlDistributionPoint(crl)]),
    ...(ocsp === undefined ? [] : [ocspAccess(ocsp)]),
    ...(options.shortTerm === true ? [writeShortTerm()] : []),
    ...(options.noRevAvail === true ? [{ oid: OID.noRevAvail, critical: false, value: nullValue() }] : []),
    ...(options.ocspNoCheck === true ? [{ oid: OID.ocspNoCheck, critical: false, value: nullValue() }] : []),
    ...(options.extensions ?? []),
  ];
}

function ocspAccess(uri: string): ExtensionInput {
  const location = element(contextTag(6, false), new TextEncoder().encode(uri));
  return { oid: OID.authorityInfoAccess, critical: false, value: sequence(sequence(oid(OID.ocsp), location)) };
}

function writeExtension({ oid: type, critical, value }: ExtensionInput): Bytes {
  return sequence(oid(type), ...(critical ? [boolean(true)] : []), octetString(value));
}
