import { describe, expect, test } from "vitest";
import { digest as digestBy } from "#crypto";
import * as OID from "../../lib/asn1/oids.ts";
import { integer, octetString, sequence } from "../../lib/asn1/write.ts";
import { toHex } from "../../lib/bytes/hex.ts";
import { isDer } from "../../lib/cms/der.ts";
import { hashAlgorithmNull } from "../../lib/crypto/algorithms.ts";
import { parseRequest } from "../../lib/tsp/request.ts";
import { grantedResponse, rejectionResponse } from "../../lib/tsp/response.ts";
import { issueToken, type TokenInput } from "../../lib/tsp/token.ts";
import { readToken } from "../../lib/tsp/verify.ts";
import { POLICY } from "../../lib/x509/policy-arc.ts";
import { ask, judge, pem, withFiles } from "../judges/judge.ts";
import { sha256 } from "../worlds/cms.ts";
import { openssl } from "../worlds/foreign.ts";
import { newWorld } from "../worlds/world.ts";

const world = await newWorld({ seed: "tsp/token" });
const data = new TextEncoder().encode("a signature value");
const INPUT: TokenInput = {
  hash: "SHA-256",
  imprint: sha256(data),
  serial: world.random(16),
  genTime: world.now + 120,
  policy: POLICY.timestamp,
  certificate: world.tsa.certificate,
  chain: [world.root.certificate.raw],
  includeCertificates: true,
};

test("a token says what it was asked to say, in DER, and no more", async () => {
  const nonce = Uint8Array.of(0, 0xff, 1);
  const token = await issueToken({ ...INPUT, nonce }, world.tsa.signer);
  expect(isDer(token)).toBe(true);
  const { signedData, info } = readToken(token);
  expect(signedData).toMatchObject({ der: true, version: 3, contentType: OID.tstInfo });
  expect(isDer(signedData.content ?? new Uint8Array())).toBe(true);
  expect(info).toMatchObject({ policy: POLICY.timestamp, genTime: world.now + 120, accuracy: 1000, ordering: false });
  expect(info).toMatchObject({ tsa: undefined, extensions: [] });
  expect(toHex(info.nonce ?? new Uint8Array())).toBe("00ff01");
  expect(toHex(info.imprint.digest)).toBe(toHex(INPUT.imprint));
  expect(signedData.signers[0]?.signedAttributes?.list.map(({ type }) => type).sort()).toEqual(
    [OID.contentType, OID.messageDigest, OID.signingCertificateV2].sort(),
  );
});

test("a nonce comes back as it was sent, a negative one too", async () => {
  const nonce = Uint8Array.of(0xff, 0x01);
  const { info } = readToken(await issueToken({ ...INPUT, nonce }, world.tsa.signer));
  expect(toHex(info.nonce ?? new Uint8Array())).toBe("ff01");
});

test("certificates are inside where they are wanted, and nowhere else", async () => {
  const certificates = async (includeCertificates: boolean) =>
    readToken(await issueToken({ ...INPUT, includeCertificates }, world.tsa.signer))
      .signedData.certificates.map(toHex)
      .sort();
  expect(await certificates(true)).toEqual(
    [world.tsa, world.root].map(({ certificate }) => toHex(certificate.raw)).sort(),
  );
  expect(await certificates(false)).toEqual([]);
});

test("the imprint comes back octet for octet, parameters of the algorithm included", async () => {
  const request = parseRequest(
    sequence(integer(1), sequence(hashAlgorithmNull("SHA-256"), octetString(INPUT.imprint))),
  );
  const token = await issueToken(
    { ...INPUT, imprint: request.imprint.digest, hashAlgorithm: request.imprint.algorithm.raw },
    world.tsa.signer,
  );
  expect(toHex(readToken(token).info.imprint.algorithm.raw)).toBe(toHex(request.imprint.algorithm.raw));
});

test("a digest of another length is a programmer's mistake, and an unavailable key goes through", async () => {
  await expect(issueToken({ ...INPUT, hash: "SHA-384" }, world.tsa.signer)).rejects.toThrow(TypeError);
  const broken = { sign: () => Promise.reject(new Error("no key")) };
  await expect(issueToken(INPUT, broken)).rejects.toThrow("no key");
});

describe.skipIf(!judge("openssl", "others accept our time stamps"))("openssl", () => {
  test.each(["SHA-256", "SHA-384", "SHA-512"] as const)(
    "answers of ours to its own query by %s verify",
    async (hash) => {
      const query = await openssl({ data }, "query", (path, out) => [
        ...["ts", "-query", "-data", path("data"), `-${hash.replace("-", "").toLowerCase()}`, "-cert", "-out", out],
      ]);
      const request = parseRequest(query);
      const { nonce, imprint } = request;
      const token = await issueToken(
        {
          ...INPUT,
          hash,
          imprint: imprint.digest,
          hashAlgorithm: imprint.algorithm.raw,
          includeCertificates: request.certificates,
          ...(nonce === undefined ? {} : { nonce }),
        },
        world.tsa.signer,
      );
      expect(toHex(imprint.digest)).toBe(toHex(digestBy(hash, data)));
      const root = pem(world.root.certificate.raw);
      const verdict = await withFiles({ query, response: grantedResponse(token), root }, (path) =>
        ask("openssl", [
          ...["ts", "-verify", "-queryfile", path.query, "-in", path.response],
          ...["-CAfile", path.root, "-attime", String(world.now / 1000)],
        ]),
      );
      expect(verdict.out).toContain("Verification: OK");
    },
  );

  test("reads our answers: the time to the millisecond, the accuracy, the nonce; and why we refuse", async () => {
    const token = await issueToken({ ...INPUT, nonce: Uint8Array.of(0x12, 0x34) }, world.tsa.signer);
    const granted = await text(grantedResponse(token));
    expect(granted).toContain("Status: Granted.");
    expect(granted).toContain("Time stamp: Jan 15 03:00:00.12 2027 GMT");
    expect(granted).toContain("Accuracy: 0x01 seconds");
    expect(granted).toContain("Ordering: no");
    expect(granted).toContain("Nonce: 0x1234");
    const refused = await text(rejectionResponse("unacceptedPolicy", "that policy is not ours"));
    expect(refused).toContain("Status: Rejected.");
    expect(refused).toContain("that policy is not ours");
    expect(refused).toMatch(/requested TSA policy is not supported/);
  });
});

async function text(response: Uint8Array): Promise<string> {
  return withFiles(
    { response },
    async (path) => (await ask("openssl", ["ts", "-reply", "-in", path.response, "-text"])).out,
  );
}
