import { afterAll, test as anywhere, beforeAll, beforeEach, describe, expect } from "vitest";
import { lookupCode } from "../../lib/identity/lookup-code.ts";
import { formatLookupCode, lookupUrl } from "../../lib/identity/read-lookup-code.ts";
import { judge } from "../judges/judge.ts";
import { type Desk, newDesk } from "./check-desk.ts";
import { holds } from "./check-steps.ts";
import { emptyPicture, qrPicture } from "./qr-picture.ts";
import { closeBrowser, newVisitor, type Visitor } from "./visitor.ts";

const test = anywhere.skipIf(!judge("chromium", "codes are looked up and scanned in the page"));

const CODE = lookupCode("AAECAwQFBgcICQoLDA0ODw");
const PUBLIC = {
  code: CODE,
  signedAt: "2026-11-23T03:15:32.000Z",
  disputedAt: null,
  class: "DEDICATED",
  demo: false,
  issuer: "Ký Một Lần",
  assisted: { unit: "UBND phường Bến Nghé" },
  documents: 1,
};
const OPENED = {
  ...PUBLIC,
  signer: "NGUYỄN THỊ ÁNH TUYẾT",
  titles: ["Tờ khai <b>đăng ký</b> thường trú"],
  digests: ["Zm9vYmFyZm9vYmFyZm9vYmFyZm9vYmFyZm9vYmFyZm8"],
  relyingParty: "UBND phường Bến Nghé",
  identified: { method: "passkey", issuer: "https://id.example.vn", level: "high" },
};

let desk: Desk;
let visitor: Visitor;
beforeAll(async () => {
  desk = await newDesk();
  visitor = await newVisitor();
});
beforeEach(() => {
  desk.answers({
    "/v1/lookups/": ({ url, headers }) => {
      if (url !== `/v1/lookups/${CODE}`) return { status: 404, body: { code: "lookup_not_found" } };
      const opening = headers["motlan-opening-code"];
      if (opening === undefined) return { body: PUBLIC };
      return opening === "7R3K9P" ? { body: OPENED } : { status: 403, body: { code: "opening_code_wrong" } };
    },
  });
});
afterAll(async () => {
  expect(visitor.problems.filter((told) => !told.startsWith("Failed to load resource"))).toEqual([]);
  await visitor.close();
  await closeBrowser();
  await desk.close();
});

const open = async (search = ""): Promise<void> => {
  await visitor.page.goto(`${desk.url}/kiem-tra${search}`);
  await visitor.page.waitForSelector("h1");
};
const type = async (code: string): Promise<void> => {
  await visitor.page.getByLabel("Mã tra cứu", { exact: true }).fill(code);
  await visitor.page.getByRole("button", { name: "Tra cứu" }).click();
};

