import { readFileSync } from "node:fs";
import { afterAll, test as anywhere, beforeAll, beforeEach, describe, expect } from "vitest";
import { VerificationSchema } from "../../lib/api/verification-schema.ts";
import * as OID from "../../lib/asn1/oids.ts";
import { oid, sequence, setOf, utf8String } from "../../lib/asn1/write.ts";
import { judge } from "../judges/judge.ts";
import { contract, latest, save, stream } from "../worlds/hostile-pdf.ts";
import { signPdf } from "../worlds/pades.ts";
import { newParty } from "../worlds/parties.ts";
import { type Desk, newDesk } from "./check-desk.ts";
import { earnest, signedWorld } from "./check-files.ts";
import { bannerOn, chooseFiles, give, holds, speak } from "./check-steps.ts";
import { inEveryLook } from "./matrix.ts";
import { closeBrowser, newVisitor, type Visitor } from "./visitor.ts";

const test = anywhere.skipIf(!judge("chromium", "a file is checked in the page"));

const world = await signedWorld();
const { pdf } = await signPdf(world);

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
  // Where the service is told to fail, the browser says so.
  expect(visitor.problems.filter((told) => !told.startsWith("Failed to load resource"))).toEqual([]);
  await visitor.close();
  await closeBrowser();
  await desk.close();
});

describe("a file on the page", () => {
  test("is chosen by keyboard, and the page says that it stays here", async () => {
    const { page } = visitor;
    await page.goto(`${desk.url}/kiem-tra`);
    await page.waitForSelector(".drop-zone");
    expect(await page.textContent("main")).toContain("tệp không rời khỏi thiết bị");
    await page.focus(".drop-zone input");
    const outline = await page.evaluate(
      () => getComputedStyle(document.querySelector(".drop-zone label") as Element).outlineStyle,
    );
    expect(outline).not.toBe("none");
    await holds(page, "choose");
    expect(await inEveryLook(page)).toEqual([]);
  });

  test("is dropped", async () => {
    const { page } = visitor;
    await page.goto(`${desk.url}/kiem-tra`);
    const data = Buffer.from(pdf).toString("base64");
    const transfer = await page.evaluateHandle((text) => {
      const made = new DataTransfer();
      made.items.add(
        new File([Uint8Array.from(atob(text), (c) => c.charCodeAt(0))], "hop-dong.pdf", { type: "application/pdf" }),
      );
      return made;
    }, data);
    await page.dispatchEvent(".drop-zone", "drop", { dataTransfer: transfer });
    expect((await bannerOn(page)).tone).toBe("good");
  });

  test("leaves nothing behind: another one begins anew, the same one is judged again", async () => {
    const { page } = visitor;
    await give(page, desk.url, ["a.pdf", pdf]);
    await bannerOn(page);
    await page.getByText("Kiểm tra tệp khác").click();
    await page.waitForSelector(".drop-zone");
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("H1");
    await chooseFiles(page, ["b.pdf", new TextEncoder().encode("no")]);
    expect((await bannerOn(page)).tone).toBe("unsure");
  });

  test("without the list of those trusted nothing is said, and it can be tried again", async () => {
    const { page } = visitor;
    desk.answers({ "/v1/trust": () => ({ status: 503, body: { code: "unavailable" } }) });
    await give(page, desk.url, ["a.pdf", pdf]);
    expect(await bannerOn(page)).toMatchObject({
      tone: "unsure",
      title: expect.stringContaining("Chưa tải được danh sách"),
    });
    await holds(page, "no-trust");
    desk.answers({});
    await page.getByText("Thử lại").click();
    await page.waitForSelector(".banner-good");
  });

  test("is given up when somebody says so, whatever the worker does", async () => {
    const { page } = visitor;
    let release = (): void => {};
    const held = new Promise<{ body: unknown }>((resolve) => {
      release = () => resolve({ body: {} });
    });
    desk.answers({ "/v1/trust": () => held });
    await give(page, desk.url, ["a.pdf", pdf]);
    await page.getByRole("button", { name: "Huỷ" }).waitFor();
    await holds(page, "busy");
    await page.getByRole("button", { name: "Huỷ" }).click();
    await page.getByText("Đã huỷ. Chưa kiểm tra xong.").waitFor();
    await holds(page, "cancelled");
    release();
    desk.answers({});
    await chooseFiles(page, ["a.pdf", pdf]);
    await page.waitForSelector(".banner-good");
  });
});

