import { afterAll, test as anywhere, beforeAll, describe, expect } from "vitest";
import type { PersonaName } from "../../lib/local/personas.ts";
import { FAULTS, type FaultCode } from "../../lib/text/faults.ts";
import { type Service, startService } from "../e2e/service.ts";
import { judge } from "../judges/judge.ts";
import { pictures } from "./matrix.ts";
import {
  AN,
  choose,
  DONE,
  download,
  FORM,
  fromStampToApprove,
  heading,
  inBothLanguages,
  nameSigner,
  openSignPage,
  press,
  readAll,
  signAs,
  toApprove,
  toReview,
  vectorPdf,
  visiting,
} from "./sign-steps.ts";
import { barriers, closeBrowser, type Visitor } from "./visitor.ts";

const test = anywhere.skipIf(!judge("chromium", "every state of signing is reached in the page"));

// What goes wrong while somebody signs: each is reached, says whether anything was signed, and has one way on.

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(async () => {
  await closeBrowser();
  await service.close();
});

const alert = (code: string) => new RegExp(`Mã lỗi: ${code}`);

describe("the log-in", () => {
  test("that does not lead to a signature says why, says that nothing was signed, and has one way on", async () => {
    await visiting(async (visitor) => {
      const { page } = visitor;
      await toApprove(visitor, service.url);
      const refused = async (persona: PersonaName, code: string) => {
        await signAs(page, persona);
        await page.getByText(alert(code)).waitFor();
        await heading(page, "Ký 1 tài liệu");
        expect(page.url()).toBe(`${service.url}/ky`);
        await page.getByText("Chưa có gì được ký").first().waitFor();
        await inBothLanguages(page, code);
      };
      await refused("chi", "login_cancelled");
      await press(page, "Đăng nhập lại");
      await heading(page, "Xác nhận danh tính");
      await press(page, /^Tiếp tục với/);
      await refused("binh", "assurance_too_low");
      await page.getByText("Cách nâng mức").click();
      await page.getByText("Tài khoản cần định danh mức 2").waitFor();
      await refused("giang", "identity_inactive");
      await page.getByText("Liên hệ ai?").click();
      await page.getByText("Hỏi nơi cấp tài khoản đăng nhập").waitFor();
      await refused("tuyet", "signer_mismatch");
      await press(page, "Sửa họ tên");
      await heading(page, "Người ký là ai?");
      await nameSigner(page, "Trần Hòa Ánh Tuyết");
      await heading(page, "Đọc kỹ trước khi ký");
      await press(page, "Tiếp tục");
      await heading(page, "Vị trí chữ ký");
      await fromStampToApprove(page);
      await signAs(page, "tuyet");
      await heading(page, DONE);
    });
  });

  test("a stranger's link with a code in it shows nothing and changes nothing", async () => {
    await visiting(async ({ page }) => {
      await page.goto(`${service.url}/ky#${"A".repeat(22)}!<img src=x>`);
      await page.getByRole("button", { name: "Chọn tệp PDF" }).waitFor();
      await page.goto(`${service.url}/?`);
      await page.goto(`${service.url}/ky#${"A".repeat(22)}!already_signed`);
      await heading(page, "Quay lại thẻ đầu tiên");
      expect(page.url()).toBe(`${service.url}/ky`);
      // Back from a log-in that this browser had not begun.
      await page.goto(`${service.url}/?`);
      await page.goto(`${service.url}/v1/oidc/callback?code=c&state=0.a.b`);
      await heading(page, "Quay lại thẻ đầu tiên");
      expect(page.url()).toBe(`${service.url}/ky`);
    });
  });
});

const opened = ({ sent }: Visitor): number =>
  sent.filter(({ method, url }) => method === "POST" && url.endsWith("/v1/transactions")).length;

describe("time", () => {
  test("runs out with a warning and a way to more of it; afterwards nothing is signed and the file needs no choosing again", async () => {
    await visiting(async (visitor) => {
      const { page } = visitor;
      await page.clock.install();
      await toApprove(visitor, service.url);
      await page.getByText("Phiên ký còn 30 phút.").waitFor();
      await page.clock.fastForward("28:30");
      await page.getByText(/^Phiên ký sắp hết hạn/).waitFor();
      await inBothLanguages(page, "time-warning");
      await press(page, "Thêm thời gian");
      await expect.poll(() => opened(visitor)).toBe(2);
      await heading(page, "Ký 1 tài liệu");
      await page.clock.fastForward("31:00");
      await heading(page, "Chưa ký được");
      await page.getByText(alert("session_expired")).waitFor();
      await inBothLanguages(page, "session_expired");
      await press(page, "Bắt đầu lại");
      await heading(page, "Đọc kỹ trước khi ký");
    });
  });
});

