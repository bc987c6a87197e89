import { describe, expect, test } from "vitest";
import * as OID from "../../lib/asn1/oids.ts";
import { children, raw, readDer } from "../../lib/asn1/read.ts";
import { TAG } from "../../lib/asn1/tags.ts";
import { bitString, element, oid, sequence } from "../../lib/asn1/write.ts";
import { fromLatin1 } from "../../lib/bytes/bytes.ts";
import { toHex } from "../../lib/bytes/hex.ts";
import { isDer } from "../../lib/cms/der.ts";
import { writeCertId } from "../../lib/revocation/cert-id.ts";
import { parseBasicOcspResponse, parseOcspResponse } from "../../lib/revocation/ocsp-read.ts";
import { MAX_CERT_IDS, parseOcspRequest } from "../../lib/revocation/ocsp-request.ts";
import { issueOcspResponse, ocspError, responderKeyHash } from "../../lib/revocation/ocsp-response.ts";
import { type CertificateStatus, RESPONSE_STATUS, type ResponseStatus } from "../../lib/revocation/status.ts";
import { ask, judge, pem, withFiles } from "../judges/judge.ts";
import { openssl } from "../worlds/foreign.ts";
import { newWorld } from "../worlds/world.ts";

// OpenSSL holds a response to the clock of the machine, and has no option to take another.
const world = await newWorld({ seed: "revocation/response", now: Math.floor(Date.now() / 1000) * 1000 });
const issuer = world.issuingCa.certificate;
const responder = world.ocsp.certificate;
const leaf = world.oneTime().certificate;
const HOUR = 3_600_000;

const answer = (status: CertificateStatus, more: { readonly nonce?: Uint8Array; readonly certId?: Uint8Array } = {}) =>
  issueOcspResponse(
    {
      singles: [
        {
          certId: more.certId ?? writeCertId("SHA-1", issuer, leaf.serial),
          status,
          thisUpdate: world.now,
          nextUpdate: world.now + HOUR,
        },
      ],
      producedAt: world.now,
      responder,
      ...(more.nonce === undefined ? {} : { nonce: more.nonce }),
    },
    world.ocsp.signer,
  );

const STATUSES: readonly CertificateStatus[] = [
  { kind: "good" },
  { kind: "unknown" },
  { kind: "revoked", at: world.now - HOUR },
  { kind: "revoked", at: world.now - HOUR, reason: 1 },
];

test.each(STATUSES)(
  "a response says %j, in DER, by the responder's key, with its certificate inside",
  async (status) => {
    const octets = await answer(status, { nonce: Uint8Array.of(7) });
    expect(isDer(octets)).toBe(true);
    const { status: outcome, basic } = parseOcspResponse(octets);
    expect(outcome).toBe("successful");
    expect(isDer(basic?.raw ?? new Uint8Array())).toBe(true);
    expect(basic?.singles).toMatchObject([
      { status, thisUpdate: world.now, nextUpdate: world.now + HOUR, extensions: [] },
    ]);
    expect(basic?.producedAt).toBe(world.now);
    expect(basic?.responder).toEqual({ key: responderKeyHash(responder) });
    expect(basic?.certificates.map(toHex)).toEqual([toHex(responder.raw)]);
    expect(basic?.extensions).toMatchObject([{ oid: OID.ocspNonce, critical: false, value: Uint8Array.of(4, 1, 7) }]);
  },
);

test("the next update may be left open, and several certificates answered for", async () => {
  const single = (serial: number) => ({
    certId: writeCertId("SHA-256", issuer, Uint8Array.of(serial)),
    status: { kind: "good" } as const,
    thisUpdate: world.now,
  });
  const octets = await issueOcspResponse(
    { singles: [single(1), single(2)], producedAt: world.now, responder },
    world.ocsp.signer,
  );
  const { basic } = parseOcspResponse(octets);
  expect(basic?.singles.map(({ certId, nextUpdate }) => [toHex(certId.serial), nextUpdate])).toEqual([
    ["01", undefined],
    ["02", undefined],
  ]);
  expect(basic?.extensions).toEqual([]);
});

