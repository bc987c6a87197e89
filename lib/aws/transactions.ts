import {
  type DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  UpdateCommand,
  type UpdateCommandInput,
} from "@aws-sdk/lib-dynamodb";
import { lookupCode } from "../identity/lookup-code.ts";
import type { Clock } from "../ports/ports.ts";
import { signatureOrder } from "../service/activity.ts";
import type { Dispute } from "../service/dispute.ts";
import { signedAt } from "../service/proof-of.ts";
import { assistedBy, type Identified, identified, type PublicParts } from "../service/standing.ts";
import type { Lease, Transaction } from "../service/transaction.ts";
import type { CertificateIndex, TransactionStore } from "../service/transaction-store.ts";
import { aliases, conditional, createItem, type Item, outage, readItem } from "./item.ts";
import { TABLE } from "./table.ts";

/** How long an unsigned transaction is kept behind its end, so that a late answer says "expired" and not "unknown". */
const KEEP_EXPIRED_S = 24 * 3600;
/** How long a decline is kept: the agency that asked reads it within days. */
const KEEP_DECLINED_S = 30 * 24 * 3600;

const SORT = "TX";
const keyOf = (id: string) => ({ pk: `TX#${id}`, sk: SORT });

/** `pending`, or `signing` whose lease ended by `:now`. */
const FREE = "(#state = :pending OR (#state = :signing AND #lease.#until <= :now))";
const HELD = "#state = :signing AND #lease.#token = :token";

export function transactionStore(client: DynamoDBDocumentClient, table: string, clock: Clock): TransactionStore {
  const update = (id: string, input: Omit<UpdateCommandInput, "TableName" | "Key">) =>
    conditional(() => client.send(new UpdateCommand({ TableName: table, Key: keyOf(id), ...input })));
  return {
    create: (transaction) => createItem(client, table, toItem(transaction)),
    async read(id) {
      const item = await readItem(client, table, keyOf(id));
      // DynamoDB removes items some time after their time to live; the embedded one never does.
      return item === undefined || Number(item.ttl) * 1000 < clock() ? undefined : fromItem(item);
    },
    approve: (id, approval) =>
      update(id, {
        UpdateExpression: "SET #approval = :approval",
        ConditionExpression: FREE,
        ExpressionAttributeNames: aliases("state", "lease", "until", "approval"),
        ExpressionAttributeValues: { ...STATES, ":approval": approval, ":now": approval.at },
      }),
    claim: (previous, lease, now) => update(previous.id, claimInput(previous, lease, now)),
    release: (id, lease) =>
      update(id, {
        UpdateExpression:
          "SET #state = :pending, #abandoned = list_append(#abandoned, :serials) REMOVE #lease, #serial",
        ConditionExpression: HELD,
        ExpressionAttributeNames: aliases("state", "lease", "token", "abandoned", "serial"),
        ExpressionAttributeValues: { ...STATES, ":token": lease.token, ":serials": [lease.serial] },
      }),
    complete: (id, lease, result) =>
      update(id, {
        // With the result come the keys of the index of the person's own signatures: a signed transaction is always found there.
        // What everybody may know of it stands beside the result, which only few functions may read.
        UpdateExpression:
          "SET #state = :signed, #result = :result, #subject = :subject, #order = :order, #identified = :identified REMOVE #ttl",
        ConditionExpression: HELD,
        ExpressionAttributeNames: aliases("state", "lease", "token", "result", "ttl", "subject", "order", "identified"),
        ExpressionAttributeValues: {
          ":signing": "signing",
          ":signed": "signed",
          ":token": lease.token,
          ":result": result,
          ":subject": result.person.pseudonym,
          ":order": signatureOrder(signedAt(result), id),
          ":identified": identified(result),
        },
      }),
    decline: (id, at) =>
      update(id, {
        UpdateExpression: "SET #state = :declined, #declinedAt = :now, #ttl = :ttl",
        ConditionExpression: FREE,
        ExpressionAttributeNames: aliases("state", "lease", "until", "declinedAt", "ttl"),
        ExpressionAttributeValues: {
          ...STATES,
          ":declined": "declined",
          ":now": at,
          ":ttl": Math.ceil(at / 1000) + KEEP_DECLINED_S,
        },
      }),
  };
}

