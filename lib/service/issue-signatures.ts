import { digest } from "#crypto";
import { fromBase64Url } from "../bytes/base64.ts";
import type { Bytes } from "../bytes/bytes.ts";
import { fromHex } from "../bytes/hex.ts";
import { signedAttributes, signedData } from "../cms/sign.ts";
import { issueToken } from "../tsp/token.ts";
import { assembleCertificate, certificateTbs } from "../x509/issue.ts";
import { POLICY } from "../x509/policy-arc.ts";
import { oneTimeProfile } from "../x509/profiles.ts";
import { signatureChances } from "./chance.ts";
import type { Pki } from "./pki.ts";
import { COUNTRY } from "./pseudonym.ts";
import type { IssuingPorts } from "./sign.ts";
import type { Signatory } from "./signatory.ts";
import type { Lease, SignedResult, Transaction } from "./transaction.ts";

export type WhoSigns = { readonly who: Signatory; readonly pki: Pki };

/**
 * One key, one certificate, one signature and one timestamp a document. Nothing is kept; the key is forgotten at the end,
 * whichever way it ends.
 *
 * @throws Fault `key_unavailable`; `result_not_verified`: what came out is not what our own validator calls valid
 */
export async function issueSignatures(
  ports: IssuingPorts,
  transaction: Transaction,
  lease: Lease,
  { who, pki }: WhoSigns,
): Promise<SignedResult> {
  const key = ports.oneTimeKey();
  try {
    const serial = fromHex(lease.serial);
    if (serial === undefined) throw new TypeError("a lease carries its serial in hex");
    const tbs = certificateTbs(
      oneTimeProfile({
        serial,
        subject: { commonName: who.person.fullName, serialNumber: who.person.pseudonym, country: COUNTRY },
        spki: key.spki,
        notBefore: lease.notBefore,
        notAfter: lease.notAfter,
        issuer: pki.issuingCa,
        urls: ports.urls,
      }),
    );
    const certificate = assembleCertificate(tbs, await ports.issuingCa.sign(tbs));
    const asked = transaction.preimage.documents;
    const { salt, serials } = signatureChances(ports.random, asked.length);
    const documents = await Promise.all(
      asked.map(({ digest: hash }, index) =>
        signDocument(ports, pki, key.sign, { certificate, digest: hash, serial: serials[index] as Bytes }),
      ),
    );
    return {
      signatures: documents.map(({ cms }) => cms),
      genTimes: documents.map(({ genTime }) => genTime),
      certificates: [certificate, pki.issuingCa.raw, pki.root.raw],
      person: who.person,
      token: who.evidence,
      authenticatedAt: who.authenticatedAt,
      salt,
      signatureClass: pki.signatureClass,
      demo: pki.demo,
    };
  } finally {
    key.forget();
  }
}

type DocumentInput = {
  readonly certificate: Bytes;
  /** Digest of the document, base64url. */
  readonly digest: string;
  /** Of its timestamp. */
  readonly serial: Bytes;
};

async function signDocument(
  ports: Pick<IssuingPorts, "tsa" | "clock" | "checkResult">,
  pki: Pki,
  sign: (message: Uint8Array) => Bytes,
  { certificate, digest: hash, serial }: DocumentInput,
): Promise<{ readonly cms: Bytes; readonly genTime: number }> {
  const octets = fromBase64Url(hash);
  if (octets === undefined) throw new TypeError("a stored digest is base64url");
  const attributes = signedAttributes({ digest: octets, signerCertificate: certificate });
  const signature = sign(attributes);
  const genTime = Math.floor(ports.clock() / 1000) * 1000;
  const timestampToken = await issueToken(
    {
      hash: "SHA-256",
      imprint: digest("SHA-256", signature),
      serial,
      genTime,
      policy: POLICY.timestamp,
      certificate: pki.tsa,
      chain: [],
      includeCertificates: true,
    },
    ports.tsa,
  );
  const cms = signedData({
    signedAttributes: attributes,
    signature,
    certificates: [certificate, pki.issuingCa.raw],
    timestampToken,
  });
  await ports.checkResult(pki, { cms, digest: octets }, ports.clock());
  return { cms, genTime };
}
