import { toHex } from "../bytes/hex.ts";
import type { HashName } from "../crypto/algorithms.ts";
import { Fault } from "../fault/fault.ts";
import { readToken, type TimestampToken, verifyToken } from "../tsp/verify.ts";
import type { TimestampFacts } from "./facts.ts";
import { addFromMessage } from "./material.ts";
import { isoTime } from "./plain.ts";
import type { Run } from "./run.ts";
import { signerFacts } from "./signer-facts.ts";

/**
 * Reads a time-stamp token and checks it against what it should cover.
 *
 * @param bytes the token; zeros may follow
 * @param imprint computes the digest of what it covers
 * @param stampedBy of the place where it stands
 */
export async function timestampFacts(
  bytes: Uint8Array,
  imprint: (hash: HashName) => Uint8Array,
  stampedBy: readonly number[],
  run: Run,
): Promise<TimestampFacts> {
  const token = read(bytes);
  if (token instanceof Fault) return { ok: false, code: token.code };
  const [info] = token.signedData.signers;
  addFromMessage(token.signedData, info, stampedBy, run);
  const input = { imprint, parse: run.certificates.read };
  let result = await verifyToken(token, input);
  if (result.signer.signature === "no-certificate" && run.outside.length > 0)
    result = await verifyToken(token, { ...input, certificates: run.outside });
  if (result.signer.certificate !== undefined) run.addTarget(result.signer.certificate);
  const { genTime, policy, serial, imprint: stamped } = token.info;
  return {
    ok: true,
    genTime: isoTime(genTime),
    policy,
    serial: toHex(serial),
    imprint: result.imprint,
    imprintHash: stamped.hash ?? null,
    usage: result.usage,
    signer: signerFacts(result.signer, info),
  };
}

function read(bytes: Uint8Array): TimestampToken | Fault {
  try {
    return readToken(bytes);
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
}
