import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { complaints, HAS_PDFSIG } from "../e2e/judges.ts";
import { type Service, startService } from "../e2e/service.ts";
import { type TrustStore, trustStore } from "../judges/pdfsig.ts";
import { DONE, download, expectNothingLeft, FORM, heading, signAs, toApprove } from "./sign-steps.ts";
import { closeBrowser, newVisitor, picture, type Visitor } from "./visitor.ts";

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

/** Milliseconds for one step of a person; a laden machine gets more than a person would give it. */
const STEP_MS = 10_000;

async function visiting(work: (visitor: Visitor) => Promise<void>): Promise<void> {
  const visitor = await newVisitor();
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

describe("a citizen signs a file of their own", () => {
  test("from the file to a signed one that every judge accepts, and the document never leaves the device", async () => {
    await visiting(async (visitor) => {
      const { page } = visitor;
      await toApprove(visitor, service.url);
      await signAs(page, "an");
      await heading(page, DONE);
      const signed = await download(page);
      expect(signed.name).toBe("Đơn xin cấp bản sao.da-ky.pdf");
      expect(await complaints(FORM.bytes, signed.bytes, { root, store, at: Date.now() })).toEqual([]);
      expectNothingLeft(visitor, service.url);
    });
  });
});
