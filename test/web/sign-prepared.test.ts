import { afterAll, test as anywhere, beforeAll, describe, expect, vi } from "vitest";
import { toBase64Url } from "../../lib/bytes/base64.ts";
import type { PasskeyEvidence, Proof } from "../../lib/service/proof.ts";
import { complaints, HAS_PDFSIG } from "../e2e/judges.ts";
import { type Service, startService } from "../e2e/service.ts";
import { judge } from "../judges/judge.ts";
import { type TrustStore, trustStore } from "../judges/pdfsig.ts";
import { verifiesAgain } from "../service/passkey-evidence.ts";
import { type Agency, newAgency, openCase } from "./agency.ts";
import {
  DONE,
  download,
  expectNothingLeft,
  heading,
  inBothLanguages,
  logInAs,
  press,
  signAs,
  toApprove,
  vectorPdf,
  visiting,
} from "./sign-steps.ts";
import { addAuthenticator, closeBrowser } from "./visitor.ts";

const test = anywhere.skipIf(!judge("chromium", "what an agency prepared is signed in the page"));

// What an agency prepared, and signing without a log-in.

let agency: Agency;
let service: Service;
let root: Uint8Array;
let store: TrustStore | undefined;

beforeAll(async () => {
  agency = await newAgency();
  vi.stubEnv("MOTLAN_DOCUMENT_HOSTS", agency.host);
  service = await startService();
  root = new Uint8Array(await (await fetch(`${service.url}/pki/root.cer`)).arrayBuffer());
  store = HAS_PDFSIG ? await trustStore([root]) : undefined;
});
afterAll(async () => {
  await closeBrowser();
  await service.close();
  agency.close();
  store?.close();
  vi.unstubAllEnvs();
});

/** As long as the service takes it, without a place to break a line. */
const HOSTILE = {
  relyingParty: `<img src=x onerror=alert(1)>${"Ư".repeat(150)}`,
  procedure: `<script>alert(1)</script>${"x".repeat(150)}`,
};

const trust = () => ({ root, store, at: Date.now() });
const ORIGINALS = [vectorPdf("libreoffice.pdf"), vectorPdf("fpdf2-five-pages.pdf")];

describe("a transaction that an agency prepared", () => {
  test("is read, approved and signed as one; each file is as the agency made it, with the signature in its place", async () => {
    await visiting(async (visitor) => {
      const { page } = visitor;
      const { id, link, files } = await openCase(agency, service.url, ORIGINALS);
      await page.goto(link);
      await heading(page, "Đọc kỹ trước khi ký");
      expect(page.url()).toBe(`${service.url}/ky`);
      await page.getByText("Cơ quan yêu cầu: Uỷ ban nhân dân phường Thử Nghiệm").waitFor();
      // The name is anybody's to write; the host is not.
      await page.getByText(`Tài liệu được tải từ: ${agency.host}. Tên cơ quan là do bên gửi liên kết ghi.`).waitFor();
      await page.getByText("Hãy mở và đọc từng tài liệu.").waitFor();
      expect(await page.getByRole("checkbox").count()).toBe(0);
      await page.getByText("Đã hiển thị 1/1 trang").waitFor();
      await press(page, "Đọc tài liệu 2");
      await page.getByText("Tôi đã đọc cả 2 tài liệu (6 trang)").waitFor();
      await page.getByText(/^Đã hiển thị [1-5]\/5 trang/).waitFor();
      await inBothLanguages(page, "prepared-review");
      await page.reload();
      await heading(page, "Đọc kỹ trước khi ký");
      await page.getByRole("checkbox").check();
      await press(page, "Tiếp tục");
      await heading(page, "Xác nhận danh tính");
      await press(page, /^Tiếp tục với/);
      await heading(page, "Ký 2 tài liệu");
      await page.getByText("(1) “Tờ khai 1”; (2) “Tờ khai 2”").waitFor();
      await inBothLanguages(page, "prepared-approve");
      await press(page, "Ký 2 tài liệu này");
      await logInAs(page, "an");
      await heading(page, DONE);
      await inBothLanguages(page, "prepared-done");
      for (const [index, file] of files.entries()) {
        const signed = await download(page, `Tải “Tờ khai ${index + 1}” đã ký`);
        expect(signed.name).toBe(`Tờ khai ${index + 1}.da-ky.pdf`);
        expect(signed.bytes.length).toBe(file.length);
        expect(await complaints(ORIGINALS[index] ?? file, signed.bytes, trust())).toEqual([]);
      }
      expectNothingLeft(visitor, service.url);
      await page.getByRole("link", { name: "Quay lại Uỷ ban nhân dân phường Thử Nghiệm" }).click();
      await page.waitForURL(`http://${agency.host}/xong?phien=${id}`);
      // With what the agency put into the address, and nothing of ours.
      expect(agency.asked.filter((path) => path.startsWith("/xong"))).toEqual([`/xong?phien=${id}`]);
    });
  });

  test("is not signed where the document is another one, or is not there", async () => {
    await visiting(async (visitor) => {
      const { page } = visitor;
      const { id, link, files } = await openCase(agency, service.url, ORIGINALS.slice(0, 1));
      agency.documents.delete(`/${id}/0.pdf`);
      await page.goto(link);
      await page.getByText("Mã lỗi: document_unreachable").waitFor();
      // The secret has left the address before anything was fetched.
      expect(page.url()).toBe(`${service.url}/ky`);
      await inBothLanguages(page, "document_unreachable");
      const changed = Uint8Array.from(files[0] ?? []);
      changed[100] = (changed[100] ?? 0) ^ 1;
      agency.documents.set(`/${id}/0.pdf`, changed);
      await press(page, "Thử lại");
      await page.getByText("Mã lỗi: document_changed").waitFor();
      await inBothLanguages(page, "prepared-document_changed");
      agency.documents.set(`/${id}/0.pdf`, files[0] ?? changed);
      await press(page, "Xem lại bản mới");
      await heading(page, "Đọc kỹ trước khi ký");
      expect(visitor.problems.every((problem) => problem.includes("404"))).toBe(true);
      (visitor.problems as string[]).length = 0;
    });
  });

  test("is declined to the agency, whatever it is called, and its link then says so", async () => {
    await visiting(async (visitor) => {
      const { page } = visitor;
      const { link } = await openCase(agency, service.url, ORIGINALS.slice(0, 1), HOSTILE);
      await page.goto(link);
      await heading(page, "Đọc kỹ trước khi ký");
      await page.getByText(`Cơ quan yêu cầu: ${HOSTILE.relyingParty}`).waitFor();
      await page.getByText(`Thủ tục: ${HOSTILE.procedure}`).waitFor();
      await inBothLanguages(page, "prepared-hostile");
      await press(page, "Không ký");
      await page.getByRole("dialog").getByRole("button", { name: "Không ký" }).click();
      await heading(page, "Đã ghi nhận: không ký");
      await page.getByText("Cơ quan yêu cầu thấy được là bạn không ký.").waitFor();
      await page.getByText(`Quay lại ${HOSTILE.relyingParty}`).waitFor();
      await inBothLanguages(page, "prepared-hostile-declined");
      expect(await page.locator("img[src=x], h1 b, main script").count()).toBe(0);
      await page.goto(`${service.url}/kiem-tra`);
      await page.goto(link);
      await page.getByText("Mã lỗi: declined").waitFor();
      await inBothLanguages(page, "prepared-declined");
    });
  });

  test("that names no agency is not called one's own file", async () => {
    await visiting(async ({ page }) => {
      const { link } = await openCase(agency, service.url, ORIGINALS.slice(0, 1), { relyingParty: undefined });
      await page.goto(link);
      await heading(page, "Đọc kỹ trước khi ký");
      await page.getByText("Bên gửi liên kết sẽ nhận được chữ ký.").waitFor();
      expect(await page.getByText("không gửi cho cơ quan nào").count()).toBe(0);
      await inBothLanguages(page, "prepared-unnamed");
    });
  });

  test("whose link was made up shows nothing", async () => {
    await visiting(async (visitor) => {
      const { page } = visitor;
      await page.goto(`${service.url}/ky#${"A".repeat(22)}.${"A".repeat(43)}`);
      await page.getByText("Mã lỗi: transaction_not_found").waitFor();
      (visitor.problems as string[]).length = 0;
    });
  });
});

