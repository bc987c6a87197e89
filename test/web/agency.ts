import { createHash, randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { concat } from "../../lib/bytes/bytes.ts";
import { byteRangeDigest, prepareSignature } from "../../lib/pades/prepare.ts";

/** A server of an agency that prepares documents and sends people a link. */
export type Agency = {
  /** `localhost:port`, for MOTLAN_DOCUMENT_HOSTS. */
  readonly host: string;
  /** By path. What is not here is answered with 404. */
  readonly documents: Map<string, Uint8Array>;
  /** Paths that were asked for. */
  readonly asked: string[];
  readonly close: () => void;
};

export async function newAgency(): Promise<Agency> {
  const documents = new Map<string, Uint8Array>();
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? "";
    asked.push(path);
    const document = documents.get(path.split("?")[0] ?? "");
    const headers = { "access-control-allow-origin": "*", "content-type": "application/pdf" };
    if (path.startsWith("/xong")) response.writeHead(200, { "content-type": "text/html" }).end("<h1>Xong</h1>");
    else if (document === undefined) response.writeHead(404, headers).end();
    else response.writeHead(200, headers).end(document);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { host: `localhost:${(server.address() as AddressInfo).port}`, documents, asked, close };
}

export type Case = { readonly id: string; readonly link: string; readonly files: readonly Uint8Array[] };

/** Prepares files, puts them where a browser can fetch them, and opens the transaction. */
export async function openCase(
  agency: Agency,
  service: string,
  originals: readonly Uint8Array[],
  more: Readonly<Record<string, unknown>> = {},
): Promise<Case> {
  const id = randomBytes(16).toString("base64url");
  const secret = randomBytes(32);
  const files: Uint8Array[] = [];
  const documents = originals.map((original, index) => {
    const prepared = prepareSignature(original, { fieldId: id, claimedTime: Date.now(), offsetMinutes: 420 });
    const file = concat(original, prepared.appended);
    files.push(file);
    agency.documents.set(`/${id}/${index}.pdf`, file);
    const digest = Buffer.from(byteRangeDigest(original, prepared)).toString("base64url");
    const url = `http://${agency.host}/${id}/${index}.pdf`;
    return { alg: "SHA-256", digest, title: `Tờ khai ${index + 1}`, url };
  });
  const response = await fetch(`${service}/v1/transactions`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      id,
      ownerHash: createHash("sha256").update(secret).digest("base64url"),
      documents,
      signerName: "Nguyễn Thị Thuý An",
      relyingParty: "Uỷ ban nhân dân phường Thử Nghiệm",
      procedure: "1.004222 – Đăng ký thường trú",
      returnUrl: `http://${agency.host}/xong?phien=${id}`,
      ...more,
    }),
  });
  if (!response.ok) throw new Error(`the transaction was refused: ${await response.text()}`);
  return { id, link: `${service}/ky#${id}.${secret.toString("base64url")}`, files };
}
