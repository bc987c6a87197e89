import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import * as OID from "../../lib/asn1/oids.ts";
import { parseOcspResponse } from "../../lib/revocation/ocsp-read.ts";
import { parseOcspRequest } from "../../lib/revocation/ocsp-request.ts";
import { signPdf } from "../worlds/pades.ts";
import { type AnyParty, newCa, newParty, newTsa } from "../worlds/parties.ts";
import { crlBy, ocspAbout } from "../worlds/status.ts";
import { newWorld, type World } from "../worlds/world.ts";

const ENTRY = fileURLToPath(new URL("../../bin/motlan.mjs", import.meta.url));

let folder: string;
let world: World;
let server: Server;
let host: string;
let signer: AnyParty;
let ca: AnyParty;
let responder: AnyParty;
const asked: string[] = [];
type Door = (request: IncomingMessage, response: ServerResponse) => void;
let doors: Record<string, Door>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "motlan-fetch-"));
  server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    const door = doors[request.url ?? ""];
    if (door === undefined) response.writeHead(404).end();
    else door(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  host = `localhost:${(server.address() as AddressInfo).port}`;
  world = await newWorld({ seed: "fetch" });
  writeFileSync(join(folder, "root.cer"), world.root.certificate.raw);
  ca = newCa(world);
  responder = newParty(world, {
    ...{ issuer: ca, keyUsage: ["digitalSignature"], extendedKeyUsage: [OID.ocspSigning], ocspNoCheck: true },
  });
  signer = newParty(world, { issuer: ca, crl: `http://${host}/ca.crl`, ocsp: `http://${host}/ocsp` });
  const lonely = newParty(world, { issuer: ca, ...aia(`http://${host}/ca.cer`) });
  const chain = [ca.certificate.raw];
  const sign = async (by: AnyParty, certificates: Uint8Array[]) =>
    (await signPdf(world, { signer: by, tsa: newTsa(world), chain: certificates })).pdf;
  writeFileSync(join(folder, "named.pdf"), await sign(signer, chain));
  writeFileSync(join(folder, "lonely.pdf"), await sign(lonely, []));
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  asked.length = 0;
  doors = {
    "/ca.crl": (_, response) => response.end(crlBy({ issuer: ca, thisUpdate: world.now })),
    "/ca.cer": (_, response) => response.end(ca.certificate.raw),
    "/ocsp": async (request, response) => {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part as Buffer);
      const { certIds } = parseOcspRequest(Buffer.concat(parts));
      const answer = await ocspAbout({
        certificate: signer.certificate,
        issuer: ca,
        responder,
        thisUpdate: world.now,
      });
      const [said] = parseOcspResponse(answer).basic?.singles ?? [];
      expect(Buffer.from(certIds[0]?.raw ?? []).equals(Buffer.from(said?.certId.raw ?? []))).toBe(true);
      response.end(answer);
    },
  };
});

/** Authority information access with the issuer's certificate alone. */
function aia(url: string) {
  const uri = Buffer.from(url, "latin1");
  const tlv = (tag: number, ...parts: Uint8Array[]): Buffer => {
    const inside = Buffer.concat(parts);
    return Buffer.concat([Buffer.from([tag, inside.length]), inside]);
  };
  // AccessDescription { id-ad-caIssuers, uniformResourceIdentifier }
  const caIssuers = Buffer.from("06082b06010505073002", "hex");
  const value = tlv(0x30, tlv(0x30, caIssuers, tlv(0x86, uri)));
  return { extensions: [{ oid: OID.authorityInfoAccess, critical: false, value: new Uint8Array(value) }] };
}

async function verify(file: string, ...args: string[]) {
  const at = new Date(world.now + 60_000).toISOString();
  const all = ["verify", file, "--trust", "root.cer", "--at", at, "--json", ...args];
  const child = spawn(process.execPath, [ENTRY, ...all], { cwd: folder });
  let out = "";
  child.stdout.on("data", (chunk) => {
    out += chunk;
  });
  await new Promise((resolve) => child.once("close", resolve));
  return JSON.parse(out) as { verdict: string; asked?: { url: string; outcome: string }[]; error?: unknown };
}

