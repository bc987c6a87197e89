import { Certificate, ContentInfo, SignedData } from "pkijs";
import { ask, pem, withFiles } from "./judge.ts";

/** `accepted`, and what OpenSSL wrote about it. */
export type OpensslVerdict = { readonly accepted: boolean; readonly report: string };

/** id-aa-signatureTimeStampToken (RFC 3161 appendix A). */
const TIMESTAMP_TOKEN = "1.2.840.113549.1.9.16.2.14";

/**
 * `openssl cms -verify`: content digest, signature, and the chain from the certificates inside to the root.
 *
 * @param at the moment at which the chain must be valid, ms; a one-time certificate is expired minutes later
 */
export function cmsVerify(cms: Uint8Array, content: Uint8Array, root: Uint8Array, at: number): Promise<OpensslVerdict> {
  return withFiles({ cms, content, root: pem(root) }, async (path) => {
    const args = ["cms", "-verify", "-binary", "-inform", "DER", "-in", path.cms, "-content", path.content];
    // Any purpose: OpenSSL's default for CMS is e-mail, which a document signer's certificate does not claim.
    const trust = ["-CAfile", path.root, "-no-CApath", "-no-CAstore", "-purpose", "any", "-attime", seconds(at)];
    return verdict(await ask("openssl", [...args, ...trust, "-out", "/dev/null"]));
  });
}

/** `openssl ts -verify`: the token is a TSA's under the root, and its imprint is that of `data`. */
export function tsVerify(token: Uint8Array, data: Uint8Array, root: Uint8Array, at: number): Promise<OpensslVerdict> {
  return withFiles({ token, data, root: pem(root) }, async (path) => {
    const args = ["ts", "-verify", "-token_in", "-in", path.token, "-data", path.data];
    return verdict(await ask("openssl", [...args, "-CAfile", path.root, "-attime", seconds(at)]));
  });
}

/** What the only signer's SignerInfo holds, cut out by pkijs. */
export type CutSigner = {
  readonly signature: Uint8Array;
  readonly token: Uint8Array | undefined;
  readonly certificates: readonly { readonly der: Uint8Array; readonly isRoot: boolean }[];
};

export function cutSigner(cms: Uint8Array): CutSigner {
  const signedData = new SignedData({ schema: ContentInfo.fromBER(Uint8Array.from(cms)).content });
  const [signer, ...others] = signedData.signerInfos;
  if (signer === undefined || others.length > 0) throw new Error("one signer was expected");
  const attribute = signer.unsignedAttrs?.attributes.find(({ type }) => type === TIMESTAMP_TOKEN);
  return {
    signature: signer.signature.valueBlock.valueHexView,
    token: attribute?.values[0]?.valueBeforeDecodeView,
    certificates: (signedData.certificates ?? [])
      .filter((certificate) => certificate instanceof Certificate)
      .map((certificate) => ({
        der: new Uint8Array(certificate.toSchema().toBER()),
        isRoot: certificate.issuer.isEqual(certificate.subject),
      })),
  };
}

function verdict({ status, out, err }: Awaited<ReturnType<typeof ask>>): OpensslVerdict {
  return { accepted: status === 0, report: `${out}${err}` };
}

function seconds(ms: number): string {
  return String(Math.floor(ms / 1000));
}
