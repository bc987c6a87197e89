import { X509Certificate } from "node:crypto";
import fc from "fast-check";
import { CertificateChainValidationEngine, Certificate as Pkijs } from "pkijs";
import { describe, expect, test } from "vitest";
import * as OID from "../../lib/asn1/oids.ts";
import { integer } from "../../lib/asn1/write.ts";
import { accessUris, crlDistributionPoints } from "../../lib/x509/access.ts";
import { type Certificate, isSelfIssued, isShortTerm } from "../../lib/x509/certificate.ts";
import { findExtension } from "../../lib/x509/extension.ts";
import { assembleCertificate, certificateTbs, serialFrom } from "../../lib/x509/issue.ts";
import { authorityKeyIdentifier, keyIdentifierOf, subjectKeyIdentifier } from "../../lib/x509/key-identifiers.ts";
import { formatName, nameAttribute } from "../../lib/x509/name.ts";
import { certificatePolicies } from "../../lib/x509/policies.ts";
import { POLICY } from "../../lib/x509/policy-arc.ts";
import { oneTimeProfile, pairwiseSerialNumber, rootProfile } from "../../lib/x509/profiles.ts";
import { pdsLocations, semanticsOf } from "../../lib/x509/qc-statements.ts";
import { basicConstraints, extendedKeyUsage, keyUsage } from "../../lib/x509/usages.ts";
import { RUNS } from "../asn1/help.ts";
import { ask, judge, pem, withFiles } from "../judges/judge.ts";
import { CHAIN, certify, KEYS, MINUTE, NOW, oneTimeFields, PERSON, URLS } from "./chain.ts";

const { root, issuingCa, tsa, ocsp, oneTime } = CHAIN;
const children = { tsa, ocsp, oneTime };

describe("what each profile says", () => {
  test("root: a CA that signs certificates and CRLs, its own issuer, DEMO in its name", () => {
    expect(isSelfIssued(root)).toBe(true);
    expect(basicConstraints(root)).toEqual({ ca: true, pathLength: undefined });
    expect(keyUsage(root)).toEqual(["keyCertSign", "cRLSign"]);
    expect(nameAttribute(root.subject, OID.commonName)).toBe("DEMO Root CA");
  });

  test("root: not DEMO where it is none, and not twice", () => {
    const fields = (commonName: string, demo: boolean) =>
      certify(
        rootProfile({
          serial: Uint8Array.of(1),
          name: { commonName, organization: "O", country: "VN", demo },
          spki: KEYS.root.spki,
          notBefore: NOW,
          notAfter: NOW + 1000,
        }),
        KEYS.root,
      );
    expect(nameAttribute(fields("Root CA", false).subject, OID.commonName)).toBe("Root CA");
    expect(nameAttribute(fields("Root CA (DEMO)", true).subject, OID.commonName)).toBe("Root CA (DEMO)");
  });

  test("issuing CA: no CA below it, revocation by the root's CRL", () => {
    expect(basicConstraints(issuingCa)).toEqual({ ca: true, pathLength: 0 });
    expect(keyUsage(issuingCa)).toEqual(["keyCertSign", "cRLSign"]);
    expect(extendedKeyUsage(issuingCa)).toBeUndefined();
    expect(crlDistributionPoints(issuingCa)?.[0]?.fullName).toEqual([
      { kind: "uri", value: "https://ky.example.vn/pki/root.crl" },
    ]);
  });

  test("TSA: time stamps and nothing else, critical", () => {
    expect(extendedKeyUsage(tsa)).toEqual([OID.timeStamping]);
    expect(findExtension(tsa, OID.extendedKeyUsage)?.critical).toBe(true);
    expect(keyUsage(tsa)).toEqual(["digitalSignature"]);
  });

  test("OCSP responder: delegated, and nobody is to ask about it", () => {
    expect(extendedKeyUsage(ocsp)).toEqual([OID.ocspSigning]);
    expect(findExtension(ocsp, OID.ocspNoCheck)).toMatchObject({ critical: false, value: Uint8Array.of(5, 0) });
  });

  test("one-time: signatures on documents only, short term assured, OCSP and no noRevAvail, no claim to be qualified", () => {
    expect(basicConstraints(oneTime)).toEqual({ ca: false, pathLength: undefined });
    expect(keyUsage(oneTime)).toEqual(["contentCommitment"]);
    expect(extendedKeyUsage(oneTime)).toEqual([OID.adobeAuthenticDocumentsTrust, OID.documentSigning]);
    expect(isShortTerm(oneTime)).toBe(true);
    expect(findExtension(oneTime, OID.validityAssuredShortTerm)).toMatchObject({
      critical: false,
      value: Uint8Array.of(5, 0),
    });
    expect(accessUris(oneTime, OID.ocsp)).toEqual([URLS.ocsp]);
    expect(accessUris(oneTime, OID.caIssuers)).toEqual([URLS.caIssuers]);
    expect(certificatePolicies(oneTime)).toEqual([{ policy: POLICY.oneTimeCertificate, cps: [URLS.cps] }]);
    expect(semanticsOf(oneTime)).toEqual({
      identifier: OID.semanticsNatural,
      authorities: [{ kind: "uri", value: URLS.nameRegistration }],
    });
    expect(pdsLocations(oneTime)).toEqual([
      { url: URLS.pds, language: "en" },
      { url: URLS.pds, language: "vi" },
    ]);
    for (const absent of [
      OID.noRevAvail,
      OID.crlDistributionPoints,
      OID.freshestCrl,
      OID.policyMappings,
      OID.nameConstraints,
      OID.policyConstraints,
      OID.inhibitAnyPolicy,
    ]) {
      expect(findExtension(oneTime, absent)).toBeUndefined();
    }
    expect(formatName(oneTime.subject)).toBe(`serialNumber=${PERSON.serialNumber},CN=${PERSON.commonName},C=VN`);
  });

  test("one-time: surname and given name where they are known", () => {
    const fields = oneTimeFields({ ...PERSON, surname: "Nguyễn", givenName: "Thị Ánh Nguyệt" });
    const { subject } = certify(fields, KEYS.issuingCa);
    expect(nameAttribute(subject, OID.surname)).toBe("Nguyễn");
    expect(nameAttribute(subject, OID.givenName)).toBe("Thị Ánh Nguyệt");
  });

  test("only basic constraints, key usage and a TSA's purpose are critical", () => {
    for (const certificate of Object.values(CHAIN)) {
      const critical = certificate.extensions
        .filter((extension) => extension.critical)
        .map((extension) => extension.oid);
      const expected = [OID.basicConstraints, OID.keyUsage, ...(certificate === tsa ? [OID.extendedKeyUsage] : [])];
      expect(critical.sort()).toEqual(expected.sort());
    }
  });

  test("key identifiers chain: each names its own key and its issuer's", () => {
    for (const certificate of Object.values(CHAIN)) {
      expect(subjectKeyIdentifier(certificate)).toEqual(keyIdentifierOf(certificate.spki));
      const issuer = certificate === root || certificate === issuingCa || certificate === tsa ? root : issuingCa;
      expect(authorityKeyIdentifier(certificate)?.keyIdentifier).toEqual(subjectKeyIdentifier(issuer));
    }
  });
});

