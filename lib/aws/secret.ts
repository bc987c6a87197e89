import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { Fault, type FaultCode } from "../fault/fault.ts";
import { CLIENT_DEFAULTS } from "./clients.ts";
import type { Environment } from "./environment.ts";

/**
 * The secret of the confidential OIDC client, read once and kept in memory only.
 *
 * @returns a function that gives undefined where the client is public
 */
export function oidcSecret({ oidcSecret, oidcSecretArn }: Environment): () => Promise<string | undefined> {
  return readOnce(oidcSecretArn, oidcSecret, "identity_provider_unavailable");
}

/** The secret that signs notices; likewise. */
export function noticeSecret({ noticeSecret, noticeSecretArn }: Environment): () => Promise<string | undefined> {
  return readOnce(noticeSecretArn, noticeSecret, "unavailable");
}

function readOnce(arn: string | undefined, given: string | undefined, code: FaultCode) {
  let reading: Promise<string | undefined> | undefined;
  return (): Promise<string | undefined> => {
    if (arn === undefined) return Promise.resolve(given);
    reading ??= read(arn, code).catch((error) => {
      reading = undefined;
      throw error;
    });
    return reading;
  };
}

async function read(arn: string, code: FaultCode): Promise<string | undefined> {
  try {
    const { SecretString: text } = await new SecretsManagerClient(CLIENT_DEFAULTS).send(
      new GetSecretValueCommand({ SecretId: arn }),
    );
    return text;
  } catch (cause) {
    throw new Fault(code, "a secret cannot be read", { cause });
  }
}
