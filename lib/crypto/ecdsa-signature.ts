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
  const { octets } = CURVES[curve];
  if ((value[0] as number) >= 0x80) return undefined;
  const magnitude = value[0] === 0 ? value.subarray(1) : value;
  // The number zero is the one octet 00.
  if (magnitude.length === 0 || magnitude.length > octets) return undefined;
  const padded = new Uint8Array(octets);
  padded.set(magnitude, octets - magnitude.length);
  return less(padded, orderOctets(curve)) ? padded : undefined;
}

/** @param value bound: unsigned numbers of the same length */
function less(value: Uint8Array, bound: Uint8Array): boolean {
  for (let i = 0; i < bound.length; i++) {
    const difference = (value[i] as number) - (bound[i] as number);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

const ORDERS = new Map<CurveName, Uint8Array>();

/** As long as a coordinate: the orders of these curves are. */
function orderOctets(curve: CurveName): Uint8Array {
  const known = ORDERS.get(curve);
  if (known !== undefined) return known;
  const { octets, order } = CURVES[curve];
  const made = Uint8Array.from({ length: octets }, (_, i) => Number((order >> BigInt(8 * (octets - 1 - i))) & 0xffn));
  ORDERS.set(curve, made);
  return made;
}
