import type { KeyObject } from "node:crypto";
import { toBase64 } from "../bytes/base64.ts";
import { equalSecret } from "../bytes/bytes.ts";
import type { Clock } from "../ports/ports.ts";
import { LOCAL_ACCOUNT } from "./credentials.ts";
import {
  type Algorithm,
  algorithmsOf,
  isAlgorithm,
  KEY_SPECS,
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
import { type Input, integer, message, oneOf, optionalText, signature, text } from "./kms-input.ts";
import { aliasArn, type KeyStore, keyArn, type StoredKey } from "./kms-keys.ts";

type Operation = (input: Input) => object | Promise<object>;

const DAY = 24 * 60 * 60 * 1000;

/** The operations of the embedded KMS by name, with the request and answer members of the KMS API reference. */
export function kmsOperations(store: KeyStore, clock: Clock): ReadonlyMap<string, Operation> {
  return new Map(
    Object.entries({
      ...keyOperations(store, clock),
      ...aliasOperations(store),
      ...cryptoOperations(store),
    }),
  );
}

function keyOperations(store: KeyStore, clock: Clock): Record<string, Operation> {
  const alter = (input: Input, edit: (key: StoredKey) => StoredKey): StoredKey => {
    const key = store.find(text(input, "KeyId"));
    const next = edit(key);
    store.replaceKey(next);
    return next;
  };
  return {
    CreateKey: async (input) => {
      if (input.MultiRegion === true) throw unsupported("multi-Region keys");
      if (
        oneOf(input, "Origin", ["AWS_KMS", "EXTERNAL", "AWS_CLOUDHSM", "EXTERNAL_KEY_STORE"], "AWS_KMS") !== "AWS_KMS"
      )
        throw unsupported("imported key material");
      if (input.KeySpec === undefined || input.KeySpec === "SYMMETRIC_DEFAULT") throw unsupported("encryption keys");
      const spec = oneOf(input, "KeySpec", KEY_SPECS);
      if (input.KeyUsage !== usageOf(spec))
        throw kmsError("ValidationException", `KeyUsage ${input.KeyUsage} is not compatible with KeySpec ${spec}`);
      return { KeyMetadata: metadata(await store.create(spec, optionalText(input, "Description", 8192) ?? "")) };
    },
    DescribeKey: (input) => ({ KeyMetadata: metadata(store.find(text(input, "KeyId"))) }),
    ListKeys: (input) => {
      const { items, ...more } = page(input, store.keys());
      return { Keys: items.map(({ id }) => ({ KeyId: id, KeyArn: keyArn(id) })), ...more };
    },
    EnableKey: (input) => {
      alter(input, (key) => ({ ...notPending(key), enabled: true }));
      return {};
    },
    DisableKey: (input) => {
      alter(input, (key) => ({ ...notPending(key), enabled: false }));
      return {};
    },
    ScheduleKeyDeletion: (input) => {
      const days = integer(input, "PendingWindowInDays", 7, 30, 30);
      const deletion = clock() + days * DAY;
      const { id } = alter(input, (key) => ({ ...notPending(key), deletion }));
      return {
        KeyId: keyArn(id),
        DeletionDate: deletion / 1000,
        KeyState: "PendingDeletion",
        PendingWindowInDays: days,
      };
    },
    CancelKeyDeletion: (input) => {
      const { id } = alter(input, ({ deletion, ...key }) => {
        if (deletion === undefined)
          throw kmsError("KMSInvalidStateException", `${keyArn(key.id)} is not pending deletion.`);
        return { ...key, enabled: false }; // as KMS does: enabling is a step of its own
      });
      return { KeyId: keyArn(id) };
    },
  };
}

function aliasOperations(store: KeyStore): Record<string, Operation> {
  const target = (input: Input) => notPending(store.find(text(input, "TargetKeyId")));
  const existing = (name: string) => store.aliases().find((alias) => alias.name === name);
  return {
    CreateAlias: (input) => {
      const name = aliasName(input);
      const key = target(input);
      if (existing(name) !== undefined)
        throw kmsError("AlreadyExistsException", `An alias with the name ${aliasArn(name)} already exists`);
      store.setAlias(name, key.id);
      return {};
    },
    UpdateAlias: (input) => {
      const name = aliasName(input);
      const key = target(input);
      const old = existing(name);
      if (old === undefined) throw kmsError("NotFoundException", `Alias ${aliasArn(name)} is not found.`);
      if (store.find(old.keyId).spec !== key.spec)
        throw kmsError("ValidationException", "The alias can move to a key of the same type only");
      store.setAlias(name, key.id);
      return {};
    },
    DeleteAlias: (input) => {
      const name = aliasName(input);
      if (existing(name) === undefined) throw kmsError("NotFoundException", `Alias ${aliasArn(name)} is not found.`);
      store.setAlias(name, undefined);
      return {};
    },
    ListAliases: (input) => {
      const only = input.KeyId === undefined ? undefined : store.find(text(input, "KeyId")).id;
      const { items, ...more } = page(
        input,
        store.aliases().filter(({ keyId }) => only === undefined || keyId === only),
      );
      const Aliases = items.map(({ name, keyId, created, updated }) => ({
        AliasName: name,
        AliasArn: aliasArn(name),
        TargetKeyId: keyId,
        CreationDate: created / 1000,
        LastUpdatedDate: updated / 1000,
      }));
      return { Aliases, ...more };
    },
  };
}

function cryptoOperations(store: KeyStore): Record<string, Operation> {
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

function notPending(key: StoredKey): StoredKey {
  if (key.deletion !== undefined) throw kmsError("KMSInvalidStateException", `${keyArn(key.id)} is pending deletion.`);
  return key;
}

function aliasName(input: Input): string {
  const name = text(input, "AliasName", 256);
  if (!/^alias\/[a-zA-Z0-9/_-]+$/.test(name) || name.startsWith("alias/aws/"))
    throw kmsError(
      "InvalidAliasNameException",
      `${name.startsWith("alias/") ? "The alias name is not allowed" : 'Alias must start with the prefix "alias/"'}`,
    );
  return name;
}

function metadata(key: StoredKey): object {
  const usage = usageOf(key.spec);
  return {
    AWSAccountId: LOCAL_ACCOUNT,
    KeyId: key.id,
    Arn: keyArn(key.id),
    CreationDate: key.created / 1000,
    Enabled: key.enabled && key.deletion === undefined,
    Description: key.description,
    KeyUsage: usage,
    KeyState: key.deletion !== undefined ? "PendingDeletion" : key.enabled ? "Enabled" : "Disabled",
    ...(key.deletion !== undefined ? { DeletionDate: key.deletion / 1000 } : {}),
    Origin: "AWS_KMS",
    KeyManager: "CUSTOMER",
    KeySpec: key.spec,
    CustomerMasterKeySpec: key.spec,
    ...(usage === "SIGN_VERIFY"
      ? { SigningAlgorithms: algorithmsOf(key.spec) }
      : { MacAlgorithms: algorithmsOf(key.spec) }),
    MultiRegion: false,
  };
}

/** `Limit` and `Marker`, as all lists of KMS have them. The marker is the number of items that came before. */
function page<T>(input: Input, all: readonly T[]) {
  const limit = integer(input, "Limit", 1, 1000, 100);
  const marker = optionalText(input, "Marker", 1024) ?? "0";
  if (!/^\d{1,6}$/.test(marker)) throw kmsError("InvalidMarkerException", "The marker is not one of this list");
  const from = Number(marker);
  const truncated = from + limit < all.length;
  return {
    items: all.slice(from, from + limit),
    Truncated: truncated,
    ...(truncated ? { NextMarker: String(from + limit) } : {}),
  };
}

function unsupported(what: string) {
  return kmsError("UnsupportedOperationException", `The embedded KMS has no ${what}`);
}
