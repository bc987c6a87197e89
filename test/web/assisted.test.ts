import type { Page, Route } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Service, startService } from "../e2e/service.ts";
import { judge } from "../judges/judge.ts";
import { inEveryLook, pictures } from "./matrix.ts";
import {
  DONE,
  download,
  FORM,
  fromStampToApprove,
  heading,
  inBothLanguages,
  logInAs,
  nameSigner,
  press,
  readAll,
  signAs,
} from "./sign-steps.ts";
import { closeBrowser, newVisitor, type Visitor } from "./visitor.ts";

/** Milliseconds for one step of a person. */
const STEP_MS = 15_000;
/** Octets: status, digests, names. Sealed parts are larger, and only the officer sends them. */
const SMALL = 4096;
/** Text, whatever an officer writes. */
const PROCEDURE = `Đăng ký <b>thường trú</b><img src=x onerror=alert(1)>${"x".repeat(120)}`;
const ONE_ASSISTANCE = /\/v1\/assistances\/[\w-]{22}$/;

/** Records of any kind that the pages keep in this browser. */
const leftBehind = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const names = (await indexedDB.databases()).flatMap(({ name }) => (name === undefined ? [] : [name]));
    const counts = names.map(
      (name) =>
        new Promise<number>((resolve) => {
          const opened = indexedDB.open(name);
          opened.onsuccess = () => {
            const stores = [...opened.result.objectStoreNames];
            if (stores.length === 0) return resolve(0);
            const transaction = opened.result.transaction(stores);
            let sum = 0;
            for (const store of stores) {
              const asked = transaction.objectStore(store).count();
              asked.onsuccess = () => {
                sum += asked.result;
              };
            }
            transaction.oncomplete = () => resolve(sum);
          };
        }),
    );
    return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
  });

