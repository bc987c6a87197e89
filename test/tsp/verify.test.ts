import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { digest } from "#crypto";
import * as OID from "../../lib/asn1/oids.ts";
import { boolean, element, explicit, integer, oid, preciseTime, sequence } from "../../lib/asn1/write.ts";
import { fromLatin1 } from "../../lib/bytes/bytes.ts";
import { toHex } from "../../lib/bytes/hex.ts";
import { assemble, attribute, attributeSet } from "../../lib/cms/build.ts";
import { certificateId } from "../../lib/cms/certificate-id.ts";
import { signingCertificateV2 } from "../../lib/cms/signing-certificate.ts";
import { ecdsaWithSha256 } from "../../lib/crypto/algorithms.ts";
import { readTimestampInfo } from "../../lib/tsp/info.ts";
import { writeMessageImprint } from "../../lib/tsp/message-imprint.ts";
import { parseResponse } from "../../lib/tsp/response.ts";
import { isTokenIntact, readToken, verifyToken } from "../../lib/tsp/verify.ts";
import { parseCertificate } from "../../lib/x509/certificate.ts";
import { assembleCertificate, certificateTbs } from "../../lib/x509/issue.ts";
import { tsaProfile } from "../../lib/x509/profiles.ts";
import { judge, withFiles } from "../judges/judge.ts";
import { sha256, signCms, stamp } from "../worlds/cms.ts";
import { newForeign, openssl } from "../worlds/foreign.ts";
import { flipBit, mutations, orFault, RUNS } from "../worlds/mutate.ts";
import { newWorld, type Party, URLS } from "../worlds/world.ts";

const world = await newWorld({ seed: "tsp/verify" });
const data = new TextEncoder().encode("a signature value");
const imprint = sha256(data);
const token = await stamp(world, data);

test("our own token is intact over what it stamps, and over nothing else", async () => {
  const result = await verifyToken(readToken(token), { imprint });
  expect(isTokenIntact(result)).toBe(true);
  expect(result).toMatchObject({ imprint: "match", usage: "good", withinValidity: true });
  expect(result.signer).toMatchObject({ signature: "valid", signingCertificate: "match", contentType: "match" });
  const other = await verifyToken(readToken(token), { imprint: sha256(Uint8Array.of(1)) });
  expect(other.imprint).toBe("mismatch");
  expect(isTokenIntact(other)).toBe(false);
});

test("the imprint may be computed by the token's own algorithm", async () => {
  const asked: string[] = [];
  const result = await verifyToken(readToken(token), {
    imprint: (hash) => {
      asked.push(hash);
      return imprint;
    },
  });
  expect(result.imprint).toBe("match");
  expect(asked).toEqual(["SHA-256"]);
});

test("a stamp over one content does not serve for a signature over the same octets, nor the reverse", async () => {
  const cms = await signCms(world, data);
  expect(() => readToken(cms)).toThrow(expect.objectContaining({ code: "tsp_malformed" }));
});

test("each bit of what the TSA signed and of its signature counts", async () => {
  const { signedData } = readToken(token);
  const [signer] = signedData.signers;
  const hex = toHex(token);
  const spans = [signedData.content, signer?.signedAttributes?.octets.subarray(1), signer?.signature].map((octets) => ({
    at: hex.indexOf(toHex(octets ?? new Uint8Array())) / 2,
    length: octets?.length ?? 0,
  }));
  const bit = fc.oneof(...spans.map(({ at, length }) => fc.integer({ min: at * 8, max: (at + length) * 8 - 1 })));
  await fc.assert(
    fc.asyncProperty(bit, async (at) => {
      const changed = orFault(() => readToken(flipBit(token, at)));
      if (changed !== undefined) expect(isTokenIntact(await verifyToken(changed, { imprint }))).toBe(false);
    }),
    { numRuns: RUNS },
  );
});

test("any change to a token gives facts or a Fault, never another error", async () => {
  await fc.assert(
    fc.asyncProperty(mutations(token), async (changed) => {
      const read = orFault(() => readToken(changed));
      if (read !== undefined) await verifyToken(read, { imprint });
    }),
    { numRuns: RUNS },
  );
});

