import { describe, expect, test } from "vitest";
import { digest } from "#crypto";
import { concat } from "../../lib/bytes/bytes.ts";
import { toHex } from "../../lib/bytes/hex.ts";
import type { CertificateFacts, Facts } from "../../lib/facts/facts.ts";
import { gather, gatherFacts } from "../../lib/facts/gather.ts";
import { appendDss } from "../../lib/pades/append-dss.ts";
import { fingerprint } from "../../lib/x509/fingerprint.ts";
import { buildPdf, ONE_PAGE } from "../pdf/build.ts";
import { addDocumentTimestamp, addDss, materialFor, onePage, type PadesOptions, signPdf } from "../worlds/pades.ts";
import { newCa, newParty, newTsa } from "../worlds/parties.ts";
import { crlBy, ocspAbout } from "../worlds/status.ts";
import { trusted } from "../worlds/trusted.ts";
import { newWorld } from "../worlds/world.ts";

const world = await newWorld();
const anchors = [trusted(world.root.certificate)];
const ROOT = fingerprint(world.root.certificate);

const KINDS: Readonly<Record<string, PadesOptions>> = {
  "B-B": { level: "B-B" },
  "B-T": { level: "B-T" },
  "B-LT": { level: "B-LT" },
  "B-LTA": { level: "B-LTA" },
  RSA: { key: "rsa", level: "B-LT" },
  "RSASSA-PSS": { key: "rsa-pss" },
  "P-384": { key: "p384" },
  Ed25519: { key: "ed25519" },
  "adbe.pkcs7.detached": { subFilter: "adbe.pkcs7.detached", archival: true },
  "adbe.pkcs7.sha1": { subFilter: "adbe.pkcs7.sha1", level: "B-B", signerInfo: { hash: "SHA-1" } },
  "adbe.x509.rsa_sha1": { subFilter: "adbe.x509.rsa_sha1", key: "rsa", level: "B-B" },
  "indefinite lengths": { container: "ber" },
  "named by the key": { signerInfo: { id: "key-id" } },
  certified: { certify: 2, reason: "Đăng ký thường trú", name: "Ánh", location: "Hà Nội" },
};

function certificateNamed(facts: Facts, commonName: string): CertificateFacts {
  const found = Object.values(facts.certificates).find(({ subject }) => subject.commonName === commonName);
  if (found === undefined) throw new Error(`no certificate of ${commonName}`);
  return found;
}

function cmsOf(facts: Facts, index = 0) {
  const container = facts.signatures[index]?.container;
  if (container?.ok !== true) throw new Error("no message");
  return container.cms;
}

