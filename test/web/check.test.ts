import { afterAll, test as anywhere, beforeAll, beforeEach, describe, expect } from "vitest";
import { judge } from "../judges/judge.ts";
import { signPdf } from "../worlds/pades.ts";
import { trusted } from "../worlds/trusted.ts";
import { type Desk, newDesk } from "./check-desk.ts";
import { earnest, rowFiles, signedWorld, TEST, UNREADABLE } from "./check-files.ts";
import { bannerOn, chooseFiles, give, holds, speak } from "./check-steps.ts";
import { closeBrowser, newVisitor, type Visitor } from "./visitor.ts";

const test = anywhere.skipIf(!judge("chromium", "the page says of a file what this device found"));

const world = await signedWorld();
const rows = await rowFiles(world);
const [plain] = rows;
if (plain === undefined) throw new Error("no file");
const { pdf } = plain;

let desk: Desk;
let visitor: Visitor;
beforeAll(async () => {
  desk = await newDesk();
  visitor = await newVisitor();
});
beforeEach(() => {
  desk.trust([earnest(world)]);
  desk.answers({ "/v1/standings/": () => ({ body: { disputedAt: null, assistedBy: null } }) });
});
afterAll(async () => {
  await visitor.close();
  await closeBrowser();
  await desk.close();
});

/** Everything that left the browser since then, and had something in it. */
const sentSince = (mark: number) => visitor.sent.slice(mark).filter(({ method, body }) => method !== "GET" || body > 0);

describe("the banner over a file that this device checked", () => {
  const signs = new Map<string | undefined, string | null | undefined>();

  test.each(rows.map((file) => [file.row, file] as const))("%s", async (row, file) => {
    const { page } = visitor;
    const mark = visitor.sent.length;
    desk.trust(file.anchors);
    await give(page, desk.url, [`${row}.pdf`, file.pdf]);
    const banner = await bannerOn(page);
    expect(banner).toMatchObject({ tone: file.tone, role: "status", title: file.vi, focus: "H1" });
    signs.set(banner.tone, banner.sign);
    await speak(page, "en");
    expect((await bannerOn(page)).title).toBe(file.en);
    await holds(page, row);
    expect(sentSince(mark)).toEqual([]);
    expect(visitor.problems).toEqual([]);
  });

  test("signs differ as colours do", () => {
    expect(signs.size).toBe(5);
    expect(new Set(signs.values()).size).toBe(5);
  });

  test.each(UNREADABLE)(
    "$name: says why nothing can be said, and that this is no verdict",
    async ({ name, code, ...file }) => {
      const { page } = visitor;
      await give(page, desk.url, [`${name}.pdf`, file.pdf]);
      expect(await bannerOn(page)).toMatchObject({ tone: "unsure", role: "alert", focus: "H1" });
      const words = await page.textContent("main");
      expect(words).toContain(code);
      expect(words).toContain("Điều này không có nghĩa là chữ ký hợp lệ hay không hợp lệ.");
      expect(words).not.toContain("Chưa có gì được ký");
      await holds(page, name);
    },
  );
});