describe("declining", () => {
  test("asks once, is recorded by the service, and ends there", async () => {
    await visiting(async (visitor) => {
      const { page, sent } = visitor;
      await toApprove(visitor, service.url);
      await press(page, "Không ký");
      await page.getByRole("dialog").waitFor();
      await inBothLanguages(page, "decline-dialog");
      await page.keyboard.press("Escape");
      await page.waitForFunction(() => document.activeElement?.textContent === "Không ký");
      await press(page, "Không ký");
      await page.getByRole("dialog").getByRole("button", { name: "Không ký" }).click();
      await heading(page, "Đã ghi nhận: không ký");
      await inBothLanguages(page, "declined");
      expect(sent.filter(({ method }) => method === "DELETE")).toHaveLength(1);
      await press(page, "Đóng");
      await page.getByRole("button", { name: "Chọn tệp PDF" }).waitFor();
      expect(await page.getByText("Đang ký dở").count()).toBe(0);
    });
  });
});

/** A page that a viewer makes out of an XFA form. */
const XFA = new TextEncoder().encode(`%PDF-1.7
1 0 obj
<</Type/Catalog/Pages 2 0 R/NeedsRendering true>>
endobj
2 0 obj
<</Type/Pages/Kids[3 0 R]/Count 1>>
endobj
3 0 obj
<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>
endobj
trailer
<</Root 1 0 R/Size 4>>
%%EOF
`);

describe("a file that cannot be signed", () => {
  const FILES = [
    ["pdf_encrypted", vectorPdf("qpdf-needs-password.pdf"), "Chọn tệp khác"],
    ["pdf_invalid", new TextEncoder().encode("a picture of a cat"), "Chọn tệp khác"],
    ["pdf_unsupported", XFA, "Chọn tệp khác"],
    ["pdf_locked_by_signature", vectorPdf("pyhanko-certified-p1.pdf"), "Báo cơ quan"],
  ] as const;

  test("says why, and what to do", async () => {
    await visiting(async (visitor) => {
      const { page } = visitor;
      await openSignPage(visitor, service.url);
      for (const [code, bytes, action] of FILES) {
        await choose(page, { name: "tệp.pdf", bytes });
        await heading(page, "Người ký là ai?");
        await nameSigner(page, AN);
        await page.getByText(alert(code)).waitFor();
        await page.getByText("Chưa có gì được ký").first().waitFor();
        await inBothLanguages(page, code);
        await page.getByText(action, { exact: true }).click();
        if (action === "Chọn tệp khác") await page.getByRole("button", { name: "Chọn tệp PDF" }).waitFor();
        else await page.getByText("Hãy báo cơ quan gửi tài liệu").waitFor();
      }
    });
  });

  test("is told of its size before anything is read", async () => {
    await visiting(async (visitor) => {
      const { page } = visitor;
      await openSignPage(visitor, service.url);
      await dropFile(101 * 1024 * 1024, "lon.pdf");
      await page.getByText(alert("pdf_too_large")).waitFor();
      await page.getByText("Tệp 101 MB, tối đa 100 MB.").waitFor();
      await inBothLanguages(page, "pdf_too_large");

      /** Drops a file that the page makes: nothing of this size comes over the wire. */
      async function dropFile(size: number, name: string): Promise<void> {
        const data = await page.evaluateHandle(
          ([octets, called]) => {
            const transfer = new DataTransfer();
            transfer.items.add(new File([new Uint8Array(octets)], called, { type: "application/pdf" }));
            return transfer;
          },
          [size, name] as const,
        );
        await page.dispatchEvent(".drop", "drop", { dataTransfer: data });
      }
    });
  });
});

