import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { digest } from "#crypto";
import * as OID from "../../lib/asn1/oids.ts";
import { readDer } from "../../lib/asn1/read.ts";
import {
  bitString,
  element,
  enumerated,
  explicit,
  generalizedTime,
  nullValue,
  octetString,
  oid,
  sequence,
} from "../../lib/asn1/write.ts";
import { toHex } from "../../lib/bytes/hex.ts";
import { hashAlgorithm } from "../../lib/crypto/algorithms.ts";
import { writeCertId } from "../../lib/revocation/cert-id.ts";
import { type BasicOcspResponse, parseBasicOcspResponse, parseOcspResponse } from "../../lib/revocation/ocsp-read.ts";
import { responderKeyHash } from "../../lib/revocation/ocsp-response.ts";
import { type OcspQuestion, verifyOcsp } from "../../lib/revocation/ocsp-statement.ts";
import { isUsable, type RevocationStatement } from "../../lib/revocation/statement.ts";
import type { ExtensionInput } from "../../lib/x509/issue.ts";
import { subjectPublicKey } from "../../lib/x509/key-identifiers.ts";
import { readName } from "../../lib/x509/name.ts";
import { writeName } from "../../lib/x509/write-name.ts";
import { ask as askJudge, judge, pem, withFiles } from "../judges/judge.ts";
import { flipBit, mutations, orFault, RUNS } from "../worlds/mutate.ts";
import { type AnyParty, keyOf, newCa, newParty, type PartyOptions } from "../worlds/parties.ts";
import { NOW, newWorld, type Party } from "../worlds/world.ts";
import { DAY, extension, writeExtension } from "./raw-crl.ts";

const world = await newWorld({ seed: "revocation/ocsp-statement" });
const ca = newCa(world, { commonName: "Issuer" });
const leaf = newParty(world, { issuer: ca });
const responder = delegate();

const GOOD = element(0x80);
const REVOKED = element(0xa1, generalizedTime(NOW - DAY), explicit(0, enumerated(1)));

test("a good answer of a delegated responder", async () => {
  const statement = await ask({});
  expect(statement).toMatchObject({
    kind: "ocsp",
    status: "good",
    revokedAt: undefined,
    thisUpdate: NOW,
    nextUpdate: NOW + DAY,
    producedAt: NOW + 1000,
    expiredSince: undefined,
    signature: "valid",
    authority: "delegated",
    signer: responder.certificate,
    algorithm: { kind: "ecdsa", hash: "SHA-256" },
    missingReasons: [],
    problems: [],
  });
  expect(usable(statement)).toBe(true);
});

test("revoked and unknown are told, an answer that ends at no time too", async () => {
  expect(await ask({ status: REVOKED })).toMatchObject({
    status: "revoked",
    revokedAt: NOW - DAY,
    reason: "keyCompromise",
  });
  expect(await ask({ status: element(0xa1, generalizedTime(NOW)) })).toMatchObject({
    status: "revoked",
    reason: undefined,
  });
  expect(await ask({ status: element(0x82) })).toMatchObject({ status: "unknown", problems: [] });
  expect(await ask({ nextUpdate: undefined })).toMatchObject({ status: "good", nextUpdate: undefined });
});

test("a certificate that was never issued is revoked since 1970", async () => {
  const status = element(0xa1, generalizedTime(0), explicit(0, enumerated(6)));
  const extensions = [extension(OID.ocspExtendedRevoke, nullValue())];
  expect(await ask({ status, extensions })).toMatchObject({
    status: "revoked",
    revokedAt: 0,
    reason: "certificateHold",
    problems: [],
  });
});

test.each(["SHA-1", "SHA-256", "SHA-384", "SHA-512"] as const)("the certificate is named by %s", async (hash) => {
  const certId = writeCertId(hash, ca.certificate, leaf.certificate.serial);
  expect(await ask({ certId })).toMatchObject({ status: "good" });
  const issuer = newCa(world, { commonName: "Issuer" }).certificate;
  // The same name and serial number, another key: another certificate.
  expect(await ask({ certId: writeCertId(hash, issuer, leaf.certificate.serial) })).toBeUndefined();
});