describe("what a file says comes out as facts", () => {
  for (const [name, options] of Object.entries(KINDS)) {
    test(`${name}: the signature is intact, and the facts are the same after a trip through JSON`, async () => {
      const { pdf, signer } = await signPdf(world, options);
      const facts = await gatherFacts(pdf, { anchors });
      expect(JSON.parse(JSON.stringify(facts))).toEqual(facts);
      expect(cmsOf(facts).signer).toMatchObject({
        certificate: fingerprint(signer.certificate),
        signature: "valid",
        messageDigest: expect.stringMatching(/^(match|unneeded)$/),
      });
      expect(facts.signatures[0]?.cover).toMatchObject({
        problems: [],
        byteRange: [0, expect.anything(), expect.anything(), expect.anything()],
      });
      expect(facts.document).toMatchObject({ size: pdf.length, encrypted: false, rebuilt: false });
    });
  }

  test("everything that names a certificate names one that is there, and every path ends at an anchor that is there", async () => {
    const { pdf } = await signPdf(world, { level: "B-LTA" });
    const { facts, certificates } = await gather(pdf, { anchors });
    const names = [
      ...facts.revocation.flatMap(({ certificate, signer }) => [certificate, signer ?? ""]),
      ...Object.values(facts.certificates).flatMap(({ paths }) =>
        paths.flatMap((path) => [...path.certificates, path.anchor]),
      ),
      cmsOf(facts).signer?.certificate ?? "",
    ];
    expect(names.length).toBeGreaterThan(10);
    for (const name of names) expect(Object.keys(facts.certificates)).toContain(name);
    for (const { paths } of Object.values(facts.certificates))
      for (const { anchor } of paths) expect(Object.keys(facts.anchors)).toContain(anchor);
    expect([...certificates.keys()].sort()).toEqual(Object.keys(facts.certificates).sort());
    for (const [name, { raw }] of certificates) expect(toHex(digest("SHA-256", raw))).toBe(name);
  });

  test("a signer of our own hangs on the issuing CA and that on the root", async () => {
    const { pdf, signer } = await signPdf(world);
    const facts = await gatherFacts(pdf, { anchors });
    const found = facts.certificates[fingerprint(signer.certificate)];
    expect(found).toMatchObject({
      subject: { commonName: "Nguyễn Thị Ánh", country: "VN", serialNumber: "KM:VN-0123456789abcdef" },
      shortTerm: true,
      noRevAvail: false,
      anchor: false,
      selfIssued: false,
      keyUsage: ["contentCommitment"],
      key: { kind: "ec", bits: 256, curve: "P-256" },
      signatureAlgorithm: { kind: "ecdsa", hash: "SHA-256" },
      ocspUris: ["http://pki.example.test/ocsp"],
      caIssuersUris: ["http://pki.example.test/issuing-ca.cer"],
      crlUris: [],
      notAfter: new Date(world.now + 600_000).toISOString(),
      paths: [
        {
          certificates: [fingerprint(signer.certificate), fingerprint(world.issuingCa.certificate)],
          anchor: ROOT,
          violations: [],
        },
      ],
    });
    expect(facts.anchors).toEqual({
      [ROOT]: expect.objectContaining({ class: "OTHER_CONFIRMATION", test: true, from: null, until: null }),
    });
    expect(facts.certificates[ROOT]?.anchor).toBe(true);
    expect(cmsOf(facts).timestamps).toMatchObject([
      { ok: true, imprint: "match", usage: "good", imprintHash: "SHA-256" },
    ]);
  });

  test("a certificate of the file is no anchor, whatever it is", async () => {
    const { pdf } = await signPdf(world, { chain: [world.issuingCa.certificate.raw, world.root.certificate.raw] });
    const stranger = await newWorld();
    const facts = await gatherFacts(pdf, { anchors: [trusted(stranger.root.certificate)] });
    expect(facts.anchors).toEqual({});
    for (const { paths, anchor } of Object.values(facts.certificates))
      expect({ paths, anchor }).toEqual({ paths: [], anchor: false });
  });

  test("a signer that is an anchor itself has a way of no certificates", async () => {
    const { pdf, signer } = await signPdf(world);
    const facts = await gatherFacts(pdf, { anchors: [trusted(signer.certificate)] });
    const id = fingerprint(signer.certificate);
    expect(facts.certificates[id]?.paths).toEqual([{ certificates: [], anchor: id, violations: [] }]);
  });

  test("a signer's certificate that stands in the DSS only is found there, or among those given", async () => {
    const { pdf, signer } = await signPdf(world, { withSigner: false, level: "B-T" });
    const without = await gatherFacts(pdf, { anchors });
    expect(cmsOf(without).signer).toMatchObject({ signature: "no-certificate", certificate: null });
    const stored = addDss(pdf, { certificates: [signer.certificate.raw], crls: [], ocsps: [] });
    const given = { anchors, certificates: [signer.certificate.raw] };
    const fetched = { anchors, fetched: { certificates: [signer.certificate.raw] } };
    for (const facts of [
      await gatherFacts(stored, { anchors }),
      await gatherFacts(pdf, given),
      await gatherFacts(pdf, fetched),
    ])
      expect(cmsOf(facts).signer).toMatchObject({ signature: "valid", certificate: fingerprint(signer.certificate) });
  });

  test("identifiers out of UID and organizationIdentifier are told with their prefixes", async () => {
    const subject = [
      { type: "2.5.4.10", value: "Công ty Một Lần" },
      { type: "2.5.4.97", value: "VATVN-0101234567" },
      { type: "0.9.2342.19200300.100.1.1", value: "CCCD:001099012345" },
    ];
    const signer = newParty(world, { subject, commonName: "Lê Thị Hoa" });
    const { pdf } = await signPdf(world, { signer });
    const { subject: found } = certificateNamed(await gatherFacts(pdf, { anchors }), "Lê Thị Hoa");
    expect(found).toEqual({
      text: "CN=Lê Thị Hoa,UID=CCCD:001099012345,organizationIdentifier=VATVN-0101234567,O=Công ty Một Lần,C=VN",
      commonName: "Lê Thị Hoa",
      organization: "Công ty Một Lần",
      organizationalUnit: null,
      country: "VN",
      serialNumber: null,
      identifiers: ["VATVN-0101234567", "CCCD:001099012345"],
    });
  });

  test("what cannot be read in a container is a fact with a code", async () => {
    const seen = async (options: PadesOptions, fill: string) => {
      const { pdf } = await signPdf(world, options);
      const broken = Uint8Array.from(pdf);
      const at = new TextDecoder("latin1").decode(pdf).lastIndexOf("/Contents");
      broken.set(new TextEncoder().encode(fill), pdf.indexOf(0x3c, at) + 1);
      const facts = await gatherFacts(broken, { anchors });
      return options.level === "B-LTA" ? facts.documentTimestamps[0]?.timestamp : facts.signatures[0]?.container;
    };
    for (const level of ["B-B", "B-LTA"] as const) {
      expect(await seen({ level }, "00")).toEqual({ ok: false, code: "der_malformed" });
      expect(await seen({ level }, "30820000")).toEqual({ ok: false, code: "der_malformed" });
    }
    const other = signPdf(world, {
      level: "B-B",
      subFilter: "adbe.pkcs7.detached",
      dictionary: new Map([["SubFilter", "ETSI.RFC3161"]]),
    });
    const [stamp] = (await gatherFacts((await other).pdf, { anchors })).documentTimestamps;
    expect(stamp?.timestamp).toEqual({ ok: false, code: "tsp_malformed" });
  });

  test("a file that is no PDF, or wants a password, is refused", async () => {
    await expect(gatherFacts(new TextEncoder().encode("hello"), { anchors })).rejects.toMatchObject({
      code: "pdf_invalid",
    });
  });
});

