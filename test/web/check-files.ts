import { readFileSync } from "node:fs";
import type { TrustAnchor } from "../../lib/trust/anchor.ts";
import { contract, latest, type Objects, save, stream } from "../worlds/hostile-pdf.ts";
import { flipBit } from "../worlds/mutate.ts";
import { addDss, materialFor, onePage, signPdf } from "../worlds/pades.ts";
import { newCa, newParty } from "../worlds/parties.ts";
import { ocspAbout } from "../worlds/status.ts";
import { trusted } from "../worlds/trusted.ts";
import { newWorld, type World } from "../worlds/world.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** A file for one row of the table of banners (ux.md, B2), and what must stand in it. */
export type RowFile = {
  readonly row: string;
  readonly tone: "good" | "bad" | "unsure" | "neutral" | "test";
  readonly pdf: Uint8Array;
  readonly anchors: readonly TrustAnchor[];
  readonly vi: string;
  readonly en: string;
};

/** Signed an hour ago, so that it is judged now. */
export const signedWorld = (): Promise<World> => newWorld({ now: Math.floor(Date.now() / 1000) * 1000 - HOUR });

/** The root, trusted as an operator trusts one that is no test. */
export const earnest = (world: World): TrustAnchor =>
  trusted(world.root.certificate, { test: false, class: "PUBLIC_CA" });

/** A file for every row, made as others sign and change files. */
export async function rowFiles(world: World): Promise<RowFile[]> {
  const { pdf } = await signPdf(world);
  const { pdf: agreed } = await signPdf(world, { pdf: contract() });
  const row = (name: string, tone: RowFile["tone"], octets: Uint8Array, words: Words): RowFile => ({
    ...{ row: name, tone, pdf: octets, anchors: [earnest(world)] },
    ...words,
  });
  return [
    row("unchanged", "good", pdf, { vi: "Chữ ký hợp lệ. Tài liệu còn nguyên vẹn.", en: "Valid, unchanged." }),
    row("additions", "good", addDss(pdf, await materialFor(world, world.oneTime())), {
      vi: "Chữ ký hợp lệ. Sau khi ký có bổ sung được phép (có thêm dữ liệu để kiểm tra chữ ký về sau (chứng thư, tình trạng thu hồi)).",
      en: "Valid, permitted additions (data for later validation was added (certificates, revocation status)).",
    }),
    row("changed", "bad", save(agreed, { 6: stream("BT /F1 24 Tf 72 700 Td (Pay 999) Tj ET") }), CHANGED),
    row("covered", "bad", save(agreed, covering(agreed)), CHANGED),
    row("tampered", "bad", flipBit(agreed, 8 * (Buffer.from(agreed).indexOf("(Pay 100)") + 5)), {
      vi: "Chữ ký không hợp lệ. Lý do: Nội dung đã bị sửa sau khi ký: mã băm không khớp. Không dùng được.",
      en: "Not valid. Reason: The content was changed after signing: its hash differs. It cannot be relied on.",
    }),
    { ...row("stranger", "unsure", pdf, STRANGER), anchors: [earnest(await signedWorld())] },
    row("status", "unsure", await withoutStatus(world), {
      vi: "Chưa thể kết luận lúc này: chưa kiểm tra được tình trạng thu hồi.",
      en: "Cannot conclude now: the revocation status could not be checked.",
    }),
    row("expired", "unsure", await expired(world), {
      vi: "Chưa thể kết luận. Lý do: Chứng thư nằm ngoài thời hạn và không có dấu thời gian tin cậy chứng minh đã ký trong thời hạn, nên chưa thể kết luận.",
      en: "Cannot conclude. Reason: A certificate is out of its period, and no trusted timestamp proves signing within it, so nothing can be concluded.",
    }),
    row("revoked", "bad", await revoked(world), {
      vi: "Chữ ký không hợp lệ. Lý do: Chứng thư đã bị thu hồi tại thời điểm ký. Không dùng được.",
      en: "Not valid. Reason: The certificate was already revoked at the time of signing. It cannot be relied on.",
    }),
    { ...row("test", "test", pdf, TEST), anchors: [trusted(world.root.certificate)] },
    row("unsigned", "neutral", onePage(), {
      vi: "Tệp này không có chữ ký số. Hình chữ ký trong tệp (nếu có) chỉ là hình ảnh.",
      en: "The file has no digital signature. A picture of one, if there is any, is only a picture.",
    }),
  ];
}

type Words = { readonly vi: string; readonly en: string };

const CHANGED: Words = {
  vi: "Đã bị sửa sau khi ký. Chỉ phần đã ký là đáng tin.",
  en: "Changed after signing. Only what was signed can be relied on.",
};
const STRANGER: Words = {
  vi: "Chưa thể kết luận: không nhận ra tổ chức cấp chứng thư.",
  en: "Cannot conclude: unknown issuer.",
};
export const TEST: Words = {
  vi: "Tài liệu thử nghiệm — không có giá trị.",
  en: "Test document — of no legal effect.",
};

/** A white box over the second page. */
function covering(pdf: Uint8Array): Objects {
  return {
    ...latest(pdf).edit(4, "/Annots[", "/Annots[150 0 R "),
    150: "<</Type/Annot/Subtype/Square/Rect[0 0 612 792]/AP<</N 151 0 R>>/F 4>>",
    151: stream("1 g 0 0 612 792 re f", "/Type/XObject/Subtype/Form/BBox[0 0 612 792]"),
  };
}

async function withoutStatus(world: World): Promise<Uint8Array> {
  const ca = newCa(world);
  const signer = newParty(world, { issuer: ca, crl: "http://pki.example.test/ca.crl" });
  return (await signPdf(world, { signer, chain: [ca.certificate.raw] })).pdf;
}

async function expired(world: World): Promise<Uint8Array> {
  const signer = newParty(world, { notBefore: world.now - 20 * DAY, notAfter: world.now - 10 * DAY });
  return (await signPdf(world, { signer })).pdf;
}

async function revoked(world: World): Promise<Uint8Array> {
  const signer = newParty(world, { ocsp: "http://pki.example.test/ocsp" });
  const about = { certificate: signer.certificate, issuer: world.issuingCa, responder: world.ocsp };
  const status = { kind: "revoked", at: world.now - DAY, reason: 1 } as const;
  const ocsps = [await ocspAbout({ ...about, status, thisUpdate: world.now + 1000 })];
  const { certificates } = await materialFor(world, signer);
  const { pdf } = await signPdf(world, { signer });
  return addDss(pdf, { certificates, crls: [], ocsps });
}

/** Files of which nothing can be said, and by which code. */
export const UNREADABLE = [
  { name: "encrypted", code: "pdf_encrypted", pdf: vector("qpdf-needs-password.pdf") },
  { name: "garbage", code: "pdf_invalid", pdf: new TextEncoder().encode("này không phải PDF") },
  { name: "empty", code: "pdf_invalid", pdf: new Uint8Array(0) },
] as const;

function vector(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`../vectors/pdf/${name}`, import.meta.url)));
}
