import { join } from "node:path";
import { LOCAL_REGION, localCredentials } from "../../lib/local/credentials.ts";
import { startDynamoDb } from "../../lib/local/dynamodb.ts";
import { startIdentityProvider } from "../../lib/local/identity-provider.ts";
import { startKmsEndpoint } from "../../lib/local/kms-endpoint.ts";
import { documentHosts } from "../../lib/service/document-hosts.ts";
import { demoIssuers } from "./demo-issuers.ts";
import type { Settings } from "./settings.ts";

const TABLE = "motlan";
/** Octets: the largest file for which the ceilings of time and memory hold (docs/KNOWN-LIMITS.md). */
const VERIFICATION_LIMIT = 50 * 1024 * 1024;

export type Embedded = {
  /** What lib/stack tells the functions on AWS, and where the embedded endpoints are. */
  readonly environment: Readonly<Record<string, string>> & { readonly MOTLAN_PUBLIC_URL: string };
  /** Origins of {@link environment}'s MOTLAN_DOCUMENT_HOSTS, for the pages. */
  readonly documentOrigins: readonly string[];
  /** Table, keys and demo certificates, made where they are missing; the environment must be in place. */
  readonly prepare: (caDirectory: string) => Promise<void>;
  readonly close: () => Promise<void>;
};

/** The three embedded endpoints, side by side: DynamoDB, KMS, an identity provider with demo people. */
export async function startEmbedded({ data, port, providerPort }: Settings): Promise<Embedded> {
  const publicUrl = `http://localhost:${port}`;
  const credentials = localCredentials(join(data, "credentials.json"));
  const [dynamodb, kms, provider] = await Promise.all([
    startDynamoDb({ directory: join(data, "dynamodb"), credentials }),
    startKmsEndpoint({ file: join(data, "kms.json"), credentials }),
    startIdentityProvider({
      directory: join(data, "identity-provider"),
      port: providerPort,
      redirectUris: ["callback", "session"].map((end) => `${publicUrl}/v1/oidc/${end}`),
    }),
  ]);
  // Its own pages stand in for an agency's, so that a prepared transaction can be tried out.
  const hosts = [`localhost:${port}`, process.env.MOTLAN_DOCUMENT_HOSTS ?? ""].join(" ").trim();
  const environment = {
    AWS_ENDPOINT_URL_DYNAMODB: dynamodb.url,
    AWS_ENDPOINT_URL_KMS: kms.url,
    AWS_REGION: LOCAL_REGION,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    MOTLAN_TABLE: TABLE,
    MOTLAN_PUBLIC_URL: publicUrl,
    MOTLAN_ISSUERS: JSON.stringify(demoIssuers(provider.issuer)),
    MOTLAN_OIDC_SECRET: provider.clientSecret,
    MOTLAN_NOTICE_OUTBOX: join(data, "notices.jsonl"),
    MOTLAN_ISOLATED: "1",
    MOTLAN_DOCUMENT_HOSTS: hosts,
    MOTLAN_VERIFICATION_LIMIT: process.env.MOTLAN_VERIFICATION_LIMIT || String(VERIFICATION_LIMIT),
  };
  return {
    environment,
    documentOrigins: documentHosts(hosts.split(/[\s,]+/)).origins,
    prepare: async (caDirectory) => (await import("./prepare.ts")).prepare(TABLE, publicUrl, caDirectory),
    close: async () => {
      await Promise.all([dynamodb.close(), kms.close(), provider.close()]);
    },
  };
}