test("the issuer's name may be hashed as the certificate or as the issuer writes it, not as anybody else does", async () => {
  const write = (name: Uint8Array) =>
    sequence(
      hashAlgorithm("SHA-256"),
      octetString(digest("SHA-256", name)),
      octetString(digest("SHA-256", subjectPublicKey(ca.certificate.spki))),
      element(2, leaf.certificate.serial),
    );
  const loud = writeName([
    { type: OID.countryName, value: "VN" },
    { type: OID.commonName, value: "ISSUER" },
  ]);
  const certificate = { ...leaf.certificate, issuer: readName(readDer(loud)) };
  expect(await ask({ certId: write(loud) }, { certificate })).toMatchObject({ status: "good" });
  expect(await ask({ certId: write(ca.certificate.subject.raw) }, { certificate })).toMatchObject({ status: "good" });
  expect(await ask({ certId: write(loud) })).toBeUndefined();
});

test("an answer about another certificate, or by an unknown hash, is none", async () => {
  expect(await ask({ certId: writeCertId("SHA-1", ca.certificate, Uint8Array.of(1)) })).toBeUndefined();
  const odd = sequence(
    sequence(oid("1.2.3")),
    octetString(GOOD),
    octetString(GOOD),
    element(2, leaf.certificate.serial),
  );
  expect(await ask({ certId: odd })).toBeUndefined();
});

test("of several answers about one certificate a revocation counts, then the newest", async () => {
  const older = single({ thisUpdate: NOW - DAY, status: REVOKED });
  expect(await ask({ singles: [single({}), older] })).toMatchObject({ status: "revoked", thisUpdate: NOW - DAY });
  const newest = single({ thisUpdate: NOW + 500_000 });
  expect(await ask({ singles: [single({}), newest] })).toMatchObject({ thisUpdate: NOW + 500_000 });
});

describe("extensions", () => {
  const strange = extension("1.2.3", nullValue(), true);
  test("a critical one that is not understood: nothing is said", async () => {
    for (const parts of [{ extensions: [strange] }, { singleExtensions: [strange] }]) {
      const statement = await ask({ ...parts, status: REVOKED });
      expect(statement).toMatchObject({
        status: "unknown",
        revokedAt: undefined,
        problems: ["unknown_critical_extension"],
      });
      expect(usable(statement)).toBe(false);
    }
    const issuer = extension(OID.certificateIssuer, nullValue(), true);
    expect(await ask({ singleExtensions: [issuer] })).toMatchObject({ problems: ["unknown_critical_extension"] });
  });

  test("one that is not critical, or is understood, does not matter", async () => {
    const parts = {
      extensions: [extension("1.2.3", nullValue()), extension(OID.ocspExtendedRevoke, nullValue(), true)],
      singleExtensions: [
        extension("1.2.3", nullValue()),
        extension(OID.ocspArchiveCutoff, generalizedTime(NOW - DAY), true),
      ],
    };
    expect(await ask(parts)).toMatchObject({ status: "good", expiredSince: NOW - DAY, problems: [] });
  });

  test("a hash of the certificate is another's, the same, or none", async () => {
    const hash = (certificate: Uint8Array) =>
      extension(OID.certHash, sequence(hashAlgorithm("SHA-256"), octetString(digest("SHA-256", certificate))));
    expect(await ask({ singleExtensions: [hash(leaf.certificate.raw)] })).toMatchObject({ problems: [] });
    expect(await ask({ singleExtensions: [hash(ca.certificate.raw)] })).toMatchObject({
      status: "unknown",
      problems: ["certificate_hash_mismatch"],
    });
    const broken = extension(OID.certHash, nullValue());
    expect(await ask({ singleExtensions: [broken] })).toMatchObject({ problems: ["extension_malformed"] });
  });

  test("a nonce is repeated where one was asked with", async () => {
    const nonce = new Uint8Array(16).fill(7);
    const repeated = { extensions: [extension(OID.ocspNonce, octetString(nonce))] };
    expect(await ask(repeated, { nonce })).toMatchObject({ problems: [] });
    expect(await ask(repeated)).toMatchObject({ problems: [] });
    for (const parts of [{}, { extensions: [extension(OID.ocspNonce, nullValue())] }])
      expect(await ask(parts, { nonce })).toMatchObject({ problems: ["nonce_mismatch"] });
    expect(await ask(repeated, { nonce: new Uint8Array(16) })).toMatchObject({ problems: ["nonce_mismatch"] });
  });

  test("an invalidity date is told", async () => {
    const singleExtensions = [extension(OID.invalidityDate, generalizedTime(NOW - 9 * DAY))];
    expect(await ask({ status: REVOKED, singleExtensions })).toMatchObject({ invalidityDate: NOW - 9 * DAY });
    expect(await ask({ singleExtensions })).toMatchObject({ invalidityDate: undefined });
  });
});

