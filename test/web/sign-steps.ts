import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import type { PersonaName } from "../../lib/local/personas.ts";
import { inEveryLook, pictures } from "./matrix.ts";
import { barriers, narrowness, newVisitor, picture, type Visitor, type VisitorOptions } from "./visitor.ts";

/** What a person does on `/ky`, by the words that they read. */

export const vectorPdf = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../vectors/pdf/${name}`, import.meta.url)));

export type Chosen = { readonly name: string; readonly bytes: Uint8Array };

export const FORM: Chosen = { name: "Đơn xin cấp bản sao.pdf", bytes: vectorPdf("libreoffice.pdf") };
export const AN = "Nguyễn Thị Thuý An";

/** Waits until a screen is there: its heading stands there and, as it is a new screen, has the focus. */
export async function heading(page: Page, text: string | RegExp): Promise<void> {
  await page.getByRole("heading", { level: 1, name: text }).waitFor();
  await page.waitForFunction(() => document.activeElement?.tagName === "H1");
}

export async function press(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole("button", { name, exact: typeof name === "string" }).click();
}

export async function openSignPage({ page }: Visitor, url: string, query = ""): Promise<void> {
  await page.goto(`${url}/ky${query}`);
  await page.getByRole("button", { name: /^(Chọn tệp PDF|Choose a PDF)$/ }).waitFor();
}

export async function choose(page: Page, { name, bytes }: Chosen): Promise<void> {
  await page.setInputFiles("input[type=file]:not([capture])", {
    name,
    mimeType: "application/pdf",
    buffer: Buffer.from(bytes),
  });
}

export async function nameSigner(page: Page, name: string): Promise<void> {
  await page.getByLabel("Họ và tên").fill(name);
  await press(page, "Tiếp tục");
}

/** As far as the screen on which one reads. */
export async function toReview(visitor: Visitor, url: string, chosen = FORM, name = AN): Promise<void> {
  const { page } = visitor;
  await openSignPage(visitor, url);
  await choose(page, chosen);
  await heading(page, "Người ký là ai?");
  await nameSigner(page, name);
  await heading(page, "Đọc kỹ trước khi ký");
}

export async function readAll(page: Page): Promise<void> {
  await page.getByText(/^Đã hiển thị [1-9]/).waitFor();
  await page.getByRole("checkbox").check();
  await press(page, "Tiếp tục");
  await heading(page, "Vị trí chữ ký");
}

const BY_LOGIN = /^Tiếp tục với/;

export async function toApprove(
  visitor: Visitor,
  url: string,
  chosen = FORM,
  name = AN,
  means: string | RegExp = BY_LOGIN,
): Promise<void> {
  await toReview(visitor, url, chosen, name);
  await readAll(visitor.page);
  await fromStampToApprove(visitor.page, means);
}

export async function fromStampToApprove(page: Page, means: string | RegExp = BY_LOGIN): Promise<void> {
  await press(page, "Giữ nguyên");
  await heading(page, "Xác nhận danh tính");
  await press(page, means);
  await heading(page, "Ký 1 tài liệu");
}

/** On the page of the embedded identity provider. */
export async function logInAs(page: Page, persona: PersonaName): Promise<void> {
  await page.locator(`button[value=${persona}]`).click();
}

export async function signAs(page: Page, persona: PersonaName): Promise<void> {
  await press(page, "Ký tài liệu này");
  await logInAs(page, persona);
}

export const DONE = /^Đã ký xong lúc/;

export async function download(page: Page, name = "Tải tài liệu đã ký"): Promise<Chosen> {
  const waiting = page.waitForEvent("download");
  await page.getByRole("link", { name }).click();
  const got = await waiting;
  return { name: basename(got.suggestedFilename()), bytes: new Uint8Array(await readFile(await got.path())) };
}

/** Octets of a request body: digests, titles, a name. No document fits. */
const SMALL = 4096;

/** That the document's octets never left: nothing as large was sent, and to nobody but the service and the log-in. */
export function expectNothingLeft({ sent }: Visitor, url: string): void {
  expect(sent.filter(({ body }) => body > SMALL)).toEqual([]);
  const others = sent.filter(({ url: to }) => !/^(data|blob):/.test(to) && !to.startsWith(`${url}/`));
  expect(others.filter(({ url: to }) => !to.startsWith("http://localhost:"))).toEqual([]);
}

/** Milliseconds for one step of a person; a laden machine gets more than a person would give it. */
const STEP_MS = 15_000;

/** Somebody with a browser of their own, and nothing in it that should not be: no error, no refusal by the browser. */
export async function visiting(work: (visitor: Visitor) => Promise<void>, options: VisitorOptions = {}): Promise<void> {
  const visitor = await newVisitor(options);
  visitor.page.setDefaultTimeout(STEP_MS);
  try {
    await work(visitor);
    expect(visitor.problems).toEqual([]);
  } catch (error) {
    // What a person would have seen.
    process.stderr.write(`${visitor.page.url()}: ${visitor.problems.join("; ")}\n`);
    await picture(visitor.page, "sign/failed").catch(() => undefined);
    throw error;
  } finally {
    await visitor.close();
  }
}

/** What is wrong with the state that a page is in, in both languages; and a picture of each. */
export async function inBothLanguages(page: Page, name: string): Promise<void> {
  for (const language of ["vi", "en"]) {
    if (language === "en") await speak(page, language);
    // On its way past the lower edge, what lies behind the actions is never all of a screen.
    await setActions(page, "static");
    await picture(page, `sign/${name}`);
    expect([...(await barriers(page)), ...(await narrowness(page))]).toEqual([]);
    await setActions(page, "");
  }
  await speak(page, "vi");
}

/** The same in every look (test/web/matrix.ts), for the screens that each signature goes through. */
export async function inAllLooks(page: Page, name: string): Promise<void> {
  await setActions(page, "static");
  await pictures(page, `sign/${name}`);
  expect(await inEveryLook(page)).toEqual([]);
  await setActions(page, "");
}

/** More presses of the tab key than any screen needs. */
const MOST_TABS = 40;

/**
 * From the heading to the button that goes on by the tab key alone: everything in the order of the page, nothing that holds the focus, and
 * whatever has it in sight (WCAG 2.4.3, 2.1.2, 2.4.11).
 */
export async function tabsLeadTo(page: Page, label: string): Promise<void> {
  await page.evaluate(() => document.querySelector("h1")?.focus());
  const met: string[] = [];
  let before = -1;
  do {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() => {
      const element = document.activeElement ?? document.body;
      const { left, top, width, height } = element.getBoundingClientRect();
      const [x, y] = [left + width / 2, Math.min(top + height / 2, innerHeight - 1)];
      const seen = document.elementFromPoint(x, Math.max(y, 0));
      const text = element.textContent?.trim() ?? "";
      const inSight = element.contains(seen) || seen?.contains(element) === true;
      return { order: [...document.querySelectorAll("*")].indexOf(element), text, inSight };
    });
    met.push(at.text);
    expect([at.text, at.inSight, at.order > before]).toEqual([at.text, true, true]);
    before = at.order;
  } while (met.at(-1) !== label && met.length < MOST_TABS);
  expect(met.at(-1)).toBe(label);
}

function setActions(page: Page, position: string): Promise<void> {
  return page.evaluate((wanted) => {
    for (const actions of document.querySelectorAll<HTMLElement>(".actions")) actions.style.position = wanted;
  }, position);
}

/** By script: the switch is out of reach while a dialog is open, and the focus stays where it is. */
async function speak(page: Page, language: string): Promise<void> {
  await page.evaluate(() => document.querySelector<HTMLButtonElement>("button.language")?.click());
  await page.waitForFunction((wanted) => document.documentElement.lang === wanted, language);
}
