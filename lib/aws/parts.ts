import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { Clock } from "../ports/ports.ts";
import { ASSISTANCE_MS } from "../service/assistance.ts";
import type { PartStore } from "../service/assistance-store.ts";
import { createItem, readItem } from "./item.ts";

/** A partition a part: the parts of one document are fetched one after the other, and need no order of their own. */
const keyOf = (id: string, number: number) => ({ pk: `PART#${id}#${number}`, sk: "PART" });

export function partStore(client: DynamoDBDocumentClient, table: string, clock: Clock): PartStore {
  return {
    put: (id, number, { octets, count }) =>
      createItem(client, table, {
        ...keyOf(id, number),
        octets,
        count,
        ttl: Math.ceil((clock() + ASSISTANCE_MS) / 1000),
      }),
    async read(id, number) {
      const item = await readItem(client, table, keyOf(id, number));
      if (item === undefined || Number(item.ttl) * 1000 < clock()) return undefined;
      return { octets: item.octets as Uint8Array, count: Number(item.count) };
    },
  };
}
