import type { Page } from "playwright-core";
import { afterAll, test as anywhere, beforeAll, describe, expect } from "vitest";
import { complaints, HAS_PDFSIG } from "../e2e/judges.ts";
import { type Service, startService } from "../e2e/service.ts";
import { judge } from "../judges/judge.ts";
import { type TrustStore, trustStore } from "../judges/pdfsig.ts";
import {
  AN,
  choose,
  DONE,
  download,
  expectNothingLeft,
  FORM,
  fromStampToApprove,
  heading,
  inAllLooks,
  inBothLanguages,
  logInAs,
  nameSigner,
  openSignPage,
  press,
  readAll,
  signAs,
  tabsLeadTo,
  toApprove,
  toReview,
  visiting,
} from "./sign-steps.ts";
import { closeBrowser } from "./visitor.ts";

const test = anywhere.skipIf(!judge("chromium", "a document is signed in the page"));

// A citizen signs a file of their own: the whole way, and whatever a telephone does on it.

let service: Service;
let root: Uint8Array;
let store: TrustStore | undefined;

beforeAll(async () => {
  service = await startService();
  root = new Uint8Array(await (await fetch(`${service.url}/pki/root.cer`)).arrayBuffer());
  store = HAS_PDFSIG ? await trustStore([root]) : undefined;
});
afterAll(async () => {
  await closeBrowser();
  await service.close();
  store?.close();
});

const trust = () => ({ root, store, at: Date.now() });

/** Milliseconds: seven screens in sixteen looks. */
const ALL_LOOKS_MS = 180_000;

describe("a citizen signs a file of their own", () => {
  test(
    "every judge accepts the file, the document never leaves the device, and no screen has a barrier in any look",
    async () => {
      await visiting(async (visitor) => {
        const { page } = visitor;
        await openSignPage(visitor, service.url);
        await inAllLooks(page, "start");
        await choose(page, FORM);
        await heading(page, "Người ký là ai?");
        await inAllLooks(page, "name");
        await tabsLeadTo(page, "Tiếp tục");
        await nameSigner(page, AN);
        await heading(page, "Đọc kỹ trước khi ký");
        await page.getByText("Đã hiển thị 1/1 trang").waitFor();
        await page.getByText("Mã kiểm tra tài liệu (SHA-256)").click();
        await inAllLooks(page, "review");
        await page.getByRole("checkbox").check();
        await tabsLeadTo(page, "Tiếp tục");
        await press(page, "Tiếp tục");
        await heading(page, "Vị trí chữ ký");
        await page.getByRole("region", { name: "Trang 1" }).waitFor();
        await inAllLooks(page, "stamp");
        await tabsLeadTo(page, "Giữ nguyên");
        await press(page, "Giữ nguyên");
        await heading(page, "Xác nhận danh tính");
        await page.getByRole("button", { name: "Tiếp tục với DEMO" }).waitFor();
        await inAllLooks(page, "identify");
        await tabsLeadTo(page, (await page.getByRole("button", { name: "Tiếp tục với DEMO" }).textContent()) ?? "");
        await press(page, "Tiếp tục với DEMO");
        await heading(page, "Ký 1 tài liệu");
        await page.getByText(/^Bước tiếp theo/).waitFor();
        await inAllLooks(page, "approve");
        await tabsLeadTo(page, "Ký tài liệu này");
        await signAs(page, "an");
        await heading(page, DONE);
        await page.getByRole("img", { name: /^Mã QR/ }).waitFor();
        await inAllLooks(page, "done");
        await tabsLeadTo(page, "Tải tài liệu đã ký");
        const signed = await download(page);
        expect(signed.name).toBe("Đơn xin cấp bản sao.da-ky.pdf");
        expect(await complaints(FORM.bytes, signed.bytes, trust())).toEqual([]);
        expectNothingLeft(visitor, service.url);
      });
    },
    ALL_LOOKS_MS,
  );

  test("the approval shows the code of what the signature covers, and the receipt proves it", async () => {
    await visiting(async (visitor) => {
      const { page } = visitor;
      await toApprove(visitor, service.url);
      await page.getByText("Mã đầy đủ của phần được ký (SHA-256)").click();
      const shown = (await page.getByText(/^Đầy đủ: /).textContent())?.replace(/^Đầy đủ: | /g, "");
      await signAs(page, "an");
      await heading(page, DONE);
      const receipt = await download(page, "Tải phiếu ghi nhận ký");
      expect(receipt.name).toBe("Đơn xin cấp bản sao.phieu-ky.json");
      const { documents } = JSON.parse(new TextDecoder().decode(receipt.bytes)) as {
        readonly documents: readonly { readonly digest: string }[];
      };
      expect(Buffer.from(documents[0]?.digest ?? "", "base64url").toString("hex")).toBe(shown);
    });
  });
});