describe("what strangers wrote is text", () => {
  const LONG = "Đ".repeat(10_000);
  const HOSTILE = [
    ["markup", `<img src=x onerror="document.title='hacked'"><script>alert(1)</script>`],
    ["bidirectional controls", "gnp\u202e\u2066.exe\u200b\u0000"],
    ["ten thousand characters", LONG],
    ["piled marks", `a${"\u0301\u0323".repeat(500)}`],
  ] as const;

  /** As no CA of ours writes it. */
  const nameOf = (words: string) => {
    const part = (type: string) => setOf(sequence(oid(type), utf8String(words)));
    return sequence(part(OID.organizationName), part(OID.commonName));
  };

  test.each(HOSTILE)("%s in a name, a reason, a place, a field and a file's name", async (kind, words) => {
    const { page } = visitor;
    const signer = newParty(world, { rawSubject: nameOf(words) });
    const { pdf: file } = await signPdf(world, {
      signer,
      reason: words,
      location: words,
      fieldName: words.slice(0, 200),
      reserve: 64 * 1024,
    });
    await give(page, desk.url, [`${words.slice(0, 150).replaceAll("/", "")}.pdf`, file]);
    expect((await bannerOn(page)).tone).toBe("good");
    await page.evaluate(() => {
      for (const details of document.querySelectorAll("details")) details.open = true;
    });
    expect(await page.title()).not.toContain("hacked");
    expect(await page.evaluate(() => document.querySelectorAll("main img, main script").length)).toBe(0);
    const shown = (await page.textContent("main")) ?? "";
    expect(shown).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200b]/);
    expect(shown).not.toMatch(/\p{M}{5}/u);
    if (kind === "markup") expect(shown).toContain(words);
    if (kind === "bidirectional controls") expect(shown).toContain("gnp⟨U+202E⟩⟨U+2066⟩.exe⟨U+200B⟩");
    if (kind === "ten thousand characters") expect(shown).toContain("… (còn 9840 ký tự)");
    await holds(page, `hostile-${kind.replaceAll(" ", "-")}`);
  });
});

test("numbers of people are covered, as in the answers of the service", async () => {
  const { page } = visitor;
  const { pdf: file } = await signPdf(world, { reason: "Theo CCCD:012345678901" });
  await give(page, desk.url, ["a.pdf", file]);
  await bannerOn(page);
  expect(await page.textContent(".signature")).toContain("Lý do ký: Theo CCCD:*********901");
  expect(await page.textContent("main")).not.toContain("012345678901");
});

