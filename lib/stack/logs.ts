import { RemovalPolicy } from "aws-cdk-lib";
import type { IKey } from "aws-cdk-lib/aws-kms";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import type { Construct } from "constructs";

/**
 * A year: long enough to look into a complaint about a signature of the last filing season, short enough not to become an
 * archive. The proof of a signature is in the table, never in a log.
 */
const LOG_RETENTION = RetentionDays.ONE_YEAR;

/** A log group of our own making: Lambda's default one never expires and is not encrypted under our key. */
export function logGroup(scope: Construct, id: string, dataKey: IKey): LogGroup {
  return new LogGroup(scope, id, {
    encryptionKey: dataKey,
    retention: LOG_RETENTION,
    removalPolicy: RemovalPolicy.RETAIN,
  });
}
