import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";

/** Someone who opens the pages in Chromium: one browser context, with nothing of anybody else's in it. */
export type Visitor = {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What left the browser: method, address, octets of the body. */
  readonly sent: readonly { readonly method: string; readonly url: string; readonly body: number }[];
  /** Errors of scripts, messages on the console, refusals by the content security policy. None is expected. */
  readonly problems: readonly string[];
  readonly close: () => Promise<void>;
};

export type VisitorOptions = {
  /** A telephone of 360 x 740 unless another size is given. */
  readonly size?: { readonly width: number; readonly height: number };
  readonly forcedColors?: boolean;
  readonly reducedMotion?: boolean;
  readonly javaScript?: boolean;
  readonly userAgent?: string;
};

const PHONE = { width: 360, height: 740 };

let shared: Promise<Browser> | undefined;

/** One Chromium for all suites; {@link closeBrowser} ends it. Root, as CI is, cannot have Chromium's sandbox. */
function browser(): Promise<Browser> {
  shared ??= chromium.launch({
    executablePath: execFileSync("sh", ["-c", "command -v chromium"], { encoding: "utf8" }).trim(),
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--disable-dev-shm-usage",
      "--disable-background-networking",
    ],
  });
  return shared;
}

export async function closeBrowser(): Promise<void> {
  const running = shared;
  shared = undefined;
  await (await running)?.close();
}

export async function newVisitor(options: VisitorOptions = {}): Promise<Visitor> {
  const context = await (await browser()).newContext({
    viewport: options.size ?? PHONE,
    locale: "vi-VN",
    timezoneId: "Asia/Ho_Chi_Minh",
    forcedColors: options.forcedColors ? "active" : "none",
    reducedMotion: options.reducedMotion ? "reduce" : "no-preference",
    javaScriptEnabled: options.javaScript ?? true,
    acceptDownloads: true,
    ...(options.userAgent === undefined ? {} : { userAgent: options.userAgent }),
  });
  const page = await context.newPage();
  const sent: { method: string; url: string; body: number }[] = [];
  const problems: string[] = [];
  context.on("request", (request) =>
    sent.push({ method: request.method(), url: request.url(), body: request.postDataBuffer()?.length ?? 0 }),
  );
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") problems.push(message.text());
  });
  return { page, context, sent, problems, close: () => context.close() };
}

/** A virtual authenticator with a verified person (WebAuthn over the DevTools protocol). */
export async function addAuthenticator({ context, page }: Visitor): Promise<string> {
  const session = await context.newCDPSession(page);
  await session.send("WebAuthn.enable");
  const { authenticatorId } = await session.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return authenticatorId;
}

/**
 * Of axe-core: what it finds, as `rule: selector`, by the rule sets that ux.md names.
 *
 * @param rules these alone, where the others were asked before
 */
export async function barriers(page: Page, rules?: readonly string[]): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axeSource());
  return page.evaluate(async (only) => {
    const { axe } = globalThis as unknown as { axe: { run: (root: Document, options: object) => Promise<AxeResults> } };
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    const runOnly = only === undefined ? { type: "tag", values: tags } : { type: "rule", values: only };
    const { violations } = await axe.run(document, { runOnly, resultTypes: ["violations"] });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")} ${failureSummary}`),
    );
  }, rules);
}

type AxeResults = {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary: string }[];
  }[];
};

let source: string | undefined;
function axeSource(): string {
  source ??= readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  return source;
}

/** What axe does not look at: sideways scrolling, and targets under 24 px (WCAG 1.4.10, 2.5.8; links inside a sentence may be smaller). */
export async function narrowness(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const wrong: string[] = [];
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) wrong.push(`scrolls sideways: ${scrollWidth} of ${clientWidth}`);
    for (const target of document.querySelectorAll("button, input, select, textarea, a[href], summary")) {
      const { width, height } = target.getBoundingClientRect();
      if (width === 0 || height === 0 || target.closest("p, li:not(nav li)") !== null) continue;
      if (width < 24 || height < 24) wrong.push(`small: ${target.outerHTML.slice(0, 80)} ${width}x${height}`);
    }
    return wrong;
  });
}

/** Where a person can flip through every state of every page: MOTLAN_SCREENSHOTS, or `.motlan/screenshots`. */
const FOLDER =
  process.env.MOTLAN_SCREENSHOTS ?? join(dirname(fileURLToPath(import.meta.url)), "../../.motlan/screenshots");

/** Keeps a picture of the whole page under `<name>.<language>.png`. */
export async function picture(page: Page, name: string): Promise<void> {
  const language = await page.evaluate(() => document.documentElement.lang);
  const file = join(FOLDER, `${name}.${language}.png`);
  mkdirSync(dirname(file), { recursive: true });
  await page.screenshot({ path: file, fullPage: true });
}