describe("judges", () => {
  const strict = (target: Certificate, purpose: string, at = NOW, more: readonly string[] = []) =>
    withFiles({ root: pem(root.raw), ca: pem(issuingCa.raw), target: pem(target.raw) }, (path) =>
      ask("openssl", [
        "verify",
        "-x509_strict",
        "-purpose",
        purpose,
        "-attime",
        String(at / 1000),
        ...more,
        "-CAfile",
        path.root,
        "-untrusted",
        path.ca,
        path.target,
      ]),
    );
  const openssl = judge("openssl", "that OpenSSL accepts the chains we issue");

  for (const [name, target, purpose] of [
    ["one-time", oneTime, "any"],
    ["TSA", tsa, "timestampsign"],
    ["OCSP responder", ocsp, "ocsphelper"],
    ["issuing CA", issuingCa, "any"],
  ] as const) {
    test.skipIf(!openssl)(`OpenSSL accepts the ${name} under -x509_strict for purpose ${purpose}`, async () => {
      expect(await strict(target, purpose)).toMatchObject({ status: 0 });
    });
  }

  test.skipIf(!openssl)("OpenSSL finds our policy valid along the chain", async () => {
    expect(await strict(oneTime, "any", NOW, ["-explicit_policy", "-policy", POLICY.oneTimeCertificate])).toMatchObject(
      { status: 0 },
    );
    expect((await strict(oneTime, "any", NOW, ["-explicit_policy", "-policy", "1.2.3"])).status).not.toBe(0);
  });

  test.skipIf(!openssl)("OpenSSL refuses what it should: expired, for another purpose, from another key", async () => {
    expect((await strict(oneTime, "any", NOW + 11 * MINUTE)).err).toContain("expired");
    expect((await strict(oneTime, "timestampsign")).status).not.toBe(0);
    expect((await strict(oneTime, "sslserver")).status).not.toBe(0);
    expect((await strict(certify(oneTimeFields(), KEYS.tsa), "any")).status).not.toBe(0);
  });

  test.skipIf(!openssl)("OpenSSL prints a Vietnamese name and every extension by its name", async () => {
    const { out } = await withFiles({ target: pem(oneTime.raw) }, (path) =>
      ask("openssl", ["x509", "-in", path.target, "-noout", "-text", "-nameopt", "utf8,sep_comma_plus"]),
    );
    for (const expected of [
      `Subject: C=VN,CN=${PERSON.commonName}`,
      "CA:FALSE",
      "Non Repudiation",
      "CPS: https://ky.example.vn/pki/cps",
      "OCSP - URI:https://ky.example.vn/ocsp",
      "qcStatements",
    ]) {
      expect(out).toContain(expected);
    }
  });

  test("node:crypto, which is OpenSSL, agrees about issuers and keys", () => {
    for (const [certificate, issuer] of [
      [issuingCa, root],
      [tsa, root],
      [ocsp, issuingCa],
      [oneTime, issuingCa],
    ] as const) {
      const [own, above] = [new X509Certificate(certificate.raw), new X509Certificate(issuer.raw)];
      expect(own.checkIssued(above)).toBe(true);
      expect(own.verify(above.publicKey)).toBe(true);
    }
  });

  for (const [name, target] of Object.entries(children)) {
    test(`pkijs builds the path of ${name} to the root, and no path to another root`, async () => {
      const parse = (certificate: Certificate) => Pkijs.fromBER(certificate.raw);
      const engine = (trusted: Certificate) =>
        new CertificateChainValidationEngine({
          trustedCerts: [parse(trusted)],
          certs: [parse(issuingCa), parse(target)],
          checkDate: new Date(NOW),
        });
      expect(await engine(root).verify()).toMatchObject({ result: true });
      const other = certify(
        rootProfile({
          serial: Uint8Array.of(9),
          name: { commonName: "Other", organization: "O", country: "VN", demo: false },
          spki: KEYS.tsa.spki,
          notBefore: NOW,
          notAfter: NOW + 1e9,
        }),
        KEYS.tsa,
      );
      expect(await engine(other).verify()).toMatchObject({ result: false });
    });
  }
});

