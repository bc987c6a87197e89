import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { Fault } from "../fault/fault.ts";

/** DynamoDB items are schemaless; a name in an expression is always an alias, since many plain names are reserved words. */
export type Item = Record<string, unknown>;

/** `#state` for "state": every attribute that an expression names. */
export function aliases(...names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [`#${name}`, name]));
}

/**
 * Runs one conditional write.
 *
 * @returns false where the condition was refused
 * @throws Fault `store_unavailable`: it may have taken effect or not
 */
export async function conditional(write: () => Promise<unknown>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw outage(error);
  }
}

export function outage(cause: unknown): Fault {
  return new Fault("store_unavailable", "the store did not answer", { cause });
}
