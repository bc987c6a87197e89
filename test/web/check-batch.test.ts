import { readFileSync } from "node:fs";
import { afterAll, test as anywhere, beforeAll, beforeEach, expect } from "vitest";
import { csvOf } from "../../web/check/csv.ts";
import { judge } from "../judges/judge.ts";
import { flipBit } from "../worlds/mutate.ts";
import { onePage, signPdf } from "../worlds/pades.ts";
import { type Desk, newDesk } from "./check-desk.ts";
import { earnest, signedWorld } from "./check-files.ts";
import { give, holds } from "./check-steps.ts";
import { closeBrowser, newVisitor, type Visitor } from "./visitor.ts";

const test = anywhere.skipIf(!judge("chromium", "several files are checked in the page"));

const world = await signedWorld();
const { pdf } = await signPdf(world);
const FILES = [
  ["hop-dong.pdf", pdf],
  ['=HYPERLINK("http://evil.test").pdf', pdf],
  ["bị sửa.pdf".normalize("NFD"), flipBit(pdf, 8 * 20)],
  ["không ký.pdf", onePage()],
  ["rác.pdf", new TextEncoder().encode("rác")],
  ["tranh chấp.pdf", (await signPdf(world)).pdf],
] as const;

let desk: Desk;
let visitor: Visitor;
beforeAll(async () => {
  desk = await newDesk();
  visitor = await newVisitor();
});
beforeEach(() => {
  desk.trust([earnest(world)]);
  let asked = 0;
  desk.answers({
    "/v1/standings/": () => ({
      body: { disputedAt: ++asked === 3 ? "2026-11-25T03:15:32.000Z" : null, assistedBy: null },
    }),
  });
});
afterAll(async () => {
  expect(visitor.problems).toEqual([]);
  await visitor.close();
  await closeBrowser();
  await desk.close();
});

test("several files: a row each with its verdict, the table as CSV and as JSON lines, and nothing is sent", async () => {
  const { page } = visitor;
  const mark = visitor.sent.length;
  await give(page, desk.url, ...FILES);
  await page.getByText("Đã kiểm tra xong 6 tệp.").waitFor();
  const verdicts = await page.locator("td > p:first-child").allTextContents();
  expect(verdicts).toEqual([
    "✓ Chữ ký hợp lệ. Tài liệu còn nguyên vẹn.",
    "✓ Chữ ký hợp lệ. Tài liệu còn nguyên vẹn.",
    "✕ Chữ ký không hợp lệ. Lý do: Nội dung đã bị sửa sau khi ký: mã băm không khớp. Không dùng được.",
    "i Tệp này không có chữ ký số. Hình chữ ký trong tệp (nếu có) chỉ là hình ảnh.",
    "? Không kiểm tra được: Tệp hỏng hoặc không phải PDF.",
    "! Chữ ký đúng kỹ thuật nhưng người ký báo KHÔNG phải mình ký.",
  ]);
  await holds(page, "batch");
  const saved = async (button: string) => {
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: button }).click();
    return readFileSync(await (await download).path(), "utf8");
  };
  const csv = await saved("Tải bảng (CSV)");
  expect(csv.startsWith('\ufeff"file","verdict","result"')).toBe(true);
  expect(csv).toBe(csv.normalize("NFC"));
  const lines = csv.trim().split("\r\n");
  expect(lines).toHaveLength(7);
  expect(lines[1]).toMatch(/^"hop-dong.pdf","VALID","unchanged",.*"1","Nguyễn Thị Ánh",/);
  expect(lines[2]?.startsWith(`"'=HYPERLINK(""`)).toBe(true);
  expect(lines[3]).toMatch(/^"bị sửa.pdf","INVALID","invalid"/);
  expect(lines[5]).toMatch(/^"rác.pdf","CANNOT_TELL","unreadable",.*"pdf_invalid"$/);
  expect(lines[6]).toMatch(/^"tranh chấp.pdf","CANNOT_TELL","disputed"/);
  const objects = (await saved("Tải kết quả (JSON"))
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(objects.map(({ verdict }) => verdict)).toEqual([
    ...["VALID", "VALID", "INVALID", "NO_SIGNATURE", "CANNOT_TELL", "CANNOT_TELL"],
  ]);
  expect(objects[4].error).toMatchObject({ code: "pdf_invalid" });
  expect(objects[5].signatures[0].findings[0]).toMatchObject({ code: "signature_disputed", severity: "error" });
  expect(visitor.sent.slice(mark).filter(({ method, body }) => method !== "GET" || body > 0)).toEqual([]);
});

test("one of several is shown in full, and the focus comes back to its row", async () => {
  const { page } = visitor;
  await give(page, desk.url, ...FILES.slice(0, 2));
  await page.getByText("Đã kiểm tra xong 2 tệp.").waitFor();
  await page.locator(".batch .inline-button").nth(1).click();
  await page.waitForSelector(".signature");
  await page.getByRole("button", { name: "Quay lại bảng" }).click();
  await page.waitForFunction(() => document.activeElement?.getAttribute("aria-label")?.includes("HYPERLINK"));
});

test("is stopped when somebody says so; what was checked stays", async () => {
  const { page } = visitor;
  let release = (): void => {};
  const held = new Promise<{ body: unknown }>((resolve) => {
    release = () => resolve({ body: { disputedAt: null, assistedBy: null } });
  });
  desk.answers({ "/v1/standings/": () => held });
  await give(page, desk.url, ["rác.pdf", new Uint8Array(1)], ["a.pdf", pdf], ["b.pdf", pdf]);
  await page.getByText("Đã xong 1/3 tệp").waitFor();
  await page.getByRole("button", { name: "Huỷ" }).click();
  await page.getByText("Đã dừng. Đã kiểm tra 1/3 tệp.").waitFor();
  release();
  expect(await page.locator("td > p:first-child").allTextContents()).toEqual([
    "? Không kiểm tra được: Tệp hỏng hoặc không phải PDF.",
    "Chưa kiểm tra",
    "Chưa kiểm tra",
  ]);
  await holds(page, "batch-stopped");
});

test("more than fifty are refused before any is read", async () => {
  const { page } = visitor;
  await give(page, desk.url, ...Array.from({ length: 51 }, (_, i) => [`${i}.pdf`, new Uint8Array(1)] as const));
  await page.getByText("Đã chọn 51 tệp. Mỗi lần kiểm tra tối đa 50 tệp.").waitFor();
  await holds(page, "too-many");
});

test.each([
  ["=1+1", `"'=1+1"`],
  [" \t+1", `"'  +1"`],
  ["-1", `"'-1"`],
  ["@SUM(A1)", `"'@SUM(A1)"`],
  ["＝1", `"'＝1"`],
  ['nói "có"', `"nói ""có"""`],
  ["hai\r\ndòng", `"hai dòng"`],
  ["\u202egnp.exe", `"⟨U+202E⟩gnp.exe"`],
  ["An".normalize("NFD"), `"An"`],
])("a cell of CSV is never a formula: %j", (text, cell) => {
  expect(csvOf([[text]])).toBe(`\ufeff${cell}\r\n`);
});