describe("nothing is lost", () => {
  test("when the page is loaded again on any screen, or left by the back button and come back to", async () => {
    await visiting(async (visitor) => {
      const { page } = visitor;
      const again = async (title: string | RegExp) => {
        await page.reload();
        await heading(page, title);
      };
      await openSignPage(visitor, service.url);
      await choose(page, FORM);
      await heading(page, "Người ký là ai?");
      await again("Người ký là ai?");
      await nameSigner(page, AN);
      await heading(page, "Đọc kỹ trước khi ký");
      await again("Đọc kỹ trước khi ký");
      await readAll(page);
      await again("Vị trí chữ ký");
      await page.goBack();
      await heading(page, "Đọc kỹ trước khi ký");
      expect(await page.getByRole("checkbox").isChecked()).toBe(true);
      await page.goBack();
      await heading(page, "Người ký là ai?");
      expect(await page.getByLabel("Họ và tên").inputValue()).toBe(AN);
      await page.goBack();
      await page.getByRole("button", { name: "Chọn tệp PDF" }).waitFor();
      await press(page, /^Tiếp tục ký/);
      await heading(page, "Người ký là ai?");
      await nameSigner(page, AN);
      await heading(page, "Đọc kỹ trước khi ký");
      await readAll(page);
      await press(page, "Giữ nguyên");
      await heading(page, "Xác nhận danh tính");
      await again("Xác nhận danh tính");
      await press(page, /^Tiếp tục với/);
      await heading(page, "Ký 1 tài liệu");
      await again("Ký 1 tài liệu");
      await page.goBack();
      await heading(page, "Xác nhận danh tính");
      await page.goForward();
      await heading(page, "Ký 1 tài liệu");
      await signAs(page, "an");
      await heading(page, DONE);
      await again(DONE);
      expect(await complaints(FORM.bytes, (await download(page)).bytes, trust())).toEqual([]);
    });
  });

  test("when the browser has lost the file: the same one chosen again goes on with the same transaction, another is refused", async () => {
    await visiting(async (visitor) => {
      const { page } = visitor;
      await toApprove(visitor, service.url);
      const loseFile = () =>
        page.evaluate(
          () =>
            new Promise<void>((resolve, reject) => {
              const opening = indexedDB.open("motlan-sign");
              opening.onsuccess = () => {
                const change = opening.result.transaction("files", "readwrite");
                change.objectStore("files").clear();
                change.oncomplete = () => resolve();
                change.onabort = () => reject(change.error);
              };
            }),
        );
      await loseFile();
      await page.reload();
      await heading(page, "Ký 1 tài liệu");
      await signAs(page, "an");
      await heading(page, "Chọn lại tệp");
      const other = Uint8Array.from(FORM.bytes);
      other[other.length >> 1] = (other[other.length >> 1] ?? 0) ^ 1;
      await choose(page, { name: FORM.name, bytes: other });
      await page.getByText("Đây không phải tệp đã chọn lúc trước.").waitFor();
      await inBothLanguages(page, "again");
      await choose(page, FORM);
      await heading(page, DONE);
      expect(await complaints(FORM.bytes, (await download(page)).bytes, trust())).toEqual([]);
    });
  });

  test("in a browser that keeps nothing: the log-in opens beside the page, which then has the signed file", async () => {
    await visiting(async (visitor) => {
      const { page, context } = visitor;
      await context.addInitScript(() => {
        IDBFactory.prototype.open = () => {
          throw new DOMException("a private window", "SecurityError");
        };
      });
      await toReview(visitor, service.url);
      await page.getByText("Trình duyệt này không cho lưu").waitFor();
      await readAll(page);
      await fromStampToApprove(page);
      await press(page, "Ký tài liệu này");
      await heading(page, "Xác nhận danh tính");
      await inBothLanguages(page, "waiting");
      const opening = context.waitForEvent("page");
      await page.getByRole("link", { name: "Mở trang đăng nhập trong thẻ mới" }).click();
      const tab = await opening;
      await logInAs(tab, "an");
      await heading(tab, "Quay lại thẻ đầu tiên");
      await inBothLanguages(tab, "elsewhere");
      await heading(page, DONE);
      expect(await complaints(FORM.bytes, (await download(page)).bytes, trust())).toEqual([]);
    });
  });
});

describe("the place of the stamp", () => {
  test("in numbers, by arrow keys, by dragging, on a page of its own, and told where it covers text", async () => {
    await visiting(async (visitor) => {
      const { page } = visitor;
      await toReview(visitor, service.url);
      await readAll(page);
      await press(page, "Đổi vị trí");
      await page.getByLabel("Cách mép dưới (mm)").fill("999999");
      await page.getByText("Nhập số từ 0 đến 1200.").waitFor();
      await page.getByLabel("Cách mép dưới (mm)").fill("240");
      await page.getByLabel("Cách mép trái (mm)").fill("20");
      const frame = page.getByRole("button", { name: /^Khung chữ ký/ });
      await frame.focus();
      await page.keyboard.press("ArrowRight");
      await page.keyboard.press("Shift+ArrowRight");
      expect(await page.getByLabel("Cách mép trái (mm)").inputValue()).toBe("31");
      await inBothLanguages(page, "stamp-moving");
      const box = await frame.boundingBox();
      if (box === null) throw new Error("the frame is not on the screen");
      await page.mouse.move(box.x + 5, box.y + 5);
      await page.mouse.down();
      await page.mouse.move(box.x + 5, box.y + 25, { steps: 4 });
      await page.mouse.up();
      expect(Number(await page.getByLabel("Cách mép dưới (mm)").inputValue())).toBeLessThan(240);
      await page.getByLabel("Cách mép dưới (mm)").fill("250");
      await press(page, "Đặt chữ ký ở đây");
      await page.getByText("Vị trí này che mất chữ.").waitFor();
      await inBothLanguages(page, "stamp-covers");
      await press(page, "Thêm trang chữ ký riêng");
      await page.getByText("Chữ ký sẽ hiện trên một trang riêng").waitFor();
      await fromStampToApprove(page);
      await signAs(page, "an");
      await heading(page, DONE);
      expect(await complaints(FORM.bytes, (await download(page)).bytes, trust())).toEqual([]);
    });
  });
});

