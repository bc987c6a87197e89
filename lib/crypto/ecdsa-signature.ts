import { fields } from "../asn1/fields.ts";
import { readDer } from "../asn1/read.ts";
import { integerOctets } from "../asn1/values.ts";
import { type Bytes, concat } from "../bytes/bytes.ts";
import { Fault } from "../fault/fault.ts";
import { CURVES, type CurveName } from "./public-key.ts";

/**
 * Strict reading of an Ecdsa-Sig-Value (RFC 3279 §2.2.3): DER, both numbers in 1 … order − 1 (FIPS 186-5 §6.4.2 step 1). OpenSSL
 * is as strict only by re-encoding, other backends are not; every backend sees what passes here.
 *
 * @returns r and s, each as long as a coordinate; undefined where the octets are anything else
 */
export function readEcdsaSignature(signature: Uint8Array, curve: CurveName): Bytes | undefined {
  try {
    const cursor = fields(readDer(signature));
    const r = inRange(integerOctets(cursor.next()), curve);
    const s = inRange(integerOctets(cursor.next()), curve);
    cursor.done();
    return r === undefined || s === undefined ? undefined : concat(r, s);
  } catch (error) {
    if (error instanceof Fault) return undefined;
    throw error;
  }
}

function inRange(value: Uint8Array, curve: CurveName): Bytes | undefined {
  const { octets, order } = CURVES[curve];
  if ((value[0] as number) >= 0x80) return undefined;
  const magnitude = value[0] === 0 ? value.subarray(1) : value;
  // The number zero is the one octet 00.
  if (magnitude.length === 0 || magnitude.length > octets) return undefined;
  const padded = new Uint8Array(octets);
  padded.set(magnitude, octets - magnitude.length);
  return less(padded, order) ? padded : undefined;
}

function less(value: Uint8Array, bound: bigint): boolean {
  let left = 0n;
  for (const octet of value) left = (left << 8n) | BigInt(octet);
  return left < bound;
}
