import { digest } from "#crypto";
import * as OID from "../asn1/oids.ts";
import { TAG } from "../asn1/tags.ts";
import { element, integer, oid, preciseTime, sequence } from "../asn1/write.ts";
import type { Bytes } from "../bytes/bytes.ts";
import { assemble, attributeSet } from "../cms/build.ts";
import { type CertificateId, certificateId } from "../cms/certificate-id.ts";
import { signingCertificateV2 } from "../cms/signing-certificate.ts";
import { ecdsaWithSha256 } from "../crypto/algorithms.ts";
import type { Signer } from "../ports/ports.ts";
import type { Certificate } from "../x509/certificate.ts";
import { writeMessageImprint } from "./message-imprint.ts";

const TST_INFO = oid(OID.tstInfo);
const VERSION_1 = integer(1);
const ECDSA_WITH_SHA256 = ecdsaWithSha256();
/** What a host on a disciplined clock can promise (EN 319 421 §7.6.2 asks for one second or better). */
const ACCURACY = sequence(integer(1));

/** What is stamped, when, and by whom. */
export type TokenInput = {
  readonly hash: "SHA-256" | "SHA-384" | "SHA-512";
  /** Digest by `hash` of what is stamped: of the signature value for a signature-time-stamp. */
  readonly imprint: Uint8Array;
  /** AlgorithmIdentifier of the request, so that the imprint comes back octet for octet; without parameters unless given. */
  readonly hashAlgorithm?: Uint8Array;
  /** Content octets of the request's INTEGER, returned as they are. */
  readonly nonce?: Uint8Array;
  /** Unsigned magnitude, at most 20 octets, never used twice by this TSA (RFC 3161 §2.4.2). */
  readonly serial: Uint8Array;
  /** Milliseconds since 1970; written to the millisecond. */
  readonly genTime: number;
  /** Dotted object identifier. */
  readonly policy: string;
  /** The TSA's own. */
  readonly certificate: Certificate;
  /** CA certificates of the TSA, DER, in any order; the root need not be there. */
  readonly chain: readonly Uint8Array[];
  /** PAdES wants the TSA's certificate and its chain inside; a request may ask for none (RFC 3161 §2.4.1, certReq). */
  readonly includeCertificates: boolean;
};

/**
 * Issues a time-stamp token (RFC 3161 §2.4.2): TSTInfo signed by ECDSA with SHA-256, bound to the TSA's certificate by
 * signing-certificate-v2 (RFC 5816). DER throughout. No `ordering`, no `tsa` name, no extensions.
 *
 * @returns ContentInfo: the TimeStampToken
 * @throws TypeError: an imprint of another length
 * @throws RangeError: a policy or a time that cannot be encoded
 * @throws Fault `key_unavailable`
 */
export async function issueToken(input: TokenInput, signer: Signer): Promise<Bytes> {
  const info = timestampInfo(input);
  const { id, reference } = identityOf(input.certificate);
  const attributes = attributeSet(TST_INFO, digest("SHA-256", info), reference);
  const signature = await signer.sign(attributes);
  return assemble(
    {
      contentType: TST_INFO,
      content: info,
      signedAttributes: attributes,
      signer: id,
      signatureAlgorithm: ECDSA_WITH_SHA256,
      signature,
      certificates: input.includeCertificates ? [input.certificate.raw, ...input.chain] : [],
      unsignedAttributes: [],
    },
    3,
  );
}

/** How a TSA names itself in every token. */
type Identity = { readonly id: CertificateId; readonly reference: Bytes };

/** A TSA stamps thousands of times with one certificate; its hash is computed once. */
const IDENTITIES = new WeakMap<Certificate, Identity>();

function identityOf(certificate: Certificate): Identity {
  const known = IDENTITIES.get(certificate);
  if (known !== undefined) return known;
  const made = { id: certificateId(certificate.raw), reference: signingCertificateV2(certificate.raw) };
  IDENTITIES.set(certificate, made);
  return made;
}

function timestampInfo(input: TokenInput): Bytes {
  return sequence(
    VERSION_1,
    oid(input.policy),
    writeMessageImprint(input.hash, input.imprint, input.hashAlgorithm),
    integer(input.serial),
    preciseTime(input.genTime),
    ACCURACY,
    ...(input.nonce === undefined ? [] : [element(TAG.integer, input.nonce)]),
  );
}
