import { type DynamoDBDocumentClient, GetCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { Pki, PkiStore, SignatureClass } from "../service/pki.ts";
import { parseCertificate } from "../x509/certificate.ts";
import { aliases, conditional, createItem, outage } from "./item.ts";

const KEY = { pk: "PKI", sk: "CURRENT" } as const;

type PkiItem = {
  readonly root: Uint8Array;
  readonly issuingCa: Uint8Array;
  readonly tsa: Uint8Array;
  readonly ocsp: Uint8Array;
  readonly report?: Uint8Array;
  readonly signatureClass: SignatureClass;
  readonly demo: boolean;
};

/** The published certificates: one item, which `ca init` writes once. */
export function pkiStore(client: DynamoDBDocumentClient, table: string): PkiStore {
  return {
    async read() {
      try {
        const { Item: item } = await client.send(new GetCommand({ TableName: table, Key: KEY, ConsistentRead: true }));
        return item === undefined ? undefined : fromItem(item as PkiItem);
      } catch (error) {
        throw outage(error);
      }
    },
    publish: (pki) => createItem(client, table, { ...KEY, ...toItem(pki) }),
    addReport: (certificate) =>
      conditional(() =>
        client.send(
          new UpdateCommand({
            TableName: table,
            Key: KEY,
            UpdateExpression: "SET #report = :report",
            ConditionExpression: "attribute_exists(#pk) AND attribute_not_exists(#report)",
            ExpressionAttributeNames: aliases("pk", "report"),
            ExpressionAttributeValues: { ":report": certificate.raw },
          }),
        ),
      ),
  };
}

function toItem(pki: Pki): PkiItem {
  return {
    root: pki.root.raw,
    issuingCa: pki.issuingCa.raw,
    tsa: pki.tsa.raw,
    ocsp: pki.ocsp.raw,
    ...(pki.report === undefined ? {} : { report: pki.report.raw }),
    signatureClass: pki.signatureClass,
    demo: pki.demo,
  };
}

function fromItem(item: PkiItem): Pki {
  return {
    root: parseCertificate(item.root),
    issuingCa: parseCertificate(item.issuingCa),
    tsa: parseCertificate(item.tsa),
    ocsp: parseCertificate(item.ocsp),
    report: item.report === undefined ? undefined : parseCertificate(item.report),
    signatureClass: item.signatureClass,
    demo: item.demo,
  };
}
