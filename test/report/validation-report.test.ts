import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Facts } from "../../lib/facts/facts.ts";
import { validationReport } from "../../lib/report/validation-report.ts";
import { escapeXml } from "../../lib/text/escape-xml.ts";
import { INDICATIONS, SUB_INDICATIONS, type Verification } from "../../lib/validate/report.ts";
import { judge } from "../judges/judge.ts";
import schema from "../vectors/report/ts-119102-2.json" with { type: "json" };
import { broken, FINDINGS, signatureOf, TIMESTAMP, untrusted, verificationOf } from "./samples.ts";
import { parseXml, type Tree } from "./xml-tree.ts";

const SHA256 = Uint8Array.from({ length: 32 }, (_, i) => i);
const SIGNER = "11".repeat(32);
const LIST = "77".repeat(32);

/** No more of facts than the report reads. */
const FACTS = {
  signatures: [
    {
      cover: { byteRange: [0, 100, 200, 50] },
      filter: "Adobe.PPKLite",
      name: "Tên <trong> tệp",
      contactInfo: "0900",
      container: {
        ok: true,
        cms: { signer: { signingCertificate: "match", signatureAlgorithm: { kind: "ecdsa", hash: "SHA-256" } } },
      },
    },
  ],
  revocation: [
    {
      ...{ kind: "crl", id: LIST, certificate: SIGNER, status: "revoked", revokedAt: "2026-11-24T00:00:00.000Z" },
      ...{ reason: "keyCompromise", signature: "valid", problems: [] },
    },
  ],
} as unknown as Facts;

const REPORTS: Readonly<Record<string, string>> = {
  "one signature, with facts": validationReport(verificationOf([signatureOf({ location: "Huế" })]), {
    sha256: SHA256,
    facts: FACTS,
    validator: Uint8Array.of(1, 2, 3),
  }),
  "all verdicts": validationReport(verificationOf([signatureOf(), broken(), untrusted()]), { sha256: SHA256 }),
  "no signature": validationReport(verificationOf([]), { sha256: SHA256 }),
  "document timestamps": validationReport(
    verificationOf([signatureOf()], {
      documentTimestamps: [
        { ...TIMESTAMP, kind: "document" },
        {
          ...TIMESTAMP,
          kind: "document",
          genTime: null,
          authority: null,
          indication: "INDETERMINATE",
          subIndication: "NO_POE",
        },
      ],
    }),
    { sha256: SHA256 },
  ),
  "nothing known": validationReport(
    verificationOf(
      [signatureOf({ chain: [], rules: [], timestamps: [], findings: [], reason: null, subFilter: null })],
      {
        at: "no time",
      },
    ),
    { sha256: SHA256 },
  ),
};

const MODELS: Readonly<Record<string, readonly string[]>> = schema.models;

/** What an element is declared as, where its name alone does not say it. */
function modelOf(tree: Tree, parent: string): readonly string[] | undefined {
  if (parent === "ValidationObject" && tree.name === "ValidationReport") return MODELS.SignatureValidationReport;
  if (parent === "CertificateChain" || "VOReference" in tree.attributes) return [];
  // A scalar of the same name inside.
  if (parent === "Filter") return undefined;
  if (tree.name === "Filter") return ["Filter"];
  return MODELS[tree.name];
}

/** Breaches of the content models. */
function breaches(tree: Tree, parent = ""): readonly string[] {
  const model = modelOf(tree, parent);
  const names = tree.children.map(({ name }) => name);
  const here: string[] = [];
  if (model === undefined) {
    if (names.length > 0) here.push(`${tree.name}: has children`);
  } else if (model[0] === "|") {
    if (names.length === 0) here.push(`${tree.name}: is empty`);
    for (const name of names) if (!model.includes(name)) here.push(`${tree.name}: ${name}`);
  } else if (
    !new RegExp(
      `^${model.map((part) => `(?:<${part.replace(/[?*+]$/, "")}>)${/[?*+]$/.exec(part)?.[0] ?? ""}`).join("")}$`,
    ).test(names.map((name) => `<${name}>`).join(""))
  )
    here.push(`${tree.name}: ${names.join(" ")}`);
  return [...here, ...tree.children.flatMap((child) => breaches(child, tree.name))];
}

