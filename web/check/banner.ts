import { bannerOf } from "../../lib/report/banner.ts";
import { BANNERS, type Both, TEST_DOCUMENT } from "../../lib/text/report.ts";
import { CHECK } from "../../lib/text/web/check.ts";
import type { Verification } from "../../lib/validate/report.ts";
import type { Tone } from "../ui/controls.tsx";
import { isDisputed, type KnownStanding } from "./standings.ts";

export type CheckBanner = {
  /** Which row of the table of banners it is. */
  readonly key: ReturnType<typeof bannerOf>["key"] | "test";
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
  const sentence: Both = { vi, en };
  if (tone === "good" && test)
    return { key: "test", tone: "test", title: TEST_DOCUMENT, also: [filledIn(CHECK.technically, sentence)] };
  const also = [
    ...(key !== "disputed" && standings.some(isDisputed) ? [BANNERS.disputed] : []),
    ...(test ? [TEST_DOCUMENT] : []),
  ];
  return { key, tone: key === "disputed" ? "disputed" : TONES[tone], title: sentence, also };
}

const filledIn = (words: Both, { vi, en }: Both): Both => ({
  vi: words.vi.replace("{sentence}", () => vi),
  en: words.en.replace("{sentence}", () => en),
});