describe("the responder", () => {
  test("may be the issuer", async () => {
    expect(await ask({ by: ca })).toMatchObject({ authority: "issuer", signer: ca.certificate, problems: [] });
  });

  test.each([
    ["without the purpose", { extendedKeyUsage: [OID.serverAuth] }],
    ["with every purpose", { extendedKeyUsage: [OID.anyExtendedKeyUsage] }],
    ["that a stranger certified", { issuer: newCa(world, { commonName: "Stranger" }) }],
    ["that a namesake of the issuer certified", { issuer: newCa(world, { commonName: "Issuer" }) }],
    ["that a CA below the issuer certified", { issuer: newCa(world, { issuer: ca }) }],
  ] as const)("must not be one %s", async (_, options) => {
    const statement = await ask({ by: delegate(options) });
    expect(statement).toMatchObject({ authority: "none", signature: "valid" });
    expect(usable(statement)).toBe(false);
  });

  test("must be allowed to sign, where it has a key usage", async () => {
    expect(await ask({ by: delegate({ keyUsage: ["keyEncipherment"] }) })).toMatchObject({
      status: "unknown",
      problems: ["no_digital_signature"],
    });
    for (const keyUsage of ["none", ["digitalSignature"], ["contentCommitment"]] as const)
      expect(await ask({ by: delegate({ keyUsage }) })).toMatchObject({ status: "good", problems: [] });
    const odd = delegate({ keyUsage: "none", extensions: [extension(OID.keyUsage, nullValue())] });
    expect(await ask({ by: odd })).toMatchObject({ problems: ["no_digital_signature"] });
  });

  test("may lie among the candidates, and its revocation need not be checked where the issuer says so", async () => {
    const by = delegate({ ocspNoCheck: true });
    expect(await ask({ by, inside: [] })).toMatchObject({ signature: "no-certificate", authority: "none" });
    expect(await ask({ by, inside: [] }, { candidates: [by.certificate] })).toMatchObject({
      authority: "delegated",
      noCheck: true,
    });
  });

  test.each(["rsa", "rsa-pss", "p384", "ed25519"] as const)("may have a key of kind %s", async (key) => {
    expect(await ask({ by: delegate({ key }) })).toMatchObject({ signature: "valid", authority: "delegated" });
  });

  test("is not looked for when the allowance is used up", async () => {
    expect(await ask({}, { allowance: { spend: () => false } })).toMatchObject({
      signature: "unsupported",
      authority: "none",
    });
  });

  test("is looked for once, however many certificates are asked about", async () => {
    const others = Array.from({ length: 20 }, () => newParty(world, { issuer: ca }).certificate);
    const singles = others.map(({ serial }) => single({ certId: writeCertId("SHA-1", ca.certificate, serial) }));
    const basic = respond({ singles });
    let spent = 0;
    const allowance = { spend: () => ++spent > 0 };
    for (const certificate of others)
      expect(usable(await verifyOcsp(basic, { certificate, issuer: ca.certificate, candidates: [], allowance }))).toBe(
        true,
      );
    expect(spent).toBe(2);
    // Somebody else among the candidates may be the responder: it is looked for again.
    const [certificate = leaf.certificate] = others;
    await verifyOcsp(basic, { certificate, issuer: ca.certificate, candidates: [ca.certificate], allowance });
    expect(spent).toBe(4);
  });
});

test("each bit of what was signed and of the signature counts", async () => {
  const { raw } = respond({ status: REVOKED, inside: [] });
  await fc.assert(
    fc.asyncProperty(fc.nat(raw.length * 8 - 1), async (bit) => {
      const basic = orFault(() => parseBasicOcspResponse(flipBit(raw, bit)));
      const statement = basic && (await verifyOcsp(basic, question({ candidates: [responder.certificate] })));
      if (statement !== undefined) expect(usable(statement)).toBe(false);
    }),
    { numRuns: RUNS },
  );
});

test("any change to a response gives a statement or a Fault, never another error", async () => {
  const { raw } = respond({
    singleExtensions: [
      extension(OID.ocspArchiveCutoff, generalizedTime(NOW)),
      extension(OID.certHash, sequence(hashAlgorithm("SHA-256"), octetString(GOOD))),
    ],
  });
  await fc.assert(
    fc.asyncProperty(mutations(raw), async (changed) => {
      const basic = orFault(() => parseBasicOcspResponse(changed));
      if (basic !== undefined) await verifyOcsp(basic, question({ nonce: Uint8Array.of(1) }));
    }),
    { numRuns: RUNS },
  );
});

