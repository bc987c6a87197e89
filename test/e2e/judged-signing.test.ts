import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type TrustStore, trustStore } from "../judges/pdfsig.ts";
import { documents } from "./documents.ts";
import { complaints, HAS_PDFSIG, type Trust } from "./judges.ts";
import { type Service, startService } from "./service.ts";
import { signPdf } from "./sign-pdf.ts";

// Every document is signed by the running service for two citizens, one after the other, and brought before the judges twice.

let service: Service;
let root: Uint8Array;
let store: TrustStore | undefined;
const state = mkdtempSync(join(tmpdir(), "motlan-state-"));

beforeAll(async () => {
  vi.stubEnv("XDG_STATE_HOME", state);
  // The command shows each consent text on standard error.
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  service = await startService();
  const response = await fetch(`${service.url}/pki/root.cer`);
  root = new Uint8Array(await response.arrayBuffer());
  store = HAS_PDFSIG ? await trustStore([root]) : undefined;
});

afterAll(async () => {
  await service.close();
  store?.close();
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  rmSync(state, { recursive: true, force: true });
});

describe.concurrent("signed by two citizens, accepted by every judge", () => {
  for (const { name, bytes, refused } of documents()) {
    if (refused !== undefined) {
      test(`${name} is refused: ${refused}`, async () => {
        await expect(signPdf(service.url, bytes, "an")).rejects.toMatchObject({ code: refused });
      });
      continue;
    }
    test(name, async () => {
      const once = (await signPdf(service.url, bytes, "an")).bytes;
      const twice = (await signPdf(service.url, once, "dung")).bytes;
      const found = await Promise.all([complaints(bytes, once, trust()), complaints(once, twice, trust())]);
      expect(found).toEqual([[], []]);
    });
  }
});

function trust(): Trust {
  return { root, store, at: Date.now() };
}
