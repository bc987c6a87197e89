import { randomUUID } from "node:crypto";
import type { Clock } from "../ports/ports.ts";
import { LOCAL_ACCOUNT, LOCAL_REGION } from "./credentials.ts";
import { KEY_SPECS, type KeySpec, makeMaterial } from "./kms-algorithms.ts";
import { kmsError } from "./kms-error.ts";
import { readPrivate, writePrivate } from "./private-file.ts";

export type StoredKey = {
  readonly id: string;
  readonly spec: KeySpec;
  readonly description: string;
  /** ms */
  readonly created: number;
  readonly enabled: boolean;
  /** ms; set while the key waits for its deletion */
  readonly deletion?: number;
  /** Base64 of PKCS#8 DER, or of the MAC key. */
  readonly material: string;
};

export type Alias = {
  readonly name: string;
  readonly keyId: string;
  readonly created: number;
  readonly updated: number;
};

type Contents = { readonly version: 1; readonly keys: readonly StoredKey[]; readonly aliases: readonly Alias[] };

export type KeyStore = {
  keys(): readonly StoredKey[];
  aliases(): readonly Alias[];
  /** @param reference key id, key ARN, alias name or alias ARN @throws KmsError `NotFoundException` */
  find(reference: string): StoredKey;
  create(spec: KeySpec, description: string): Promise<StoredKey>;
  replaceKey(key: StoredKey): void;
  /** @param keyId undefined to remove the alias */
  setAlias(name: string, keyId: string | undefined): void;
};

const ARN = `arn:aws:kms:${LOCAL_REGION}:${LOCAL_ACCOUNT}:`;

export function keyArn(id: string): string {
  return `${ARN}key/${id}`;
}

export function aliasArn(name: string): string {
  return ARN + name;
}

/**
 * The keys of this installation in one JSON file (mode 0600, replaced in one step).
 *
 * A change reads the file again first, so that two programs with one data directory lose none of each other's keys.
 *
 * @throws Error the file is damaged: it is never overwritten, because it may hold the only copy of a CA key
 */
export function openKeyStore(file: string, clock: Clock): KeyStore {
  let contents = load(file);

  const change = (edit: (now: Contents) => Partial<Contents>): void => {
    const current = withoutGone(load(file), clock());
    contents = { ...current, ...edit(current) };
    writePrivate(file, `${JSON.stringify(contents, null, 1)}\n`);
  };
  // A key whose waiting time is over leaves the disk, too.
  if (contents.keys.some((key) => isGone(key, clock()))) change(() => ({}));

  const lookUp = (reference: string): StoredKey | undefined => {
    const local = reference.startsWith(ARN) ? reference.slice(ARN.length) : reference;
    const id = local.startsWith("alias/")
      ? contents.aliases.find((alias) => alias.name === local)?.keyId
      : local.replace(reference.startsWith(ARN) ? /^key\// : "", "");
    const key = contents.keys.find((candidate) => candidate.id === id);
    return key !== undefined && !isGone(key, clock()) ? key : undefined;
  };

  return {
    keys: () => contents.keys.filter((key) => !isGone(key, clock())),
    aliases: () => withoutGone(contents, clock()).aliases,
    find(reference) {
      let key = lookUp(reference);
      if (key === undefined) {
        contents = load(file); // another program may have made it since
        key = lookUp(reference);
      }
      if (key === undefined) throw kmsError("NotFoundException", notFound(reference));
      return key;
    },
    async create(spec, description) {
      const material = (await makeMaterial(spec)).toString("base64");
      const key: StoredKey = { id: randomUUID(), spec, description, created: clock(), enabled: true, material };
      change(({ keys }) => ({ keys: [...keys, key] }));
      return key;
    },
    replaceKey(key) {
      change(({ keys }) => ({ keys: keys.map((other) => (other.id === key.id ? key : other)) }));
    },
    setAlias(name, keyId) {
      change(({ aliases }) => {
        const old = aliases.find((alias) => alias.name === name);
        const others = aliases.filter((alias) => alias !== old);
        if (keyId === undefined) return { aliases: others };
        return { aliases: [...others, { name, keyId, created: old?.created ?? clock(), updated: clock() }] };
      });
    },
  };
}

/** @throws KmsError `KMSInvalidStateException` the key waits for its deletion */
export function notPending(key: StoredKey): StoredKey {
  if (key.deletion !== undefined) throw kmsError("KMSInvalidStateException", `${keyArn(key.id)} is pending deletion.`);
  return key;
}

function isGone(key: StoredKey, now: number): boolean {
  return key.deletion !== undefined && key.deletion <= now;
}

function withoutGone(contents: Contents, now: number): Contents {
  const keys = contents.keys.filter((key) => !isGone(key, now));
  const aliases = contents.aliases.filter((alias) => keys.some((key) => key.id === alias.keyId));
  return { ...contents, keys, aliases };
}

function notFound(reference: string): string {
  if (reference.startsWith("arn:") && !reference.startsWith(ARN)) return `Invalid arn ${reference}`;
  if (reference.startsWith("alias/")) return `Alias ${aliasArn(reference)} is not found.`;
  if (reference.startsWith("arn:")) return `Key '${reference}' does not exist`;
  return `Key '${keyArn(reference)}' does not exist`;
}

function load(file: string): Contents {
  const text = readPrivate(file);
  if (text === undefined) return { version: 1, keys: [], aliases: [] };
  try {
    const contents: Contents = JSON.parse(text);
    if (contents.version === 1 && contents.keys.every(isKey) && Array.isArray(contents.aliases)) return contents;
  } catch {
    // one message for every kind of damage
  }
  throw new Error(`${file} is damaged. It may hold the only copy of the CA's keys, so it is left as it is.`);
}

function isKey(key: StoredKey): boolean {
  return typeof key.id === "string" && KEY_SPECS.includes(key.spec) && typeof key.material === "string";
}