describe("the service", () => {
  test("is busy, or has no time for this address: the same press again goes on", async () => {
    await visiting(async (visitor) => {
      const { page } = visitor;
      await toReview(visitor, service.url);
      await readAll(page);
      for (const [code, status] of [
        ["unavailable", 503],
        ["rate_limited", 429],
      ] as const) {
        const body = JSON.stringify({ code });
        await page.route("**/v1/transactions", (route) =>
          route.fulfill({ status, contentType: "application/problem+json", body }),
        );
        await press(page, "Giữ nguyên");
        await page.getByText(alert(code)).waitFor();
        await inBothLanguages(page, code);
        await page.unroute("**/v1/transactions");
        await press(page, "Thử lại");
      }
      await fromStampToApprove(page);
      // The browser itself says that an answer was no success.
      const others = visitor.problems.filter((problem) => !/status of (503|429)/.test(problem));
      expect([others, visitor.problems.length]).toEqual([[], 2]);
      (visitor.problems as string[]).length = 0;
    });
  });

  test("is not believed when it shows another document or other words", async () => {
    await visiting(async (visitor) => {
      const { page } = visitor;
      await toReview(visitor, service.url);
      await readAll(page);
      await page.route("**/v1/transactions", async (route) => {
        const response = await route.fetch();
        const view = (await response.json()) as { intentText: string };
        await route.fulfill({ response, json: { ...view, intentText: view.intentText.replace("Đơn", "Khế ước vay") } });
      });
      await press(page, "Giữ nguyên");
      await heading(page, "Chưa ký được");
      await page.getByText(alert("document_changed")).waitFor();
      await inBothLanguages(page, "document_changed");
      await page.unroute("**/v1/transactions");
      await press(page, "Xem lại bản mới");
      await heading(page, "Đọc kỹ trước khi ký");
    });
  });

  test("gives a signature that is not one: the file is not handed out", async () => {
    await visiting(async (visitor) => {
      const { page } = visitor;
      await toApprove(visitor, service.url);
      await page.route("**/v1/transactions/*", async (route) => {
        const response = await route.fetch();
        const view = (await response.json()) as { signatures?: { digest: string; cms: string }[] };
        const signatures = view.signatures?.map(({ digest, cms }) => ({ digest, cms: flipped(cms) }));
        await route.fulfill({ response, json: { ...view, signatures } });
      });
      await signAs(page, "an");
      await heading(page, "Chưa giao được tệp đã ký");
      await page.getByText(alert("result_not_verified")).waitFor();
      await inBothLanguages(page, "result_not_verified");
      expect(await page.getByRole("link", { name: "Tải tài liệu đã ký" }).count()).toBe(0);
      await page.unroute("**/v1/transactions/*");
      await press(page, "Thử lại");
      await heading(page, DONE);
    });
  });
});

/** What the service may answer to an approval, and the one way on that the page offers. */
const REFUSALS: readonly (readonly [FaultCode, string])[] = [
  ["internal", "Thử lại"],
  ["server_unreachable", "Thử lại"],
  ["signing_in_progress", "Thử lại"],
  ["approval_missing", "Thử lại"],
  ["store_unavailable", "Thử lại"],
  ["key_unavailable", "Thử lại"],
  ["signing_frozen", "Xem lịch sử ký"],
  ["identity_not_person", "Đăng nhập lại"],
  ["identity_provider_unavailable", "Đăng nhập lại"],
  ["login_failed", "Đăng nhập lại"],
  ["token_nonce", "Đăng nhập lại"],
  ["token_expired", "Đăng nhập lại"],
  ["token_signature", "Đăng nhập lại"],
  ["passkey_refused", "Đăng nhập lại"],
  ["passkey_unknown", "Đăng nhập lại"],
  ["passkey_expired", "Đăng nhập lại"],
  ["passkey_cloned", "Đăng nhập lại"],
  ["officer_is_signer", "Sửa họ tên"],
  ["assistance_ended", "Báo cán bộ đang hỗ trợ để bắt đầu lại."],
  // These end the screen, and come last: each is left by loading the page again.
  ["transaction_not_found", "Bắt đầu lại"],
  ["transaction_conflict", "Bắt đầu lại"],
  ["approval_mismatch", "Bắt đầu lại"],
  ["declined", "Bắt đầu lại"],
  ["already_signed", "Tải tài liệu"],
];

/** Whether anything was signed: no, yes, or what can be known of it. */
const SAID = {
  vi: /Chưa có gì được ký|Chưa nhận được chữ ký nào|không ký|đã ký xong|đang được ký|không bao giờ ký hai lần/,
  en: /othing (more )?was signed|No signature was received|already signed|being signed|nothing is ever signed twice/,
};