describe("what the service knows of its own signatures", () => {
  const standings = (body: unknown, status = 200) => desk.answers({ "/v1/standings/": () => ({ status, body }) });

  test("a valid signature that its signer denies is never green, not even for a moment", async () => {
    const { page } = visitor;
    const body = { disputedAt: "2026-11-25T03:15:32.000Z", assistedBy: null };
    desk.answers({ "/v1/standings/": () => new Promise((resolve) => setTimeout(() => resolve({ body }), 400)) });
    await page.goto(`${desk.url}/kiem-tra`);
    await page.evaluate(() => {
      const look = () =>
        document.querySelector(".banner-good, .verdict-VALID") && Object.assign(window, { green: true });
      new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true });
    });
    await chooseFiles(page, ["a.pdf", pdf]);
    await page.waitForSelector(".banner-disputed");
    expect(await bannerOn(page)).toMatchObject({
      tone: "disputed",
      role: "status",
      sign: "!",
      title: "Chữ ký đúng kỹ thuật nhưng người ký báo KHÔNG phải mình ký.",
    });
    expect(await page.textContent(".signature h2")).toContain("ĐANG TRANH CHẤP");
    expect(await page.textContent("main")).toContain(
      "Người ký báo KHÔNG phải mình ký, lúc 25/11/2026 10:15:32 (GMT+7).",
    );
    expect(await page.textContent("main")).not.toContain("tương đương chữ ký tay");
    expect(await page.evaluate(() => "green" in window)).toBe(false);
    await holds(page, "disputed");
  });

  test("what was changed stays that, and the dispute is said beside it", async () => {
    const { page } = visitor;
    standings({ disputedAt: "2026-11-25T03:15:32.000Z", assistedBy: null });
    const changed = rows.find(({ row }) => row === "changed");
    await give(page, desk.url, ["a.pdf", changed?.pdf ?? pdf]);
    await page.waitForSelector(".banner-also");
    expect(await bannerOn(page)).toMatchObject({ tone: "bad", title: changed?.vi });
    expect(await page.textContent(".banner-also")).toContain("KHÔNG phải mình ký");
  });

  test("a disputed test certificate is both", async () => {
    const { page } = visitor;
    desk.trust([trusted(world.root.certificate)]);
    standings({ disputedAt: "2026-11-25T03:15:32.000Z", assistedBy: null });
    await give(page, desk.url, ["a.pdf", pdf]);
    await page.waitForSelector(".banner-disputed");
    expect(await page.textContent(".banner-disputed")).toContain(TEST.vi);
  });

  test("an officer's help is named, as text", async () => {
    const { page } = visitor;
    standings({ disputedAt: null, assistedBy: { unit: "UBND phường <b>Bến Nghé</b>" } });
    await give(page, desk.url, ["a.pdf", pdf]);
    await page.getByText("Có cán bộ hỗ trợ: UBND phường <b>Bến Nghé</b>").waitFor();
    await holds(page, "assisted");
  });

  test("how the signer was identified is told by the service, and where it does not say, neither does the certificate", async () => {
    const { page } = visitor;
    const identified = { method: "login", issuer: "https://id.example.vn/realms/dan", level: "substantial" };
    for (const [known, vi, en] of [
      [identified, "Danh tính: đăng nhập tại id.example.vn để ký, mức tin cậy đáng kể.", "logged in at id.example.vn"],
      [
        { ...identified, method: "passkey", level: "high" },
        "Danh tính: khoá đăng nhập (passkey) đã ghi danh",
        "a passkey",
      ],
      [{ ...identified, issuer: "<b>$&</b>" }, "đăng nhập tại <b>$&</b> để ký", "logged in at <b>$&</b> to sign"],
      [null, "Danh tính được xác nhận bằng cách nào: chứng thư không cho biết.", "the certificate does not say"],
    ] as const) {
      standings({ disputedAt: null, assistedBy: null, identified: known });
      await give(page, desk.url, ["a.pdf", pdf]);
      await page.getByText(vi).waitFor();
      await speak(page, "en");
      await page.getByText(en).waitFor();
      await speak(page, "vi");
    }
    // Of somebody else's certificate it is not known either.
    const other = await signedWorld();
    desk.trust([earnest(world), earnest(other)]);
    await give(page, desk.url, ["a.pdf", (await signPdf(other)).pdf]);
    await page.getByText("chứng thư không cho biết").waitFor();
  });

  test("the operator's words on the effect in law stand at signatures of its own that are valid, and at no other", async () => {
    const { page } = visitor;
    desk.legal({ vi: "Chữ ký điện tử $& <b>cơ bản</b>", en: "Basic electronic signature" });
    const used = async (file: Uint8Array): Promise<string> => {
      await give(page, desk.url, ["a.pdf", file]);
      await bannerOn(page);
      return (await page.locator(".answer").last().textContent()) ?? "";
    };
    const other = await signedWorld();
    const changed = rows.find(({ row }) => row === "tampered")?.pdf ?? pdf;
    try {
      desk.trust([earnest(world), earnest(other)]);
      expect(await used(pdf)).toContain("Theo đơn vị vận hành dịch vụ này: Chữ ký điện tử $& <b>cơ bản</b>.");
      await speak(page, "en");
      expect(await page.locator(".answer").last().textContent()).toContain("operator: Basic electronic signature.");
      await speak(page, "vi");
      for (const file of [(await signPdf(other)).pdf, changed]) expect(await used(file)).not.toContain("cơ bản");
      standings({ disputedAt: "2026-11-25T03:15:32.000Z", assistedBy: null });
      expect(await used(pdf)).not.toContain("cơ bản");
      desk.trust([trusted(world.root.certificate)]);
      standings({ disputedAt: null, assistedBy: null });
      expect(await used(pdf)).not.toContain("cơ bản");
    } finally {
      desk.legal(null);
    }
  });

  test("says that it could not ask, and asks again", async () => {
    const { page } = visitor;
    standings({ code: "unavailable" }, 503);
    await give(page, desk.url, ["a.pdf", pdf]);
    await page.waitForSelector(".banner .banner-also");
    expect(await page.textContent(".banner")).toContain("chưa biết chữ ký có đang bị người ký phủ nhận hay không");
    await holds(page, "standing-failed");
    standings({ disputedAt: null, assistedBy: null });
    await page.click(".inline-button");
    await page.getByText("Người ký không phủ nhận chữ ký này.").waitFor();
    expect(await page.textContent(".banner")).not.toContain("phủ nhận");
  });

  test("sends the serial number, of certificates under the service's own root alone", async () => {
    const { page } = visitor;
    const other = await signedWorld();
    const { pdf: foreign } = await signPdf(other);
    desk.trust([earnest(world), earnest(other)]);
    const mark = desk.asked.length;
    await give(page, desk.url, ["a.pdf", foreign]);
    expect((await bannerOn(page)).tone).toBe("good");
    expect(desk.asked.slice(mark).filter((path) => path.startsWith("/v1/standings/"))).toEqual([]);
    // One of ours and one of theirs in the same file.
    const both = desk.asked.length;
    await give(page, desk.url, ["a.pdf", (await signPdf(other, { pdf })).pdf]);
    await page.getByText("Người ký không phủ nhận chữ ký này.").waitFor();
    const asked = desk.asked.slice(both).filter((path) => path.startsWith("/v1/standings/"));
    expect(asked).toEqual([expect.stringMatching(/^\/v1\/standings\/[0-9a-f]{32}$/)]);
  });
});
