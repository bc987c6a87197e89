import { describe } from "vitest";
import { judge } from "../judges/judge.ts";
import type { Maker } from "../service/store-world.ts";

const MAKERS: readonly Maker[] = ["embedded", "amazon"];

/**
 * Holds the stores to their contract on the embedded DynamoDB, and on Amazon's own where there is a Java for it.
 *
 * @param what the stores are about, for the list of what was skipped
 */
export function onEachDynamoDb(what: string, contract: (maker: Maker) => void): void {
  for (const maker of MAKERS) {
    const there =
      maker === "embedded" || judge("java", `Amazon's DynamoDB Local keeps the contract of ${what} as well`);
    if (there) describe(`the store of ${what}, DynamoDB: ${maker}`, () => contract(maker));
  }
}
