import { randomBytes } from "node:crypto";
import type { OneTimeKey } from "../../lib/ports/ports.ts";
import { generateOneTimeKey } from "../../lib/service/one-time-key.ts";
import { type Certificate, parseCertificate } from "../../lib/x509/certificate.ts";
import { assembleCertificate, certificateTbs, serialFrom, type TbsFields } from "../../lib/x509/issue.ts";
import {
  issuingCaProfile,
  ocspResponderProfile,
  oneTimeProfile,
  pairwiseSerialNumber,
  rootProfile,
  tsaProfile,
} from "../../lib/x509/profiles.ts";

export const NOW = Date.UTC(2026, 10, 25, 3, 15, 0);
export const MINUTE = 60_000;
export const YEAR = 365 * 24 * 60 * MINUTE;

const keys = {
  root: generateOneTimeKey(),
  issuingCa: generateOneTimeKey(),
  tsa: generateOneTimeKey(),
  ocsp: generateOneTimeKey(),
  oneTime: generateOneTimeKey(),
};

export const URLS = {
  caIssuers: "https://ky.example.vn/pki/issuing-ca.cer",
  ocsp: "https://ky.example.vn/ocsp",
  cps: "https://ky.example.vn/pki/cps",
  pds: "https://ky.example.vn/pki/pds",
  nameRegistration: "https://ky.example.vn/pki/pairwise",
};

const rootUrls = {
  caIssuers: "https://ky.example.vn/pki/root.cer",
  cps: URLS.cps,
  crl: "https://ky.example.vn/pki/root.crl",
};

export const newSerial = () => serialFrom(Uint8Array.from(randomBytes(16)));

export function certify(fields: TbsFields, issuerKey: OneTimeKey): Certificate {
  const tbs = certificateTbs(fields);
  return parseCertificate(assembleCertificate(tbs, issuerKey.sign(tbs)));
}

const authority = (commonName: string) => ({ commonName, organization: "Ký Một Lần", country: "VN", demo: true });
const years = (n: number) => ({ serial: newSerial(), notBefore: NOW - 5 * MINUTE, notAfter: NOW + n * YEAR });

const root = certify(rootProfile({ ...years(20), name: authority("Root CA"), spki: keys.root.spki }), keys.root);
const issuingCa = certify(
  issuingCaProfile({
    ...years(5),
    name: authority("Issuing CA"),
    spki: keys.issuingCa.spki,
    issuer: root,
    urls: rootUrls,
  }),
  keys.root,
);
const tsa = certify(
  tsaProfile({ ...years(5), name: authority("TSA"), spki: keys.tsa.spki, issuer: root, urls: rootUrls }),
  keys.root,
);
const ocsp = certify(
  ocspResponderProfile({ ...years(1), name: authority("OCSP"), spki: keys.ocsp.spki, issuer: issuingCa, urls: URLS }),
  keys.issuingCa,
);

type Person = Parameters<typeof oneTimeProfile>[0]["subject"];

export const PERSON: Person = {
  commonName: "Nguyễn Thị Ánh Nguyệt",
  serialNumber: pairwiseSerialNumber(new Uint8Array(32).fill(0x5a), "VN"),
  country: "VN",
};

export function oneTimeFields(subject: Person = PERSON): TbsFields {
  return oneTimeProfile({
    serial: newSerial(),
    subject,
    spki: keys.oneTime.spki,
    notBefore: NOW - MINUTE,
    notAfter: NOW + 10 * MINUTE,
    issuer: issuingCa,
    urls: URLS,
  });
}

/** One of each profile, as the service issues them. */
export const CHAIN = { root, issuingCa, tsa, ocsp, oneTime: certify(oneTimeFields(), keys.issuingCa) };
export const KEYS = keys;