describe("which timestamps cover what", () => {
  test("a document timestamp covers what stands in front of it, and never itself", async () => {
    const { pdf: first } = await signPdf(world, { level: "B-LTA", fieldName: "A" });
    const { pdf: second } = await signPdf(world, { pdf: first, level: "B-LT", fieldName: "B" });
    const pdf = await addDocumentTimestamp(world, second, { at: world.now + 120_000 });
    const facts = await gatherFacts(pdf, { anchors });
    expect(facts.signatures.map(({ fieldName, cover }) => [fieldName, cover.stampedBy])).toEqual([
      ["A", [0, 1]],
      ["B", [1]],
    ]);
    expect(facts.documentTimestamps.map(({ cover }) => cover.stampedBy)).toEqual([[1], []]);
  });

  test("revocation data is covered from the save on that brought it", async () => {
    const { pdf: plain, signer } = await signPdf(world);
    const material = await materialFor(world, signer);
    const early = await addDocumentTimestamp(world, plain);
    const stored = concat(early, appendDss(early, material));
    const pdf = await addDocumentTimestamp(world, stored);
    const facts = await gatherFacts(pdf, { anchors });
    expect(facts.revocation.length).toBeGreaterThan(2);
    for (const { source, stampedBy } of facts.revocation)
      expect({ source, stampedBy }).toEqual({ source: "dss", stampedBy: [1] });
    const given = await gatherFacts(early, { anchors, ocsps: material.ocsps });
    for (const { source, stampedBy } of given.revocation)
      expect({ source, stampedBy }).toEqual({ source: "given", stampedBy: [] });
  });

  test("a document timestamp with unusable ranges covers nothing", async () => {
    const { pdf } = await signPdf(world, { level: "B-LTA" });
    const text = new TextDecoder("latin1").decode(pdf);
    const broken = Uint8Array.from(pdf);
    const at = text.indexOf("/ByteRange", text.indexOf("/DocTimeStamp") - 400);
    expect(at).toBeGreaterThan(0);
    const range = text.lastIndexOf("/ByteRange[0 ");
    broken[range + "/ByteRange[".length] = 0x31;
    const facts = await gatherFacts(broken, { anchors });
    expect(facts.documentTimestamps[0]?.cover.problems).toContain("byte_range_starts_late");
    expect(facts.signatures[0]?.cover.stampedBy).toEqual([]);
    expect(facts.revocation.every(({ stampedBy }) => stampedBy.length === 0)).toBe(true);
  });
});

