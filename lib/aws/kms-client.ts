import { KMSClient, type KMSClientConfig } from "@aws-sdk/client-kms";

/** The first attempt and two more, with the SDK's jittered back-off: throttling of a burst is over by then. */
const ATTEMPTS = 3;
/** Milliseconds. Inside a Region a connection takes a few; a second of silence is an outage. */
const CONNECTION_TIMEOUT = 1_000;
/** Milliseconds. Sign takes 5 to 20; three attempts of this stay within what a person waits for. */
const REQUEST_TIMEOUT = 2_000;

/**
 * A client that gives up after seconds, not minutes. Region, credentials and `AWS_ENDPOINT_URL_KMS` come from the
 * environment unless `overrides` has them.
 */
export function kmsClient(overrides: KMSClientConfig = {}): KMSClient {
  return new KMSClient({
    maxAttempts: ATTEMPTS,
    retryMode: "standard",
    requestHandler: {
      connectionTimeout: CONNECTION_TIMEOUT,
      requestTimeout: REQUEST_TIMEOUT,
      // Without this the SDK only prints a warning and waits on.
      throwOnRequestTimeout: true,
    },
    ...overrides,
  });
}
