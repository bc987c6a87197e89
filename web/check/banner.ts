import { bannerOf } from "../../lib/report/banner.ts";
import { type Both, TEST_DOCUMENT } from "../../lib/text/report.ts";
import { CHECK } from "../../lib/text/web/check.ts";
import type { Verification } from "../../lib/validate/report.ts";
import type { Tone } from "../ui/controls.tsx";
import { isDisputed, type KnownStanding } from "./standings.ts";

export type CheckBanner = {
  /** Which row of the table of banners it is. */
  readonly key: ReturnType<typeof bannerOf>["key"] | "disputed" | "test";
  readonly tone: Tone;
  readonly title: Both;
  /** What is true besides, most important first. */
  readonly also: readonly Both[];
};

const TONES = { good: "good", bad: "bad", unsure: "unsure", none: "neutral" } as const;

/**
 * The one banner over a result. A valid signature that its signer denies must not look valid, and neither must a valid one of no
 * value; what is not valid stays that, and the rest is said beside it.
 *
 * @param standings by the number of the signature
 */
export function checkBanner(verification: Verification, standings: readonly KnownStanding[]): CheckBanner {
  const { key, tone, test, vi, en } = bannerOf(verification);
  const technical: Both = { vi, en };
  const denied = verification.signatures.filter((_, i) => isDisputed(standings[i]));
  const beside: Both = {
    vi: CHECK.technically.vi.replace("{sentence}", vi),
    en: CHECK.technically.en.replace("{sentence}", en),
  };
  if (tone === "good" && denied.length > 0)
    return {
      key: "disputed",
      tone: "disputed",
      title: CHECK.disputed,
      also: test ? [TEST_DOCUMENT, beside] : [beside],
    };
  const also = [...(denied.length > 0 ? [CHECK.disputed] : [])];
  if (tone === "good" && test) return { key: "test", tone: "test", title: TEST_DOCUMENT, also: [beside] };
  return { key, tone: TONES[tone], title: technical, also: test ? [...also, TEST_DOCUMENT] : also };
}