describe("the network", () => {
  test("is not touched without permission, whatever a certificate names", async () => {
    expect((await verify("named.pdf")).verdict).toBe("CANNOT_TELL");
    const other = await verify("named.pdf", "--fetch-from", "crl.example.test", "--fetch-from", "127.0.0.1");
    expect(other.verdict).toBe("CANNOT_TELL");
    expect(other.asked?.map(({ outcome }) => outcome)).toEqual(["not-allowed", "not-allowed"]);
    expect(asked).toEqual([]);
  });

  test("is asked for what is missing where the operator names the host: the responder, and not the list besides", async () => {
    expect((await verify("named.pdf", "--fetch-from", host)).verdict).toBe("VALID");
    expect(asked).toEqual(["POST /ocsp"]);
  });

  test("gives the list where the responder has nothing to say", async () => {
    for (const nothing of [undefined, ((_, response) => response.end("nonsense")) satisfies Door]) {
      asked.length = 0;
      doors = nothing === undefined ? { "/ca.crl": doors["/ca.crl"] as Door } : { ...doors, "/ocsp": nothing };
      expect((await verify("named.pdf", "--fetch-from", host)).verdict).toBe("VALID");
      expect(asked).toEqual(["POST /ocsp", "GET /ca.crl"]);
    }
  });

  test("is not asked for what is given already", async () => {
    writeFileSync(join(folder, "ca.crl"), crlBy({ issuer: ca, thisUpdate: world.now }));
    expect((await verify("named.pdf", "--fetch-from", host, "--crl", "ca.crl")).verdict).toBe("VALID");
    expect(asked).toEqual([]);
  });

  test("tells that a certificate was revoked", async () => {
    const revoked = [{ certificate: signer.certificate, at: world.now - 60_000 }];
    doors = {
      "/ca.crl": (_, response) => response.end(crlBy({ issuer: ca, thisUpdate: world.now, revoked })),
    };
    expect((await verify("named.pdf", "--fetch-from", host)).verdict).toBe("INVALID");
  });

  test("gives an issuer that the file does not have, which makes nobody trusted by itself", async () => {
    expect((await verify("lonely.pdf")).verdict).toBe("CANNOT_TELL");
    expect((await verify("lonely.pdf", "--fetch-from", host)).verdict).toBe("VALID");
    expect(asked).toEqual(["GET /ca.cer"]);
    doors = { "/ca.cer": (_, response) => response.end(signer.certificate.raw) };
    expect((await verify("lonely.pdf", "--fetch-from", host)).verdict).toBe("CANNOT_TELL");
  });

  test("that drips, floods or leads elsewhere costs its time and nothing else", async () => {
    const drip: Door = (_, response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write("."), 50);
      response.on("close", () => clearInterval(timer));
    };
    const flood: Door = (_, response) => {
      const more = () => {
        while (response.write(Buffer.alloc(65_536)));
      };
      response.on("drain", more);
      more();
    };
    const away: Door = (_, response) => response.writeHead(302, { location: "http://127.0.0.1:1/" }).end();
    const started = performance.now();
    doors = { "/ocsp": drip, "/ca.crl": flood };
    const answer = await verify("named.pdf", "--fetch-from", host);
    expect(answer.verdict).toBe("CANNOT_TELL");
    expect(answer.asked?.map(({ outcome }) => outcome)).toEqual(["too-slow", "too-large"]);
    expect(performance.now() - started).toBeLessThan(15_000);
    doors = { "/ocsp": away, "/ca.crl": away };
    expect((await verify("named.pdf", "--fetch-from", host)).asked?.map(({ outcome }) => outcome)).toEqual([
      "redirected",
      "redirected",
    ]);
  });
});
