import { X509Certificate } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { rootCertificates } from "node:tls";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { children, type Node, raw, readDer } from "../../lib/asn1/read.ts";
import { concat, equal } from "../../lib/bytes/bytes.ts";
import { fromHex, toHex } from "../../lib/bytes/hex.ts";
import { signatureAlgorithmOf } from "../../lib/crypto/algorithms.ts";
import { verifySignature } from "../../lib/crypto/backend-node.ts";
import * as web from "../../lib/crypto/backend-web.ts";
import { readPublicKey } from "../../lib/crypto/public-key.ts";
import { Fault } from "../../lib/fault/fault.ts";
import { type Certificate, isSelfIssued, parseCertificate } from "../../lib/x509/certificate.ts";
import { fromPem } from "../../lib/x509/pem.ts";
import { basicConstraints } from "../../lib/x509/usages.ts";
import { RUNS } from "../asn1/help.ts";
import vectors from "../vectors/x509/certificates.json" with { type: "json" };
import { CHAIN } from "./chain.ts";
import { readAllExtensions } from "./read-all.ts";

const PKITS = fileURLToPath(new URL("../../../shared/vectors/pkits/certs/", import.meta.url));
if (!existsSync(PKITS)) process.stderr.write("\n*** SKIPPED *** no PKITS certificates at ../shared/vectors/pkits\n\n");

/** What node:crypto, which is OpenSSL, reads out of the same octets. */
function sameAsNode(certificate: Certificate): void {
  const other = new X509Certificate(certificate.raw);
  expect(BigInt(`0x${toHex(certificate.serial)}`)).toBe(BigInt(`0x${other.serialNumber}`));
  expect(certificate.notBefore).toBe(other.validFromDate.getTime());
  expect(certificate.notAfter).toBe(other.validToDate.getTime());
  expect(toHex(certificate.spki)).toBe(other.publicKey.export({ format: "der", type: "spki" }).toString("hex"));
  expect(basicConstraints(certificate)?.ca ?? false).toBe(other.ca);
}

const verify = (certificate: Certificate, backend = verifySignature) =>
  backend(
    signatureAlgorithmOf(certificate.signatureAlgorithm),
    certificate.spki,
    certificate.tbs,
    certificate.signature,
  );

describe("certificates made by others", () => {
  test("the roots that Node carries are read like OpenSSL reads them, extensions too", () => {
    expect(rootCertificates.length).toBeGreaterThan(100);
    for (const pem of rootCertificates) {
      const certificate = parseCertificate(fromPem(pem)[0]?.octets ?? new Uint8Array());
      sameAsNode(certificate);
      readAllExtensions(certificate);
      expect(isSelfIssued(certificate)).toBe(true);
    }
  });

  test("the roots that Node carries verify by their own keys, in Node and on the web", async () => {
    for (const pem of rootCertificates) {
      const certificate = parseCertificate(fromPem(pem)[0]?.octets ?? new Uint8Array());
      expect(await verify(certificate)).toBe(true);
      expect(await verify(certificate, web.verifySignature)).toBe(true);
    }
  });

  for (const v of vectors.cases) {
    test(`${v.name} is read`, async () => {
      const certificate = parseCertificate(fromHex(v.hex) ?? new Uint8Array());
      sameAsNode(certificate);
      readAllExtensions(certificate);
      expect(certificate).toMatchObject({
        version: v.version,
        notBefore: Date.parse(v.notBefore),
        notAfter: Date.parse(v.notAfter),
      });
      const issuer = fromHex(v.issuerSpki) ?? new Uint8Array();
      const algorithm = signatureAlgorithmOf(certificate.signatureAlgorithm);
      expect(await verifySignature(algorithm, issuer, certificate.tbs, certificate.signature)).toBe(true);
    });
  }

  test.skipIf(!existsSync(PKITS))(
    "PKITS: all are read but the two whose signature is no whole number of octets",
    () => {
      const refused: string[] = [];
      for (const name of readdirSync(PKITS)) {
        try {
          const certificate = parseCertificate(readFileSync(`${PKITS}${name}`));
          readAllExtensions(certificate);
          expect(equal(certificate.raw, readFileSync(`${PKITS}${name}`))).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(Fault);
          refused.push(name);
        }
      }
      expect(refused.sort()).toEqual(["BadSignedCACert.crt", "InvalidDSASignatureTest6EE.crt"]);
    },
  );
});

describe("certificates of ours", () => {
  for (const [name, certificate] of Object.entries(CHAIN)) {
    test(`${name} is read like OpenSSL reads it`, () => sameAsNode(certificate));
  }

  test("what is read does not change when the caller reuses the octets", () => {
    const input = Uint8Array.from(CHAIN.oneTime.raw);
    const certificate = parseCertificate(input);
    input.fill(0);
    expect(certificate.raw).toEqual(CHAIN.oneTime.raw);
    expect(certificate.subject.raw).toEqual(CHAIN.oneTime.subject.raw);
  });

  test("octets may lie anywhere in a larger buffer", () => {
    const inside = concat(new Uint8Array(7), CHAIN.oneTime.raw, new Uint8Array(9)).subarray(
      7,
      7 + CHAIN.oneTime.raw.length,
    );
    expect(parseCertificate(inside)).toEqual(CHAIN.oneTime);
    expect(parseCertificate(Buffer.from(inside)).spki).toEqual(CHAIN.oneTime.spki);
  });
});

