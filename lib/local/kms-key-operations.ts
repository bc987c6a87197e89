import type { Clock } from "../ports/ports.ts";
import { LOCAL_ACCOUNT } from "./credentials.ts";
import { algorithmsOf, KEY_SPECS, usageOf } from "./kms-algorithms.ts";
import { kmsError } from "./kms-error.ts";
import { type Input, integer, type Operation, oneOf, optionalText, text } from "./kms-input.ts";
import { aliasArn, type KeyStore, keyArn, notPending, type StoredKey } from "./kms-keys.ts";

const DAY = 24 * 60 * 60 * 1000;

/** Making, listing, switching and ending keys. */
export function keyOperations(store: KeyStore, clock: Clock): Record<string, Operation> {
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

/** Names that lead to keys. */
export function aliasOperations(store: KeyStore): Record<string, Operation> {
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
