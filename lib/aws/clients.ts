import { DynamoDBClient, type DynamoDBClientConfig } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";

/** A person waits: a call that has not been answered in this time is tried again or given up. Milliseconds. */
const CONNECTION_TIMEOUT_MS = 1_000;
const REQUEST_TIMEOUT_MS = 3_000;
/** The first attempt and two more: with the timeout above still inside the function's 10 s. */
const MAX_ATTEMPTS = 3;

export const CLIENT_DEFAULTS = {
  maxAttempts: MAX_ATTEMPTS,
  requestHandler: {
    connectionTimeout: CONNECTION_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    throwOnRequestTimeout: true,
  },
} as const;

/**
 * Endpoint, Region and credentials come from the environment, as the SDK reads it (`AWS_ENDPOINT_URL_DYNAMODB` locally), unless
 * `overrides` has them.
 */
export function documentClient(overrides: DynamoDBClientConfig = {}): DynamoDBDocumentClient {
  return DynamoDBDocumentClient.from(new DynamoDBClient({ ...CLIENT_DEFAULTS, ...overrides }), {
    marshallOptions: { removeUndefinedValues: true },
  });
}
