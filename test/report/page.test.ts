import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { withDocument } from "../../lib/pdf/open.ts";
import { reportPage } from "../../lib/report/page.ts";
import type { SignatureReport, Verification } from "../../lib/validate/report.ts";
import { ask, judge, withFiles } from "../judges/judge.ts";
import { qpdfCheck } from "../judges/qpdf.ts";
import { broken, FINDINGS, inputOf, signatureOf, TIMESTAMP, untrusted, verificationOf } from "./samples.ts";

const LONG_NAME = `Công Tằng Tôn Nữ ${"Ngọc Diệp Hoàng Anh ".repeat(30)}`;
const long = (): SignatureReport =>
  signatureOf({
    fieldName: "Field".repeat(100),
    sevenFields: {
      ...signatureOf().sevenFields,
      signer: LONG_NAME,
      issuer: "CN=".padEnd(10_000, "x"),
      managingUnit: LONG_NAME,
    },
    reason: "Lý do ".repeat(500),
    location: "Ƀuôn Ma Thuột ".repeat(50),
    algorithms: { signature: "x".repeat(300), digest: null, key: null },
    findings: Array.from({ length: 40 }, () => ({
      ...FINDINGS.broken,
      vi: "Dài ".repeat(300),
      en: "Long ".repeat(300),
    })),
    test: true,
    equivalentToHandwritten: true,
  });
const times = (count: number, make: () => SignatureReport): SignatureReport[] => Array.from({ length: count }, make);

const PAGES: Readonly<Record<string, Verification>> = {
  "no signature": verificationOf([]),
  "one good signature": verificationOf([signatureOf()]),
  "one that is broken": verificationOf([broken()]),
  "two signatures": verificationOf([signatureOf(), untrusted()]),
  "four signatures": verificationOf(times(4, signatureOf)),
  "everything too long": verificationOf([long()], { findings: times(9, signatureOf).map(() => FINDINGS.claimed) }),
  "three, everything too long": verificationOf(times(3, long)),
  "forty signatures": verificationOf([...times(36, signatureOf), ...times(2, broken), ...times(2, untrusted)], {
    documentTimestamps: [{ ...TIMESTAMP, kind: "document" }],
  }),
  "a thousand signatures": verificationOf(times(1000, signatureOf)),
};

const textOf = (pdf: Uint8Array, ...more: string[]): Promise<string> =>
  withFiles({ "r.pdf": pdf }, async (path) => (await ask("pdftotext", [...more, path["r.pdf"], "-"])).out);
const flat = (text: string): string => text.replace(/\s+/g, " ");

test("the same answer, asked for in the same way, gives the same octets; any difference gives others", () => {
  const page = (changes = {}) => Buffer.from(reportPage(verificationOf([signatureOf()]), inputOf(changes)));
  expect(page()).toEqual(page());
  for (const changes of [{ fileName: "x.pdf" }, { generatedAt: 0 }, { sealed: false }, { sha256: new Uint8Array(32) }])
    expect(page(changes)).not.toEqual(page());
});

if (judge("qpdf", "that reports are well formed"))
  describe("qpdf finds nothing wrong with a report on", () => {
    for (const [name, verification] of Object.entries(PAGES))
      test(name, async () => {
        expect(await qpdfCheck(reportPage(verification, inputOf()))).toMatchObject({ errors: 0, warnings: 0 });
      });
  });

type Word = { readonly text: string; readonly box: readonly [number, number, number, number] };

function wordsOf(html: string): readonly Word[] {
  const words = html.matchAll(
    /<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)<\/word>/g,
  );
  return [...words].map(([, left, top, right, bottom, text = ""]) => ({
    text,
    box: [Number(left), Number(top), Number(right), Number(bottom)],
  }));
}

/** Boxes of words reach from the font's ascent to its descent, a little more than the letters do. */
function overlaps(words: readonly Word[]): readonly string[] {
  const sorted = [...words].sort((a, b) => a.box[1] - b.box[1]);
  const found: string[] = [];
  for (const [i, a] of sorted.entries())
    for (let k = i + 1; k < sorted.length; k++) {
      const b = sorted[k] as Word;
      if (b.box[1] >= a.box[3]) break;
      const wide = Math.min(a.box[2], b.box[2]) - Math.max(a.box[0], b.box[0]);
      const high = Math.min(a.box[3], b.box[3]) - Math.max(a.box[1], b.box[1]);
      if (wide > 0.5 && high > 0.25 * Math.min(a.box[3] - a.box[1], b.box[3] - b.box[1]))
        found.push(`${a.text} / ${b.text}`);
    }
  return found;
}

