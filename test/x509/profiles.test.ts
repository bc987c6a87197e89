import { expect, test } from "vitest";
import * as OID from "../../lib/asn1/oids.ts";
import { bitString, integer, octetString, oid, sequence } from "../../lib/asn1/write.ts";
import { concat } from "../../lib/bytes/bytes.ts";
import { toHex } from "../../lib/bytes/hex.ts";
import { parseCertificate } from "../../lib/x509/certificate.ts";
import { assembleCertificate, certificateTbs, type TbsFields } from "../../lib/x509/issue.ts";
import {
  issuingCaProfile,
  ocspResponderProfile,
  oneTimeProfile,
  pairwiseSerialNumber,
  rootProfile,
  sealProfile,
  tsaProfile,
} from "../../lib/x509/profiles.ts";
import vectors from "../vectors/x509/profiles.json" with { type: "json" };

const NOW = Date.UTC(2026, 10, 25, 3, 15, 0);
const YEAR = 365 * 24 * 3600 * 1000;

/** Not a point of the curve: nothing here looks at the key. */
const key = (octet: number) =>
  sequence(
    sequence(oid(OID.ecPublicKey), oid(OID.p256)),
    bitString(concat(Uint8Array.of(4), new Uint8Array(64).fill(octet))),
  );
const serial = (octet: number) => new Uint8Array(16).fill(octet);
const name = (commonName: string) => ({ commonName, organization: "Ký Một Lần", country: "VN", demo: true });
/** A signature that is none, so that the octets are the same each time. */
const sign = (fields: TbsFields) =>
  parseCertificate(assembleCertificate(certificateTbs(fields), octetString(integer(1))));

const urls = {
  caIssuers: "https://ky.example.vn/pki/issuing-ca.cer",
  ocsp: "https://ky.example.vn/ocsp",
  cps: "https://ky.example.vn/pki/cps",
};
const rootUrls = {
  caIssuers: "https://ky.example.vn/pki/root.cer",
  cps: urls.cps,
  crl: "https://ky.example.vn/pki/root.crl",
};
const common = (octet: number) => ({
  serial: serial(octet),
  spki: key(octet),
  notBefore: NOW,
  notAfter: NOW + 5 * YEAR,
});

const root = sign(rootProfile({ ...common(0x41), name: name("Root CA") }));
const issuingCa = sign(issuingCaProfile({ ...common(0x42), name: name("Issuing CA"), issuer: root, urls: rootUrls }));
const FIELDS: Record<string, TbsFields> = {
  root: rootProfile({ ...common(0x41), name: name("Root CA") }),
  issuingCa: issuingCaProfile({ ...common(0x42), name: name("Issuing CA"), issuer: root, urls: rootUrls }),
  tsa: tsaProfile({ ...common(0x43), name: name("TSA"), issuer: root, urls: rootUrls }),
  ocspResponder: ocspResponderProfile({ ...common(0x44), name: name("OCSP"), issuer: issuingCa, urls }),
  reportSeal: sealProfile({ ...common(0x46), name: name("Report seal"), issuer: root, urls: rootUrls }),
  oneTime: oneTimeProfile({
    ...common(0x45),
    notAfter: NOW + 600_000,
    subject: {
      commonName: "Nguyễn Thị Ánh Nguyệt",
      serialNumber: pairwiseSerialNumber(new Uint8Array(32).fill(0x5a), "VN"),
      country: "VN",
    },
    issuer: issuingCa,
    urls: { ...urls, pds: "https://ky.example.vn/pki/pds", nameRegistration: "https://ky.example.vn/pki/pairwise" },
  }),
};

for (const [profile, fields] of Object.entries(FIELDS)) {
  test(`${profile}: the octets are those written down; a change of them is a change of what we promise`, () => {
    expect(toHex(certificateTbs(fields))).toBe((vectors.tbs as Record<string, string>)[profile]);
  });
}
