import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import * as OID from "../../lib/asn1/oids.ts";
import { readRevocationArchival } from "../../lib/cms/archived.ts";
import { typesOf } from "../../lib/cms/attributes.ts";
import { isIntact } from "../../lib/cms/signer-result.ts";
import { coveredOf, readContainer, verifyContainer } from "../../lib/pades/container.ts";
import { covers } from "../../lib/pades/coverage.ts";
import { readDss, vriKey } from "../../lib/pades/dss.ts";
import { type FoundSignature, findSignatures } from "../../lib/pades/find.ts";
import { openDocument } from "../../lib/pdf/open.ts";
import { isTokenIntact, readToken, verifyToken } from "../../lib/tsp/verify.ts";
import { parseCertificate } from "../../lib/x509/certificate.ts";

const read = (name: string) => new Uint8Array(readFileSync(new URL(`../vectors/pades/${name}.pdf`, import.meta.url)));

function covered(pdf: Uint8Array, { byteRange }: FoundSignature) {
  const [a, b, c, d] = byteRange ?? [0, 0, 0, 0];
  return coveredOf([pdf.subarray(a, a + b), pdf.subarray(c, c + d)]);
}

async function check(name: string) {
  const pdf = read(name);
  const [found] = findSignatures(pdf);
  if (found?.contents === undefined) throw new Error("no signature");
  const container = readContainer(found.subFilter, found.contents);
  const result = await verifyContainer(container, covered(pdf, found));
  expect(isIntact(result)).toBe(true);
  expect(result).toMatchObject({ signingCertificate: "match", signedAttributes: "der", algorithmsAgree: true });
  if (container.kind === "pkcs1") throw new Error("no message");
  const [signer] = container.signedData.signers;
  return { pdf, found, result, signer };
}

test("Ed25519 and RSASSA-PSS by pyHanko", async () => {
  expect((await check("pyhanko-ed25519")).result).toMatchObject({
    digestAlgorithm: "SHA-512",
    signatureAlgorithm: { kind: "eddsa", curve: "Ed25519" },
  });
  expect((await check("pyhanko-rsa-pss")).result.signatureAlgorithm).toEqual({
    kind: "rsa-pss",
    hash: "SHA-256",
    mgfHash: "SHA-256",
    saltLength: 222,
  });
});

test("Adobe's archive by pyHanko: one CRL, one OCSP response, among the signed attributes", async () => {
  const { signer } = await check("pyhanko-adbe-archival");
  const attributes = signer?.signedAttributes?.list ?? [];
  expect(typesOf(attributes)).toContain(OID.adobeRevocationInfoArchival);
  expect(typesOf(signer?.unsignedAttributes ?? [])).toEqual([OID.signatureTimestamp]);
  const archived = readRevocationArchival(attributes);
  expect(archived).toMatchObject({ certificates: [], unread: 0 });
  expect([archived.crls.length, archived.ocsps.length]).toEqual([1, 1]);
});

test("a long-term file by pyHanko: its store, what belongs to which signature, and what the document timestamp covers", async () => {
  const { pdf, found } = await check("pyhanko-blta");
  const dss = readDss(openDocument(pdf));
  const stamp = findSignatures(pdf).find(({ type }) => type === "DocTimeStamp");
  if (dss === undefined || stamp?.contents === undefined || stamp.byteRange === undefined) throw new Error("no LTA");
  expect(dss.problems).toEqual([]);
  expect(dss.certificates.map(({ octets }) => parseCertificate(octets).subject.rdns.length)).toHaveLength(5);
  const keys = dss.vri.map(({ key }) => key);
  expect(keys.toSorted()).toEqual([vriKey(found.contents ?? new Uint8Array()), vriKey(stamp.contents)].toSorted());
  const range = stamp.byteRange;
  for (const { offset, end } of [...dss.crls, ...dss.ocsps]) expect(covers(range, offset, end)).toBe(true);
  // The store itself was written once more, behind the timestamp.
  expect(dss.offset).toBeGreaterThan(range[2]);
  const token = readToken(stamp.contents);
  expect(isTokenIntact(await verifyToken(token, { imprint: covered(pdf, stamp).digest }))).toBe(true);
});
