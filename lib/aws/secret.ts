import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { Fault } from "../fault/fault.ts";
import { CLIENT_DEFAULTS } from "./clients.ts";
import type { Environment } from "./environment.ts";

/**
 * The secret of the confidential OIDC client, read once and kept in memory only.
 *
 * @returns a function that gives undefined where the client is public
 */
export function oidcSecret({ oidcSecret, oidcSecretArn }: Environment): () => Promise<string | undefined> {
  let reading: Promise<string | undefined> | undefined;
  return () => {
    if (oidcSecretArn === undefined) return Promise.resolve(oidcSecret);
    reading ??= read(oidcSecretArn).catch((error) => {
      reading = undefined;
      throw error;
    });
    return reading;
  };
}

async function read(arn: string): Promise<string | undefined> {
  try {
    const { SecretString: text } = await new SecretsManagerClient(CLIENT_DEFAULTS).send(
      new GetSecretValueCommand({ SecretId: arn }),
    );
    return text;
  } catch (cause) {
    throw new Fault("identity_provider_unavailable", "the client secret cannot be read", { cause });
  }
}
