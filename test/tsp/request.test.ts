import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as OID from "../../lib/asn1/oids.ts";
import { boolean, element, explicit, integer, octetString, oid, sequence } from "../../lib/asn1/write.ts";
import { toHex } from "../../lib/bytes/hex.ts";
import { hashAlgorithm, hashAlgorithmNull } from "../../lib/crypto/algorithms.ts";
import { buildRequest, parseRequest, refusal } from "../../lib/tsp/request.ts";
import { judge } from "../judges/judge.ts";
import { sha256 } from "../worlds/cms.ts";
import { openssl } from "../worlds/foreign.ts";
import { mutations, orFault, RUNS } from "../worlds/mutate.ts";

const digest = sha256(Uint8Array.of(1));
const IMPRINT = sequence(hashAlgorithm("SHA-256"), octetString(digest));
const ACCEPTED = { hashes: ["SHA-256"], policies: ["1.2.3"] } as const;

test("a request comes back as it was built, whatever its digest, nonce and policy", () => {
  const hash = fc.constantFrom("SHA-256", "SHA-384", "SHA-512");
  const nonce = fc.option(fc.uint8Array({ minLength: 1, maxLength: 32 }), { nil: undefined });
  fc.assert(
    fc.property(
      hash,
      nonce,
      fc.option(fc.constant("1.2.3"), { nil: undefined }),
      fc.boolean(),
      (name, n, policy, certificates) => {
        const octets = new Uint8Array({ "SHA-256": 32, "SHA-384": 48, "SHA-512": 64 }[name]).fill(7);
        const request = parseRequest(
          buildRequest({
            hash: name,
            digest: octets,
            certificates,
            ...(n === undefined ? {} : { nonce: n }),
            ...(policy === undefined ? {} : { policy }),
          }),
        );
        expect(request).toMatchObject({ version: 1, policy, certificates, extensions: [], imprint: { hash: name } });
        expect(toHex(request.imprint.digest)).toBe(toHex(octets));
        expect(request.nonce && BigInt(`0x${toHex(request.nonce)}`)).toEqual(n && BigInt(`0x${toHex(n)}`));
      },
    ),
    { numRuns: RUNS },
  );
});

test.each([
  ["another version", sequence(integer(2), IMPRINT), "badRequest"],
  ["an unknown digest", sequence(integer(1), sequence(sequence(oid("1.2.3")), octetString(digest))), "badAlg"],
  [
    "a weak digest",
    sequence(integer(1), sequence(hashAlgorithmNull("SHA-1"), octetString(digest.subarray(0, 20)))),
    "badAlg",
  ],
  ["a policy of others", sequence(integer(1), IMPRINT, oid("1.2.4")), "unacceptedPolicy"],
  [
    "an extension, critical or not",
    sequence(integer(1), IMPRINT, element(0xa0, sequence(oid("1.2.3"), octetString(digest)))),
    "unacceptedExtension",
  ],
  ["nothing wrong", sequence(integer(1), IMPRINT, oid("1.2.3"), boolean(true)), undefined],
])("%s is refused for the right reason", (_, octets, failure) => {
  expect(refusal(parseRequest(octets), ACCEPTED)).toBe(failure);
});

test.each([
  [
    "a digest that is too short",
    "tsp_malformed",
    sequence(integer(1), sequence(hashAlgorithm("SHA-256"), octetString(digest.subarray(1)))),
  ],
  ["a nonce of 65 octets", "tsp_malformed", sequence(integer(1), IMPRINT, integer(new Uint8Array(64).fill(0xff)))],
  ["a field too many", "der_malformed", sequence(integer(1), IMPRINT, sequence())],
  ["4,097 octets", "tsp_malformed", new Uint8Array(4097)],
  ["an empty list of extensions", "x509_malformed", sequence(integer(1), IMPRINT, element(0xa0))],
])("%s cannot be read", (_, code, octets) => {
  expect(() => parseRequest(octets)).toThrow(expect.objectContaining({ code }));
});

test("a digest of another length is a programmer's mistake", () => {
  expect(() => buildRequest({ hash: "SHA-512", digest, certificates: true })).toThrow(TypeError);
});

test("any change to a request gives a request or a Fault, never another error", () => {
  const request = sequence(
    integer(1),
    IMPRINT,
    oid("1.2.3"),
    integer(77),
    boolean(true),
    element(0xa0, sequence(oid(OID.tstInfo), octetString(digest))),
  );
  fc.assert(
    fc.property(mutations(request), (changed) => void orFault(() => parseRequest(changed))),
    { numRuns: RUNS },
  );
  expect(orFault(() => parseRequest(explicit(0, request)))).toBeUndefined();
});

describe.skipIf(!judge("openssl", "requests of others are read"))("openssl ts -query", () => {
  test.each([
    [["-sha256", "-cert"], { hash: "SHA-256", certificates: true, nonce: true }],
    [
      ["-sha512", "-no_nonce", "-tspolicy", "1.2.3.4"],
      { hash: "SHA-512", certificates: false, nonce: false, policy: "1.2.3.4" },
    ],
  ] as const)("%j", async (options, expected) => {
    const made = await openssl({ data: Uint8Array.of(1) }, "query", (path, out) => [
      ...["ts", "-query", "-data", path("data"), "-out", out, ...options],
    ]);
    const request = parseRequest(made);
    expect(request.imprint.hash).toBe(expected.hash);
    expect(request.certificates).toBe(expected.certificates);
    expect(request.nonce !== undefined).toBe(expected.nonce);
    expect(request.policy).toBe("policy" in expected ? expected.policy : undefined);
    if (expected.hash === "SHA-256") expect(toHex(request.imprint.digest)).toBe(toHex(digest));
  });
});
