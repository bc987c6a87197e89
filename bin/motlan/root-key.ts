import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Fault } from "../../lib/fault/fault.ts";
import type { CaKey } from "../../lib/service/ca-init.ts";

const FILE = "root.key.pem";

/**
 * The offline root key, P-256, PKCS#8 PEM, in a file that only its owner can read; encrypted where a passphrase is given.
 * A key that is there is used, so that a ceremony that was interrupted goes on with the same root.
 *
 * @throws Fault `file_unreadable`: the key is there and cannot be opened
 */
export function rootKey(directory: string, passphrase: string | undefined): CaKey {
  const file = join(directory, FILE);
  return caKey(existsSync(file) ? open(file, passphrase) : create(directory, file, passphrase));
}

/** The root key that is there. @throws Fault `file_unreadable`: it is not, or cannot be opened */
export function existingRootKey(directory: string, passphrase: string | undefined): CaKey {
  return caKey(open(join(directory, FILE), passphrase));
}

function caKey(key: KeyObject): CaKey {
  const spki = createPublicKey(key).export({ type: "spki", format: "der" });
  return {
    spki: Uint8Array.from(spki),
    signer: { sign: (message) => Promise.resolve(Uint8Array.from(sign("sha256", message, key))) },
  };
}

function open(file: string, passphrase: string | undefined): KeyObject {
  try {
    return createPrivateKey({ key: readFileSync(file), ...(passphrase === undefined ? {} : { passphrase }) });
  } catch (cause) {
    throw new Fault("file_unreadable", `${FILE} cannot be opened; is the passphrase right?`, { cause });
  }
}

function create(directory: string, file: string, passphrase: string | undefined): KeyObject {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const pem = privateKey.export({
    type: "pkcs8",
    format: "pem",
    ...(passphrase === undefined ? {} : { cipher: "aes-256-cbc", passphrase }),
  });
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  writeFileSync(file, pem, { mode: 0o600, flag: "wx", flush: true });
  return privateKey;
}