describe("what is said about certificates", () => {
  test("a response in the DSS speaks of the certificate, by a responder that the issuer delegated to", async () => {
    const { pdf, signer } = await signPdf(world, { level: "B-LT" });
    const facts = await gatherFacts(pdf, { anchors });
    expect(facts.revocation).toContainEqual(
      expect.objectContaining({
        kind: "ocsp",
        certificate: fingerprint(signer.certificate),
        signer: fingerprint(world.ocsp.certificate),
        authority: "delegated",
        signature: "valid",
        status: "good",
        source: "dss",
      }),
    );
    // The responder has no right but by a path of its own.
    expect(certificateNamed(facts, "DEMO Test OCSP").paths).toHaveLength(1);
  });

  test("the same response twice is one, with the first source", async () => {
    const { pdf, signer } = await signPdf(world, { level: "B-LT" });
    const once = await gatherFacts(pdf, { anchors });
    const { ocsps } = await materialFor(world, signer);
    const more = await gatherFacts(pdf, { anchors, ocsps });
    expect(more.revocation.length).toBe(2 * once.revocation.length);
    const stored = addDss((await signPdf(world)).pdf, { certificates: [], crls: [], ocsps });
    const both = await gatherFacts(stored, { anchors, ocsps });
    expect(both.revocation.every(({ source }) => source === "dss")).toBe(true);
  });

  test("a CRL out of the message, of Adobe's attribute, given or fetched is told with its source", async () => {
    const signer = newParty(world, { crl: "http://pki.example.test/ca.crl" });
    const about = { issuer: world.issuingCa, thisUpdate: world.now };
    const revoked = crlBy({
      ...about,
      revoked: [{ certificate: signer.certificate, at: world.now - 1000, reason: 1 }],
    });
    const archived = await signPdf(world, {
      signer,
      subFilter: "adbe.pkcs7.detached",
      archival: { crls: [revoked], ocsps: [] },
    });
    const plain = await signPdf(world, { signer });
    const answers = [
      await gatherFacts(archived.pdf, { anchors }),
      await gatherFacts(plain.pdf, { anchors, crls: [revoked] }),
      await gatherFacts(plain.pdf, { anchors, fetched: { crls: [revoked] } }),
    ];
    expect(answers.map(({ revocation }) => revocation[0]?.source)).toEqual(["archival", "given", "fetched"]);
    for (const { revocation } of answers)
      expect(revocation[0]).toMatchObject({
        kind: "crl",
        id: toHex(digest("SHA-256", revoked)),
        status: "revoked",
        reason: "keyCompromise",
        revokedAt: new Date(world.now - 1000).toISOString(),
        authority: "issuer",
        signer: fingerprint(world.issuingCa.certificate),
        producedAt: null,
      });
    expect(cmsOf(answers[0] as Facts).archival).toBe(true);
  });

  test("a CRL by another key of the issuer's name is told with a path for its signer", async () => {
    const ca = newCa(world, { commonName: "CA with two keys" });
    const other = newCa(world, { commonName: "CA with two keys" });
    const signer = newParty(world, { issuer: ca });
    const { pdf } = await signPdf(world, { signer, chain: [ca.certificate.raw, other.certificate.raw] });
    const facts = await gatherFacts(pdf, { anchors, crls: [crlBy({ issuer: other, thisUpdate: world.now })] });
    expect(facts.revocation).toMatchObject([
      { authority: "same-name", signature: "valid", status: "good", signer: fingerprint(other.certificate) },
    ]);
    expect(facts.certificates[fingerprint(other.certificate)]?.paths).toHaveLength(1);
  });

  test("nothing is said about anchors, nor by those who are not asked", async () => {
    const tsa = newTsa(world);
    const { pdf } = await signPdf(world, { tsa });
    const stranger = newCa(world, { commonName: "A stranger", issuer: "self" });
    const crls = [crlBy({ issuer: stranger, thisUpdate: world.now })];
    const ocsps = [await ocspAbout({ certificate: tsa.certificate, issuer: stranger, thisUpdate: world.now })];
    expect((await gatherFacts(pdf, { anchors, crls, ocsps })).revocation).toEqual([]);
    const own = await gatherFacts(pdf, { anchors, crls: [crlBy({ issuer: world.root, thisUpdate: world.now })] });
    expect(own.revocation.map(({ certificate }) => certificate).sort()).toEqual(
      [fingerprint(tsa.certificate), fingerprint(world.issuingCa.certificate)].sort(),
    );
  });

  test("what cannot be read is passed over", async () => {
    const { pdf } = await signPdf(world);
    const nonsense = new Uint8Array(100);
    const input = { certificates: [nonsense], crls: [nonsense], ocsps: [nonsense, Uint8Array.of(0x30, 3, 0x0a, 1, 1)] };
    const facts = await gatherFacts(pdf, { anchors, ...input });
    expect(facts).toEqual(await gatherFacts(pdf, { anchors }));
  });
});

