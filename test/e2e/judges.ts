import { cutSignatures } from "../judges/byte-range.ts";
import { judge } from "../judges/judge.ts";
import { cmsVerify, cutSigner, tsVerify } from "../judges/openssl.ts";
import { pdfsig, type TrustStore } from "../judges/pdfsig.ts";
import { qpdfCheck } from "../judges/qpdf.ts";

const PDFSIG = judge("certutil", "pdfsig against our root") && judge("pdfsig", "poppler accepts what was signed");
const QPDF = judge("qpdf", "the structure is no worse than before");
const OPENSSL = judge("openssl", "CMS and timestamp hold under the root");

const VALID = "Signature is Valid.";

export type Trust = {
  /** DER of the only anchor. */
  readonly root: Uint8Array;
  readonly store: TrustStore | undefined;
  /** The moment of signing, ms: the one-time certificate is expired soon after. */
  readonly at: number;
};

/** Whether a trust store can be made here. */
export const HAS_PDFSIG = PDFSIG;
/** Whether everybody who is asked is here. */
export const HAS_ALL = PDFSIG && QPDF && OPENSSL;

/**
 * What the judges hold against `signed`, as sentences; empty where all accept it.
 *
 * @param before the file as it was, perhaps signed by others
 */
export async function complaints(before: Uint8Array, signed: Uint8Array, trust: Trust): Promise<string[]> {
  const found = await Promise.all([
    prefixComplaints(before, signed),
    QPDF ? qpdfComplaints(before, signed) : [],
    PDFSIG && trust.store !== undefined ? pdfsigComplaints(before, signed, trust.store) : [],
    OPENSSL ? opensslComplaints(signed, trust) : [],
  ]);
  return found.flat();
}

function prefixComplaints(before: Uint8Array, signed: Uint8Array): string[] {
  return Buffer.from(before).equals(signed.subarray(0, before.length)) ? [] : ["the original is no prefix"];
}

async function qpdfComplaints(before: Uint8Array, signed: Uint8Array): Promise<string[]> {
  const [was, is] = await Promise.all([qpdfCheck(before), qpdfCheck(signed)]);
  return is.errors > was.errors || is.warnings > was.warnings ? [`qpdf finds more than before: ${is.report}`] : [];
}

async function pdfsigComplaints(before: Uint8Array, signed: Uint8Array, store: TrustStore): Promise<string[]> {
  const [were, are] = await Promise.all([pdfsig(before, store), pdfsig(signed, store)]);
  // What was broken before, by whomever, is not ours to mend; what was valid must stay so.
  const brokenBefore = new Set(were.filter(({ signature }) => signature !== VALID).map(({ field }) => field));
  const broken = are.filter(({ field, signature }) => signature !== VALID && !brokenBefore.has(field));
  const total = are.filter(({ totalDocument }) => totalDocument);
  return [
    ...(are.length === were.length + 1 ? [] : [`pdfsig finds ${are.length} signatures after ${were.length}`]),
    ...broken.map(({ field, signature }) => `pdfsig on ${field}: ${signature}`),
    ...(total.length === 1 && !were.some(({ field }) => field === total[0]?.field)
      ? []
      : ["pdfsig: not the total document signed"]),
  ];
}

async function opensslComplaints(signed: Uint8Array, { root, at }: Trust): Promise<string[]> {
  const newest = cutSignatures(signed).at(-1);
  if (newest === undefined) return ["no /ByteRange"];
  const { signature, token } = cutSigner(newest.cms);
  const cms = await cmsVerify(newest.cms, newest.content, root, at);
  const stamp = token === undefined ? undefined : await tsVerify(token, signature, root, at);
  return [
    ...(cms.accepted ? [] : [`openssl cms: ${cms.report}`]),
    ...(stamp?.accepted ? [] : [`openssl ts: ${stamp?.report ?? "no timestamp"}`]),
  ];
}
