import type { KeyObject } from "node:crypto";
import { toBase64 } from "../bytes/base64.ts";
import { equalSecret } from "../bytes/bytes.ts";
import {
  type Algorithm,
  algorithmsOf,
  isAlgorithm,
  type KeyUsage,
  mac,
  publicKeyOf,
  readPrivateKey,
  signDigest,
  signRaw,
  usageOf,
  verifyDigest,
  verifyRaw,
} from "./kms-algorithms.ts";
import { kmsError } from "./kms-error.ts";
import { type Input, message, type Operation, oneOf, signature, text } from "./kms-input.ts";
import { type KeyStore, keyArn, notPending, type StoredKey } from "./kms-keys.ts";

/** What keys are for. */
export function cryptoOperations(store: KeyStore): Record<string, Operation> {
  const parsed = new Map<string, KeyObject>();
  const privateKey = ({ id, material }: StoredKey): KeyObject => {
    const key = parsed.get(id) ?? readPrivateKey(Buffer.from(material, "base64"));
    parsed.set(id, key);
    return key;
  };
  const macOf = (input: Input) => {
    const { key, algorithm } = ready(store, input, "GENERATE_VERIFY_MAC", "MacAlgorithm");
    return { key, algorithm, value: mac(Buffer.from(key.material, "base64"), message(input)) };
  };
  return {
    GetPublicKey: (input) => {
      const key = usable(store.find(text(input, "KeyId")));
      if (usageOf(key.spec) !== "SIGN_VERIFY")
        throw kmsError(
          "UnsupportedOperationException",
          `${keyArn(key.id)} has no public key: its key spec is ${key.spec}`,
        );
      return {
        KeyId: keyArn(key.id),
        PublicKey: toBase64(publicKeyOf(privateKey(key))),
        KeySpec: key.spec,
        CustomerMasterKeySpec: key.spec,
        KeyUsage: usageOf(key.spec),
        SigningAlgorithms: algorithmsOf(key.spec),
      };
    },
    Sign: async (input) => {
      const type = oneOf(input, "MessageType", ["RAW", "DIGEST"], "RAW");
      const octets = message(input);
      const { key, algorithm } = ready(store, input, "SIGN_VERIFY", "SigningAlgorithm");
      const make = type === "RAW" ? signRaw : signDigest;
      const made = await make(algorithm, privateKey(key), octets);
      return { KeyId: keyArn(key.id), Signature: toBase64(made), SigningAlgorithm: algorithm };
    },
    Verify: async (input) => {
      const type = oneOf(input, "MessageType", ["RAW", "DIGEST"], "RAW");
      const octets = message(input);
      const given = signature(input, "Signature");
      const { key, algorithm } = ready(store, input, "SIGN_VERIFY", "SigningAlgorithm");
      const check = type === "RAW" ? verifyRaw : verifyDigest;
      // KMS never answers false: a signature that does not verify is an error.
      if (!(await check(algorithm, privateKey(key), octets, given)))
        throw kmsError("KMSInvalidSignatureException", "The signature does not verify");
      return { KeyId: keyArn(key.id), SignatureValid: true, SigningAlgorithm: algorithm };
    },
    GenerateMac: (input) => {
      const { key, algorithm, value } = macOf(input);
      return { KeyId: keyArn(key.id), Mac: toBase64(value), MacAlgorithm: algorithm };
    },
    VerifyMac: (input) => {
      const given = signature(input, "Mac");
      const { key, algorithm, value } = macOf(input);
      if (!equalSecret(given, value)) throw kmsError("KMSInvalidMacException", "The MAC does not verify");
      return { KeyId: keyArn(key.id), MacValid: true, MacAlgorithm: algorithm };
    },
  };
}

/** The key of a cryptographic request, once state, usage and algorithm allow it. */
function ready(
  store: KeyStore,
  input: Input,
  usage: KeyUsage,
  member: "SigningAlgorithm" | "MacAlgorithm",
): { readonly key: StoredKey; readonly algorithm: Algorithm } {
  const name = text(input, member);
  if (!isAlgorithm(name)) throw kmsError("ValidationException", `Value '${member}' is not an algorithm of this KMS`);
  const key = usable(store.find(text(input, "KeyId")));
  if (usageOf(key.spec) !== usage)
    throw kmsError("InvalidKeyUsageException", `${keyArn(key.id)} key usage is ${usageOf(key.spec)}, not ${usage}.`);
  if (!algorithmsOf(key.spec).includes(name))
    throw kmsError("InvalidKeyUsageException", `Algorithm ${name} is incompatible with key spec ${key.spec}.`);
  if (input.DryRun === true) throw kmsError("DryRunOperationException", "The request would have succeeded");
  return { key, algorithm: name };
}

function usable(key: StoredKey): StoredKey {
  if (!notPending(key).enabled) throw kmsError("DisabledException", `${keyArn(key.id)} is disabled.`);
  return key;
}