export function certificateIndex(client: DynamoDBDocumentClient, table: string): CertificateIndex {
  return {
    async find(serial) {
      try {
        const { Items: items } = await client.send(
          new QueryCommand({
            TableName: table,
            IndexName: TABLE.bySerial.name,
            KeyConditionExpression: "#serial = :serial",
            ExpressionAttributeNames: aliases("serial"),
            ExpressionAttributeValues: { ":serial": serial },
            Limit: 1,
          }),
        );
        const item = items?.[0];
        if (item === undefined) return undefined;
        const { notBefore, notAfter } = item.lease as Lease;
        const transactionId = idIn(item.pk);
        return { serial, transactionId, notBefore, notAfter, use: item.state === "signed" ? "used" : "held" };
      } catch (error) {
        throw outage(error);
      }
    },
  };
}

export function publicParts(client: DynamoDBDocumentClient, table: string): PublicParts {
  return {
    async read(id) {
      try {
        const { Item: item } = await client.send(
          new GetCommand({
            TableName: table,
            Key: keyOf(id),
            ConsistentRead: true,
            ProjectionExpression: "#pk, #sk, #state, #dispute, #helper, #identified",
            ExpressionAttributeNames: aliases("pk", "sk", "state", "dispute", "helper", "identified"),
          }),
        );
        if (item?.state !== "signed") return undefined;
        type Read = { readonly dispute?: Dispute; readonly helper?: string; readonly identified?: Identified };
        const { dispute, helper, identified: how = null } = item as Read;
        return {
          ...(dispute === undefined ? {} : { dispute }),
          assistedBy: helper === undefined ? null : { unit: helper },
          identified: how,
        };
      } catch (error) {
        throw outage(error);
      }
    },
  };
}

const STATES = { ":pending": "pending", ":signing": "signing" } as const;

/** Takes the transaction as read: from `pending`, or from the very lease that has lapsed. */
function claimInput(previous: Transaction, lease: Lease, now: number): Omit<UpdateCommandInput, "TableName" | "Key"> {
  const lapsed = previous.state === "signing" ? previous.lease : undefined;
  const values = { ":signing": "signing", ":lease": lease, ":serial": lease.serial, ":now": now };
  const set = "SET #state = :signing, #lease = :lease, #serial = :serial";
  if (lapsed === undefined)
    return {
      UpdateExpression: set,
      ConditionExpression: "#state = :pending AND #expiresAt > :now",
      ExpressionAttributeNames: aliases("state", "lease", "serial", "expiresAt"),
      ExpressionAttributeValues: { ...values, ":pending": "pending" },
    };
  return {
    UpdateExpression: `${set}, #abandoned = list_append(#abandoned, :serials)`,
    ConditionExpression: `${HELD} AND #lease.#until <= :now AND #expiresAt > :now`,
    ExpressionAttributeNames: aliases("state", "lease", "serial", "abandoned", "expiresAt", "token", "until"),
    ExpressionAttributeValues: { ...values, ":token": lapsed.token, ":serials": [lapsed.serial] },
  };
}

function toItem(transaction: Transaction): Item {
  return {
    ...keyOf(transaction.id),
    ...transaction,
    code: lookupCode(transaction.id),
    // Beside the preimage, in which it stands among titles and names: some may read the one and not the other.
    helper: assistedBy(transaction)?.unit,
    ttl: Math.ceil(transaction.expiresAt / 1000) + KEEP_EXPIRED_S,
  };
}

/** Written by {@link toItem} and the updates above alone, so that the shape needs no second check. */
function fromItem(item: Item): Transaction {
  const { pk: _pk, sk: _sk, ttl: _ttl, serial: _serial, ...indexed } = item;
  const { code: _code, subject: _subject, order: _order, helper: _helper, identified: _identified, ...rest } = indexed;
  return rest as Transaction;
}

/** The id of a transaction out of its partition key. */
export const idIn = (pk: unknown): string => String(pk).slice("TX#".length);
export const transactionKey = keyOf;