function* all(tree: Tree): Generator<Tree> {
  yield tree;
  for (const child of tree.children) yield* all(child);
}

const find = (tree: Tree, ...path: readonly string[]): readonly Tree[] =>
  path.reduce<readonly Tree[]>(
    (found, name) => found.flatMap(({ children }) => children.filter((child) => child.name === name)),
    [tree],
  );
const textOf = (tree: Tree, ...path: readonly string[]): string | undefined => find(tree, ...path)[0]?.text;

/** References lead to objects that are there, ids are there once. */
function dangling(tree: Tree): readonly string[] {
  const ids = [...all(tree)].flatMap(({ attributes: { id } }) => (id === undefined ? [] : [id]));
  const references = [...all(tree)].flatMap(({ attributes: { VOReference } }) => VOReference?.split(" ") ?? []);
  const twice = ids.filter((id, i) => ids.indexOf(id) !== i);
  return [...twice, ...references.filter((id) => !ids.includes(id)), ...ids.filter((id) => !/^[A-Z]-[\w-]+$/.test(id))];
}

if (judge("python3", "that ETSI reports are well formed and in the order of their schema")) {
  describe("an ETSI report is read by expat, keeps to the content models, and refers to what is there", () => {
    for (const [name, xml] of Object.entries(REPORTS))
      test(name, async () => {
        const [tree] = await parseXml([xml]);
        if (tree === undefined) throw new Error("nothing was parsed");
        expect(tree.name).toBe("ValidationReport");
        expect(breaches(tree)).toEqual([]);
        expect(dangling(tree)).toEqual([]);
      });
  });

  test("the content models refuse what is out of order, missing or unknown", async () => {
    const xml = REPORTS["one signature, with facts"] as string;
    const planted = [
      xml.replace(/(<HashOnly>false<\/HashOnly>)(<DocHashOnly>false<\/DocHashOnly>)/, "$2$1"),
      xml.replace("<TypeOfProof>urn:etsi:019102:poetype:validation</TypeOfProof>", ""),
      xml.replace(/<MainIndication>/g, "<Indication>").replace(/<\/MainIndication>/g, "</Indication>"),
      xml.replace('id="S-1"', 'id="S-2"'),
    ];
    for (const [i, tree] of (await parseXml(planted)).entries())
      expect([...breaches(tree), ...dangling(tree)], String(i)).not.toEqual([]);
  });

  test("it says what the answer says", async () => {
    const [tree] = await parseXml([REPORTS["one signature, with facts"] as string]);
    if (tree === undefined) throw new Error("nothing was parsed");
    const [report] = find(tree, "SignatureValidationReport");
    if (report === undefined) throw new Error("no report");
    const [status] = find(report, "SignatureValidationStatus");
    if (status === undefined) throw new Error("no status");
    expect(textOf(status, "MainIndication")).toBe("urn:etsi:019102:mainindication:total-passed");
    expect(textOf(report, "SignatureIdentifier", "DAIdentifier")).toBe("Signature-01J9ZK3V7Q");
    expect(textOf(report, "ValidationTimeInfo", "ValidationTime")).toBe("2026-11-25T06:00:00.000Z");
    expect(textOf(report, "ValidationTimeInfo", "BestSignatureTime", "POETime")).toBe("2026-11-25T05:59:58.000Z");
    expect(find(report, "ValidationTimeInfo", "BestSignatureTime", "POEObject")[0]?.attributes).toEqual({
      VOReference: "T-1-1",
    });
    expect(textOf(report, "SignersDocument", "DigestAlgAndValue", "ds:DigestValue")).toBe(
      Buffer.from(SHA256).toString("base64"),
    );
    expect(textOf(report, "SignatureAttributes", "SigningTime", "Time")).toBe("2026-11-25T05:59:40.000Z");
    expect(textOf(report, "SignatureAttributes", "ByteRange")).toBe("0 100 200 50");
    expect(textOf(report, "SignatureAttributes", "Name", "NameElement")).toBe("Tên <trong> tệp");
    expect(textOf(report, "SignatureAttributes", "SignatureProductionPlace", "AddressString")).toBe("Huế");
    expect(textOf(report, "SignerInformation", "Signer")).toBe("Nguyễn Thị Ánh Tuyết");
    expect(textOf(report, "SignatureValidationProcess", "SignatureValidationServicePolicy")).toBe(
      "urn:motlan:policy:default:1",
    );
    const data = (...path: string[]) => find(status, "AssociatedValidationReportData", ...path);
    expect(data("TrustAnchor")[0]?.attributes.VOReference).toBe(`C-${"33".repeat(32)}`);
    expect(data("CertificateChain", "IntermediateCertificate")).toHaveLength(1);
    expect(data("RevocationStatusInformation", "RevocationReason")[0]?.text).toBe(
      "urn:etsi:019102:revocationReason:keyCompromise",
    );
    expect(data("CryptoInformation", "Algorithm")[0]?.text).toBe("http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256");
    expect(data("CryptoInformation", "SecureAlgorithm")[0]?.text).toBe("true");
    const own = data("AdditionalValidationReportData", "ReportData").map((item) => [
      textOf(item, "Type"),
      textOf(item, "Value"),
    ]);
    expect(own).toContainEqual(["urn:motlan:verification:1:verdict", "VALID"]);
    expect(own).toContainEqual(["urn:motlan:finding:revocation_no_source", `warning: ${FINDINGS.source.en}`]);
    expect(textOf(tree, "SignatureValidator", "DigitalId", "tsl:X509Certificate")).toBe("AQID");
  });

  test("a rule that was asked is applied and has an outcome, one that was passed over is disabled and has none", async () => {
    const rules = [
      { id: "a", source: "s", result: "passed" },
      { id: "b", source: "s", result: "warning" },
      { id: "c", source: "s", result: "failed" },
      { id: "d", source: "s", result: "skipped" },
    ] as const;
    const [tree] = await parseXml([validationReport(verificationOf([signatureOf({ rules })]), { sha256: SHA256 })]);
    if (tree === undefined) throw new Error("nothing was parsed");
    const path = ["SignatureValidationReport", "ValidationConstraintsEvaluationReport", "ValidationConstraint"];
    const last = (text: string | undefined): string | undefined => text?.split(":").at(-1);
    expect(
      find(tree, ...path).map((rule) => [
        last(textOf(rule, "ValidationConstraintIdentifier")),
        last(textOf(rule, "ConstraintStatus", "Status")),
        last(textOf(rule, "ValidationStatus", "MainIndication")),
      ]),
    ).toEqual([
      ["a", "applied", "passed"],
      ["b", "applied", "passed"],
      ["c", "applied", "failed"],
      ["d", "disabled", undefined],
    ]);
  });

  test("a revocation that proves nothing is not told as one, and years that XML has not are left out", async () => {
    const [revocation] = FACTS.revocation;
    const forged = { ...FACTS, revocation: [{ ...revocation, signature: "invalid" }] } as unknown as Facts;
    const doubtful = { ...FACTS, revocation: [{ ...revocation, problems: ["scope"] }] } as unknown as Facts;
    const base = signatureOf();
    const odd = ["0000-01-01T00:00:00Z", "+012026-01-01T00:00:00.000Z", "-000001-01-01T00:00:00.000Z"].map((claimed) =>
      signatureOf({
        sevenFields: { ...base.sevenFields, signingTime: { ...base.sevenFields.signingTime, claimed } },
      }),
    );
    const documents = [
      ...[forged, doubtful].map((facts) => validationReport(verificationOf([base]), { sha256: SHA256, facts })),
      validationReport(verificationOf(odd), { sha256: SHA256 }),
    ];
    for (const tree of await parseXml(documents)) {
      expect([...all(tree)].filter(({ name }) => name === "RevocationStatusInformation")).toEqual([]);
      expect(breaches(tree)).toEqual([]);
    }
    expect(documents[2]).not.toContain("<SigningTime");
  });

  test("each indication and each of the sub-indications has its URI; a rule's outcome is passed or failed, never total", async () => {
    const documents = INDICATIONS.flatMap((indication) =>
      SUB_INDICATIONS.map((subIndication) =>
        validationReport(
          verificationOf([
            signatureOf({
              indication,
              subIndication,
              rules: [{ id: "r", source: "s", result: "failed", indication, subIndication }],
            }),
          ]),
          { sha256: SHA256 },
        ),
      ),
    );
    const trees = await parseXml(documents);
    const seen = trees.map((tree) => {
      const [report] = find(tree, "SignatureValidationReport");
      if (report === undefined) throw new Error("no report");
      return [
        "SignatureValidationStatus",
        "ValidationConstraintsEvaluationReport/ValidationConstraint/ValidationStatus",
      ].map((path) =>
        [
          textOf(report, ...path.split("/"), "MainIndication"),
          textOf(report, ...path.split("/"), "SubIndication"),
        ].join(" "),
      );
    });
    const part = { TOTAL_PASSED: "passed", TOTAL_FAILED: "failed", INDETERMINATE: "indeterminate" };
    const total = { TOTAL_PASSED: "total-passed", TOTAL_FAILED: "total-failed", INDETERMINATE: "indeterminate" };
    expect(seen).toEqual(
      INDICATIONS.flatMap((indication) =>
        SUB_INDICATIONS.map((sub) => [
          `urn:etsi:019102:mainindication:${total[indication]} urn:etsi:019102:subindication:${sub}`,
          `urn:etsi:019102:mainindication:${part[indication]} urn:etsi:019102:subindication:${sub}`,
        ]),
      ),
    );
  });

  test("whatever stands in a document, the report is well formed, keeps its order, and says it unchanged where XML can", async () => {
    const odd = fc.oneof(
      fc.string({ unit: "binary", maxLength: 80 }),
      fc.constantFrom(
        "",
        "]]>",
        "<!--",
        "&amp;",
        "\r\n\t",
        "\u0000",
        "\ud800",
        "\ufffe",
        "a\"b'c",
        "\u2028\u0085",
        "x".repeat(10_000),
      ),
    );
    const samples = fc.sample(fc.array(odd, { minLength: 8, maxLength: 8 }), process.env.SLOW ? 2000 : 100);
    const documents = samples.map((words) => validationReport(made(words), { sha256: SHA256 }));
    for (const [i, tree] of (await parseXml(documents)).entries()) {
      expect(breaches(tree)).toEqual([]);
      expect(dangling(tree)).toEqual([]);
      const reason = textOf(tree, "SignatureValidationReport", "SignatureAttributes", "Reason", "ReasonElement");
      const kept = [...(samples[i]?.[0] ?? "").toWellFormed()]
        .map((letter) => (isXml(letter) ? letter : "\ufffd"))
        .join("");
      expect(reason).toBe(kept);
    }
  });
}

