import { describe, expect, test } from "vitest";
import { wantedStatus } from "../../lib/service/verify-status.ts";
import {
  CERTIFICATES,
  certificate,
  facts,
  iso,
  lasting,
  NOW,
  path,
  revocation,
  withSigner,
} from "../validate/facts.ts";

const ask = (...args: Parameters<typeof withSigner>) => wantedStatus(withSigner(...args), NOW);
const CRL = { kind: "crl", certificate: "signer", urls: ["http://crl.example/ca.crl"] };

describe("what is asked of the network", () => {
  test("is nothing about certificates that need no status, name no source, or are trusted themselves", () => {
    expect(wantedStatus(facts(), NOW)).toEqual([]);
    for (const changes of [
      { shortTerm: true },
      { noRevAvail: true },
      { ocspNoCheck: true },
      { crlUris: [] },
      { anchor: true },
    ])
      expect(ask(changes), JSON.stringify(changes)).toEqual([]);
  });

  test("is the status of a signer that names a source: the responder first, by the issuer on the way to the anchor", () => {
    expect(ask()).toEqual([CRL]);
    expect(ask({ ocspUris: ["http://ocsp.example/"], serial: "0b" })).toEqual([
      { kind: "ocsp", certificate: "signer", issuer: "ca", serial: "0b", urls: ["http://ocsp.example/"] },
      CRL,
    ]);
  });

  test("is nothing that is there already and holds; what is old, wrong or by nobody in particular does not hold", () => {
    const told = (changes: Parameters<typeof revocation>[1]) =>
      ask({}, { revocation: [revocation("signer", changes)] });
    expect(told({})).toEqual([]);
    expect(told({ status: "revoked", nextUpdate: iso("2027-02-01") })).toEqual([]);
    expect(told({ thisUpdate: iso("2027-02-28T12:00:00Z"), nextUpdate: null })).toEqual([]);
    for (const changes of [
      { nextUpdate: iso("2027-02-01") },
      { thisUpdate: iso("2027-02-01"), nextUpdate: null },
      { status: "unknown" },
      { signature: "invalid" },
      { authority: "none" },
      { problems: ["scope"] },
    ] as const)
      expect(told(changes), JSON.stringify(changes)).toEqual([CRL]);
  });

  test("are the CAs on the way as well, timestamps, and who signed the statuses, each once", () => {
    const source = { crlUris: ["http://crl.example/x.crl"] };
    const certificates = {
      ...CERTIFICATES,
      signer: lasting(),
      ca: certificate("Issuing CA", { paths: path("ca"), ...source }),
      tsa: certificate("TSA", { paths: path("tsa"), ...source }),
      responder: certificate("Responder", { paths: path("responder", "ca"), ...source }),
    };
    const statement = revocation("signer", { kind: "ocsp", signer: "responder", authority: "delegated" });
    const asked = wantedStatus(facts({ certificates, revocation: [statement] }), NOW);
    expect(asked.map((one) => one.certificate)).toEqual(["tsa", "responder", "ca"]);
  });

  test("is the issuer where no way to an anchor was found, and nothing at all about a way that is not good", () => {
    const uris = {
      caIssuersUris: ["http://pki.example/ca.cer", "ldap://pki.example/"],
      ocspUris: ["http://ocsp.example/"],
    };
    expect(ask({ paths: [], ...uris })).toEqual([
      { kind: "issuer", certificate: "signer", urls: ["http://pki.example/ca.cer"] },
    ]);
    const broken = path("signer", "ca").map((one) => ({
      ...one,
      violations: [{ code: "path_length", certificate: 1 }],
    }));
    expect(ask({ paths: broken, ...uris })).toEqual([]);
  });

  test("is only what the Web's own schemes can reach", () => {
    expect(ask({ crlUris: ["ldap://crl.example/", "file:///etc/passwd", "javascript:1"] })).toEqual([]);
  });
});