test("the largest request that is read gets an answer that the signer takes", async () => {
  const octets = await issueOcspResponse(
    {
      singles: Array.from({ length: MAX_CERT_IDS }, () => ({
        certId: writeCertId("SHA-256", issuer, new Uint8Array(47).fill(1)),
        status: { kind: "revoked", at: world.now, reason: 1 } as const,
        thisUpdate: world.now,
        nextUpdate: world.now + HOUR,
      })),
      producedAt: world.now,
      nonce: new Uint8Array(32),
      responder,
    },
    world.ocsp.signer,
  );
  expect(parseOcspResponse(octets).basic?.singles.length).toBe(16);
  expect(parseOcspResponse(octets).basic?.tbs.length).toBeLessThanOrEqual(4096);
});

test("a response about nothing is a programmer's mistake", async () => {
  const input = { singles: [], producedAt: world.now, responder };
  await expect(issueOcspResponse(input, world.ocsp.signer)).rejects.toThrow(TypeError);
});

test("an error is a status and nothing else", () => {
  for (const reason of Object.keys(RESPONSE_STATUS) as ResponseStatus[]) {
    if (reason === "successful") continue;
    const octets = ocspError(reason);
    expect(toHex(octets)).toBe(`30030a010${RESPONSE_STATUS[reason]}`);
    expect(parseOcspResponse(octets)).toEqual({ status: reason, basic: undefined });
  }
});

describe.skipIf(!judge("openssl", "others accept our OCSP responses"))("openssl ocsp", () => {
  /** Without a request of its own, OpenSSL makes one for the leaf by SHA-1. */
  const verify = async (response: Uint8Array, request?: Uint8Array) => {
    const files = {
      response,
      request: request ?? "",
      issuer: pem(issuer.raw),
      leaf: pem(leaf.raw),
      root: pem(world.root.certificate.raw),
    };
    const { out, err } = await withFiles(files, (path) =>
      ask("openssl", [
        ...["ocsp", "-respin", path.response, "-CAfile", path.root, "-verify_other", path.issuer],
        ...(request === undefined ? ["-issuer", path.issuer, "-cert", path.leaf] : ["-reqin", path.request]),
      ]),
    );
    return `${out}${err}`.replaceAll(/\/tmp\/[^ :]+/g, "leaf");
  };

  test.each(STATUSES)("accepts our answer %j", async (status) => {
    const report = await verify(await answer(status));
    expect(report).toContain("Response verify OK");
    expect(report).toContain(`leaf: ${status.kind}`);
    if (status.kind === "revoked" && status.reason !== undefined) expect(report).toContain("Reason: keyCompromise");
  });

  test("accepts our answer to its own request by SHA-256, nonce included, and sees another nonce", async () => {
    const files = { issuer: pem(issuer.raw), leaf: pem(leaf.raw) };
    const request = await openssl(files, "request", (path, out) => [
      ...["ocsp", "-issuer", path("issuer"), "-sha256", "-cert", path("leaf"), "-reqout", out],
    ]);
    const { certIds, nonce } = parseOcspRequest(request);
    const certId = certIds[0]?.raw ?? new Uint8Array();
    expect(nonce).toBeDefined();
    const report = await verify(await answer({ kind: "good" }, { certId, nonce: nonce ?? certId }), request);
    expect(report).toContain("Response verify OK");
    const wrong = await verify(await answer({ kind: "good" }, { certId, nonce: Uint8Array.of(1) }), request);
    expect(wrong).toContain("Nonce Verify error");
  });

  test("refuses it when one bit of it is turned", async () => {
    const response = await answer({ kind: "good" });
    const { basic } = parseOcspResponse(response);
    const at = toHex(response).indexOf(toHex(basic?.tbs ?? new Uint8Array())) / 2;
    response[at + 60] = (response[at + 60] ?? 0) ^ 1;
    expect(await verify(response)).not.toContain("Response verify OK");
  });
});

test("times with a fraction of a second are read, as responders write them", async () => {
  const octets = await answer({ kind: "good" });
  const whole = new TextDecoder("latin1").decode(octets);
  const moment = `${new Date(world.now).toISOString().replace(/\D/g, "").slice(0, 14)}Z`;
  expect(whole).toContain(moment);
  const { basic } = parseOcspResponse(octets);
  const data = readDer(basic?.tbs ?? new Uint8Array());
  const longer = children(data).map((node) =>
    node.tag === TAG.generalizedTime
      ? element(TAG.generalizedTime, fromLatin1(moment.replace("Z", ".763991Z")))
      : raw(node),
  );
  const made = sequence(sequence(...longer), sequence(oid(OID.ecdsaWithSha256)), bitString(Uint8Array.of(1)));
  expect(parseBasicOcspResponse(made).producedAt).toBe(world.now + 763);
});
