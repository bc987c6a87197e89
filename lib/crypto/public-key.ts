import { fields } from "../asn1/fields.ts";
import * as OID from "../asn1/oids.ts";
import { type Node, readDer } from "../asn1/read.ts";
import { TAG } from "../asn1/tags.ts";
import { bits, integer, integerOctets, nothing, oid } from "../asn1/values.ts";
import { Fault } from "../fault/fault.ts";
import { readAlgorithm, type SignatureAlgorithm } from "./algorithms.ts";
import { readPssParameters } from "./pss-parameters.ts";

/** Curves in short Weierstrass form: octets of a coordinate, and the order of the base point (SP 800-186 §3.2.1, RFC 5639 §3). */
export const CURVES = {
  "P-256": {
    oid: OID.p256,
    octets: 32,
    bits: 256,
    order: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
  },
  "P-384": {
    oid: OID.p384,
    octets: 48,
    bits: 384,
    order: 0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n,
  },
  "P-521": {
    oid: OID.p521,
    octets: 66,
    bits: 521,
    order:
      0x01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409n,
  },
  brainpoolP256r1: {
    oid: OID.brainpoolP256r1,
    octets: 32,
    bits: 256,
    order: 0xa9fb57dba1eea9bc3e660a909d838d718c397aa3b561a6f7901e0e82974856a7n,
  },
  brainpoolP384r1: {
    oid: OID.brainpoolP384r1,
    octets: 48,
    bits: 384,
    order: 0x8cb91e82a3386d280f5d6f7e50e641df152f7109ed5456b31f166e6cac0425a7cf3ab6af6b7fc3103b883202e9046565n,
  },
  brainpoolP512r1: {
    oid: OID.brainpoolP512r1,
    octets: 64,
    bits: 512,
    order:
      0xaadd9db8dbe9c48b3fd4e6ae33c9fc07cb308db3b3c9d20ed6639cca70330870553e5c414ca92619418661197fac10471db1d381085ddaddb58796829ca90069n,
  },
} as const satisfies Record<string, { oid: string; octets: number; bits: number; order: bigint }>;

export type CurveName = keyof typeof CURVES;

/** What a SubjectPublicKeyInfo holds; octets are views on it. */
export type PublicKey =
  | {
      readonly kind: "rsa";
      /** Unsigned, no leading zero. */
      readonly modulus: Uint8Array;
      readonly exponent: bigint;
      /** Of the modulus. */
      readonly bits: number;
      /** Present where the key is for RSASSA-PSS only (RFC 4055 §1.2); `parameters` where it is also tied to them. */
      readonly pss?: { readonly parameters?: Extract<SignatureAlgorithm, { kind: "rsa-pss" }> };
    }
  | {
      readonly kind: "ec";
      readonly curve: CurveName;
      /** `04 x y`; not proved to be on the curve. */
      readonly point: Uint8Array;
      readonly bits: number;
    }
  | { readonly kind: "eddsa"; readonly curve: "Ed25519" | "Ed448"; readonly point: Uint8Array; readonly bits: number }
  | {
      readonly kind: "dsa";
      readonly p: bigint;
      readonly q: bigint;
      readonly g: bigint;
      readonly y: bigint;
      /** Of p. */
      readonly bits: number;
      /** Of q; whole octets. */
      readonly subgroupBits: number;
    };

/** The smallest that was ever sold; what size is acceptable at some date is for the validation policy to say, not for the arithmetic. */
const MIN_RSA_BITS = 512;
/** Verifying takes time with the square of the size: 16,384 bits take 5 ms, what is larger is an attack. */
const MAX_RSA_BITS = 16_384;
/** FIPS 186-5 §5.1 allows 256 bits; all in use have 17. The bound keeps verifying cheap. */
const MAX_RSA_EXPONENT = 1n << 64n;

/** Of p: FIPS 186-4 §4.2. Verifying takes time with the square of the size. */
const MIN_DSA_BITS = 1024;
const MAX_DSA_BITS = 3072;
/** Of q: FIPS 186-4 §4.2. */
const DSA_SUBGROUP_BITS: ReadonlySet<number> = new Set([160, 224, 256]);

const CURVE_BY_OID = new Map<string, CurveName>(
  (Object.keys(CURVES) as CurveName[]).map((name) => [CURVES[name].oid, name]),
);

/**
 * Strict reading of a SubjectPublicKeyInfo (RFC 5280 §4.1.2.7, RFC 3279 §2.3, RFC 5480 §2, RFC 8410 §4): named curves and
 * uncompressed points only. Explicit curve parameters let an attacker choose the base point (CVE-2020-0601), so they are not read.
 *
 * @param spki DER
 * @throws Fault `der_malformed`, `algorithm_unsupported`
 */
