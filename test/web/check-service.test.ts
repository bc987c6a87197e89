import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { lookupCode, openingCode } from "../../lib/identity/lookup-code.ts";
import { type Service, startService } from "../e2e/service.ts";
import { type Signed, signPdf } from "../e2e/sign-pdf.ts";
import { judge } from "../judges/judge.ts";
import { onePage } from "../worlds/pades.ts";
import { bannerOn, chooseFiles, give, holds } from "./check-steps.ts";
import { logInAs, press, vectorPdf } from "./sign-steps.ts";
import { closeBrowser, newVisitor, type Visitor } from "./visitor.ts";

describe.skipIf(!judge("chromium", "the page that checks documents, with the real service behind it"))(
  "with the real service",
  () => {
    let service: Service;
    let visitor: Visitor;
    let signed: Signed;
    beforeAll(async () => {
      service = await startService();
      signed = await signPdf(service.url, vectorPdf("cairo.pdf"), "an");
      visitor = await newVisitor();
    });
    afterAll(async () => {
      // Of what the service refuses the browser complains on its own.
      expect(visitor.problems.filter((told) => !told.startsWith("Failed to load resource"))).toEqual([]);
      await visitor.close();
      await closeBrowser();
      await service.close();
    });
    // By the method: of a body that is a file the browser's log says no size.
    const posted = (mark: number) => visitor.sent.slice(mark).filter(({ method }) => method !== "GET");

    test("its own file is valid and a test; nothing but a serial number is sent", async () => {
      const { page } = visitor;
      const mark = visitor.sent.length;
      await give(page, service.url, ["a.pdf", signed.bytes]);
      expect(await bannerOn(page)).toMatchObject({ tone: "test", title: "Tài liệu thử nghiệm — không có giá trị." });
      await page.getByText("Người ký không phủ nhận chữ ký này.").waitFor();
      expect(posted(mark)).toEqual([]);
    });

    test("sends the file when the switch says so, having said so and how large it may be; the verdict is the service's", async () => {
      const { page } = visitor;
      await page.goto(`${service.url}/kiem-tra`);
      await page.getByLabel(/^Kiểm tra ngay trên máy này/).uncheck();
      await page.getByText("Gửi tệp lên để kiểm tra đầy đủ. Tệp bị xoá ngay sau khi kiểm tra. Tối đa 52 MB.").waitFor();
      await holds(page, "switched-off");
      const mark = visitor.sent.length;
      await chooseFiles(page, ["a.pdf", signed.bytes]);
      expect((await bannerOn(page)).tone).toBe("test");
      await page.getByText(/^Dịch vụ đã kiểm tra lúc/).waitFor();
      expect(posted(mark).map(({ method, url }) => [method, new URL(url).pathname])).toEqual([
        ["POST", "/v1/verifications"],
      ]);
      await holds(page, "by-service");
      await page.getByText("Kiểm tra tệp khác").click();
      await chooseFiles(page, ["rác.pdf", new TextEncoder().encode("rác")]);
      await page.getByText("pdf_invalid").waitFor();
      await holds(page, "by-service-failed");
    });

    test("the sealed report is sent for after having said so, and comes as a PDF that is valid itself", async () => {
      const { page } = visitor;
      await give(page, service.url, ["a.pdf", signed.bytes]);
      await press(page, "Tải báo cáo (PDF)");
      const download = page.waitForEvent("download");
      await press(page, "Gửi tệp và tải báo cáo");
      const report = new Uint8Array(readFileSync(await (await download).path()));
      await page.getByText("Báo cáo đã được tải xuống.").waitFor();
      await holds(page, "report-ready");
      await give(page, service.url, ["bao-cao.pdf", report]);
      expect((await bannerOn(page)).tone).toBe("test");
    });

    test("a signature that the signer denies on their own page is disputed here, by file and by code", async () => {
      const { page } = visitor;
      await page.goto(`${service.url}/lich-su`);
      await press(page, /^Tiếp tục với/);
      await logInAs(page, "an");
      await page
        .getByRole("listitem")
        .filter({ hasText: "Đã ký" })
        .getByRole("button", { name: "Không phải tôi ký" })
        .click();
      await press(page, "Báo không phải tôi ký");
      await page.getByText(/^Đã ghi nhận\. Chữ ký/).waitFor();
      // Caches know of it a minute later.
      const other = await newVisitor();
      await give(other.page, service.url, ["a.pdf", signed.bytes]);
      expect(await bannerOn(other.page)).toMatchObject({
        tone: "disputed",
        title: "Chữ ký đúng kỹ thuật nhưng người ký báo KHÔNG phải mình ký.",
      });
      expect(await other.page.textContent(".banner")).toContain("Tài liệu thử nghiệm");
      await holds(other.page, "disputed-for-real");
      await other.close();
    });

    test("the code of a signature opens here, and with its opening code says who signed what", async () => {
      const { page } = visitor;
      const id = String(signed.result.id);
      await page.goto(`${service.url}/kiem-tra?ma=${lookupCode(id)}`);
      await page.getByText(/^Mã này do .* cấp ngày/).waitFor();
      await page.getByLabel("Mã mở", { exact: true }).fill(openingCode(id));
      await press(page, "Mở");
      await page.getByText("NGUYỄN THỊ THUÝ AN").first().waitFor();
    });

    test("without JavaScript a code is looked up by a form", async () => {
      const { page, close } = await newVisitor({ javaScript: false });
      await page.goto(`${service.url}/kiem-tra`);
      await page.getByLabel(/^Mã tra cứu/).fill(lookupCode(String(signed.result.id)));
      await page.getByRole("button", { name: /^Tra cứu/ }).click();
      await page.getByText("Có một chữ ký dưới mã này.").waitFor();
      expect(new URL(page.url()).pathname).toBe("/tra-cuu");
      await close();
    });

    test("an unsigned file stays here as well", async () => {
      const { page } = visitor;
      const mark = visitor.sent.length;
      await give(page, service.url, ["a.pdf", onePage()]);
      expect((await bannerOn(page)).tone).toBe("neutral");
      expect(posted(mark)).toEqual([]);
    });
  },
);
