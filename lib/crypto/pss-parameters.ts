import { fields } from "../asn1/fields.ts";
import * as OID from "../asn1/oids.ts";
import { onlyChild } from "../asn1/only-child.ts";
import type { Node } from "../asn1/read.ts";
import { contextTag } from "../asn1/tags.ts";
import { smallInteger } from "../asn1/values.ts";
import { Fault } from "../fault/fault.ts";
import { readAlgorithm } from "./algorithm-identifier.ts";
import type { SignatureAlgorithm } from "./algorithms.ts";
import { type HashName, hashOf } from "./hashes.ts";

type Pss = Extract<SignatureAlgorithm, { kind: "rsa-pss" }>;

/** The largest salt that fits the largest key (16,384 bits). */
const MAX_SALT = 2048;

/**
 * RSASSA-PSS-params (RFC 4055 §3.1). Every field has a default that goes back to SHA-1; a missing field means that default, missing
 * parameters are refused: in a signature they must be there (§3.3).
 *
 * @throws Fault `algorithm_unsupported`: another mask function than MGF1, another trailer than 1, an unknown digest; `der_malformed`
 */
export function readPssParameters(parameters: Node | undefined): Pss {
  if (parameters === undefined) throw new Fault("algorithm_unsupported", "RSASSA-PSS without parameters");
  const cursor = fields(parameters);
  const hashField = cursor.optional(contextTag(0, true));
  const maskField = cursor.optional(contextTag(1, true));
  const saltField = cursor.optional(contextTag(2, true));
  const trailerField = cursor.optional(contextTag(3, true));
  cursor.done();
  const hash = hashField === undefined ? "SHA-1" : hashOf(readAlgorithm(onlyChild(hashField)));
  // SHAKE256 signs under an algorithm of its own (RFC 8702 §3.2.1), without these parameters.
  if (hash === "SHAKE256") throw new Fault("algorithm_unsupported", "RSASSA-PSS over SHAKE256 with parameters");
  const saltLength = saltField === undefined ? 20 : smallInteger(onlyChild(saltField));
  if (trailerField !== undefined && smallInteger(onlyChild(trailerField)) !== 1) {
    throw new Fault("algorithm_unsupported", "RSASSA-PSS with a trailer field other than 1");
  }
  if (saltLength < 0 || saltLength > MAX_SALT)
    throw new Fault("algorithm_unsupported", `RSASSA-PSS salt of ${saltLength} octets`);
  return { kind: "rsa-pss", hash, mgfHash: maskHash(maskField), saltLength };
}

function maskHash(field: Node | undefined): HashName {
  if (field === undefined) return "SHA-1";
  const mask = readAlgorithm(onlyChild(field));
  if (mask.oid !== OID.mgf1 || mask.parameters === undefined)
    throw new Fault("algorithm_unsupported", "RSASSA-PSS with another mask function than MGF1");
  return hashOf(readAlgorithm(mask.parameters));
}
