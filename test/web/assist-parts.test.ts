import { afterEach, expect, test, vi } from "vitest";
import { MAX_PARTS } from "../../lib/assist/seal.ts";
import { readParts } from "../../web/assist/client.ts";

afterEach(() => void vi.unstubAllGlobals());

/** A relay that has every part that it is asked for, and says that there are `count`. */
function relay(count: string | null) {
  const fetched = vi.fn(async () => {
    if (fetched.mock.calls.length > 2 * MAX_PARTS) throw new Error("asked without end");
    return new Response("x", { headers: count === null ? {} : { "motlan-part-count": count } });
  });
  vi.stubGlobal("fetch", fetched);
  return fetched;
}

test("as many parts are fetched as there are", async () => {
  const fetched = relay("3");
  expect(await readParts("id", "token", MAX_PARTS)).toHaveLength(3);
  expect(fetched).toHaveBeenCalledTimes(3);
});

test.each([String(MAX_PARTS + 1), "1e9", "Infinity", "0", "-1", "x", null])(
  "a relay that says %s does not keep a page fetching",
  async (count) => {
    const fetched = relay(count);
    await expect(readParts("id", "token", MAX_PARTS)).rejects.toMatchObject({ code: "handover_malformed" });
    expect(fetched).toHaveBeenCalledTimes(1);
  },
);