describe("the purpose of the certificate", () => {
  const profile = () =>
    tsaProfile({
      serial: Uint8Array.of(1),
      name: { commonName: "TSA", organization: "Test", country: "VN", demo: true },
      spki: world.tsa.certificate.spki,
      notBefore: world.now - 1000,
      notAfter: world.now + 1000,
      issuer: world.root.certificate,
      urls: URLS,
    });
  const usage = (critical: boolean, ...purposes: readonly string[]) => ({
    oid: OID.extendedKeyUsage,
    critical,
    value: sequence(...purposes.map((purpose) => oid(purpose))),
  });
  const stamped = (extension: ReturnType<typeof usage> | undefined): Promise<Uint8Array> => {
    const fields = profile();
    const others = fields.extensions.filter((one) => one.oid !== OID.extendedKeyUsage);
    const tbs = certificateTbs({ ...fields, extensions: extension === undefined ? others : [...others, extension] });
    const certificate = parseCertificate(assembleCertificate(tbs, world.root.sign(tbs)));
    return stamp({ ...world, tsa: { ...world.tsa, certificate } }, data);
  };
  test.each([
    ["good", usage(true, OID.timeStamping)],
    ["not-critical", usage(false, OID.timeStamping)],
    ["not-sole", usage(true, OID.timeStamping, OID.codeSigning)],
    ["missing", usage(true, OID.codeSigning)],
    ["missing", undefined],
    ["malformed", { ...usage(true), value: integer(1) }],
  ] as const)("is %s", async (fact, extension) => {
    const result = await verifyToken(readToken(await stamped(extension)), { imprint });
    expect(result.usage).toBe(fact);
    expect(result.signer.signature).toBe("valid");
    expect(isTokenIntact(result)).toBe(fact === "good");
  });
});

test("the time must lie in the validity of the TSA's certificate, both ends included", async () => {
  const { notBefore, notAfter } = world.tsa.certificate;
  const within = async (genTime: number) =>
    (await verifyToken(readToken(await stamp(world, data, genTime)), { imprint })).withinValidity;
  expect(await Promise.all([notBefore, notAfter].map(within))).toEqual([true, true]);
  expect(await Promise.all([notBefore - 1, notAfter + 1].map(within))).toEqual([false, false]);
});

test("the TSA's certificate may come from elsewhere; without it nothing is proved", async () => {
  const bare = readToken(signed(info(), world.tsa, { certificates: [] }));
  expect(await verifyToken(bare, { imprint })).toMatchObject({ usage: "no-certificate", withinValidity: false });
  const result = await verifyToken(bare, { imprint, certificates: [world.tsa.certificate.raw] });
  expect(isTokenIntact(result)).toBe(true);
});

test("a token without a reference to its certificate, or with one to another, is not intact", async () => {
  for (const reference of [signingCertificateV2(world.root.certificate.raw), attribute(oid("1.2.3"), integer(1))]) {
    const result = await verifyToken(readToken(signed(info(), world.tsa, { reference })), { imprint });
    expect(result).toMatchObject({ imprint: "match", usage: "good", signer: { signature: "valid" } });
    expect(isTokenIntact(result)).toBe(false);
  }
});

test("a message of another type is no token, whatever it holds", () => {
  const octets = signed(info(), world.tsa, { contentType: oid(OID.data) });
  expect(() => readToken(octets)).toThrow(expect.objectContaining({ code: "tsp_malformed" }));
});

describe("TSTInfo", () => {
  test("is read with all its parts", () => {
    const name = element(0xa0, element(0x86, fromLatin1("http://tsa.example")));
    const extension = element(0xa1, sequence(oid("1.2.3"), element(4, Uint8Array.of(5, 0))));
    const accuracy = sequence(integer(2), element(0x80, Uint8Array.of(3)), element(0x81, Uint8Array.of(1)));
    const read = readTimestampInfo(info(accuracy, boolean(true), integer(9), name, extension));
    expect(read).toMatchObject({ accuracy: 2004, ordering: true, genTime: world.now, policy: "1.2.3" });
    expect(read.tsa).toEqual({ kind: "uri", value: "http://tsa.example" });
    expect(read.extensions.length).toBe(1);
  });

  const ofOneOctet = sequence(sequence(oid(OID.sha256)), element(4, Uint8Array.of(1)));
  test.each([
    ["another version", "tsp_malformed", sequence(integer(2))],
    ["a negative accuracy", "tsp_malformed", info(sequence(integer(-1)))],
    ["a field too many", "der_malformed", info(sequence(), sequence())],
    ["a short imprint", "tsp_malformed", sequence(integer(1), oid("1.2.3"), ofOneOctet, integer(5), preciseTime(0))],
  ] as const)("with %s is refused", (_, code, octets) => {
    expect(() => readTimestampInfo(octets)).toThrow(expect.objectContaining({ code }));
  });

  test("with an unknown digest is read, and matches nothing", async () => {
    const imprintOf = sequence(sequence(oid("1.2.3")), element(4, imprint));
    const octets = sequence(integer(1), oid("1.2.3"), imprintOf, integer(5), preciseTime(world.now));
    const result = await verifyToken(readToken(signed(octets, world.tsa)), { imprint });
    expect(result).toMatchObject({ imprint: "unsupported", signer: { signature: "valid" } });
  });
});

