import { randomBytes } from "node:crypto";
import { readPrivate, writePrivate } from "./private-file.ts";

/** What the embedded endpoints call themselves; keys and tables carry it in their ARNs. */
export const LOCAL_REGION = "ap-southeast-1";
/** Twelve zeros: no AWS account has this number, so that a local ARN cannot be taken for a real one. */
export const LOCAL_ACCOUNT = "000000000000";

/**
 * The pair that the AWS SDK signs with. The embedded endpoints know the access key id only and treat it as a bearer token:
 * it is random, travels on the loopback interface, and signatures over it would prove nothing more.
 */
export type LocalCredentials = { readonly accessKeyId: string; readonly secretAccessKey: string };

/**
 * The credentials of this installation, made at first use and kept in `file` (mode 0600).
 *
 * @throws Error the file is there and is not what this function wrote
 */
export function localCredentials(file: string): LocalCredentials {
  const kept = readPrivate(file);
  if (kept !== undefined) return parse(kept, file);
  const made: LocalCredentials = {
    accessKeyId: `LOCAL${randomBytes(16).toString("hex").toUpperCase()}`,
    secretAccessKey: randomBytes(30).toString("base64url"),
  };
  writePrivate(file, `${JSON.stringify(made, null, 2)}\n`);
  return made;
}

function parse(text: string, file: string): LocalCredentials {
  try {
    const { accessKeyId, secretAccessKey } = JSON.parse(text);
    if (/^LOCAL[0-9A-F]{32}$/.test(accessKeyId) && typeof secretAccessKey === "string")
      return { accessKeyId, secretAccessKey };
  } catch {
    // falls through to the one message for every kind of damage
  }
  throw new Error(`${file} is damaged; delete it to have new credentials made`);
}