describe.skipIf(!judge("openssl", "OCSP responses of others are believed"))("openssl ocsp", () => {
  test.each([
    ["by an RSA responder", { key: "rsa" }, []],
    ["by an RSA responder, over SHA-512, named by its key", { key: "rsa" }, ["-rmd", "sha512", "-resp_key_id"]],
    ["by an RSA responder by PSS", { key: "rsa" }, ["-rsigopt", "rsa_padding_mode:pss"]],
    ["by a responder on P-384, its certificate left out", { key: "p384" }, ["-resp_no_certs"]],
  ] as const)("an answer %s", async (_, options, more) => {
    const by = delegate(options);
    const line = `R\t400101000000Z\t270114030000Z,superseded\t${toHex(leaf.certificate.serial).toUpperCase()}\tunknown\t/CN=x\n`;
    const files = {
      index: line,
      "index.attr": "unique_subject = no\n",
      ca: pem(ca.certificate.raw),
      leaf: pem(leaf.certificate.raw),
      by: pem(by.certificate.raw),
      key: String(by.privateKey.export({ format: "pem", type: "pkcs8" })),
    };
    const octets = await withFiles(files, async (path, folder) => {
      const made = await askJudge("openssl", [
        ...["ocsp", "-index", path.index, "-CA", path.ca, "-rsigner", path.by, "-rkey", path.key, ...more],
        ...["-issuer", path.ca, "-sha256", "-cert", path.leaf, "-ndays", "1", "-respout", `${folder}/out`, "-noverify"],
      ]);
      if (made.status !== 0) throw new Error(made.err);
      return new Uint8Array(readFileSync(`${folder}/out`));
    });
    const { basic } = parseOcspResponse(octets);
    const statement = basic && (await verifyOcsp(basic, question({ candidates: [by.certificate] })));
    expect(statement).toMatchObject({ status: "revoked", revokedAt: Date.UTC(2027, 0, 14, 3), reason: "superseded" });
    expect(statement).toMatchObject({ authority: "delegated", signature: "valid", problems: [] });
  });
});

type Answer = {
  readonly certId?: Uint8Array;
  readonly status?: Uint8Array;
  readonly thisUpdate?: number;
  readonly nextUpdate?: number | undefined;
  readonly singleExtensions?: readonly ExtensionInput[];
};

type Parts = Answer & {
  readonly by?: Party | AnyParty;
  readonly singles?: readonly Uint8Array[];
  readonly extensions?: readonly ExtensionInput[];
  readonly inside?: readonly Uint8Array[];
};

function single(parts: Answer): Uint8Array {
  const { thisUpdate = NOW, status = GOOD, singleExtensions = [] } = parts;
  const nextUpdate = "nextUpdate" in parts ? parts.nextUpdate : NOW + DAY;
  return sequence(
    parts.certId ?? writeCertId("SHA-1", ca.certificate, leaf.certificate.serial),
    status,
    generalizedTime(thisUpdate),
    ...(nextUpdate === undefined ? [] : [explicit(0, generalizedTime(nextUpdate))]),
    ...(singleExtensions.length === 0 ? [] : [explicit(1, sequence(...singleExtensions.map(writeExtension)))]),
  );
}

function respond(parts: Parts): BasicOcspResponse {
  const { by = responder, extensions = [], inside = [by.certificate.raw] } = parts;
  const tbs = sequence(
    explicit(2, octetString(responderKeyHash(by.certificate))),
    generalizedTime(NOW + 1000),
    sequence(...(parts.singles ?? [single(parts)])),
    ...(extensions.length === 0 ? [] : [explicit(1, sequence(...extensions.map(writeExtension)))]),
  );
  const key = keyOf(by);
  const certificates = inside.length === 0 ? [] : [explicit(0, sequence(...inside))];
  return parseBasicOcspResponse(sequence(tbs, key.algorithm(), bitString(key.sign(tbs)), ...certificates));
}

function question(more: Partial<OcspQuestion> = {}): OcspQuestion {
  return { certificate: leaf.certificate, issuer: ca.certificate, candidates: [], ...more };
}

function ask(parts: Parts, more: Partial<OcspQuestion> = {}): Promise<RevocationStatement | undefined> {
  return verifyOcsp(respond(parts), question(more));
}

function usable(statement: RevocationStatement | undefined): boolean {
  return statement !== undefined && isUsable(statement);
}

function delegate(options: PartyOptions = {}): AnyParty {
  return newParty(world, {
    issuer: ca,
    commonName: "Responder",
    keyUsage: ["digitalSignature"],
    extendedKeyUsage: [OID.ocspSigning],
    ...options,
  });
}