describe("a look-up code", () => {
  test.each([
    ["as it is printed", formatLookupCode(CODE)],
    ["in small letters with blanks", ` ${CODE.toLowerCase().replace(/.{3}/g, "$& ")}`],
  ])("%s leads to what was signed, which is never green: no document was looked at", async (_, typed) => {
    const { page } = visitor;
    await open();
    await type(typed);
    await page.getByText("Mã này do Ký Một Lần cấp ngày 23/11/2026.").waitFor();
    expect(await page.locator(".banner").getAttribute("role")).toBe("status");
    expect(await page.locator(".banner-good").count()).toBe(0);
    const words = await page.textContent("main");
    expect(words).toContain("UBND phường Bến Nghé");
    expect(words).not.toContain("TUYẾT");
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("H1");
  });

  test("of the address opens at once, and a reload after leaving does not come back to it", async () => {
    const { page } = visitor;
    await open(`?ma=${CODE}`);
    await page.getByText("Mã này do Ký Một Lần cấp").waitFor();
    await holds(page, "code");
    await page.getByRole("button", { name: "Kiểm tra cách khác" }).click();
    await page.waitForSelector(".drop-zone");
    expect(new URL(page.url()).search).toBe("");
  });

  test("with a mistake is told by its check character, at the field, and nobody is asked", async () => {
    const { page } = visitor;
    const mark = desk.asked.length;
    await open();
    const last = CODE.at(-1) === "2" ? "3" : "2";
    await type(CODE.slice(0, -1) + last);
    const field = page.getByLabel("Mã tra cứu", { exact: true });
    expect(await field.getAttribute("aria-invalid")).toBe("true");
    const described = (await field.getAttribute("aria-describedby"))?.split(" ").at(-1);
    expect(await page.textContent(`#${described}`)).toContain("ký tự cuối cho biết có gõ nhầm");
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("INPUT");
    expect(desk.asked.slice(mark)).toEqual([]);
    await holds(page, "code-wrong");
    await open("?ma=<script>alert(1)</script>");
    expect(await page.textContent("main")).toContain("Hãy so lại từng ký tự");
  });

  test("that nobody knows may be a forgery", async () => {
    const { page } = visitor;
    await open();
    await type(lookupCode("AAECAwQFBgcICQoLDA0OAA"));
    await page.getByText("Mã này KHÔNG có trong hệ thống. Có thể là giả.").waitFor();
    expect(await page.locator(".banner-bad").getAttribute("role")).toBe("alert");
    await holds(page, "code-unknown");
  });

  test("of a signature that is denied, and of a test, says so first", async () => {
    const { page } = visitor;
    const body = { ...PUBLIC, disputedAt: "2026-11-25T03:15:32.000Z", demo: true };
    desk.answers({ "/v1/lookups/": () => ({ body }) });
    await open(`?ma=${CODE}`);
    await page.waitForSelector(".banner-disputed");
    expect(await page.locator(".banner-title").allTextContents()).toEqual([
      "ĐANG TRANH CHẤP: người ký báo KHÔNG phải mình ký.",
      "Tài liệu thử nghiệm — không có giá trị.",
      "Mã này do Ký Một Lần cấp ngày 23/11/2026.",
    ]);
    await holds(page, "code-disputed");
  });

  test("and the opening code show who signed what, to be held against the paper", async () => {
    const { page } = visitor;
    await open(`?ma=${CODE}`);
    const opening = page.getByLabel("Mã mở", { exact: true });
    await opening.fill("2345");
    await page.getByRole("button", { name: "Mở" }).click();
    await page.getByText("Mã mở có 6 ký tự, không có 0").waitFor();
    await opening.fill("222222");
    await page.getByRole("button", { name: "Mở" }).click();
    await page.getByText("Mã mở chưa đúng").waitFor();
    expect(await opening.getAttribute("aria-invalid")).toBe("true");
    await holds(page, "opening-wrong");
    await opening.fill("7r3 k9p");
    await page.getByRole("button", { name: "Mở" }).click();
    await page.getByText("NGUYỄN THỊ ÁNH TUYẾT").first().waitFor();
    expect(await page.textContent("main")).toContain("Tờ khai <b>đăng ký</b> thường trú");
    expect(await page.textContent("main")).toContain(
      "khoá đăng nhập (passkey) đã ghi danh sau khi đăng nhập tại id.example.vn, mức tin cậy cao.",
    );
    expect(visitor.sent.every(({ url }) => !/7R3K9P|222222/i.test(url))).toBe(true);
    await holds(page, "opened");
    const boxes = page.locator("fieldset input[type=checkbox]");
    for (let i = 0; i < (await boxes.count()); i++) await boxes.nth(i).check();
    await page.getByText("Bản giấy khớp với dữ liệu đã ký.").waitFor();
    await holds(page, "compared");
    await page.getByRole("button", { name: "Có chỗ khác" }).click();
    await page.getByText("KHÔNG sử dụng tờ giấy này. Báo cho Ký Một Lần.").waitFor();
    await holds(page, "paper-differs");
  });
});

