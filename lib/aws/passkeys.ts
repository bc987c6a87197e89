import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  PutCommand,
  UpdateCommand,
  type UpdateCommandInput,
} from "@aws-sdk/lib-dynamodb";
import type { KeyRing, Passkey } from "../service/passkey.ts";
import type { PasskeyStore } from "../service/passkey-store.ts";
import { aliases, conditional, createItem, readItem } from "./item.ts";

const ringKey = (subject: string) => ({ pk: `PASSKEYS#${subject}`, sk: "PASSKEYS" });
const pointerKey = (id: string) => ({ pk: `PASSKEY#${id}`, sk: "PASSKEY" });

/** Seconds. A pointer outlives its passkey, so that "expired" is told and not "unknown". */
const KEEP_S = 90 * 24 * 3600;

/** `passkeys` is a map by id: one place of it changes at a time, whatever happens to the others. */
type RingItem = { readonly handle: string; readonly passkeys: Readonly<Record<string, Passkey>> };

export function passkeyStore(client: DynamoDBDocumentClient, table: string): PasskeyStore {
  const get = (key: ReturnType<typeof ringKey>) => readItem(client, table, key);
  const update = (subject: string, input: Omit<UpdateCommandInput, "TableName" | "Key">) =>
    conditional(() => client.send(new UpdateCommand({ TableName: table, Key: ringKey(subject), ...input })));
  const read = async (subject: string): Promise<KeyRing | undefined> => {
    const item = await get(ringKey(subject));
    return item === undefined ? undefined : toRing(item as RingItem);
  };
  return {
    read,
    async open(subject, handle) {
      const known = await read(subject);
      if (known !== undefined) return known;
      await createItem(client, table, { ...ringKey(subject), handle, passkeys: {} });
      // Ours, or that of another request that was quicker.
      return (await read(subject)) ?? { handle, passkeys: [] };
    },
    point: (id, subject, until) =>
      conditional(() =>
        client.send(
          new PutCommand({
            TableName: table,
            Item: { ...pointerKey(id), subject, ttl: Math.ceil(until / 1000) + KEEP_S },
            ConditionExpression: "attribute_not_exists(#pk) OR #subject = :subject",
            ExpressionAttributeNames: aliases("pk", "subject"),
            ExpressionAttributeValues: { ":subject": subject },
          }),
        ),
      ),
    async ownerOf(id) {
      const item = await get(pointerKey(id));
      return item === undefined ? undefined : String(item.subject);
    },
    async unpoint(id, subject) {
      await conditional(() =>
        client.send(
          new DeleteCommand({
            TableName: table,
            Key: pointerKey(id),
            ConditionExpression: "#subject = :subject",
            ExpressionAttributeNames: aliases("subject"),
            ExpressionAttributeValues: { ":subject": subject },
          }),
        ),
      );
    },
    add: (subject, passkey, limit) =>
      update(subject, {
        UpdateExpression: "SET #passkeys.#id = :passkey",
        ConditionExpression:
          "attribute_exists(#passkeys) AND attribute_not_exists(#passkeys.#id) AND size(#passkeys) < :limit",
        ExpressionAttributeNames: { ...aliases("passkeys"), "#id": passkey.id },
        ExpressionAttributeValues: { ":passkey": passkey, ":limit": limit },
      }),
    rename: (subject, id, name) =>
      update(subject, {
        UpdateExpression: "SET #passkeys.#id.#name = :name",
        ConditionExpression: "attribute_exists(#passkeys.#id)",
        ExpressionAttributeNames: { ...aliases("passkeys", "name"), "#id": id },
        ExpressionAttributeValues: { ":name": name },
      }),
    remove: (subject, id) =>
      update(subject, {
        UpdateExpression: "REMOVE #passkeys.#id",
        ConditionExpression: "attribute_exists(#passkeys.#id)",
        ExpressionAttributeNames: { ...aliases("passkeys"), "#id": id },
      }),
    use: (subject, id, { signCount, backedUp, at, assertion }) => {
      const place = "#passkeys.#id";
      const higher = signCount === 0 ? `${place}.#signCount = :signCount` : `${place}.#signCount < :signCount`;
      return update(subject, {
        UpdateExpression: `SET ${place}.#signCount = :signCount, ${place}.#backedUp = :backedUp, ${place}.#lastUsedAt = :at, ${place}.#lastAssertion = :assertion`,
        ConditionExpression: `attribute_exists(${place}) AND (${higher} OR ${place}.#lastAssertion = :assertion)`,
        ExpressionAttributeNames: {
          ...aliases("passkeys", "signCount", "backedUp", "lastUsedAt", "lastAssertion"),
          "#id": id,
        },
        ExpressionAttributeValues: {
          ":signCount": signCount,
          ":backedUp": backedUp,
          ":at": at,
          ":assertion": assertion,
        },
      });
    },
  };
}

/** Written by the methods above alone, so that the shape needs no second check. */
function toRing({ handle, passkeys }: RingItem): KeyRing {
  return { handle, passkeys: Object.values(passkeys) };
}
