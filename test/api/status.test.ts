import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fromHex, toHex } from "../../lib/bytes/hex.ts";
import { Fault } from "../../lib/fault/fault.ts";
import { writeCertId } from "../../lib/revocation/cert-id.ts";
import { parseOcspResponse } from "../../lib/revocation/ocsp-read.ts";
import { buildOcspRequest } from "../../lib/revocation/ocsp-request.ts";
import { isOcspIntact, verifyOcspResponse } from "../../lib/revocation/ocsp-verify.ts";
import { newApiWorld } from "./world.ts";

let world: Awaited<ReturnType<typeof newApiWorld>>;
beforeAll(async () => {
  world = await newApiWorld();
});
afterAll(() => world.close());

async function signedSerial(): Promise<Uint8Array> {
  const { view, owner } = await world.create();
  const idToken = await world.token(view.commitment);
  await world.send("signing", "POST", `/v1/transactions/${view.id}/signature`, world.json({ idToken }, owner));
  const serial = fromHex((await world.ports.store.read(view.id))?.lease?.serial ?? "");
  if (serial === undefined) throw new Error("no serial");
  return serial;
}

const ask = async (request: Uint8Array, method: "GET" | "POST" = "POST") => {
  const response =
    method === "POST"
      ? await world.send("status", "POST", "/ocsp", { body: request.slice() })
      : await world.send("status", "GET", `/ocsp/${encodeURIComponent(Buffer.from(request).toString("base64"))}`);
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBe("application/ocsp-response");
  return parseOcspResponse(new Uint8Array(await response.arrayBuffer()));
};

describe("the status of a one-time certificate (RFC 6960)", () => {
  test.each(["POST", "GET"] as const)("%s: good for one that signed, with the nonce of the request", async (method) => {
    const serial = await signedSerial();
    const certId = writeCertId("SHA-1", world.pki.issuingCa, serial);
    const nonce = new Uint8Array(randomBytes(32));
    const { status, basic } = await ask(buildOcspRequest([certId], nonce), method);
    expect(status).toBe("successful");
    if (basic === undefined) throw new Error("no basic response");
    expect(basic.singles.map((single) => single.status)).toEqual([{ kind: "good" }]);
    expect(toHex(basic.raw)).toContain(toHex(nonce));
    expect(isOcspIntact(await verifyOcspResponse(basic, { serial, issuer: world.pki.issuingCa }))).toBe(true);
  });

  test("unknown for a serial number that was never claimed, whatever its length", async () => {
    for (const length of [1, 16, 200]) {
      const serial = new Uint8Array(length).fill(0x41);
      const { basic } = await ask(buildOcspRequest([writeCertId("SHA-256", world.pki.issuingCa, serial)]));
      expect(basic?.singles[0]?.status).toEqual({ kind: "unknown" });
    }
  });

  test("another CA's certificates are not ours to speak of", async () => {
    const { status } = await ask(buildOcspRequest([writeCertId("SHA-1", world.pki.root, new Uint8Array([1]))]));
    expect(status).toBe("unauthorized");
  });

  test("garbage, nothing and too much get OCSP's own answer", async () => {
    for (const body of [new Uint8Array(0), new Uint8Array([0x30, 0x80]), new Uint8Array(3000)])
      expect((await ask(body)).status).toBe("malformedRequest");
    const huge = await world.send("status", "POST", "/ocsp", { body: new Uint8Array(10_000) });
    expect(huge.status).toBe(413);
    const odd = await world.send("status", "GET", "/ocsp/%25%25/x%ff");
    expect(parseOcspResponse(new Uint8Array(await odd.arrayBuffer())).status).toBe("malformedRequest");
  });

  test("a store that does not answer is tryLater", async () => {
    const { certificates } = world.table;
    const { find } = certificates;
    Object.assign(certificates, { find: () => Promise.reject(new Fault("store_unavailable", "down")) });
    const certId = writeCertId("SHA-1", world.pki.issuingCa, new Uint8Array(16).fill(0x41));
    expect((await ask(buildOcspRequest([certId]))).status).toBe("tryLater");
    Object.assign(certificates, { find });
  });
});