/** Records that this browser keeps. */
const kept = (page: Page, database: string, store: string): Promise<unknown> =>
  page.evaluate(
    ([name, of]) =>
      new Promise((resolve) => {
        const opening = indexedDB.open(name);
        opening.onsuccess = () => {
          const looking = opening.result.transaction(of).objectStore(of).count();
          looking.onsuccess = () => resolve(looking.result);
        };
      }),
    [database, store] as const,
  );

/** In the page: whether the first photo is kept as it was turned; writing takes the browser some milliseconds. */
function turnIsKept(): Promise<boolean> {
  return new Promise((resolve) => {
    const opened = indexedDB.open("motlan-photos");
    opened.onsuccess = () => {
      const asked = opened.result.transaction("order").objectStore("order").get("order");
      asked.onsuccess = () => {
        opened.result.close();
        resolve(asked.result?.photos[0]?.turns === 1);
      };
    };
  });
}

describe("ways in and around", () => {
  test("by keyboard alone: from the button that signs to the file that is signed", async () => {
    await visiting(async (visitor) => {
      const { page } = visitor;
      await toApprove(visitor, service.url);
      await tabsLeadTo(page, "Ký tài liệu này");
      await page.keyboard.press("Enter");
      await logInAs(page, "an");
      await heading(page, DONE);
    });
  });

  test("photos of paper become the file that is signed; where a browser knows no passkeys, none is offered", async () => {
    await visiting(async (visitor) => {
      const { page, context } = visitor;
      await context.addInitScript(() => Reflect.deleteProperty(globalThis, "PublicKeyCredential"));
      await openSignPage(visitor, service.url);
      const photo = await page.screenshot({ type: "jpeg" });
      await press(page, "Chụp ảnh giấy tờ");
      await heading(page, "Chụp ảnh giấy tờ");
      await page.setInputFiles("input[type=file]:not([capture])", {
        name: "1.jpg",
        mimeType: "image/jpeg",
        buffer: photo,
      });
      // A telephone may end the page while its camera is open.
      await page.getByText("Có 1 trang").waitFor();
      await press(page, "Xoay trang 1");
      await page.waitForFunction(turnIsKept);
      await page.reload();
      await page.getByText("Ảnh chưa ghép: 1").waitFor();
      await inBothLanguages(page, "photos-kept");
      await press(page, "Tiếp tục với các ảnh này");
      await page.getByText("Có 1 trang").waitFor();
      expect(await page.getByRole("img").getAttribute("style")).toContain("rotate(90deg)");
      await page.locator(".actions .button-primary").click();
      await heading(page, "Người ký là ai?");
      await nameSigner(page, AN);
      await heading(page, "Đọc kỹ trước khi ký");
      await readAll(page);
      await press(page, "Giữ nguyên");
      await page.getByRole("button", { name: "Tiếp tục với DEMO" }).waitFor();
      expect(await page.getByRole("button", { name: /vân tay/ }).count()).toBe(0);
      await press(page, "Tiếp tục với DEMO");
      await heading(page, "Ký 1 tài liệu");
      await signAs(page, "an");
      await heading(page, DONE);
      await press(page, "Ký tài liệu khác");
      await page.getByRole("button", { name: "Chọn tệp PDF" }).waitFor();
      expect(await page.getByText("Ảnh chưa ghép").count()).toBe(0);
      expect(await kept(page, "motlan-photos", "photos")).toBe(0);
      expectNothingLeft(visitor, service.url);
    });
  });

  test("what was begun can be gone on with, or removed from the device", async () => {
    await visiting(async (visitor) => {
      const { page } = visitor;
      // By way of another page: the same address once more is loading again, which stays where it was.
      const comeBack = async () => {
        await page.goto(`${service.url}/`);
        await openSignPage(visitor, service.url);
      };
      await toReview(visitor, service.url);
      await comeBack();
      await page.getByText("Đang ký dở").waitFor();
      await inBothLanguages(page, "unfinished");
      await press(page, /^Tiếp tục ký/);
      await heading(page, "Đọc kỹ trước khi ký");
      await comeBack();
      await press(page, /^Xoá .* khỏi máy này$/);
      await page.getByText("Đang ký dở").waitFor({ state: "detached" });
      expect(await kept(page, "motlan-sign", "files")).toBe(0);
    });
  });
});