/** XML 1.0 §2.2, Char. */
function isXml(letter: string): boolean {
  const code = letter.codePointAt(0) ?? 0;
  return code >= 0x20 ? code !== 0xfffe && code !== 0xffff : [9, 10, 13].includes(code);
}

function made(words: readonly string[]): Verification {
  const word = (i: number): string => words[i] ?? "";
  const base = signatureOf();
  const signature = signatureOf({
    reason: word(0),
    fieldName: word(1),
    subFilter: word(2),
    sevenFields: {
      ...base.sevenFields,
      signer: word(3),
      signingTime: { ...base.sevenFields.signingTime, claimed: word(4), proven: word(5) },
    },
    chain: [{ subject: word(6), sha256: word(7), anchor: true }, ...base.chain],
    rules: [{ id: word(1), source: word(2), result: "passed" }],
    findings: [{ code: word(3), severity: "error", vi: word(4), en: word(5) }],
    timestamps: [{ ...TIMESTAMP, genTime: word(6), authority: word(7) }],
  });
  return verificationOf([signature, signature], { policy: word(0), at: word(1) });
}

test("escapeXml leaves nothing that is markup, and nothing that a parser would change", () => {
  expect(escapeXml(`<a b="c">&'</a>`)).toBe("&#60;a b=&#34;c&#34;&#62;&#38;&#39;&#60;/a&#62;");
  expect(escapeXml("\r\n\t")).toBe("&#13;&#10;&#9;");
  expect(escapeXml("\u0000\ud800ễ😀")).toBe("\ufffd\ufffdễ😀");
});