describe("what is hostile is told or refused, in bounded time", () => {
  test("two fields with one value are told of both", async () => {
    const { pdf } = await signPdf(world, { level: "B-B" });
    const text = new TextDecoder("latin1").decode(pdf);
    const value = /\/V (\d+) 0 R/.exec(text)?.[1];
    const [form, fields] = /(\d+) 0 obj\s*<<[^>]*\/Fields\[([^\]]*)\]/.exec(text)?.slice(1, 3) ?? [];
    expect([value, form, fields].every((found) => found !== undefined)).toBe(true);
    const size = Number(/\/Size (\d+)/g.exec(text.slice(text.lastIndexOf("trailer")))?.[1]);
    const twin = buildPdf({
      after: pdf,
      objects: {
        [form as string]: `<</SigFlags 3/Fields[${fields} ${size} 0 R]>>`,
        [size]: `<</FT/Sig/T(Twin)/V ${value} 0 R>>`,
      } as Record<number, string>,
    });
    const facts = await gatherFacts(twin, { anchors });
    expect(facts.signatures.map(({ cover }) => cover.problems)).toEqual([["value_shared"], ["value_shared"]]);
    expect(facts.signatures.every(({ cover }) => !cover.wholeFile && cover.revision === null)).toBe(true);
  });

  test("a field that is listed twice is one field", async () => {
    const { pdf } = await signPdf(world, { level: "B-B" });
    const text = new TextDecoder("latin1").decode(pdf);
    const [form, fields] = /(\d+) 0 obj\s*<<[^>]*\/Fields\[([^\]]*)\]/.exec(text)?.slice(1, 3) ?? [];
    const twice = buildPdf({
      after: pdf,
      objects: { [form as string]: `<</SigFlags 3/Fields[${fields} ${fields}]>>` } as Record<number, string>,
    });
    const facts = await gatherFacts(twice, { anchors });
    expect(facts.signatures).toHaveLength(1);
    expect(facts.signatures[0]?.cover.problems).toEqual([]);
  });

  test("a hundred thousand signed fields are refused within seconds", async () => {
    const count = 100_000;
    const fields = Array.from({ length: count }, (_, i) => `<</FT/Sig/T(${i})/V 5 0 R>>`);
    const kids: Record<number, string> = {};
    for (const [i, field] of fields.entries()) kids[6 + i] = field;
    const pdf = buildPdf({
      objects: {
        ...ONE_PAGE,
        1: "<</Type/Catalog/Pages 2 0 R/AcroForm 4 0 R>>",
        4: `<</Fields[${Array.from({ length: count }, (_, i) => `${6 + i} 0 R`).join(" ")}]>>`,
        5: "<</Type/Sig/Filter/A/SubFilter/ETSI.CAdES.detached/ByteRange[0 10 20 10]/Contents<00>>>",
        ...kids,
      },
    });
    const before = performance.now();
    await expect(gatherFacts(pdf, { anchors })).rejects.toMatchObject({ code: "pdf_limit" });
    expect(performance.now() - before).toBeLessThan(10_000);
  });

  test("more timestamps, certificates or responses than anybody needs are refused", async () => {
    const { pdf: stamped } = await signPdf(world, { timestamps: 33, reserve: 100_000 });
    await expect(gatherFacts(stamped, { anchors })).rejects.toMatchObject({ code: "pdf_limit" });
    const { pdf } = await signPdf(world);
    const made = (length: number) => Array.from({ length }, (_, i) => Uint8Array.of(0x30, 2, i >> 8, i & 255));
    await expect(gatherFacts(pdf, { anchors, certificates: made(600) })).rejects.toMatchObject({ code: "pdf_limit" });
    await expect(gatherFacts(pdf, { anchors, crls: made(1100) })).rejects.toMatchObject({ code: "pdf_limit" });
    expect((await gatherFacts(pdf, { anchors, certificates: made(500), crls: made(1000) })).revocation).toEqual([]);
    // The same one over and over costs nothing.
    const same = Array.from({ length: 5000 }, () => world.issuingCa.certificate.raw);
    expect((await gatherFacts(onePage(), { anchors, certificates: same })).signatures).toEqual([]);
  });
});