test("a message without a signer, or with two, is no token", () => {
  const content = sequence(oid(OID.tstInfo), explicit(0, element(4, info())));
  const signer = sequence(
    integer(1),
    sequence(sequence(), integer(1)),
    ecdsaWithSha256(),
    ecdsaWithSha256(),
    element(4),
  );
  for (const signers of [[], [signer, signer]]) {
    const signedData = sequence(integer(3), element(0x31), content, element(0x31, ...signers));
    const octets = sequence(oid(OID.signedData), explicit(0, signedData));
    expect(() => readToken(octets)).toThrow(expect.objectContaining({ code: "tsp_malformed" }));
  }
});

describe.skipIf(!judge("openssl", "time stamps of others are read"))("openssl ts -reply", () => {
  test.each([
    ["rsa", "sha256"],
    ["p384", "sha512"],
  ] as const)("a token by %s and %s is intact", async (kind, hash) => {
    const usages = ["extendedKeyUsage=critical,timeStamping", "keyUsage=critical,digitalSignature"];
    const tsa = await newForeign(kind, "/C=VN/CN=Another TSA", usages);
    const config = (folder: string) => `[t]
serial = ${folder}/serial
default_policy = 1.2.3.4
digests = sha256, sha512
accuracy = secs:1, millisecs:500, microsecs:1
ordering = yes
tsa_name = yes
signer_digest = sha256
ess_cert_id_alg = sha256
`;
    const query = await openssl({ data }, "query", (path, out) => [
      ...["ts", "-query", "-data", path("data"), `-${hash}`, "-cert", "-out", out],
    ]);
    const response = await withFiles({}, (_, folder) =>
      openssl(
        { query, "key.pem": tsa.keyPem, "tsa.pem": tsa.certificatePem, config: config(folder) },
        "response",
        (path, out) => [
          ...["ts", "-reply", "-queryfile", path("query"), "-signer", path("tsa.pem"), "-inkey", path("key.pem")],
          ...["-out", out, "-config", path("config"), "-section", "t"],
        ],
      ),
    );
    const read = readToken(parseResponse(response).token ?? new Uint8Array());
    expect(read.info).toMatchObject({ policy: "1.2.3.4", accuracy: 1501, ordering: true, tsa: { kind: "directory" } });
    expect(isTokenIntact(await verifyToken(read, { imprint: (name) => digest(name, data) }))).toBe(true);
  });
});

/** TSTInfo over the imprint, at the world's moment, with whatever follows the time. */
function info(...rest: readonly Uint8Array[]): Uint8Array {
  return sequence(
    integer(1),
    oid("1.2.3"),
    writeMessageImprint("SHA-256", imprint),
    integer(5),
    preciseTime(world.now),
    ...rest,
  );
}

function signed(
  content: Uint8Array,
  tsa: Party,
  parts: {
    readonly certificates?: readonly Uint8Array[];
    readonly reference?: Uint8Array;
    readonly contentType?: Uint8Array;
  } = {},
): Uint8Array {
  const contentType = parts.contentType ?? oid(OID.tstInfo);
  const reference = parts.reference ?? signingCertificateV2(tsa.certificate.raw);
  const attributes = attributeSet(contentType, sha256(content), reference);
  return assemble(
    {
      contentType,
      content,
      signedAttributes: attributes,
      signer: certificateId(tsa.certificate.raw),
      signatureAlgorithm: ecdsaWithSha256(),
      signature: tsa.sign(attributes),
      certificates: parts.certificates ?? [tsa.certificate.raw],
      unsignedAttributes: [],
    },
    3,
  );
}
