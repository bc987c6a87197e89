import fc from "fast-check";
import { expect, test } from "vitest";
import { isOrder, orderOf } from "../../lib/service/activity.ts";
import { deviceOf } from "../../lib/service/device.ts";
import { caseNumberOf, disputedAt } from "../../lib/service/dispute.ts";

const RUNS = process.env.SLOW ? 20_000 : 200;

test.each([
  [
    "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36",
    "Chrome · Android",
  ],
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1",
    "Safari · iPhone",
  ],
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 CriOS/140.0 Mobile/15E148 Safari/604.1",
    "Chrome · iPhone",
  ],
  [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0",
    "Edge · Windows",
  ],
  [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 coc_coc_browser/130.0 Chrome/130.0 Safari/537.36",
    "Cốc Cốc · Windows",
  ],
  ["Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox · Linux"],
  [
    "Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 SamsungBrowser/27.0 Chrome/125.0 Mobile Safari/537.36",
    "Samsung Internet · Android",
  ],
  [
    "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36 Zalo android/24",
    "Zalo · Android",
  ],
  ["motlan", "motlan"],
  ["node", undefined],
  ["", undefined],
])("of %s the history keeps %s", (userAgent, device) => {
  expect(deviceOf(userAgent)).toBe(device);
});

test("whatever a caller calls itself, nothing of it is taken over", () => {
  expect(deviceOf(undefined)).toBeUndefined();
  fc.assert(
    fc.property(
      fc.string({ unit: "binary", maxLength: 5_000 }),
      fc.constantFrom("", "Chrome/1 ", "Android ", "FBAN/"),
      (junk, known) => {
        const device = deviceOf(`${junk} ${known} ${junk}`);
        expect(device ?? "Chrome").toMatch(/^(\p{L}|[ ·])+$/u);
        expect((device ?? "").length).toBeLessThan(32);
      },
    ),
    { numRuns: RUNS },
  );
  const started = performance.now();
  deviceOf("Chrome".repeat(1_000_000));
  expect(performance.now() - started).toBeLessThan(100);
});

test("orders sort by time and are recognised; anything else is none", () => {
  const suffix = "A".repeat(22);
  expect([orderOf(2, suffix), orderOf(10, suffix), orderOf(1, suffix)].sort()).toEqual(
    [1, 2, 10].map((at) => orderOf(at, suffix)),
  );
  expect(isOrder(orderOf(Date.UTC(2026, 10, 25), suffix))).toBe(true);
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => {
      expect(isOrder(text)).toBe(false);
    }),
    { numRuns: RUNS },
  );
});

test("a case number follows from the transaction and leads to none", () => {
  const [id, salt] = ["AAECAwQFBgcICQoLDA0ODw", "A".repeat(43)];
  expect(caseNumberOf(id, salt)).toBe("TC-FDA4-9922-DB45");
  // printf 'motlan/case/v1\\0', the octets 0 … 15, 32 zeros and one more, through sha256sum.
  const others = [
    caseNumberOf("AAECAwQFBgcICQoLDA0OEA", salt),
    caseNumberOf(id, `B${salt.slice(1)}`),
    caseNumberOf(id, salt, 1),
  ];
  expect(new Set([caseNumberOf(id, salt), ...others]).size).toBe(4);
});

test("everybody is told of an open and of a confirmed dispute, of a withdrawn one nobody", () => {
  const dispute = (state: "open" | "confirmed" | "withdrawn") => ({ dispute: { caseNumber: "TC-1", at: 5, state } });
  expect([
    disputedAt({}),
    disputedAt(dispute("open")),
    disputedAt(dispute("confirmed")),
    disputedAt(dispute("withdrawn")),
  ]).toEqual([null, 5, 5, null]);
});
