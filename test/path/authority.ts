import { createPublicKey, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import * as OID from "../../lib/asn1/oids.ts";
import {
  bitString,
  boolean,
  explicit,
  implicit,
  integer,
  namedBitString,
  octetString,
  oid,
  sequence,
  setOf,
  time,
  utf8String,
} from "../../lib/asn1/write.ts";
import { fromLatin1 } from "../../lib/bytes/bytes.ts";
import { ecdsaWithSha256 } from "../../lib/crypto/algorithms.ts";
import { type Certificate, parseCertificate } from "../../lib/x509/certificate.ts";
import { keyIdentifierOf } from "../../lib/x509/key-identifiers.ts";
import { KEY_USAGES, type KeyUsage } from "../../lib/x509/usages.ts";

/** A P-256 key pair. */
export type Key = { readonly privateKey: KeyObject; readonly spki: Uint8Array };

/** Somebody with a name, a key and a certificate, who can issue. */
export type Member = { readonly certificate: Certificate; readonly key: Key; readonly name: Uint8Array };

export type ExtensionOf = { readonly type: string; readonly critical: boolean; readonly value: Uint8Array };

export const AT = Date.UTC(2027, 0, 15);
const YEAR = 365 * 86_400_000;

export function newKey(): Key {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return { privateKey, spki: Uint8Array.from(createPublicKey(privateKey).export({ format: "der", type: "spki" })) };
}

export type IssueOptions = {
  /** A text becomes CN; DER stays as it is. */
  readonly name: string | Uint8Array;
  /** Who issues; nobody: it signs itself. */
  readonly by?: Pick<Member, "name" | "key">;
  readonly key?: Key;
  readonly extensions?: readonly (ExtensionOf | undefined)[];
  readonly version?: 1 | 2 | 3;
  /** No key identifiers beside `extensions`. */
  readonly bare?: boolean;
  readonly notBefore?: number;
  readonly notAfter?: number;
  readonly spoilSignature?: boolean;
  /** DER AlgorithmIdentifier instead of ecdsa-with-SHA256. */
  readonly algorithm?: Uint8Array;
};

let serial = 1000;

export function issue(options: IssueOptions): Member {
  const key = options.key ?? newKey();
  const name = typeof options.name === "string" ? cn(options.name) : options.name;
  const by = options.by ?? { name, key };
  const version = options.version ?? 3;
  const algorithm = options.algorithm ?? ecdsaWithSha256();
  // Without identifiers OpenSSL takes every self-issued certificate for a self-signed one.
  const identifiers = version === 3 && options.bare !== true ? [subjectKey(key), authorityKey(by.key)] : [];
  const own = (options.extensions ?? []).filter((extension) => extension !== undefined);
  const added = identifiers.filter(({ type }) => own.every((extension) => extension.type !== type));
  const extensions = [...own, ...added].map(writeExtension);
  const tbs = sequence(
    ...(version === 1 ? [] : [explicit(0, integer(version - 1))]),
    integer(serial++),
    algorithm,
    by.name,
    sequence(time(options.notBefore ?? AT - YEAR), time(options.notAfter ?? AT + YEAR)),
    name,
    key.spki,
    ...(extensions.length === 0 ? [] : [explicit(3, sequence(...extensions))]),
  );
  const signature = Uint8Array.from(sign("sha256", tbs, by.key.privateKey));
  const last = signature.length - 1;
  if (options.spoilSignature === true) signature[last] = (signature[last] as number) ^ 1;
  return { certificate: parseCertificate(sequence(tbs, algorithm, bitString(signature))), key, name };
}

function writeExtension({ type, critical, value }: ExtensionOf): Uint8Array {
  return sequence(oid(type), ...(critical ? [boolean(true)] : []), octetString(value));
}

export function cn(text: string): Uint8Array {
  return dn([OID.commonName, text]);
}

/** A Name of one attribute each relative name, UTF8String. */
export function dn(...attributes: readonly (readonly [type: string, text: string])[]): Uint8Array {
  return sequence(...attributes.map(([type, text]) => setOf(sequence(oid(type), utf8String(text)))));
}

export const isCa = (pathLength?: number): ExtensionOf => ({
  type: OID.basicConstraints,
  critical: true,
  value: sequence(boolean(true), ...(pathLength === undefined ? [] : [integer(pathLength)])),
});

export const isNoCa: ExtensionOf = { type: OID.basicConstraints, critical: true, value: sequence() };

export const usage = (...usages: readonly KeyUsage[]): ExtensionOf => ({
  type: OID.keyUsage,
  critical: true,
  value: namedBitString(usages.map((one) => KEY_USAGES.indexOf(one))),
});

export const subjectKey = (key: Key): ExtensionOf => ({
  type: OID.subjectKeyIdentifier,
  critical: false,
  value: octetString(keyIdentifierOf(key.spki)),
});

export const authorityKey = (key: Key): ExtensionOf => ({
  type: OID.authorityKeyIdentifier,
  critical: false,
  value: sequence(implicit(0, octetString(keyIdentifierOf(key.spki)))),
});

/** AuthorityKeyIdentifier by the issuing certificate's own issuer and serial number. */
export const authorityByName = ({ certificate }: Member): ExtensionOf => ({
  type: OID.authorityKeyIdentifier,
  critical: false,
  value: sequence(implicit(1, sequence(explicit(4, certificate.issuer.raw))), implicit(2, integer(certificate.serial))),
});

export const policies = (oids: readonly string[], critical = false): ExtensionOf => ({
  type: OID.certificatePolicies,
  critical,
  value: sequence(...oids.map((policy) => sequence(oid(policy)))),
});

export const mappings = (...pairs: readonly (readonly [issuer: string, subject: string])[]): ExtensionOf => ({
  type: OID.policyMappings,
  critical: true,
  value: sequence(...pairs.map(([from, to]) => sequence(oid(from), oid(to)))),
});

export const policyConstraints = (skip: { readonly explicit?: number; readonly mapping?: number }): ExtensionOf => ({
  type: OID.policyConstraints,
  critical: true,
  value: sequence(
    ...(skip.explicit === undefined ? [] : [implicit(0, integer(skip.explicit))]),
    ...(skip.mapping === undefined ? [] : [implicit(1, integer(skip.mapping))]),
  ),
});

export const inhibitAny = (skip: number): ExtensionOf => ({
  type: OID.inhibitAnyPolicy,
  critical: true,
  value: integer(skip),
});

/** GeneralNames, DER. */
export const general = {
  email: (text: string) => implicit(1, octetString(fromLatin1(text))),
  dns: (text: string) => implicit(2, octetString(fromLatin1(text))),
  directory: (name: Uint8Array) => explicit(4, name),
  uri: (text: string) => implicit(6, octetString(fromLatin1(text))),
  ip: (...octets: readonly number[]) => implicit(7, octetString(Uint8Array.from(octets))),
  registered: (dotted: string) => implicit(8, oid(dotted)),
  other: (type: string, value: Uint8Array) => implicit(0, sequence(oid(type), explicit(0, value))),
};

export const altNames = (...names: readonly Uint8Array[]): ExtensionOf => ({
  type: OID.subjectAltName,
  critical: false,
  value: sequence(...names),
});

export const nameConstraints = (rules: {
  readonly permitted?: readonly Uint8Array[];
  readonly excluded?: readonly Uint8Array[];
}): ExtensionOf => ({
  type: OID.nameConstraints,
  critical: true,
  value: sequence(
    ...(rules.permitted === undefined ? [] : [implicit(0, sequence(...rules.permitted.map((base) => sequence(base))))]),
    ...(rules.excluded === undefined ? [] : [implicit(1, sequence(...rules.excluded.map((base) => sequence(base))))]),
  ),
});
