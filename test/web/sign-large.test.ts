import { afterAll, test as anywhere, beforeAll, expect } from "vitest";
import { type Service, startService } from "../e2e/service.ts";
import { judge } from "../judges/judge.ts";
import { AN, heading, openSignPage, press, visiting } from "./sign-steps.ts";
import { closeBrowser } from "./visitor.ts";

const test = anywhere.skipIf(!judge("chromium", "a large file is prepared without freezing the page"));

// A file of a hundred megabytes: read, hashed and prepared in a worker, while the page goes on answering.

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(async () => {
  await closeBrowser();
  await service.close();
});

const SIZE = 100_000_000;
/** Milliseconds without a frame. A tenth of a second is felt (RAIL); a laden machine with one core for all gets ten. */
const FROZEN_MS = 1000;

/** Drops a PDF of one page beside which a stream of `size` octets lies; made in the page, as nothing of it should come over the wire. */
function dropLarge(size: number): void {
  const objects = [
    "<</Type/Catalog/Pages 2 0 R>>",
    "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<>>>>",
  ];
  let head = "%PDF-1.7\n";
  const offsets: number[] = [];
  for (const [index, body] of objects.entries()) {
    offsets.push(head.length);
    head += `${index + 1} 0 obj\n${body}\nendobj\n`;
  }
  offsets.push(head.length);
  head += `4 0 obj\n<</Length ${size}>>\nstream\n`;
  const tail = "\nendstream\nendobj\n";
  const xref = head.length + size + tail.length;
  const rows = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  const end = `xref\n0 5\n0000000000 65535 f \n${rows}trailer\n<</Size 5/Root 1 0 R>>\nstartxref\n${xref}\n%%EOF\n`;
  const transfer = new DataTransfer();
  transfer.items.add(new File([head, new Uint8Array(size), tail, end], "lon.pdf", { type: "application/pdf" }));
  document.querySelector(".drop")?.dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, bubbles: true }));
}

/** Begins to watch how long the page goes without a frame; `globalThis.longest` is the longest so far, milliseconds. */
function watchFrames(): void {
  const watched = globalThis as unknown as { longest: number };
  watched.longest = 0;
  let last = performance.now();
  const look = (now: number) => {
    watched.longest = Math.max(watched.longest, now - last);
    last = now;
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

test("a file of 100 MB is prepared with a progress bar that can be stopped, and the page never freezes", async () => {
  await visiting(async (visitor) => {
    const { page } = visitor;
    await openSignPage(visitor, service.url);
    await page.evaluate(dropLarge, SIZE);
    await heading(page, "Người ký là ai?");
    await page.getByLabel("Họ và tên").fill(AN);
    await press(page, "Tiếp tục");
    await page.getByRole("progressbar").waitFor();
    await press(page, "Huỷ");
    await page.getByRole("progressbar").waitFor({ state: "detached" });
    await heading(page, "Người ký là ai?");
    await page.evaluate(watchFrames);
    const from = performance.now();
    await press(page, "Tiếp tục");
    await heading(page, "Đọc kỹ trước khi ký");
    const prepared = Math.round(performance.now() - from);
    const longest = Math.round(await page.evaluate(() => (globalThis as unknown as { longest: number }).longest));
    process.stderr.write(
      `100 MB in the browser: prepared in ${prepared} ms, longest time without a frame ${longest} ms\n`,
    );
    expect(longest).toBeLessThan(FROZEN_MS);
    await page.getByText("Đã hiển thị 1/1 trang").waitFor();
  });
});