describe("what is not issued", () => {
  const misuses: readonly [string, () => unknown][] = [
    ["a serial number of zero", () => certificateTbs({ ...oneTimeFields(), serial: new Uint8Array(8) })],
    ["a serial number of no octets", () => certificateTbs({ ...oneTimeFields(), serial: new Uint8Array(0) })],
    ["a serial number of 21 octets", () => certificateTbs({ ...oneTimeFields(), serial: new Uint8Array(21).fill(1) })],
    [
      "a serial number of 20 octets that needs a sign octet",
      () => certificateTbs({ ...oneTimeFields(), serial: new Uint8Array(20).fill(0x80) }),
    ],
    [
      "a validity that ends before it begins",
      () => certificateTbs({ ...oneTimeFields(), notAfter: NOW - 10 * MINUTE }),
    ],
    ["a validity that is no time", () => certificateTbs({ ...oneTimeFields(), notAfter: Number.NaN })],
    [
      "an extension twice",
      () =>
        certificateTbs({
          ...oneTimeFields(),
          extensions: [...oneTimeFields().extensions, ...oneTimeFields().extensions],
        }),
    ],
    ["a serial number of chance with too little of it", () => serialFrom(new Uint8Array(8))],
    ["a one-time certificate of a day and a second", () => oneTime25h()],
    ["a subject's number without a scheme", () => oneTimeFields({ ...PERSON, serialNumber: "001234567890" })],
    ["a name with a line feed", () => oneTimeFields({ ...PERSON, commonName: "An\nBình" })],
    ["a pseudonym with too few octets", () => pairwiseSerialNumber(new Uint8Array(19), "VN")],
    ["an address that is none", () => oneTimeWith({ ...URLS, ocsp: "ocsp" })],
    ["an address with a space", () => oneTimeWith({ ...URLS, cps: "https://a/b c" })],
    ["an address of another protocol", () => oneTimeWith({ ...URLS, caIssuers: "ftp://a/b" })],
    ["an address of a script", () => oneTimeWith({ ...URLS, pds: "javascript:alert(1)" })],
  ];
  for (const [name, misuse] of misuses) test(name, () => expect(misuse).toThrow(RangeError));

  const common = {
    serial: Uint8Array.of(1),
    subject: PERSON,
    spki: KEYS.oneTime.spki,
    notBefore: NOW,
    issuer: issuingCa,
  };
  const oneTime25h = () => oneTimeProfile({ ...common, notAfter: NOW + 24 * 60 * MINUTE + 1000, urls: URLS });
  const oneTimeWith = (urls: typeof URLS) => oneTimeProfile({ ...common, notAfter: NOW + MINUTE, urls });
});

test("serial numbers made of chance are positive, 16 octets long and keep what is random in them", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (random) => {
      const serial = serialFrom(random);
      expect(integer(serial).length).toBe(18);
      expect(serial.subarray(1)).toEqual(random.subarray(1));
      expect((serial[0] as number) & 0x3f).toBe((random[0] as number) & 0x3f);
    }),
    { numRuns: RUNS },
  );
});

test("any person's name makes a certificate that says that name", () => {
  const names = fc
    .string({ unit: fc.constantFrom(..."aÁộƯđ '-"), minLength: 1, maxLength: 64 })
    .map((text) => text.trim())
    .filter((text) => text !== "");
  fc.assert(
    fc.property(names, (commonName) => {
      const certificate = certify(oneTimeFields({ ...PERSON, commonName }), KEYS.issuingCa);
      expect(nameAttribute(certificate.subject, OID.commonName)).toBe(commonName.normalize("NFC"));
    }),
    { numRuns: 50 },
  );
});

test("what is assembled is what was signed and the signature", () => {
  const tbs = certificateTbs(oneTimeFields());
  const certificate = certify(oneTimeFields(), KEYS.issuingCa);
  expect(assembleCertificate(certificate.tbs, certificate.signature)).toEqual(certificate.raw);
  expect(tbs.length).toBe(certificate.tbs.length);
});