if (judge("pdftotext", "what stands on a report and where")) {
  describe("no word lies on another or outside the margins, in a report on", () => {
    for (const [name, verification] of Object.entries(PAGES))
      test(name, async () => {
        const html = await textOf(reportPage(verification, inputOf()), "-bbox");
        expect(html.match(/<page /g)).toHaveLength(1);
        const words = wordsOf(html);
        expect(words.length).toBeGreaterThan(40);
        expect(overlaps(words)).toEqual([]);
        const outside = words.filter(
          ({ box: [left, top, right, bottom] }) => left < 30 || right > 566 || top < 28 || bottom > 814,
        );
        expect(outside).toEqual([]);
      });
  });

  test("it says the verdict, the seven fields, the axes, the times apart and what was checked, in both languages", async () => {
    const text = flat(await textOf(reportPage(PAGES["one good signature"] as Verification, inputOf()), "-layout"));
    expect(text).toBe(text.normalize("NFC"));
    for (const said of [
      "Báo cáo kiểm tra chữ ký số",
      "Digital signature validation report",
      "Chữ ký hợp lệ. Tài liệu còn nguyên vẹn.",
      "Valid, unchanged.",
      "to-khai-dang-ky-thuong-tru.signed.pdf",
      "00081018 20283038 40485058 60687078 80889098 a0a8b0b8 c0c8d0d8 e0e8f0f8",
      "urn:motlan:policy:default:1",
      "Hồ sơ tin cậy của dịch vụ",
      "1. Tổ chức cấp chứng thư / Issuer",
      "CN=Ký Một Lần Issuing CA,O=Ký Một Lần,C=VN",
      "2. Người ký / Signer Nguyễn Thị Ánh Tuyết",
      "3. Đơn vị quản lý chứng thư / Managing unit Trung tâm Chứng thực điện tử quốc gia",
      "4. Thời điểm ký / Signing time 25/11/2026 12:59:58 +07:00 · có dấu thời gian / proven",
      "25/11/2026 12:59:40 +07:00 · do người ký khai / claimed",
      "5. Tính toàn vẹn / Integrity Nguyên vẹn / intact",
      "6. Hiệu lực khi ký / Valid when signed Có hiệu lực / valid",
      "7. Thời hạn chứng thư / Certificate period 25/11/2026 12:55:00 +07:00 – 25/11/2026 13:09:00 +07:00",
      "Mật mã / Cryptography",
      "Tin cậy / Trust",
      "Chính sách / Policy",
      "TOTAL_PASSED · Mức / Level B-T · ETSI.CAdES.detached",
      "Kết quả này không thay cho quyết định của nơi nhận.",
      "verification.json",
      FINDINGS.source.vi,
      "(revocation_no_source)",
    ])
      expect(text).toContain(said);
  });

  test("where there is no timestamp it says so beside the claimed time", async () => {
    const text = flat(await textOf(reportPage(verificationOf([untrusted()]), inputOf()), "-layout"));
    expect(text).toContain("không có / none · có dấu thời gian / proven");
    expect(text).toContain("INDETERMINATE / NO_CERTIFICATE_CHAIN_FOUND");
  });

  test("what is not sealed says so, and so does a test document that is otherwise valid", async () => {
    const text = flat(
      await textOf(reportPage(verificationOf([signatureOf({ test: true })]), inputOf({ sealed: false }))),
    );
    for (const said of ["BẢN CHƯA NIÊM PHONG", "NOT SEALED", "Tài liệu thử nghiệm — không có giá trị.", "THỬ NGHIỆM"])
      expect(text).toContain(said);
    // It comes first, and what is technically true is small print.
    expect(text.indexOf("Tài liệu thử nghiệm")).toBeLessThan(text.indexOf("Chữ ký hợp lệ."));
    const sealed = flat(await textOf(reportPage(verificationOf([signatureOf()]), inputOf())));
    expect(sealed).not.toMatch(/NOT SEALED|THỬ NGHIỆM/);
  });

  test("long names and reasons are cut where everybody sees it", async () => {
    const text = flat(await textOf(reportPage(PAGES["everything too long"] as Verification, inputOf()), "-layout"));
    expect(text).toMatch(/Công Tằng Tôn Nữ Ngọc Diệp [^…]*…/);
    expect(text).toMatch(/CN=x+[^…]*…/);
    expect(text).toMatch(/Lý do ký \/ Reason Lý do [^…]*…/);
    expect(text).toMatch(/Còn \d+ phát hiện nữa trong tệp verification\.json/);
  });

  test("of many signatures the bad ones come first, under their numbers, and the rest is counted by verdict", async () => {
    const text = flat(await textOf(reportPage(PAGES["forty signatures"] as Verification, inputOf()), "-layout"));
    const shown = [...text.matchAll(/Chữ ký (\d+) \/ Signature/g)].map(([, number]) => Number(number));
    expect(shown.slice(0, 4)).toEqual([37, 38, 39, 40]);
    const left = 40 - shown.length;
    expect(text).toContain(`Còn ${left} chữ ký nữa không in ở đây (${left} hợp lệ)`);
    expect(text).toContain("Chữ ký trong tệp: 40 (2 không hợp lệ, 2 chưa thể kết luận, 36 hợp lệ)");
    expect(text).toContain("Dấu thời gian của tài liệu");
  });

  test("letters that turn lines around, controls and letters without a glyph stay where they stand", async () => {
    const name = "Nguyễn \u202eevil\u202c \u0000 אבג 😀";
    const signature = signatureOf({ sevenFields: { ...signatureOf().sevenFields, signer: name } });
    const text = flat(await textOf(reportPage(verificationOf([signature]), inputOf({ fileName: "a\u202efdp.exe" }))));
    expect(text).toContain("a\ufffdfdp.exe");
    expect(text).toContain("Nguyễn \ufffdevil\ufffd \ufffd");
  });
}