describe.skipIf(!judge("chromium", "an officer helps a citizen to sign"))("an officer helps a citizen", () => {
  let service: Service;
  let officer: Visitor;
  let citizen: Visitor;

  beforeAll(async () => {
    service = await startService();
    officer = await newVisitor({ size: { width: 1280, height: 800 } });
    citizen = await newVisitor();
    for (const { page } of [officer, citizen]) page.setDefaultTimeout(STEP_MS);
  });
  afterAll(async () => {
    await officer.close();
    await citizen.close();
    await closeBrowser();
    await service.close();
  });

  const openDesk = async () => {
    const { page } = officer;
    await page.goto(`${service.url}/ho-tro`);
    await page.getByLabel(/^Tài liệu/).setInputFiles({
      name: FORM.name,
      mimeType: "application/pdf",
      buffer: Buffer.from(FORM.bytes),
    });
    await page.getByLabel("Khó nhìn").check();
    await page.getByLabel(/^Thủ tục/).fill(PROCEDURE);
    await page.getByLabel(/^Mã hồ sơ/).fill("H29.12-261123-0007");
  };
  const endHelp = async () => {
    await press(officer.page, "Kết thúc phiên hỗ trợ");
    await press(officer.page, "Hỗ trợ người tiếp theo");
  };
  /** The citizen's screen on the officer's machine, with the documents in it. */
  const openCounter = async (prepare?: (counter: Page) => Promise<void>): Promise<Page> => {
    const { page, context } = officer;
    await openDesk();
    await page.getByLabel("Trên máy tại quầy").check();
    await press(page, "Bắt đầu hỗ trợ");
    const opening = context.waitForEvent("page");
    await page.getByRole("link", { name: "Mở màn hình của người dân trên máy này" }).click();
    const counter = await opening;
    counter.setDefaultTimeout(STEP_MS);
    await prepare?.(counter);
    await counter.getByText(/đang hỗ trợ bạn\./).waitFor();
    expect(counter.url()).not.toContain("#");
    await press(page, "Giống, gửi tài liệu");
    await press(counter, "Đọc tài liệu");
    await heading(counter, "Người ký là ai?");
    return counter;
  };
  /** An answer of the service that nobody waits or helps long enough for. */
  const instead = async (path: string | RegExp, answer: (route: Route) => Promise<void>, work: () => Promise<void>) => {
    await officer.page.route(path, answer);
    await work();
    await officer.page.unroute(path);
  };
  const numberOn = async ({ page }: Visitor): Promise<string> =>
    (await page
      .getByText(/^Số đối chiếu:/)
      .first()
      .textContent()) ?? "";

  test("only an officer's account opens the desk", async () => {
    const { page } = citizen;
    await page.goto(`${service.url}/ho-tro`);
    await press(page, /^Tiếp tục với/);
    await logInAs(page, "tuyet");
    await page.getByText("Tài khoản này không phải tài khoản cán bộ.").waitFor();
    expect(await inEveryLook(page)).toEqual([]);
    await pictures(page, "assist/not-an-officer");
    await press(page, "Đăng xuất");
  });

  test("the officer prepares, the citizen pairs by code, both compare the number", async () => {
    await officer.page.goto(`${service.url}/ho-tro`);
    await press(officer.page, /^Tiếp tục với/);
    await logInAs(officer.page, "dung");
    await officer.page.getByText("Uỷ ban nhân dân phường Thử Nghiệm").waitFor();
    await openDesk();
    expect(await inEveryLook(officer.page)).toEqual([]);
    await pictures(officer.page, "assist/desk");
    await press(officer.page, "Bắt đầu hỗ trợ");
    await heading(officer.page, "Ghép với máy của người dân");
    expect(await inEveryLook(officer.page)).toEqual([]);
    await pictures(officer.page, "assist/pairing");
    const code = (await officer.page.getByText(/^(\d ){5}\d$/).textContent()) ?? "";

    const { page } = citizen;
    await page.goto(`${service.url}/ghep`);
    await page.getByLabel(/^Mã ghép/).fill("12");
    await press(page, "Ghép máy");
    await page.getByText("Mã ghép có 6 chữ số.").waitFor();
    expect(await inEveryLook(page)).toEqual([]);
    await pictures(page, "pair/code-wrong");
    await page.getByLabel(/^Mã ghép/).fill(code);
    await press(page, "Ghép máy");
    await page.getByText(/LÊ HOÀNG DŨNG, Uỷ ban nhân dân phường Thử Nghiệm.* đang hỗ trợ bạn\./).waitFor();
    await page.getByText(`Thủ tục: ${PROCEDURE}`).waitFor();
    const [theirs, ours] = [await numberOn(officer), await numberOn(citizen)];
    expect(ours).toMatch(/^Số đối chiếu: (\d ){3}\d$/);
    expect(theirs.trim()).toBe(ours.trim());
    expect(await inEveryLook(page)).toEqual([]);
    await pictures(page, "pair/match");
    await pictures(officer.page, "assist/match");
  });

  test("the citizen reads and signs on their own device; the officer sees how far they are and nothing else", async () => {
    const { page } = citizen;
    await press(officer.page, "Giống, gửi tài liệu");
    await page.getByText("Đã nhận 1 tài liệu.").waitFor();
    await press(page, "Đọc tài liệu");
    await heading(page, "Người ký là ai?");
    await page.getByLabel("Họ và tên").fill("Trần Hoà Ánh Tuyết");
    await press(page, "Tiếp tục");
    await heading(page, "Đọc kỹ trước khi ký");
    await page.getByText(`Thủ tục: ${PROCEDURE}`).waitFor();
    await inBothLanguages(page, "review-assisted");
    await officer.page.getByText(/^Đang đọc trang \d+\/\d+$/).waitFor();
    await pictures(officer.page, "assist/status");
    await readAll(page);
    await press(page, "Giữ nguyên");
    await heading(page, "Xác nhận danh tính");
    await press(page, /^Tiếp tục với/);
    await heading(page, "Ký 1 tài liệu");
    await page
      .getByText(/có cán bộ .*Uỷ ban nhân dân phường Thử Nghiệm/)
      .first()
      .waitFor();
    await pictures(page, "sign/approve-assisted");
    await press(page, "Ký tài liệu này");
    await logInAs(page, "tuyet");
    await heading(page, DONE);
    await pictures(page, "sign/done-assisted");
    await officer.page.getByText("Đã ký xong").first().waitFor();
    await officer.page.getByRole("heading", { name: "Phiếu hỗ trợ ký" }).waitFor();
    expect(await inEveryLook(officer.page)).toEqual([]);
    await pictures(officer.page, "assist/slip");
    // The officer's page has nothing of what the citizen typed or got.
    expect(await officer.page.textContent("main")).not.toMatch(/Tuyết|TUYẾT/);
  });

  test("whoever checks the document sees that an officer helped", async () => {
    const { page } = citizen;
    const { bytes } = await download(page);
    await page.goto(`${service.url}/kiem-tra`);
    await page.setInputFiles("input[type=file]", {
      name: "da-ky.pdf",
      mimeType: "application/pdf",
      buffer: Buffer.from(bytes),
    });
    await page
      .getByText(/Có cán bộ hỗ trợ/)
      .first()
      .waitFor();
    await page
      .getByText(/Uỷ ban nhân dân phường Thử Nghiệm/)
      .first()
      .waitFor();
    await page.getByText(/^Danh tính: đăng nhập tại localhost:\d+ để ký, mức tin cậy đáng kể\.$/).waitFor();
  });

  test("the citizen finds the help in their own history, the officer in theirs, neither the other's", async () => {
    for (const [visitor, persona, mine, theirs] of [
      [citizen, "tuyet", "Đã ký", "Cán bộ mở phiên hỗ trợ"],
      [officer, "dung", "Cán bộ mở phiên hỗ trợ", "Đã ký"],
    ] as const) {
      const page = await visitor.context.newPage();
      await page.goto(`${service.url}/lich-su`);
      if (visitor === citizen) {
        await press(page, /^Tiếp tục với/);
        await logInAs(page, persona);
      }
      const row = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: mine }) });
      await row.getByText("Uỷ ban nhân dân phường Thử Nghiệm").first().waitFor();
      await row.getByText("Có cán bộ hỗ trợ").first().waitFor();
      expect(await page.getByRole("heading", { name: theirs }).count()).toBe(0);
      if (visitor === citizen) {
        await pictures(page, "history/assisted");
        await press(page, "Đăng xuất");
        await page.getByText("Đăng nhập ở đây không ký gì cả").waitFor();
      }
      await page.close();
    }
  });

  test("the document went from browser to browser sealed: nothing large was sent by the citizen, nothing readable by the officer", () => {
    const large = (visitor: Visitor) => visitor.sent.filter(({ body }) => body > SMALL);
    expect(large(citizen)).toEqual([]);
    expect(large(officer).length).toBeGreaterThan(0);
    expect(large(officer).every(({ url }) => /\/v1\/assistances\/[\w-]{22}\/parts\/\d+$/.test(url))).toBe(true);
  });

  test("in the officer's own browser the citizen's page refuses to go on", async () => {
    const { page } = officer;
    await press(page, "Kết thúc phiên hỗ trợ");
    await page.getByText("Phiên hỗ trợ đã kết thúc.").waitFor();
    await pictures(page, "assist/ended");
    await press(page, "Hỗ trợ người tiếp theo");
    await openDesk();
    await press(page, "Bắt đầu hỗ trợ");
    const code = (await page.getByText(/^(\d ){5}\d$/).textContent()) ?? "";
    const own = await officer.context.newPage();
    own.setDefaultTimeout(STEP_MS);
    await own.goto(`${service.url}/ghep`);
    await own.getByLabel(/^Mã ghép/).fill(code);
    await press(own, "Ghép máy");
    await own.getByText("Phiên của người dân đang mở trên máy cán bộ.").waitFor();
    expect(await inEveryLook(own)).toEqual([]);
    await pictures(own, "pair/same-device");
    await own.close();
  });

  test("the desk says that a pairing code is over, and that the day's number is reached", async () => {
    const { page } = officer;
    const expired = async (route: Route) => {
      if (route.request().method() !== "GET") return route.continue();
      const response = await route.fetch();
      await route.fulfill({ response, json: { ...((await response.json()) as object), state: "expired" } });
    };
    await instead(ONE_ASSISTANCE, expired, async () => {
      await page.getByText("Mã ghép hết hạn. Tạo mã mới.").waitFor();
      expect(await page.getByText(/^(\d ){5}\d$/).count()).toBe(0);
      expect(await inEveryLook(page)).toEqual([]);
      await pictures(page, "assist/pairing-expired");
      await press(page, "Hỗ trợ người tiếp theo");
    });
    const capped = (route: Route) =>
      route.request().method() === "POST"
        ? route.fulfill({
            status: 409,
            contentType: "application/problem+json",
            body: JSON.stringify({ code: "assistance_cap" }),
          })
        : route.continue();
    await instead("**/v1/assistances", capped, async () => {
      await openDesk();
      await press(page, "Bắt đầu hỗ trợ");
      await page.getByRole("alert").getByText("Cần người phụ trách duyệt thêm.").waitFor();
      expect(await inEveryLook(page)).toEqual([]);
      await pictures(page, "assist/cap");
    });
  });

  test("a citizen who does not want to sign says so before anything was opened, and the officer is told", async () => {
    const counter = await openCounter();
    await nameSigner(counter, "Trần Hoà Ánh Tuyết");
    await heading(counter, "Đọc kỹ trước khi ký");
    await press(counter, "Không ký");
    await counter.getByRole("dialog").getByRole("button", { name: "Không ký" }).click();
    await heading(counter, "Đã ghi nhận: không ký");
    await officer.page.getByText("Người dân chọn không ký").waitFor();
    await pictures(officer.page, "assist/declined");
    await press(counter, "Đóng");
    await counter.getByText("Đã xoá phiên khỏi máy này.").waitFor();
    expect(await leftBehind(counter)).toBe(0);
    await counter.close();
    await endHelp();
  });

  test("at the counter a citizen signs to the end; the officer who tries in their place signs nothing; nothing stays on the machine", async () => {
    const counter = await openCounter();
    // The officer, as if the document were theirs.
    await nameSigner(counter, "Lê Hoàng Dũng");
    await heading(counter, "Đọc kỹ trước khi ký");
    await readAll(counter);
    await fromStampToApprove(counter);
    await signAs(counter, "dung");
    await counter.getByText("Mã lỗi: officer_is_signer").waitFor();
    await counter.getByText("Cán bộ không thể tự hỗ trợ chính mình. Chưa có gì được ký.").waitFor();
    await pictures(counter, "sign/officer_is_signer");
    await press(counter, "Sửa họ tên");
    await heading(counter, "Người ký là ai?");
    await nameSigner(counter, "Trần Hoà Ánh Tuyết");
    await heading(counter, "Đọc kỹ trước khi ký");
    await press(counter, "Tiếp tục");
    await heading(counter, "Vị trí chữ ký");
    await fromStampToApprove(counter);
    await counter.getByText("Chỉ người ký nhập mã. Cán bộ vui lòng quay đi.").waitFor();
    await signAs(counter, "tuyet");
    await heading(counter, DONE);
    await counter.getByText("Máy này không phải của bạn.").waitFor();
    // No way on from here leaves the document behind.
    expect(
      (await counter.getByRole("link").allTextContents()).filter((name) => !/^(Tải|Bỏ qua|Tới)/.test(name)),
    ).toEqual([]);
    expect(await inEveryLook(counter)).toEqual([]);
    await pictures(counter, "sign/kiosk-done");
    await officer.page.getByText("Đã ký xong").first().waitFor();
    expect(await leftBehind(counter)).toBeGreaterThan(0);
    await press(counter, "Xong, xoá khỏi máy này");
    await counter.getByText("Đã xoá phiên khỏi máy này.").waitFor();
    expect(await leftBehind(counter)).toBe(0);
    // Nor does the way back lead to anything.
    await counter.goBack();
    await counter.waitForLoadState();
    expect(await counter.textContent("body")).not.toMatch(/Tuyết|TUYẾT|Đơn xin cấp bản sao/);
    await counter.close();
    await endHelp();
  });

  test("on a machine at the counter the citizen signs in larger letters, and nothing stays behind", async () => {
    const counter = await openCounter(async (opened) => opened.clock.install());
    await counter.getByText("Chỉ người ký nhập mã. Cán bộ vui lòng quay đi.").waitFor();
    expect(await counter.evaluate(() => getComputedStyle(document.documentElement).fontSize)).toBe("20px");
    expect(await inEveryLook(counter)).toEqual([]);
    await pictures(counter, "sign/kiosk");
    // Nobody touches it: first it asks, then it wipes.
    await counter.clock.runFor(40_000);
    await counter.getByRole("dialog", { name: /^Xoá phiên sau \d+ giây$/ }).waitFor();
    await pictures(counter, "sign/kiosk-idle");
    await press(counter, "Tôi vẫn ở đây");
    await counter.getByRole("dialog").waitFor({ state: "detached" });
    await counter.clock.runFor(61_000);
    await counter.getByText("Đã xoá phiên khỏi máy này.").waitFor();
    await pictures(counter, "pair/wiped");
    expect(await leftBehind(counter)).toBe(0);
    await counter.close();
  });

  test("a supervisor sees what the unit's officers did, and allows more", async () => {
    const { page } = citizen;
    await page.goto(`${service.url}/ho-tro`);
    await press(page, /^Tiếp tục với/);
    await logInAs(page, "hanh");
    const row = page.getByRole("row").filter({ hasText: "LÊ HOÀNG DŨNG" });
    await row.waitFor();
    expect(await row.getByRole("cell").allTextContents()).toEqual([
      "5",
      "2",
      "1",
      "0",
      expect.stringMatching(/^\d+$/),
      expect.stringContaining("40"),
    ]);
    expect(await inEveryLook(page)).toEqual([]);
    await pictures(page, "assist/supervisor");
    await row.getByRole("button", { name: "Cho thêm 10 lượt" }).click();
    await row.getByText(/^50/).waitFor();
  });

  test("nothing went wrong behind the pages", () => {
    for (const { problems } of [officer, citizen])
      expect(problems.filter((line) => !/status of 4\d\d/.test(line))).toEqual([]);
  });
});
