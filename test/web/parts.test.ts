import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { judge } from "../judges/judge.ts";
import { newStage, type Stage } from "./stage.ts";
import { barriers, closeBrowser, narrowness, type Visitor } from "./visitor.ts";

describe.skipIf(!judge("chromium", "parts that pages share"))("parts that pages share", () => {
  let stage: Stage;
  let visitor: Visitor;
  beforeAll(async () => {
    stage = await newStage(new URL("parts-stage.tsx", import.meta.url));
    visitor = await stage.visit({ size: { width: 320, height: 640 } });
  });
  afterAll(async () => {
    await visitor.close();
    await stage.close();
    await closeBrowser();
  });

  type Parts = { readonly show: (shown: object) => void; readonly seen: readonly string[] };
  const show = (shown: object) =>
    visitor.page.evaluate((what) => (globalThis as unknown as { stage: Parts }).stage.show(what), shown);
  const seen = () => visitor.page.evaluate(() => (globalThis as unknown as { stage: Parts }).stage.seen);

  describe("a name that somebody else gave", () => {
    const text = async () => (await visitor.page.textContent("#name")) ?? "";

    test("stands as it is, Ede letters and composed tones alike", async () => {
      for (const name of ["NGUYỄN THỊ ÁNH TUYẾT", "Y Ƀhiăt Êban", "ĐẶNG HỮU NGHĨA".normalize("NFD")]) {
        await show({ name });
        expect(await text()).toBe(`Trước ${name.normalize("NFC")} sau`);
      }
    });

    test("is text, whatever it looks like", async () => {
      const name = `<img src=x onerror=alert(1)>&lt;"'`;
      await show({ name });
      expect(await text()).toBe(`Trước ${name} sau`);
      expect(await visitor.page.locator("#name img").count()).toBe(0);
    });

    test("cannot reorder what stands around it, nor hide anything", async () => {
      await show({ name: "An\u202Egpj.exe\u200B" });
      expect(await text()).toBe("Trước An⟨U+202E⟩gpj.exe⟨U+200B⟩ sau");
      await show({ name: "שלום 123" });
      const order = await visitor.page.evaluate(() => {
        const [before, name, after] = [...(document.querySelector("#name")?.childNodes ?? [])].filter((node) =>
          node.textContent?.trim(),
        );
        const left = (node: Node | undefined) => {
          const range = document.createRange();
          if (node) range.selectNodeContents(node);
          return range.getBoundingClientRect().left;
        };
        return [left(before), left(name), left(after)];
      });
      expect(order).toEqual([...order].sort((a, b) => a - b));
    });

    test("of 10,000 characters is cut, breaks where it must, and is shown whole at a press", async () => {
      const name = "😀".repeat(10_000);
      await show({ name });
      expect([...(await text())].length).toBeLessThan(200);
      expect(await text()).not.toContain("\uFFFD");
      expect(await narrowness(visitor.page)).toEqual([]);
      const button = visitor.page.locator("#name button");
      expect(await button.textContent()).toBe("Xem cả 10000 ký tự");
      expect(await button.getAttribute("aria-expanded")).toBe("false");
      await button.click();
      expect(await button.getAttribute("aria-expanded")).toBe("true");
      expect(await text()).toContain(name);
      expect(await narrowness(visitor.page)).toEqual([]);
      expect(await barriers(visitor.page)).toEqual([]);
    });
  });

  describe("copying", () => {
    test("puts the text on the clipboard and says so, once", async () => {
      await visitor.context.grantPermissions(["clipboard-read", "clipboard-write"]);
      await show({ copy: "K7QF-29XM-8D4T" });
      const status = visitor.page.locator(".copy [role=status]");
      expect(await status.textContent()).toBe("");
      await visitor.page.click("text=Chép mã tra cứu");
      await visitor.page.waitForFunction(
        () => document.querySelector(".copy [role=status]")?.textContent === "Đã chép.",
      );
      expect(await visitor.page.evaluate(() => navigator.clipboard.readText())).toBe("K7QF-29XM-8D4T");
      expect(await barriers(visitor.page)).toEqual([]);
    });

    test("that the browser refuses says what to do instead", async () => {
      await visitor.page.evaluate(() => {
        navigator.clipboard.writeText = () => Promise.reject(new DOMException("no", "NotAllowedError"));
      });
      await show({ copy: "K7QF", language: "en" });
      await visitor.page.click("text=Chép mã tra cứu");
      await visitor.page.waitForFunction(() =>
        /by hand/.test(document.querySelector(".copy [role=status]")?.textContent ?? ""),
      );
    });
  });

  describe("the time that is left", () => {
    const app = () => visitor.page.textContent("#app");

    test("is told in minutes, quietly", async () => {
      await show({ left: 599_000 });
      expect(await app()).toContain("Phiên còn 10 phút.");
      expect(await visitor.page.locator("[role=status], [role=alert]").count()).toBe(0);
      await show({ left: 599_000, language: "en" });
      expect(await app()).toContain("The session ends in 10 min.");
    });

    test("is said aloud two minutes before its end, in steps, with more time at a press and without losing anything", async () => {
      await show({ left: 119_000 });
      const status = visitor.page.locator("[role=status]");
      expect(await status.textContent()).toMatch(/sắp hết hạn, còn 120 giây[\s\S]*Chưa có gì được ký/);
      expect(await barriers(visitor.page)).toEqual([]);
      expect(await narrowness(visitor.page)).toEqual([]);
      await visitor.page.click("text=Gia hạn phiên");
      expect(await seen()).toEqual(["extend"]);
      await visitor.page.waitForFunction(() => /còn 10 phút/.test(document.querySelector("#app")?.textContent ?? ""));
      expect(await status.count()).toBe(0);
    });

    test("offers no more where there is none, and says once that it is over", async () => {
      await show({ left: 1500, extendable: false });
      expect(await visitor.page.locator("#app button").count()).toBe(0);
      await visitor.page.waitForFunction(() => (globalThis as unknown as { stage: Parts }).stage.seen.length > 0);
      await visitor.page.waitForTimeout(1500);
      expect(await seen()).toEqual(["end"]);
    });
  });

  test("nothing of it all disturbed the page", () => {
    expect(visitor.problems).toEqual([]);
  });
});