describe("pages, and exactly what was signed", () => {
  async function changedTwice(): Promise<Uint8Array> {
    const { pdf: agreed } = await signPdf(world, { pdf: contract() });
    return save(agreed, {
      6: stream("BT /F1 24 Tf 72 700 Td (Pay 999) Tj ET"),
      ...latest(agreed).edit(4, "/Annots[", "/Annots[150 0 R "),
      150: "<</Type/Annot/Subtype/Square/Rect[0 0 612 792]/AP<</N 151 0 R>>/F 4>>",
      151: stream("1 g 0 0 612 792 re f", "/Type/XObject/Subtype/Form/BBox[0 0 612 792]"),
    });
  }

  test("pages that were changed are marked by sign and word, the others are not", async () => {
    const { page } = visitor;
    await give(page, desk.url, ["a.pdf", await changedTwice()]);
    await page.getByText("Trang 3").waitFor();
    await page.waitForFunction(() => [...document.querySelectorAll("canvas")].every((c) => c.width === 200));
    const captions = await page.locator(".pages li").allTextContents();
    expect(captions).toEqual(["✕ Trang 1: đã thay đổi sau khi ký", "✕ Trang 2: đã thay đổi sau khi ký", "Trang 3"]);
    expect(
      await page.evaluate(() =>
        [...document.querySelectorAll(".pages canvas")].every((c) => (c as HTMLCanvasElement).width > 100),
      ),
    ).toBe(true);
  });

  test("what was changed comes before what was not, whatever its page, and is marked before anything is painted", async () => {
    const { page } = visitor;
    const { pdf: agreed } = await signPdf(world, { pdf: contract() });
    const { edit } = latest(agreed);
    // Something opaque over the second page alone.
    const covered = save(agreed, {
      ...edit(4, "/Annots[", "/Annots[150 0 R "),
      150: "<</Type/Annot/Subtype/Square/Rect[0 0 612 792]/AP<</N 151 0 R>>/F 4>>",
      151: stream("1 g 0 0 612 792 re f", "/Type/XObject/Subtype/Form/BBox[0 0 612 792]"),
    });
    await page.addInitScript(() => {
      const seen: string[] = [];
      Object.assign(window, { firstPages: seen });
      new MutationObserver(() => {
        if (seen.length === 0)
          seen.push(...[...document.querySelectorAll(".pages li")].map((li) => li.textContent ?? ""));
      }).observe(document, { childList: true, subtree: true });
    });
    await give(page, desk.url, ["a.pdf", covered]);
    await page.locator(".pages li").first().waitFor();
    const order = ["✕ Trang 2: đã thay đổi sau khi ký", "Trang 1", "Trang 3"];
    expect(await page.evaluate(() => (window as unknown as { firstPages: string[] }).firstPages)).toEqual(order);
    expect(await page.locator(".pages li").allTextContents()).toEqual(order);
    expect(await page.textContent(".signature")).not.toMatch(/Hiện \d+ trong/u);
    await page.waitForFunction(() => [...document.querySelectorAll("canvas")].every((c) => c.width === 200));
    await holds(page, "changed-page");
  });

  test("the signed version is the octets that the signature covers, shown and to be kept; the focus comes back", async () => {
    const { page } = visitor;
    const { pdf: agreed } = await signPdf(world, { pdf: contract() });
    await give(page, desk.url, ["a.pdf", save(agreed, { 6: stream("BT /F1 24 Tf 72 700 Td (Pay 999) Tj ET") })]);
    await page.getByRole("button", { name: "Xem đúng bản đã ký" }).click();
    await page.waitForSelector(".viewer");
    await page.getByText("Đọc dạng chữ").click();
    await page.getByText("Pay 100").first().waitFor();
    expect(await page.textContent(".viewer")).not.toContain("Pay 999");
    await holds(page, "signed-version");
    const download = page.waitForEvent("download");
    await page.getByText("Tải bản đã ký").click();
    expect(new Uint8Array(readFileSync(await (await download).path()))).toEqual(Uint8Array.from(agreed));
    await page.getByRole("button", { name: "Quay lại kết quả" }).click();
    await page.waitForFunction(() => document.activeElement?.textContent === "Xem đúng bản đã ký");
  });

  test("pages of a good file are shown when somebody asks, and only then is the viewer loaded", async () => {
    const { page } = visitor;
    await give(page, desk.url, ["a.pdf", pdf]);
    await bannerOn(page);
    const mark = visitor.sent.length;
    await page.getByRole("button", { name: "Xem các trang" }).click();
    await page.locator(".pages li").first().waitFor();
    expect(visitor.sent.slice(mark).length).toBeGreaterThan(1);
    expect(visitor.sent.slice(mark).every(({ url }) => url.startsWith(desk.url))).toBe(true);
  });
});

describe("the report of this device", () => {
  test("is the answer of the API as JSON", async () => {
    const { page } = visitor;
    const mark = visitor.sent.length;
    await give(page, desk.url, ["a.pdf", pdf]);
    await bannerOn(page);
    const download = page.waitForEvent("download");
    await page.getByText("Tải báo cáo (JSON)").click();
    const json = JSON.parse(readFileSync(await (await download).path(), "utf8"));
    expect(VerificationSchema.parse(json)).toMatchObject({ verdict: "VALID", schema: "urn:motlan:verification:1" });
    expect(visitor.sent.slice(mark).filter(({ method }) => method !== "GET")).toEqual([]);
  });

  test("as PDF says first that the file has to be sent, and sends nothing before", async () => {
    const { page } = visitor;
    const mark = visitor.sent.length;
    await give(page, desk.url, ["a.pdf", pdf]);
    await bannerOn(page);
    await page.getByText("Tải báo cáo (PDF)").click();
    await page.getByText("nên phải gửi tệp lên").waitFor();
    await holds(page, "report-asked");
    await page.getByRole("button", { name: "Huỷ" }).click();
    expect(visitor.sent.slice(mark).filter(({ method }) => method !== "GET")).toEqual([]);
  });

  test("details tell every rule, finding and certificate, in both languages", async () => {
    const { page } = visitor;
    await give(page, desk.url, ["a.pdf", pdf]);
    await bannerOn(page);
    await page.evaluate(() => {
      for (const details of document.querySelectorAll("details")) details.open = true;
    });
    const details = (await page.textContent(".signature details")) ?? "";
    for (const words of [
      "TOTAL_PASSED",
      "ETSI.CAdES.detached",
      "EN 319 102-1",
      "ecdsa",
      "SHA-256",
      "neo tin cậy",
      "Số sê-ri",
    ])
      expect(details).toContain(words);
    await speak(page, "en");
    expect(await page.textContent(".signature details")).toContain("trust anchor");
    await holds(page, "details");
    expect(await inEveryLook(page)).toEqual([]);
  });
});