/** The certificate, its extensions and its key; or the Fault. */
function readEverything(der: Uint8Array): Certificate | Fault {
  try {
    const certificate = parseCertificate(der);
    readAllExtensions(certificate);
    readPublicKey(certificate.spki);
    return certificate;
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
}

describe("damaged certificates", () => {
  const { raw: whole } = CHAIN.oneTime;

  test("cut at any length: a Fault", () => {
    for (let length = 0; length < whole.length; length++)
      expect(readEverything(whole.subarray(0, length))).toBeInstanceOf(Fault);
  });

  test("any octet changed to any value: a certificate or a Fault, never another error", () => {
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), (at, value) => {
        const damaged = Uint8Array.from(whole);
        damaged[at] = value;
        const found = readEverything(damaged);
        if (!(found instanceof Fault)) expect(equal(found.raw, damaged)).toBe(true);
      }),
      { numRuns: RUNS * 10 },
    );
  });

  test("octets cut out, put in or turned into others, several times: a certificate or a Fault, never another error", () => {
    const edit = fc.record({ at: fc.nat(whole.length - 1), cut: fc.nat(4), put: fc.uint8Array({ maxLength: 4 }) });
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.values(CHAIN)),
        fc.array(edit, { minLength: 1, maxLength: 4 }),
        (certificate, edits) => {
          let damaged: Uint8Array = certificate.raw;
          for (const { at, cut, put } of edits)
            damaged = concat(damaged.subarray(0, at), put, damaged.subarray(at + cut));
          readEverything(damaged);
        },
      ),
      { numRuns: RUNS * 5 },
    );
  });

  test("any bit of what is signed or of the signature turned: refused, or the signature does not verify", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length * 8 - 1), async (bit) => {
        const damaged = Uint8Array.from(whole);
        damaged[bit >> 3] = (damaged[bit >> 3] as number) ^ (0x80 >> (bit & 7));
        const found = readEverything(damaged);
        if (found instanceof Fault) return;
        const { tbs, signature } = found;
        expect(await verifySignature({ kind: "ecdsa", hash: "SHA-256" }, CHAIN.issuingCa.spki, tbs, signature)).toBe(
          false,
        );
      }),
      { numRuns: RUNS },
    );
  });

  test("any octets: a certificate or a Fault", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (octets) => void readEverything(octets)),
      { numRuns: RUNS },
    );
  });

  test("octets behind the certificate are refused", () => {
    expect(readEverything(concat(whole, Uint8Array.of(0)))).toBeInstanceOf(Fault);
  });

  test("more octets than any certificate has are refused", () => {
    expect(readEverything(new Uint8Array(200_000))).toMatchObject({ code: "der_limit" });
  });
});

describe("a second encoding of the same certificate", () => {
  /** The whole with one element's length written in one octet more than need be; the lengths around it follow. */
  function longer(node: Node, target: number): Uint8Array {
    const inside =
      (node.tag & 0x20) === 0
        ? raw(node).subarray(node.content - node.start)
        : concat(...children(node).map((child) => longer(child, target)));
    const length = inside.length;
    const minimal = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
    const padded =
      length < 0x80 ? [0x81, length] : length < 0x100 ? [0x82, 0, length] : [0x83, 0, length >> 8, length & 0xff];
    return concat(Uint8Array.of(node.tag, ...(node.start === target ? padded : minimal)), inside);
  }

  const all: Node[] = [readDer(CHAIN.oneTime.raw)];
  for (let i = 0; i < all.length; i++) {
    const node = all[i] as Node;
    if ((node.tag & 0x20) !== 0) all.push(...children(node));
  }
  const [root] = all as [Node];

  test("control: without a change the whole comes out as it went in", () => {
    expect(longer(root, -1)).toEqual(CHAIN.oneTime.raw);
  });

  test("a length that is not minimal is refused, whichever element has it", () => {
    expect(all.length).toBeGreaterThan(60);
    for (const node of all)
      expect(readEverything(longer(root, node.start)), `element at ${node.start}`).toMatchObject({
        code: "der_malformed",
      });
  });

  test("an element of indefinite length is refused, whichever it is", () => {
    const indefinite = (node: Node, target: number): Uint8Array => {
      if ((node.tag & 0x20) === 0) return raw(node);
      const inside = concat(...children(node).map((child) => indefinite(child, target)));
      if (node.start === target) return concat(Uint8Array.of(node.tag, 0x80), inside, new Uint8Array(2));
      const length = inside.length;
      return concat(
        Uint8Array.of(
          node.tag,
          ...(length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]),
        ),
        inside,
      );
    };
    const constructed = all.filter((node) => (node.tag & 0x20) !== 0);
    for (const node of constructed)
      expect(readEverything(indefinite(root, node.start)), `element at ${node.start}`).toMatchObject({
        code: "der_malformed",
      });
  });
});