describe("whatever the service refuses", () => {
  test("is worded in both languages, says whether anything was signed, and has one way on", async () => {
    await visiting(async (visitor) => {
      const { page } = visitor;
      await toApprove(visitor, service.url);
      let answer: FaultCode = "internal";
      const ways = new Set<string>();
      await page.route("**/approval", (route) =>
        route.fulfill({
          status: FAULTS[answer].status,
          contentType: "application/problem+json",
          body: JSON.stringify({ code: answer }),
        }),
      );
      for (const [code, way] of REFUSALS) {
        answer = code;
        if ((await page.getByRole("button", { name: "Ký tài liệu này" }).count()) === 0) await page.reload();
        await press(page, "Ký tài liệu này");
        const card = page.getByRole("alert").filter({ hasText: code });
        await card.getByText(FAULTS[code].vi).waitFor();
        expect(await card.textContent()).toMatch(SAID.vi);
        await card.getByText(way, { exact: true }).waitFor();
        expect(await card.locator("button, a, summary").count()).toBeLessThanOrEqual(1);
        await pictures(page, `sign/refused-${code}`);
        await page.getByRole("button", { name: "English" }).click();
        await card.getByText(FAULTS[code].en).waitFor();
        expect(await card.textContent()).toMatch(SAID.en);
        // What stands there is the same but for its words.
        if (!ways.has(way)) expect(await barriers(page)).toEqual([]);
        ways.add(way);
        await page.getByRole("button", { name: "Tiếng Việt" }).click();
      }
      expect(visitor.problems.filter((problem) => !/status of \d{3}/.test(problem))).toEqual([]);
      (visitor.problems as string[]).length = 0;
    });
  }, 120_000);
});

/** One bit of the signature value, which stands towards the end. */
function flipped(cms: string): string {
  const octets = Buffer.from(cms, "base64");
  const at = octets.indexOf(Buffer.from("2a8648ce3d040302", "hex"), octets.length / 2);
  octets.writeUInt8((octets[at + 20] ?? 0) ^ 1, at + 20);
  return octets.toString("base64");
}

describe("hostile text", () => {
  const MARKUP = "<img src=x onerror=alert(1)>";

  test("in a file's name is text, without what turns it around, and of a length that fits", async () => {
    await visiting(async (visitor) => {
      const { page } = visitor;
      await openSignPage(visitor, service.url);
      const name = `${MARKUP}\u202Efdp.exe${"x".repeat(10_000)}.pdf`;
      await page.evaluate(
        async ([base64, called]) => {
          const octets = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
          const transfer = new DataTransfer();
          transfer.items.add(new File([octets], called, { type: "application/pdf" }));
          document
            .querySelector(".drop")
            ?.dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, bubbles: true }));
        },
        [Buffer.from(FORM.bytes).toString("base64"), name] as const,
      );
      await heading(page, "Người ký là ai?");
      await inBothLanguages(page, "hostile-file-name");
      await nameSigner(page, AN);
      await heading(page, "Đọc kỹ trước khi ký");
      await readAll(page);
      await fromStampToApprove(page);
      await inBothLanguages(page, "hostile-title");
      const body = (await page.locator("main").textContent()) ?? "";
      expect(body).toContain(MARKUP);
      expect(body).not.toContain("\u202e");
      expect(await page.locator("img[src=x]").count()).toBe(0);
      await signAs(page, "an");
      await heading(page, DONE);
      const { name: saved } = await download(page);
      expect(saved).toMatch(/^[^<>:"/\\|?*\u202e]{1,60}\.da-ky\.pdf$/);
    });
  });

  test("in the signer's name is refused with words at the field", async () => {
    await visiting(async (visitor) => {
      const { page } = visitor;
      await openSignPage(visitor, service.url);
      await choose(page, FORM);
      await heading(page, "Người ký là ai?");
      await nameSigner(page, `${MARKUP}\u202e`);
      const words = page.getByText("Hãy viết họ tên bằng chữ");
      await words.waitFor();
      const field = page.getByLabel("Họ và tên");
      expect(await field.getAttribute("aria-invalid")).toBe("true");
      expect((await field.getAttribute("aria-describedby"))?.split(" ")).toContain(await words.getAttribute("id"));
      await inBothLanguages(page, "name-refused");
    });
  });
});

describe("around the page", () => {
  test("no network, and a browser inside another app, are told", async () => {
    await visiting(
      async ({ page, context }) => {
        await page.goto(`${service.url}/ky`);
        await page.getByText("Trang này đang mở bên trong một ứng dụng khác.").waitFor();
        // What the page fetches ahead would fail, and say so on the console.
        await page.waitForLoadState("networkidle");
        await context.setOffline(true);
        await page.getByText("Không có kết nối mạng.").waitFor();
        await inBothLanguages(page, "offline-in-app");
        await context.setOffline(false);
        await page.getByText("Không có kết nối mạng.").waitFor({ state: "detached" });
      },
      {
        userAgent: "Mozilla/5.0 (Linux; Android 15; wv) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36 Zalo/1.0",
      },
    );
  });
});