export function readPublicKey(spki: Uint8Array): PublicKey {
  const cursor = fields(readDer(spki));
  const algorithm = readAlgorithm(cursor.next());
  const key = bits(cursor.next());
  cursor.done();
  switch (algorithm.oid) {
    case OID.rsaEncryption:
      if (algorithm.parameters === undefined) throw new Fault("der_malformed", "an RSA key without NULL parameters");
      nothing(algorithm.parameters);
      return rsa(key);
    case OID.rsassaPss: {
      const { parameters } = algorithm;
      return {
        ...rsa(key),
        pss: parameters === undefined ? {} : { parameters: readPssParameters(parameters) },
      };
    }
    case OID.ecPublicKey: {
      const named = algorithm.parameters?.tag === TAG.oid ? oid(algorithm.parameters) : undefined;
      const curve = CURVE_BY_OID.get(named ?? "");
      if (curve === undefined) throw new Fault("algorithm_unsupported", `elliptic curve ${named ?? "without a name"}`);
      if (key[0] !== 4)
        throw new Fault("algorithm_unsupported", "an elliptic curve point in another form than uncompressed");
      if (key.length !== 1 + 2 * CURVES[curve].octets)
        throw new Fault("der_malformed", "an elliptic curve point of the wrong length");
      return { kind: "ec", curve, point: key, bits: CURVES[curve].bits };
    }
    case OID.dsa:
      // Parameters that stand in the issuer's certificate are filled in by path validation (RFC 3279 §2.3.2).
      if (algorithm.parameters === undefined || algorithm.parameters.tag === TAG.null)
        throw new Fault("algorithm_unsupported", "a DSA key without parameters of its own");
      return dsa(algorithm.parameters, key);
    case OID.ed25519:
    case OID.ed448: {
      const [curve, octets, size] =
        algorithm.oid === OID.ed25519 ? (["Ed25519", 32, 255] as const) : (["Ed448", 57, 448] as const);
      if (algorithm.parameters !== undefined || key.length !== octets)
        throw new Fault("der_malformed", `an ${curve} key of the wrong form`);
      return { kind: "eddsa", curve, point: key, bits: size };
    }
    default:
      throw new Fault("algorithm_unsupported", `key algorithm ${algorithm.oid}`);
  }
}

function rsa(key: Uint8Array): Extract<PublicKey, { kind: "rsa" }> {
  const cursor = fields(readDer(key));
  const modulusField = integerOctets(cursor.next());
  const exponentField = integerOctets(cursor.next());
  cursor.done();
  const modulus = modulusField[0] === 0 ? modulusField.subarray(1) : modulusField;
  const size = (modulus.length - 1) * 8 + (32 - Math.clz32(modulus[0] ?? 0));
  if ((modulusField[0] as number) >= 0x80 || size < MIN_RSA_BITS || size > MAX_RSA_BITS) {
    throw new Fault(
      "algorithm_unsupported",
      `an RSA modulus that is negative or not ${MIN_RSA_BITS} … ${MAX_RSA_BITS} bits long`,
    );
  }
  const exponent = exponentField.length > 9 ? -1n : unsigned(exponentField);
  const sound =
    (exponentField[0] as number) < 0x80 && exponent > 2n && exponent < MAX_RSA_EXPONENT && (exponent & 1n) === 1n;
  if (!sound || ((modulus[modulus.length - 1] as number) & 1) === 0)
    throw new Fault("algorithm_unsupported", "an RSA key that is not sound");
  return { kind: "rsa", modulus, exponent, bits: size };
}

/** RFC 3279 §2.3.2. Whether p and q are prime is for whoever made them: a signer cannot be kept from giving the key away. */
function dsa(parameters: Node, key: Uint8Array): Extract<PublicKey, { kind: "dsa" }> {
  const cursor = fields(parameters);
  const [p, q, g] = [integer(cursor.next()), integer(cursor.next()), integer(cursor.next())];
  cursor.done();
  const y = integer(readDer(key));
  const size = p.toString(2).length;
  const subgroupBits = q.toString(2).length;
  const inRange = (value: bigint) => value > 1n && value < p - 1n;
  const sound = p > 0n && q > 0n && (p & 1n) === 1n && (q & 1n) === 1n && inRange(g) && inRange(y);
  if (!sound || size < MIN_DSA_BITS || size > MAX_DSA_BITS || !DSA_SUBGROUP_BITS.has(subgroupBits))
    throw new Fault("algorithm_unsupported", "a DSA key that is not sound, or of another size than FIPS 186-4 has");
  return { kind: "dsa", p, q, g, y, bits: size, subgroupBits };
}

function unsigned(octets: Uint8Array): bigint {
  let value = 0n;
  for (const octet of octets) value = (value << 8n) | BigInt(octet);
  return value;
}