if (judge("pdfdetach", "that the answer is attached as it was given"))
  test("the answer, and the facts where they are given, are attached as JSON and come out as they went in", async () => {
    const verification = verificationOf([signatureOf({ reason: "<&> \u202e 😀" })]);
    const facts = { version: 1, signatures: [] } as unknown as NonNullable<Parameters<typeof reportPage>[1]["facts"]>;
    const pdf = reportPage(verification, inputOf({ facts }));
    await withFiles({ "r.pdf": pdf }, async (path, folder) => {
      await ask("pdfdetach", ["-saveall", "-o", folder, path["r.pdf"]]);
      const read = (name: string) => JSON.parse(readFileSync(`${folder}/${name}`, "utf8"));
      expect(read("verification.json")).toEqual(verification);
      expect(read("facts.json")).toEqual(facts);
    });
  });

test("any names, reasons and codes make one page that can be read", () => {
  const odd = fc.oneof(
    fc.string({ unit: "binary", maxLength: 200 }),
    fc.string({ unit: "grapheme", maxLength: 200 }),
    fc.constantFrom("", " ", "\n", "x".repeat(10_000), "{n}", "\u0301\u0301", "]]>&<"),
  );
  fc.assert(
    fc.property(fc.array(odd, { minLength: 10, maxLength: 10 }), fc.nat(5), (words, count) => {
      const word = (i: number): string => words[i] ?? "";
      const base = signatureOf();
      const signature = signatureOf({
        fieldName: word(0),
        reason: word(1),
        location: word(2),
        sevenFields: {
          ...base.sevenFields,
          issuer: word(3),
          signer: word(4),
          managingUnit: word(5),
          certificateValidity: { notBefore: word(6), notAfter: word(7) },
        },
        chain: [{ subject: word(8), sha256: word(9), anchor: true }],
        findings: [{ code: word(0), severity: "error", vi: word(1), en: word(2) }],
      });
      const verification = verificationOf(
        times(count, () => signature),
        { policy: word(3), at: word(4) },
      );
      const pdf = reportPage(verification, inputOf({ fileName: word(5), service: word(6), trustSource: word(7) }));
      expect(withDocument(pdf, (doc) => doc.rebuilt)).toBe(false);
    }),
    { numRuns: process.env.SLOW ? 2000 : 60 },
  );
});
