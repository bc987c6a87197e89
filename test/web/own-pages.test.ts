import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Service, startService } from "../e2e/service.ts";
import { signPdf } from "../e2e/sign-pdf.ts";
import { judge } from "../judges/judge.ts";
import { inEveryLook, pictures } from "./matrix.ts";
import { logInAs, press, vectorPdf } from "./sign-steps.ts";
import { addAuthenticator, closeBrowser, newVisitor, type Visitor } from "./visitor.ts";

/** Milliseconds for one step of a person. */
const STEP_MS = 10_000;

describe.skipIf(!judge("chromium", "a person's own pages: history, passkeys, disputes"))("a person's own pages", () => {
  let service: Service;
  let visitor: Visitor;
  let page: Page;

  beforeAll(async () => {
    service = await startService();
    await signPdf(service.url, vectorPdf("cairo.pdf"), "an", "Xin cấp bản sao");
    visitor = await newVisitor();
    page = visitor.page;
    page.setDefaultTimeout(STEP_MS);
  });
  /** What would have been sent to people, in its order. */
  const notices = (): unknown[] =>
    readFileSync(join(service.data, "notices.jsonl"), "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
  afterAll(async () => {
    await visitor.close();
    await closeBrowser();
    await service.close();
  });

  test("nobody sees them without a log-in, which signs nothing and may be given up", async () => {
    await page.goto(`${service.url}/lich-su`);
    await page.getByRole("heading", { level: 1, name: "Lịch sử ký của tôi" }).waitFor();
    await page.getByText("Đăng nhập ở đây không ký gì cả").waitFor();
    expect(await inEveryLook(page)).toEqual([]);
    await pictures(page, "history/log-in");
    await press(page, /^Tiếp tục với/);
    await page.locator("button[name=cancel]").click();
    await page.getByRole("alert").getByText("login_cancelled").waitFor();
    expect(page.url()).not.toContain("#");
    await pictures(page, "history/log-in-cancelled");
  });

  test("history shows every signature with its document, device and code", async () => {
    await press(page, /^Tiếp tục với/);
    await logInAs(page, "an");
    await page.getByText("Đang đăng nhập: NGUYỄN THỊ THUÝ AN").waitFor();
    const row = page.getByRole("listitem").filter({ hasText: "Đã ký" });
    await row.getByText(/^[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}$/).waitFor();
    await row.getByText("tai-lieu").waitFor();
    expect(await inEveryLook(page)).toEqual([]);
    await pictures(page, "history/rows");
    // Told on the page, and handed to whoever can reach the person: a pseudonym and what happened, and nothing of the document.
    await page.getByRole("status").getByText("Có 1 thông báo mới.").waitFor();
    await row.getByText("Mới", { exact: true }).waitFor();
    const sent = notices();
    expect(sent).toEqual([expect.objectContaining({ type: "activity.signed", id: expect.stringMatching(/^msg_/) })]);
    expect(JSON.stringify(sent)).not.toMatch(/tai-lieu|NGUYỄN|Xin cấp/u);
    await press(page, "Đánh dấu đã xem");
    await page.getByText(/thông báo mới/).waitFor({ state: "detached" });
  });

  test("a passkey is added by the device, named, and removed", async () => {
    await addAuthenticator(visitor);
    await page.getByRole("link", { name: "Khoá đăng nhập của tôi" }).click();
    await page.getByRole("heading", { level: 1, name: "Khoá đăng nhập của tôi" }).waitFor();
    await page.getByText("Chưa có khoá nào.").waitFor();
    await page.getByLabel(/^Tên gợi nhớ/).fill("Điện thoại của An");
    await press(page, "Thêm khoá trên máy này");
    await page.getByRole("status").getByText("Đã thêm khoá “Điện thoại của An”.").waitFor();
    await page.getByRole("heading", { name: "Điện thoại của An" }).waitFor();
    expect(await inEveryLook(page)).toEqual([]);
    await pictures(page, "passkeys/list");
    await press(page, "Đổi tên");
    await page.getByLabel("Tên mới").fill("<b>Máy</b> \u202e của An".replace("\u202e ", ""));
    expect(await inEveryLook(page)).toEqual([]);
    await pictures(page, "passkeys/rename");
    await press(page, "Lưu");
    await page.getByRole("heading", { name: "<b>Máy</b> của An" }).waitFor();
    // The same device again is told from a new one.
    await press(page, "Thêm khoá trên máy này");
    await page.getByRole("status").getByText("Chưa thêm được khoá").waitFor();
    await pictures(page, "passkeys/not-added");
    await press(page, "Xoá");
    await page.getByRole("heading", { name: /^Xoá khoá/ }).waitFor();
    await pictures(page, "passkeys/remove");
    await page.getByRole("dialog").getByRole("button", { name: "Xoá" }).click();
    await page.getByText("Chưa có khoá nào.").waitFor();
  });

  test("“this was not me” marks the signature for everybody and stops signing", async () => {
    await page.goto(`${service.url}/lich-su`);
    const row = page.getByRole("listitem").filter({ hasText: "Đã ký" });
    await row.getByRole("button", { name: "Không phải tôi ký" }).click();
    await page.getByRole("dialog").getByText("ĐANG TRANH CHẤP").waitFor();
    expect(await inEveryLook(page)).toEqual([]);
    await pictures(page, "history/not-mine");
    // Escape closes it, and the focus goes back to where it was.
    await page.keyboard.press("Escape");
    await page.waitForFunction(() => document.activeElement?.textContent === "Không phải tôi ký");
    await page.keyboard.press("Enter");
    await press(page, "Báo không phải tôi ký");
    await page.getByText(/^Đã ghi nhận\. Chữ ký .* được đánh dấu ĐANG TRANH CHẤP/).waitFor();
    await row.getByText(/^ĐANG TRANH CHẤP — TC-/).waitFor();
    await page.getByText("đang tạm dừng ký").waitFor();
    expect(await inEveryLook(page)).toEqual([]);
    await pictures(page, "history/disputed");
    await expect(signPdf(service.url, vectorPdf("cairo.pdf"), "an")).rejects.toMatchObject({ code: "signing_frozen" });
    // The failed attempt is told as well.
    await page.reload();
    await page.getByRole("listitem").filter({ hasText: "Ký không thành công" }).waitFor();
    // A notice for each use, passkeys and the report among them.
    await page.getByText("Có 4 thông báo mới.").waitFor();
    const told = JSON.stringify(notices());
    for (const kind of ["signed", "passkey_enrolled", "passkey_removed", "disputed", "failed"])
      expect(told).toContain(`"activity.${kind}"`);
    const code = await row
      .first()
      .getByText(/^[2-9A-HJ-NP-Z]{4}-/)
      .textContent();
    await page.goto(`${service.url}/kiem-tra?ma=${code}`);
    await page.getByText(/báo KHÔNG phải mình ký/).waitFor();
    await pictures(page, "check/code-disputed");
  });

  test("the session is extended and ended by the person", async () => {
    await page.goto(`${service.url}/lich-su`);
    await press(page, "Gia hạn phiên");
    await page.getByText(/^Phiên còn 1[45] phút\.$/).waitFor();
    await press(page, "Đăng xuất");
    await page.getByText("Đăng nhập ở đây không ký gì cả").waitFor();
    await page.reload();
    await page.getByText("Đăng nhập ở đây không ký gì cả").waitFor();
  });

  test("nothing went wrong behind the pages, and nobody else was asked", () => {
    // The failed requests that were provoked stand on the console as what they are: 401 before the log-in.
    expect(visitor.problems.filter((line) => !/status of 4\d\d/.test(line))).toEqual([]);
    const others = visitor.sent.filter(({ url }) => !/^(data|blob):/.test(url) && !url.startsWith("http://localhost:"));
    expect(others).toEqual([]);
  });
});