const BY_PASSKEY = "Dùng vân tay, khuôn mặt hoặc khoá máy";

describe("a passkey", () => {
  test("signs by the device's own lock, without leaving the page; the receipt holds what proves it; removed, it signs nothing", async () => {
    await visiting(async (visitor) => {
      const { page } = visitor;
      await addAuthenticator(visitor);
      await page.goto(`${service.url}/khoa`);
      await press(page, /^Tiếp tục với/);
      await logInAs(page, "an");
      await press(page, "Thêm khoá trên máy này");
      await page.getByText(/^Đã thêm khoá/).waitFor();
      await toApprove(visitor, service.url, undefined, undefined, BY_PASSKEY);
      await page.getByText("Bước tiếp theo: máy hỏi vân tay").waitFor();
      await inBothLanguages(page, "passkey-approve");
      await press(page, "Ký tài liệu này");
      await heading(page, DONE);
      expect(await complaints(ORIGINALS[0] ?? root, (await download(page)).bytes, trust())).toEqual([]);
      // An auditor with the receipt alone.
      const receipt = await download(page, "Tải phiếu ghi nhận ký");
      const { token, commitment } = JSON.parse(new TextDecoder().decode(receipt.bytes)) as Proof;
      expect(token).toMatchObject({ kind: "passkey", origin: service.url, rpId: "localhost" });
      expect(verifiesAgain(token as PasskeyEvidence, commitment)).toBe(true);
      expect(verifiesAgain(token as PasskeyEvidence, toBase64Url(new Uint8Array(32)))).toBe(false);

      await page.goto(`${service.url}/khoa`);
      await press(page, "Xoá");
      await page.getByRole("dialog").getByRole("button", { name: "Xoá" }).click();
      await page.getByText("Chưa có khoá nào.").waitFor();
      await toApprove(visitor, service.url, undefined, undefined, BY_PASSKEY);
      await press(page, "Ký tài liệu này");
      await page.getByText("Mã lỗi: passkey_unknown").waitFor();
      await inBothLanguages(page, "passkey_unknown");
      await press(page, "Đăng nhập lại");
      await heading(page, "Xác nhận danh tính");
      await press(page, /^Tiếp tục với/);
      await heading(page, "Ký 1 tài liệu");
      await signAs(page, "an");
      await heading(page, DONE);
      // The page of passkeys asks who is logged in, which nobody is at first.
      expect(visitor.problems.filter((problem) => !/status of 40[14]/.test(problem))).toEqual([]);
      (visitor.problems as string[]).length = 0;
    });
  });

  test("that the device does not show signs nothing, and another way stays open", async () => {
    await visiting(async (visitor) => {
      const { page } = visitor;
      await addAuthenticator(visitor);
      await toApprove(visitor, service.url, undefined, undefined, BY_PASSKEY);
      await press(page, "Ký tài liệu này");
      await page.getByText("Mã lỗi: login_cancelled").waitFor();
      await inBothLanguages(page, "passkey-cancelled");
      await press(page, "Đăng nhập lại");
      await heading(page, "Xác nhận danh tính");
    });
  });
});
