import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { readFileSync } from "node:fs";
import { ask, withFiles } from "../judges/judge.ts";

/** A self-signed certificate that OpenSSL made, with a key of a kind that this service never makes. */
export type Foreign = { readonly keyPem: string; readonly certificatePem: string; readonly certificate: Uint8Array };

export type ForeignKind = "rsa" | "p256" | "p384" | "p521" | "ed25519";

/** @param subject OpenSSL's notation, "/CN=…"; @param extensions lines of -addext */
export async function newForeign(
  kind: ForeignKind,
  subject: string,
  extensions: readonly string[] = [],
): Promise<Foreign> {
  const keyPem = String(newKey(kind).export({ format: "pem", type: "pkcs8" }));
  const made = await openssl({ "key.pem": keyPem }, "certificate.der", (path, out) => [
    ...["req", "-x509", "-new", "-key", path("key.pem"), "-subj", subject, "-days", "3650", "-utf8"],
    ...[...extensions.flatMap((line) => ["-addext", line]), "-outform", "DER", "-out", out],
  ]);
  return { keyPem, certificatePem: toPem(made), certificate: made };
}

/**
 * Runs OpenSSL on files and returns the file that it wrote.
 *
 * @param args gets the path of each given file and of the output
 * @throws Error with what OpenSSL said, where it failed
 */
export function openssl(
  files: Readonly<Record<string, Uint8Array | string>>,
  output: string,
  args: (path: (name: string) => string, out: string) => readonly string[],
): Promise<Uint8Array> {
  return withFiles(files, async (paths, folder) => {
    const path = (name: string) => paths[name] ?? `${folder}/${name}`;
    const { status, err } = await ask("openssl", args(path, `${folder}/${output}`));
    if (status !== 0) throw new Error(`openssl ended with ${status}: ${err}`);
    return new Uint8Array(readFileSync(`${folder}/${output}`));
  });
}

function newKey(kind: ForeignKind): KeyObject {
  if (kind === "rsa") return generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
  if (kind === "ed25519") return generateKeyPairSync("ed25519").privateKey;
  const namedCurve = { p256: "P-256", p384: "P-384", p521: "P-521" }[kind];
  return generateKeyPairSync("ec", { namedCurve }).privateKey;
}

function toPem(der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
}