describe("a QR code", () => {
  const host = (): string => new URL(desk.url).host;
  const photo = async (buffer: Buffer): Promise<void> => {
    await open();
    await visitor.page.setInputFiles("input[accept='image/*']", { name: "anh.png", mimeType: "image/png", buffer });
  };

  test("in a photo is read on the device, with files of the site alone", async () => {
    const { page } = visitor;
    const mark = visitor.sent.length;
    await photo(qrPicture(lookupUrl(host(), CODE)));
    await page.getByText("Mã này do Ký Một Lần cấp").waitFor();
    const sent = visitor.sent.slice(mark);
    expect(sent.filter(({ method, body }) => method !== "GET" || body > 0)).toEqual([]);
    expect(sent.filter(({ url }) => !url.startsWith(desk.url) && !/^(data|blob):/.test(url))).toEqual([]);
    expect(sent.some(({ url }) => url.endsWith("/zxing_reader.wasm"))).toBe(true);
  });

  test.each([
    ["another host", () => `https://kymotlan.evil.test/kiem-tra?ma=${CODE}`],
    ["a host in front of ours", () => `http://${host()}@evil.test/kiem-tra?ma=${CODE}`],
    ["no address at all", () => "KÝ MỘT LẦN – HỢP LỆ"],
    ["a script", () => "javascript:alert(1)"],
  ])("of %s is refused, shown as text, and nobody is asked", async (kind, text) => {
    const { page } = visitor;
    const mark = desk.asked.length;
    await photo(qrPicture(text()));
    await page.getByText("Mã này KHÔNG thuộc hệ thống. Có thể là giả.").waitFor();
    expect(await page.locator(".banner-bad").getAttribute("role")).toBe("alert");
    expect(await page.locator("main a").count()).toBe(0);
    expect(await page.textContent("main")).toContain(text());
    expect(desk.asked.slice(mark)).toEqual([]);
    if (kind === "another host") await holds(page, "qr-foreign");
  });

  test("of ours without a code, and a photo of nothing, say what to do", async () => {
    const { page } = visitor;
    await photo(qrPicture(`${desk.url}/ky`));
    await page.getByText("Mã QR này của hệ thống nhưng không có mã tra cứu.").waitFor();
    await photo(emptyPicture());
    await page.getByText("Không thấy mã QR trong ảnh.").waitFor();
    await holds(page, "qr-nothing");
    await photo(Buffer.from("không phải ảnh"));
    await page.getByText("Không thấy mã QR trong ảnh.").waitFor();
  });

  test("before the camera is read; the camera is let go", async () => {
    const { page } = visitor;
    await open();
    const data = `data:image/png;base64,${qrPicture(lookupUrl(host(), CODE)).toString("base64")}`;
    await page.evaluate(async (source) => {
      const image = new Image();
      image.src = source;
      await image.decode();
      const canvas = document.createElement("canvas");
      [canvas.width, canvas.height] = [640, 480];
      const paint = (shown: boolean) => {
        const context = canvas.getContext("2d");
        context?.fillRect(0, 0, 640, 480);
        if (shown) context?.drawImage(image, 120, 40, 400, 400);
      };
      Object.assign(window, { held: false });
      setInterval(() => paint((window as unknown as { held: boolean }).held), 50);
      const stream = canvas.captureStream(20);
      Object.assign(window, { stream });
      navigator.mediaDevices.getUserMedia = async () => stream;
    }, data);
    await page.getByRole("button", { name: "Quét bằng máy ảnh" }).click();
    await page.getByText("Đưa mã QR vào giữa khung hình.").waitFor();
    await holds(page, "camera");
    await page.evaluate(() => Object.assign(window, { held: true }));
    await page.getByText("Mã này do Ký Một Lần cấp").waitFor();
    const state = () => (window as unknown as { stream: MediaStream }).stream.getTracks()[0]?.readyState;
    expect(await page.evaluate(state)).toBe("ended");
  });

  test("without a camera: says so, and what else there is", async () => {
    const { page } = visitor;
    await open();
    await page.getByRole("button", { name: "Quét bằng máy ảnh" }).click();
    await page.getByText("Không dùng được máy ảnh.").waitFor();
    await holds(page, "no-camera");
  });
});
